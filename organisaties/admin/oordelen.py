"""The deeds of a coordinator on one request: each has its own address, and only POST does anything (S16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from organisaties import actions, dubbel
from organisaties.choices import AanvraagStatus, AfwijsReden
from organisaties.forms.oordelen import (
    AfwijsForm,
    GesprekForm,
    NieuweUitnodigingForm,
    NotitieForm,
    RedenForm,
    UitkomstForm,
    VersieForm,
    VraagForm,
    with_suggestion,
)
from organisaties.models import Aanvraag, Beheerder, Gebeurtenis, Gebruiker


@dataclass(frozen=True, slots=True)
class Daad:
    """Something that can be done with a request: its address, button, form, and when it is possible."""

    naam: str
    knop: Promise
    uitleg: Promise
    gedaan: Promise
    form: type[VersieForm]
    act: Callable[..., Any]
    may: Callable[[Aanvraag, Gebruiker], bool]
    has_page: bool = True
    mailt: bool = False

    @property
    def url_name(self) -> str:
        return f"admin:organisaties_aanvraag_{self.naam.replace('-', '_')}"


def _to(status: str) -> Callable[[Aanvraag, Gebruiker], bool]:
    return lambda aanvraag, _door: status in aanvraag.may_become


_ALL = (
    Daad(
        "oppakken",
        _("Ik pak dit op"),
        _("Jij behandelt deze aanvraag dan. Een antwoord van de aanvrager komt bij jou."),
        _("Jij behandelt deze aanvraag."),
        VersieForm,
        actions.take_aanvraag,
        lambda aanvraag, door: (
            aanvraag.is_open and (aanvraag.status == AanvraagStatus.NIEUW or aanvraag.behandelaar_id != door.pk)
        ),
        has_page=False,
    ),
    Daad(
        "geen-spam",
        _("Geen spam: stuur de link"),
        _("De aanvrager krijgt een mail met de link om het adres te bevestigen."),
        _("De link is onderweg naar de aanvrager."),
        VersieForm,
        actions.clear_aanvraag,
        lambda aanvraag, _door: aanvraag.is_verdacht and aanvraag.status == AanvraagStatus.ONBEVESTIGD,
        has_page=False,
        mailt=True,
    ),
    Daad(
        "goedkeuren",
        _("Keur goed"),
        _("Dit gebeurt er als je goedkeurt:"),
        _("Goedgekeurd. De pagina staat klaar als concept en de uitnodiging is onderweg."),
        VersieForm,
        actions.approve_aanvraag,
        _to(AanvraagStatus.GOEDGEKEURD),
        mailt=True,
    ),
    Daad(
        "gesprek",
        _("Begin een gesprek"),
        _("Jij voert het gesprek over samenwerken."),
        _("Het gesprek is begonnen en je bericht is onderweg."),
        GesprekForm,
        actions.start_gesprek,
        _to(AanvraagStatus.GESPREK),
        mailt=True,
    ),
    Daad(
        "afronden",
        _("Rond het gesprek af"),
        _("Schrijf op hoe het gesprek afliep. De aanvrager krijgt hiervan geen mail."),
        _("Het gesprek is afgerond."),
        UitkomstForm,
        actions.close_gesprek,
        _to(AanvraagStatus.AFGESPROKEN),
    ),
    Daad(
        "vraag",
        _("Stel een vraag"),
        _("De aanvraag wacht daarna op antwoord."),
        _("Je vraag is onderweg."),
        VraagForm,
        actions.ask_aanvraag,
        lambda aanvraag, _door: aanvraag.is_open,
        mailt=True,
    ),
    Daad(
        "afwijzen",
        _("Wijs af"),
        _("De aanvraag sluit. Later terughalen kan, als het e-mailadres bevestigd is."),
        _("De aanvraag is afgewezen."),
        AfwijsForm,
        actions.reject_aanvraag,
        _to(AanvraagStatus.AFGEWEZEN),
        mailt=True,
    ),
    Daad(
        "terughalen",
        _("Haal terug"),
        _("De aanvraag komt terug bij “Te beoordelen”. De aanvrager krijgt hiervan geen mail."),
        _("De aanvraag is terug."),
        VersieForm,
        actions.reopen_aanvraag,
        lambda aanvraag, _door: aanvraag.status == AanvraagStatus.AFGEWEZEN and aanvraag.bevestigd_at is not None,
        has_page=False,
    ),
    Daad(
        "notitie",
        _("Schrijf een notitie"),
        _("Voor je collega's. De aanvrager ziet dit niet."),
        _("De notitie is bewaard."),
        NotitieForm,
        actions.note_aanvraag,
        lambda _aanvraag, _door: True,
    ),
)
DADEN = {daad.naam: daad for daad in _ALL}


def allowed(aanvraag: Aanvraag, door: Gebruiker) -> list[Daad]:
    """What this coordinator can do with a request now, by its status and kind."""
    return [daad for daad in _ALL if daad.may(aanvraag, door)]


def seen(aanvraag: Aanvraag) -> dict[str, int]:
    """What a form must tell later: which version of the request is on the screen, and its last event."""
    last = aanvraag.gebeurtenissen.order_by("-pk").values_list("pk", flat=True).first()
    return {"versie": aanvraag.versie, "gezien": last or 0}


@dataclass(frozen=True, slots=True)
class _Zaak:
    """One deed on one request, asked for by one coordinator."""

    request: HttpRequest
    desk: admin.ModelAdmin
    aanvraag: Aanvraag
    daad: Daad


@require_http_methods(["GET", "HEAD", "POST"])
def oordeel(request: HttpRequest, pk: int, desk: admin.ModelAdmin, daad: Daad) -> HttpResponse:
    """The page of one deed. A form that is out of date comes back with what was typed and with what changed."""
    if not desk.has_change_permission(request):
        raise PermissionDenied
    aanvraag = get_object_or_404(desk.get_queryset(request), pk=pk)
    zaak = _Zaak(request, desk, aanvraag, daad)
    if request.method != "POST":
        return _page(zaak, _opened(zaak))
    if "voorstel" in request.POST:
        return _page(zaak, daad.form(initial=with_suggestion(request.POST, aanvraag.taal).dict()))
    form = daad.form(request.POST)
    if form.is_valid() and _done(zaak, form):
        return HttpResponseRedirect(reverse("admin:organisaties_aanvraag_change", args=[pk]))
    aanvraag.refresh_from_db()
    return _page(zaak, daad.form(_up_to_date(request.POST, aanvraag)))


def _opened(zaak: _Zaak) -> VersieForm:
    """The form as it opens. A rejection asks for its reason first, because the text follows from it."""
    form, chosen = zaak.daad.form, zaak.request.GET
    if form is AfwijsForm and chosen.get("reden") not in AfwijsReden.values:
        form = RedenForm
    return form(initial={**form.begin(zaak.aanvraag.taal, chosen), **seen(zaak.aanvraag)})


def _done(zaak: _Zaak, form: VersieForm) -> bool:
    try:
        with transaction.atomic():
            zaak.daad.act(zaak.aanvraag, door=zaak.request.user, **form.deed)
            zaak.desk.log_change(zaak.request, zaak.aanvraag, str(zaak.daad.knop))
    except actions.Veranderd:
        return False  # the page tells what changed
    except ValidationError as error:
        messages.error(zaak.request, " ".join(error.messages))
        return False
    messages.success(zaak.request, zaak.daad.gedaan)
    return True


def _up_to_date(data: QueryDict, aanvraag: Aanvraag) -> QueryDict:
    """What was sent, with the newest version: whoever presses again has read what changed."""
    fresh = data.copy()
    for name, value in seen(aanvraag).items():
        fresh[name] = str(value)
    return fresh


def _page(zaak: _Zaak, form: forms.Form) -> TemplateResponse:
    aanvraag, daad, changes = zaak.aanvraag, zaak.daad, _changes(zaak)
    context = {
        **zaak.desk.admin_site.each_context(zaak.request),
        "opts": zaak.desk.opts,
        "title": daad.knop,
        "subtitle": str(aanvraag),
        "aanvraag": aanvraag,
        "daad": daad,
        "form": form,
        "taal": dict(settings.LANGUAGES).get(aanvraag.taal, aanvraag.taal),
        "asks_reason": isinstance(form, RedenForm),
        "kan": daad.may(aanvraag, zaak.request.user),
        "is_veranderd": changes is not None,
        "veranderingen": changes,
        "hints": dubbel.hints(aanvraag) if daad.naam == "goedkeuren" else (),
        "account": Gebruiker.objects.filter(email__iexact=aanvraag.email).first(),
    }
    return TemplateResponse(zaak.request, "admin/organisaties/aanvraag/oordeel.html", context)


def _changes(zaak: _Zaak) -> list[Gebeurtenis] | None:
    """What happened since the screen was opened that led here; None when it was up to date."""
    is_post = zaak.request.method == "POST"
    form = VersieForm(zaak.request.POST if is_post else zaak.request.GET)
    if not form.is_valid():  # a form that does not say what it saw is out of date, a plain link is not
        return [] if is_post else None
    if form.cleaned_data["versie"] == zaak.aanvraag.versie:
        return None
    after = zaak.aanvraag.gebeurtenissen.filter(pk__gt=form.cleaned_data["gezien"] or 0)
    return list(after.select_related("door"))


@require_http_methods(["POST"])
def new_uitnodiging(request: HttpRequest, pk: int, desk: admin.ModelAdmin) -> HttpResponse:
    """Mail the editor of an organisation that came in a new invitation."""
    if not desk.has_change_permission(request):
        raise PermissionDenied
    aanvraag, form = get_object_or_404(desk.get_queryset(request), pk=pk), NieuweUitnodigingForm(request.POST)
    if form.is_valid() and aanvraag.organisatie_id:
        editors = Beheerder.objects.filter(organisatie=aanvraag.organisatie_id)
        beheerder = get_object_or_404(editors, pk=form.cleaned_data["beheerder"])
        _renew(request, desk, aanvraag, beheerder=beheerder, na=form.cleaned_data["na"])
    return HttpResponseRedirect(reverse("admin:organisaties_aanvraag_change", args=[pk]))


def _renew(
    request: HttpRequest, desk: admin.ModelAdmin, aanvraag: Aanvraag, *, beheerder: Beheerder, na: int | None
) -> None:
    try:
        mail = actions.renew_uitnodiging(beheerder, taal=aanvraag.taal, na=na or 0)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return
    if mail:
        desk.log_change(request, aanvraag, str(_("Nieuwe uitnodiging voor %(naam)s") % {"naam": beheerder.gebruiker}))
        messages.success(request, _("De nieuwe uitnodiging is onderweg. De oude werkt niet meer."))
    else:
        messages.error(request, _("Er is geen mail gestuurd: het account staat uit, of kreeg net al veel mail."))
