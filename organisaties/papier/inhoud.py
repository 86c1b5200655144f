"""What stands on paper: the sheet of an activity, a short list of sheets, and the lines around them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from organisaties.models import Activiteit
from organisaties.papier.onderwerpen import ONDERWERPEN, Keer
from organisaties.papier.regels import Lijst, Lines, Paar, Regel, Talen, Vel, paar


def vel(activiteit: Activiteit, keren: Sequence[Keer], talen: Talen) -> Vel:
    """The sheet of an activity, with its next times, in two languages."""
    namen, wat, *rest = (
        paar(onderwerp, talen, partial(make, activiteit, keren), kop) for onderwerp, (kop, make) in ONDERWERPEN.items()
    )
    return Vel(
        slug=activiteit.slug,
        thema=activiteit.thema.slug,
        organisatie=activiteit.organisatie.naam,
        adres=activiteit.kort_adres,
        namen=namen,
        wat=wat,
        paren=tuple(pair for pair in rest if pair),
    )


def lijst(token: str, vellen: Sequence[Vel], verdwenen: int, talen: Talen) -> Lijst:
    """A short list with the sheets of what is still there; `verdwenen` counts what is not."""

    def kop() -> Lines:
        count = len(vellen)
        words = ngettext("Mijn lijst: %(aantal)s activiteit", "Mijn lijst: %(aantal)s activiteiten", count)
        yield Regel(words % {"aantal": count}, vet=True)

    def weg() -> Lines:
        if verdwenen:
            words = ngettext(
                "%(aantal)s activiteit van deze lijst is er niet meer.",
                "%(aantal)s activiteiten van deze lijst zijn er niet meer.",
                verdwenen,
            )
            yield Regel(words % {"aantal": verdwenen}, is_noot=True)

    adres = settings.SITE_URL + reverse("kort-bewaarlijst", args=[token])
    return Lijst(token, adres, tuple(vellen), paar("kop", talen, kop), paar("weg", talen, weg))


def scan(talen: Talen) -> Paar:
    """What to do with the code."""
    words = _("Scan met een telefoon. Dan opent deze pagina daar.")
    return paar("scan", talen, lambda: [Regel(gettext(words))])


def gemaakt(dag: date, talen: Talen) -> Paar:
    """When the paper was made: what stands on it may change."""
    words = _("Gemaakt op %(datum)s")
    return paar("gemaakt", talen, lambda: [Regel(gettext(words) % {"datum": date_format(dag)})])
