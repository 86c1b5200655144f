"""Calendars to subscribe to, and news feeds: of a question, of one activity, of a short list."""

from __future__ import annotations

import zlib
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisaties import bewaarlijst
from organisaties.choices import Soort
from organisaties.formats import atom, ical
from organisaties.models import Activiteit
from organisaties.views.adressen import find
from organisaties.views.bewaren import bewaard, midnight
from organisaties.views.vragen import Vraag, blijvend
from organisaties.zoeken import Uitkomst

IN_KALENDER, IN_NIEUWS = 500, 50
"""How many activities a calendar and a news feed hold."""

FEW = 1000
"""Up to so many found activities are looked up by id; of more, the newest soon have enough of them."""


@require_safe
def kalender_list(request: HttpRequest) -> HttpResponse:
    """The calendar of a question: the same words and filters as on the list, its first activities."""
    vraag = Vraag(Soort.ACTIVITEIT, blijvend(request.GET))
    adres = reverse("kalender-list") + vraag.blijvend

    def write() -> tuple[bytes, datetime]:
        activiteiten = _in_order(vraag.uitkomst.nummers(0, IN_KALENDER))
        return zlib.compress(_calendar(adres, _naam(vraag), activiteiten, uitleg=_shortened(len(vraag)))), midnight()

    # programs ask again and again, and nearly always nothing has changed
    return _answer("activiteiten", zlib.decompress(bewaard(vraag.lijst, ("kalender", adres), write)))


@require_safe
def kalender_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendar of one activity. Raises Http404 when it has no page, or no moments."""
    activiteit = find(Activiteit.objects.readable().with_cards().with_versie(), slug)
    if activiteit.slug != slug:
        return redirect("kalender-detail", activiteit.slug, permanent=True)
    if not activiteit.momenten.all():
        raise Http404
    uitleg = _("Deze activiteit is gestopt.") if activiteit.is_stopped else ""
    adres = reverse("kalender-detail", args=[slug])
    return _answer(slug, _calendar(adres, activiteit.naam, [activiteit], uitleg=uitleg))


@require_safe
def kalender_bewaard(request: HttpRequest) -> HttpResponse:
    """The calendar of a short list, `?lijst=TOKEN`. Raises BadRequest for a token that we did not make."""
    try:
        nummers = bewaarlijst.lees(request.GET.get("lijst", ""))
    except bewaarlijst.OnleesbareLijst:
        raise BadRequest from None
    adres = f"{reverse('kalender-bewaard')}?lijst={bewaarlijst.pak(nummers)}"
    return _answer("bewaard", _calendar(adres, _("Mijn lijst"), _in_order(nummers)))


@require_safe
def nieuws_list(request: HttpRequest) -> HttpResponse:
    """The newest and last changed activities of a question, as Atom."""
    vraag = Vraag(Soort.ACTIVITEIT, blijvend(request.GET))
    nieuws = atom.Nieuws(
        naam=_naam(vraag),
        bron=settings.SITE_URL + reverse("nieuws-list") + vraag.blijvend,
        pagina=settings.SITE_URL + reverse("activiteit-list") + vraag.blijvend,
        site=settings.SITE_URL,
        uitleg=_demonstratie(),
    )
    feed = atom.write(nieuws, _in_order(_last_changed(vraag.uitkomst)))
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


def _naam(vraag: Vraag) -> str:
    chosen = ", ".join(" ".join(keuze.naam.split()) for keuze in vraag.gekozen)
    name = _("Activiteiten")
    return f"{name}: {chosen}" if chosen else f"{name}, Netwerk Nieuwkomers Amsterdam"


def _shortened(total: int) -> str:
    if total <= IN_KALENDER:
        return ""
    return _(
        "In deze agenda staan %(aantal)s van de %(totaal)s activiteiten. Wil je alles zien? Kies meer filters."
    ) % {"aantal": number_format(IN_KALENDER), "totaal": number_format(total, force_grouping=True)}


def _demonstratie() -> str:
    """What the demonstration says everywhere."""
    return _("Demonstratie: gegevens uit openbare bronnen, niet bevestigd.") if settings.DEMONSTRATIE else ""


def _in_order(nummers: list[int]) -> list[Activiteit]:
    """The activities with these ids that have a page, in this order."""
    found = Activiteit.objects.readable().with_cards().with_versie().order_by().in_bulk(nummers)
    return [found[nummer] for nummer in nummers if nummer in found]


def _last_changed(uitkomst: Uitkomst) -> list[int]:
    """The ids of the activities in an answer that changed last."""
    # whatever was found is listed; asked again here, the database would join and sort everything
    newest = Activiteit.objects.order_by("-updated_at", "-pk").values_list("pk", flat=True)
    if uitkomst.aantal <= FEW:
        newest = newest.filter(pk__in=uitkomst.nummers(0, FEW))
    return list(islice((nummer for nummer in newest.iterator() if nummer in uitkomst.bits), IN_NIEUWS))


def _calendar(adres: str, naam: str, activiteiten: list[Activiteit], *, uitleg: str = "") -> bytes:
    kalender = ical.Kalender(
        naam=naam,
        bron=settings.SITE_URL + adres,
        site=settings.SITE_URL,
        uitleg=" ".join(sentence for sentence in (_demonstratie(), uitleg) if sentence),
    )
    return ical.write(kalender, activiteiten)


def _answer(bestand: str, data: bytes) -> HttpResponse:
    # inline: a phone then offers to put it in the agenda, where an attachment would end up among the downloads
    headers = {"Content-Disposition": content_disposition_header(as_attachment=False, filename=f"{bestand}.ics")}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)
