"""Joining: the form, its confirmation, and the page of one request for whoever has the link of the mail."""

import re
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisaties import actions, teksten
from organisaties.choices import AanvraagStatus, GebeurtenisSoort, PaginaSleutel
from organisaties.drukte import MEEST, drukte
from organisaties.forms.aanvragen import AanvraagForm, AntwoordForm
from organisaties.models import Aanvraag, Pagina
from organisaties.spam import Formulier, lees_formulier, open_formulier
from organisaties.views.afzender import GeenBestanden, adres_van, verborgen, verdenkingen

VERLOPEN = _("Je antwoorden stonden lang open. Kijk ze nog een keer na, en verstuur ze dan.")
TE_DRUK = _("Er komen nu veel aanvragen binnen. Wacht een uur, en verstuur je aanvraag dan. Laat deze bladzijde open.")

STATEN = {
    AanvraagStatus.ONBEVESTIGD: _("Is dit jouw e-mailadres?"),
    AanvraagStatus.NIEUW: _("Je aanvraag is binnen"),
    AanvraagStatus.BEHANDELING: _("Wij bekijken je aanvraag"),
    AanvraagStatus.WACHT: _("Wij hebben een vraag"),
    AanvraagStatus.GESPREK: _("Wij praten graag met je"),
    AanvraagStatus.GOEDGEKEURD: _("Jullie horen bij het netwerk"),
    AanvraagStatus.AFGESPROKEN: _("Ons gesprek is afgerond"),
    AanvraagStatus.AFGEWEZEN: _("Je aanvraag is afgesloten"),
    AanvraagStatus.INGETROKKEN: _("Je aanvraag is ingetrokken"),
}
"""The heading of the page of a request, by its status."""

_KENMERK = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


# --- the form, and "check your answers"


@csrf_exempt  # readers get no cookie; a form that came from elsewhere is only a suspicion, and a human looks
@require_http_methods(["GET", "HEAD", "POST"])
def aansluiten(request: HttpRequest) -> HttpResponse:
    """The form; a post with right answers shows them to check, a post with `verstuur` sends them."""
    if request.method != "POST":
        return _form(request, AanvraagForm())
    request.upload_handlers = [GeenBestanden(request)]
    form, is_sent = AanvraagForm(request.POST), "verstuur" in request.POST
    if "wijzig" in request.POST or not form.is_valid():
        return _form(request, form)
    geopend = lees_formulier(request.POST.get("formulier", ""))
    if geopend is None:
        return _check(request, form, melding=VERLOPEN)
    keren = drukte.tel(adres_van(request)) if is_sent else 0
    if keren > MEEST:
        return _check(request, form, melding=TE_DRUK, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _send(request, form, geopend, keren) if is_sent else _check(request, form)


def _form(request: HttpRequest, form: AanvraagForm) -> HttpResponse:
    page = get_object_or_404(Pagina, sleutel=PaginaSleutel.AANSLUITEN)
    context = {"pagina": page, "delen": teksten.parts(page.tekst), "form": form, **verborgen(request)}
    return render(request, "aanvragen/form.html", context)


def _check(request: HttpRequest, form: AanvraagForm, *, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
    context = {"form": form, **verborgen(request), **context}
    return render(request, "aanvragen/controle.html", context, status=status)


def _send(request: HttpRequest, form: AanvraagForm, geopend: Formulier, keren: int) -> HttpResponse:
    aanvraag, is_new = actions.submit_aanvraag(
        velden=form.cleaned_data,
        taal=get_language(),
        sleutel=geopend.sleutel,
        verdenkingen=verdenkingen(request, form, geopend, keren),
    )
    if not is_new and not form.is_same_as(aanvraag):
        return _check(request, form, formulier=open_formulier(), eerder=aanvraag)
    return HttpResponseRedirect(aanvraag.get_absolute_url(), status=HTTPStatus.SEE_OTHER)


@require_safe
@cache_control(no_store=True)
def aanvraag_verstuurd(request: HttpRequest, kenmerk: str) -> HttpResponse:
    """What happens next. It shows nothing of what was sent: a reference is no secret."""
    if not _KENMERK.fullmatch(kenmerk):
        raise Http404
    aanvraag = get_object_or_404(Aanvraag, kenmerk=kenmerk)
    return render(request, "aanvragen/verstuurd.html", {"aanvraag": aanvraag})


# --- the page of one request, behind the link in a mail


@csrf_exempt  # the token in the address is what nobody else has; a token against forgery would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def aanvraag_detail(request: HttpRequest, token: str) -> HttpResponse:
    """How a request stands. Only a post does something: `bevestig`, `intrekken`, or an answer in `tekst`.

    It opens from a mail, also by programs that look at every link first; it never shows who applied.
    """
    aanvraag = Aanvraag.objects.with_token(token).first()
    if aanvraag is None:
        return render(request, "aanvragen/weg.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _show(request, aanvraag, AntwoordForm())
    request.upload_handlers = [GeenBestanden(request)]
    form = AntwoordForm(request.POST)
    if "bevestig" in request.POST:
        actions.confirm_aanvraag(aanvraag)
    elif "intrekken" in request.POST:
        actions.withdraw_aanvraag(aanvraag)
    elif not _answer(aanvraag, form):
        return _show(request, aanvraag, form)
    address = reverse("aanvraag-detail", args=[token])
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _answer(aanvraag: Aanvraag, form: AntwoordForm) -> bool:
    """Whether the answer was given; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        actions.answer_aanvraag(aanvraag, tekst=form.cleaned_data["tekst"])
    except ValidationError as error:
        form.add_error("tekst", error)
        return False
    return True


def _show(request: HttpRequest, aanvraag: Aanvraag, form: AntwoordForm) -> HttpResponse:
    """What an applicant may know. Before the address is proved, that is nothing of what was typed (M2)."""
    is_proved = aanvraag.bevestigd_at is not None
    said = aanvraag.gebeurtenissen.filter(soort__in=(GebeurtenisSoort.VRAAG, GebeurtenisSoort.ANTWOORD))
    context = {
        "aanvraag": aanvraag,
        "kop": STATEN[AanvraagStatus(aanvraag.status)],
        "is_bewezen": is_proved,
        "gezegd": said if is_proved else (),
        "form": form,
        "wil_intrekken": is_proved and aanvraag.is_open and "intrekken" in request.GET,
    }
    return render(request, "aanvragen/detail.html", context)
