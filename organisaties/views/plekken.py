"""The places on the map, as data: exact when there are few in view, else how many activities each square has."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, JsonResponse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from organisaties.choices import Soort
from organisaties.kaartbeeld import NOORD, OOST, WEST, ZUID
from organisaties.models import Activiteit, Moment, Plek
from organisaties.plaatsen import postcode_in, postcodes
from organisaties.views.vragen import Vraag
from organisaties.zoeken.bits import Verzameling, union
from organisaties.zoeken.geheugen import Lijst
from organisaties.zoeken.raster import Groep, Vak, in_beeld, lees_zoom

PRECIES = 200
"""With this many activities in view or fewer, each place is on the map by itself."""

MEEST = 400
"""How many places an answer has at most: an activity may be at many."""

HELE_STAD = f"{WEST},{ZUID},{OOST},{NOORD}"
ZOOM_STAD = "10"


@require_safe
def plekken(request: HttpRequest) -> JsonResponse:
    """What the map shows of a question, in the box `vak` (west,south,east,north) at `zoom`.

    Gives places (`punt`, `naam`, `activiteiten`), or groups (`punt`, `naam`, `vak`) when there are many in view; and a
    sentence for who cannot see them. Status 400 when the box or the zoom is none.
    """
    try:
        vak = Vak.lees(request.GET.get("vak", HELE_STAD))
        zoom = lees_zoom(request.GET.get("zoom", ZOOM_STAD))
    except ValueError:
        return JsonResponse({"fout": gettext("Dit deel van de kaart bestaat niet.")}, status=400)
    vraag = Vraag(Soort.ACTIVITEIT, request.GET)
    found, groups = vraag.uitkomst.bits, in_beeld(vraag.lijst, vak, zoom)
    shown = union(groep.bits for groep in groups) & found
    if len(shown) <= PRECIES or (len(groups) == 1 and groups[0].is_kleinst):
        return JsonResponse(_exact(vraag.lijst, shown, vak))
    return JsonResponse(_grouped(groups, found, len(shown)))


def _grouped(groups: list[Groep], found: Verzameling, total: int) -> dict[str, Any]:
    counted = [(groep, groep.bits.intersection_cardinality(found)) for groep in groups]
    return {
        "melding": _count(total),
        "groepen": [
            {
                "punt": [round(groep.breedte, 4), round(groep.lengte, 4)],
                "vak": [groep.vak.zuid, groep.vak.west, groep.vak.noord, groep.vak.oost],
                "aantal": count,
                "naam": _naam(count),
            }
            for groep, count in counted
            if count
        ],
        "plekken": [],
    }


def _exact(known: Lijst, shown: Verzameling, vak: Vak) -> dict[str, Any]:
    nummers = known.volgorde.page([shown], 0, PRECIES)
    at = defaultdict(dict)
    for activiteit in _with_places(nummers):
        for plek in _plekken(activiteit):
            if (punt := _punt(plek)) and vak.bevat(*map(float, punt)):
                at[punt][activiteit.pk] = (plek, activiteit)
    places = dict(list(at.items())[:MEEST])
    return {
        "melding": _count(len({nummer for here in places.values() for nummer in here})),
        "groepen": [],
        "plekken": [_plek(punt, list(here.values())) for punt, here in places.items()],
        "rest": _rest(len(shown) - len(nummers)),
    }


def _with_places(nummers: list[int]) -> list[Activiteit]:
    """Activities in this order, with all that their places need."""
    moments = Moment.objects.select_related("locatie__stadsdeel")
    entries = Activiteit.objects.select_related("locatie__stadsdeel").prefetch_related(Prefetch("momenten", moments))
    found = entries.in_bulk(nummers)
    return [found[nummer] for nummer in nummers if nummer in found]


def _plekken(activiteit: Activiteit) -> list[Plek]:
    """The public side of all places where it is."""
    own = [activiteit.locatie.plek] if activiteit.locatie else []
    return own + [moment.locatie.plek for moment in activiteit.momenten.all() if moment.locatie]


def _punt(plek: Plek) -> Any:
    """Where a place is; without a point of its own, the middle of its postcode."""
    if plek.punt or not (known := postcodes().get(postcode_in(plek.postcode))):
        return plek.punt
    return known[0][:2]


def _plek(punt: Any, here: list[tuple[Plek, Activiteit]]) -> dict[str, Any]:
    names = list(filter(None, dict.fromkeys(_naam_van(plek) for plek, _ in here)))
    plek, entries = ", ".join(names[:2]) + ("…" if len(names) > 2 else ""), [activiteit for _, activiteit in here]
    return {
        "punt": [float(degrees) for degrees in punt],
        "plek": plek,
        "naam": ": ".join(filter(None, (plek, entries[0].naam if len(entries) == 1 else _activities(len(entries))))),
        "activiteiten": [_link(activiteit) for activiteit in entries],
    }


def _naam_van(plek: Plek) -> str:
    if plek.punt:
        return plek.naam or plek.straat
    return gettext("Omgeving van %(postcode)s") % {"postcode": postcode_in(plek.postcode)}


def _link(activiteit: Activiteit) -> dict[str, str]:
    naam = activiteit.naam
    language = {"lang": naam.taal} if naam.is_fallback else {}
    return {"naam": naam, "url": activiteit.get_absolute_url(), **language}


def _count(n: int) -> str:
    words = ngettext("%(n)s activiteit op dit stuk kaart.", "%(n)s activiteiten op dit stuk kaart.", n)
    return words % {"n": number_format(n)} if n else gettext("Hier kennen wij geen plekken.")


def _activities(n: int) -> str:
    return ngettext("%(n)s activiteit", "%(n)s activiteiten", n) % {"n": number_format(n)}


def _naam(n: int) -> str:
    words = ngettext("%(n)s activiteit, zoom in", "%(n)s activiteiten, zoom in", n)
    return words % {"n": number_format(n)}


def _rest(n: int) -> str:
    words = gettext("En nog %(n)s. Kies een filter.")
    return words % {"n": number_format(n)} if n else ""
