"""Changing a profile and its activities, a part at a time; what can be done with an activity; former versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisaties import actions, geschiedenis, taken
from organisaties.choices import ActiviteitStatus
from organisaties.forms.bewerken import ACTIVITEIT, PROFIEL, Deel, NieuweActiviteitForm, open_deel
from organisaties.forms.datum import read_date
from organisaties.models import Activiteit, Locatie, Organisatie
from organisaties.views.activiteiten import context_of_blad
from organisaties.views.deur import see, typed_before, voor_beheerders

Entry = Organisatie | Activiteit | Locatie


def _organisatie(request: HttpRequest, slug: str, *, held: bool = False) -> Organisatie:
    rows = Organisatie.objects.editable_by(request.user)
    return get_object_or_404(rows.select_for_update(of=("self",)) if held else rows, slug=slug)


def _activiteit(request: HttpRequest, slug: str, activiteit: str, *, held: bool = False) -> Activiteit:
    rows = Activiteit.objects.editable_by(request.user).select_related("organisatie", "thema")
    rows = rows.select_for_update(of=("self",)) if held else rows
    return get_object_or_404(rows, slug=activiteit, organisatie__slug=slug)


# --- one part


@voor_beheerders
def profiel(request: HttpRequest, slug: str, deel: str) -> HttpResponse:
    """One part of a profile: looked at, or stored."""
    back = reverse("mijn-organisatie", args=[slug])
    return _part(request, lambda held: _organisatie(request, slug, held=held), (PROFIEL, deel), back)


@voor_beheerders
def activiteit_deel(request: HttpRequest, slug: str, activiteit: str, deel: str) -> HttpResponse:
    """One part of an activity: looked at, or stored."""
    back = reverse("mijn-activiteit", args=[slug, activiteit])
    return _part(request, lambda held: _activiteit(request, slug, activiteit, held=held), (ACTIVITEIT, deel), back)


def _part(
    request: HttpRequest, find: Callable[[bool], Entry], which: tuple[dict[str, type[Deel]], str], back: str
) -> HttpResponse:
    delen, naam = which
    if naam not in delen:
        raise Http404
    if request.method != "POST":
        entry, typed = find(False), typed_before(request)
        return _show_part(request, entry, open_deel(delen, naam, entry, typed), back)
    with transaction.atomic():
        actions.one_by_one(find(False))
        entry = find(True)
        form = open_deel(delen, naam, entry, request.POST)
        if not form.is_valid() or "lees" in request.POST:
            return _show_part(request, find(False), form, back)
        actions.store_entry(form.save(commit=False), door=request.user, keuzes=form.save_m2m)
    return see(f"{back}?klaar=bewaard")


def _show_part(request: HttpRequest, entry: Entry, form: Deel, back: str) -> HttpResponse:
    context = {
        "entry": entry,
        "organisatie": getattr(entry, "organisatie", entry),
        "form": form,
        "terug": back,
        "was_weg": form.is_bound and request.method != "POST",
        "leest": "lees" in request.POST,
        "sinds": geschiedenis.since_translated(entry, form.paren),
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, "mijn/deel.html", context)


# --- activities


@voor_beheerders
def nieuw(request: HttpRequest, slug: str) -> HttpResponse:
    """A new activity begins as a draft with a name and a theme."""
    organisatie = _organisatie(request, slug)
    data = request.POST if request.method == "POST" else typed_before(request)
    form = NieuweActiviteitForm(data, instance=Activiteit(organisatie=organisatie))
    if request.method == "POST" and form.is_valid():
        entry = form.save(commit=False)
        actions.store_entry(entry, door=request.user)
        return see(reverse("mijn-activiteit", args=[slug, entry.slug]))
    context = {
        "organisatie": organisatie,
        "form": form,
        "was_weg": form.is_bound and request.method != "POST",
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, "mijn/nieuw.html", context)


@voor_beheerders
def activiteit(request: HttpRequest, slug: str, activiteit: str) -> HttpResponse:
    """Everything about one activity. A post does one thing with it (`daad`); `?weg=` asks whether to take it away."""
    entry = _activiteit(request, slug, activiteit)
    fout, typed = "", request.POST
    if request.method != "POST":
        typed = typed_before(request)
    else:
        try:
            return see(_do(request, entry))
        except ValidationError as error:
            fout = error.messages[0]
    context = {
        "organisatie": entry.organisatie,
        "activiteit": entry,
        "delen": [(naam, deel.kop, deel.icoon) for naam, deel in ACTIVITEIT.items()],
        "taken": taken.of_activiteit(entry),
        "fout": fout,
        "getypt": typed and typed.get("pauze_tot", ""),
        "was_weg": typed is not None and request.method != "POST",
        "klaar": request.GET.get("klaar", ""),
        "vraagt_weg": "weg" in request.GET and entry.status != ActiviteitStatus.GEARCHIVEERD,
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, "mijn/activiteit.html", context)


def _do(request: HttpRequest, entry: Activiteit) -> str:
    """Do what the button says. Gives the address to go on to; raises ValidationError with why it cannot be."""
    door, daad = request.user, request.POST.get("daad", "")
    here = reverse("mijn-activiteit", args=[entry.organisatie.slug, entry.slug])
    if daad == "kopie":
        copy = actions.copy_activiteit(entry, door=door)
        return f"{reverse('mijn-activiteit', args=[entry.organisatie.slug, copy.slug])}?klaar=kopie"
    if daad in _STATUSES:
        actions.change_activiteit(entry, door=door, status=_STATUSES[daad], pauze_tot=_pause(request, daad))
    elif daad in _DEEDS:
        _DEEDS[daad](entry, door=door)
    else:
        return here
    return f"{here}?klaar={daad}"


_STATUSES = {
    "online": ActiviteitStatus.GEPUBLICEERD,
    "offline": ActiviteitStatus.CONCEPT,
    "pauze": ActiviteitStatus.GEPAUZEERD,
    "vol": ActiviteitStatus.VOL,
    "stop": ActiviteitStatus.GESTOPT,
}
_DEEDS: dict[str, Callable[..., None]] = {
    "klopt": actions.confirm_entry,
    "weg": actions.take_away,
    "terug": actions.bring_back,
}


def _pause(request: HttpRequest, daad: str) -> date | None:
    if daad != "pauze":
        return None
    try:
        return read_date(request.POST.get("pauze_tot", ""))
    except (ValueError, OverflowError):
        return None


@require_safe
@voor_beheerders
def voorbeeld(request: HttpRequest, slug: str, activiteit: str) -> HttpResponse:
    """The page of an activity as a reader will see it, whatever its status."""
    found = _activiteit(request, slug, activiteit)
    rows = Activiteit.objects.with_cards().select_related("foto")
    entry = rows.prefetch_related("talen", "andere_themas", "bronnen").get(pk=found.pk)
    if not entry.is_listed and not entry.is_stopped:
        entry.status = ActiviteitStatus.GEPUBLICEERD
    return render(request, "mijn/voorbeeld.html", context_of_blad(entry) | {"is_concept": not found.is_listed})


# --- former versions


@voor_beheerders
def versies(request: HttpRequest, slug: str, activiteit: str = "", nummer: int = 0) -> HttpResponse:
    """Every version of a profile, an activity or a place, with what changed. A post puts one back (`versie`)."""
    entry: Entry = _activiteit(request, slug, activiteit) if activiteit else _organisatie(request, slug)
    entry = get_object_or_404(entry.locaties, pk=nummer) if nummer else entry
    if request.method == "POST":
        return _put_back(request, entry)
    context = {
        "entry": entry,
        "organisatie": getattr(entry, "organisatie", entry),
        "versies": geschiedenis.versions(entry),
        "terug": _page_of(entry),
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, "mijn/versies.html", context)


def _put_back(request: HttpRequest, entry: Entry) -> HttpResponse:
    number = request.POST.get("versie", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    try:
        actions.put_version_back(entry, versie=int(number), door=request.user)
    except entry.history.model.DoesNotExist:
        raise Http404 from None
    return see(f"{_page_of(entry)}?klaar=teruggezet")


def _page_of(entry: Entry) -> str:
    if isinstance(entry, Organisatie):
        return reverse("mijn-organisatie", args=[entry.slug])
    if isinstance(entry, Locatie):
        return reverse("mijn-plek", args=[entry.organisatie.slug, entry.pk])
    return reverse("mijn-activiteit", args=[entry.organisatie.slug, entry.slug])
