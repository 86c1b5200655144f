"""Reads HTML the way tests need it: as a tree of elements with attributes and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "head"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Itself and every element inside, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def get(self, name: str, default: str = "") -> str:
        return self.attrs.get(name, default)

    def all(self, *tags: str, **attrs: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            element
            for element in self
            if (not tags or element.tag in tags) and all(element.get(n) == v for n, v in wanted.items())
        ]

    def one(self, *tags: str, **attrs: str) -> Element:
        found = self.all(*tags, **attrs)
        assert len(found) == 1, f"{len(found)} of {tags} {attrs}"
        return found[0]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(text for _, text in self.texts())).strip()

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Each piece of text with the element it stands in."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.texts()
            else:
                yield self, child

    @property
    def chain(self) -> Iterator[Element]:
        """Itself, then the elements around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def language(self) -> str:
        return next((element.get("lang") for element in self.chain if element.get("lang")), "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def lees(html: str | bytes) -> Element:
    """The page as a tree. An element that is closed wrongly fails."""
    reader = _Reader()
    reader.feed(html if isinstance(html, str) else html.decode())
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is not closed"
    return reader.root


def gelezen(body: Element) -> list[tuple[Element, str]]:
    """The pieces of text in the order of the page, then the attributes that are read out, each with its element."""
    pieces = [(e, t.strip()) for e, t in body.texts() if t.strip() and e.tag not in UNSEEN]
    spoken = [(e, e.get(name)) for e in body for name in ("aria-label", "title", "alt", "placeholder") if e.get(name)]
    return pieces + spoken


def zichtbaar(page: Element) -> list[tuple[Element, str]]:
    """What a reader meets, also before the page opens: its title and what search engines show of it."""
    head = [(page.one("title"), page.one("title").text)]
    head += [(meta, meta.get("content")) for meta in page.all("meta", name="description")]
    return head + gelezen(page.one("body"))
