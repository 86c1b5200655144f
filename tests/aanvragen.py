"""Sending the form to join, and reading what comes back."""

from django.test import Client

from tests.lezen import Element, lees
from tests.paginas import ANTWOORDEN

ADRES = "/nl/aansluiten/"


def stuur(**changes) -> Element:
    """The page that comes back after sending these answers; None leaves a question out."""
    return lees(post(**changes).content)


def post(headers=None, **changes):
    data = {name: value for name, value in {**ANTWOORDEN, **changes}.items() if value is not None}
    return Client(raise_request_exception=False, headers=headers).post(ADRES, data)


def verstuur(**changes):
    """The answer to sending them for good."""
    return post(verstuur="ja", **changes)


def said(page: Element) -> list[str]:
    """What is wrong, as the summary says it."""
    return [link.text for link in page.one("main").all("a") if link.parent.parent.get("class") == "fouten__lijst"]


def typed_in(page: Element, name: str) -> list[str]:
    """What stands in a field of the form, or goes along hidden."""
    fields = page.all(name=name)
    ticked = [e.get("value") for e in fields if e.get("type") not in ("radio", "checkbox") or "checked" in e.attrs]
    return ["".join(text for _, text in e.texts()).removeprefix("\n") for e in fields if e.tag == "textarea"] or ticked
