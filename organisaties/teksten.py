"""Texts that people wrote, as safe HTML: a small part of Markdown and nothing else."""

import re
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    [
        "heading",
        "lheading",
        "image",
        "code",
        "fence",
        "blockquote",
        "hr",
        "html_block",
        "html_inline",
        "reference",
    ]
)
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of a page: its heading and the anchor of it (the first part may have none), and its text as HTML."""

    kop: str
    anker: str
    html: SafeString


def to_html(text: str) -> SafeString:
    """Paragraphs, lists, bold, emphasis and links as HTML. Takes plain text in any language; HTML in it stays text."""
    clean = nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 left only the tags above


def parts(text: str) -> list[Deel]:
    """A page text cut at its headings, lines that begin with `##`."""
    pieces = re.split(r"^##[ \t]+(.+?)[ \t]*$", text, flags=re.MULTILINE)
    first = [Deel("", "", to_html(pieces[0]))] if pieces[0].strip() else []
    rest = zip(pieces[1::2], pieces[2::2], strict=True)
    return first + [Deel(kop, slugify(kop) or f"deel-{n}", to_html(body)) for n, (kop, body) in enumerate(rest, 1)]
