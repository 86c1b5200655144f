"""Reports: a reader says what is not right, without an account; an editor answers or mends it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisaties import actions
from organisaties.choices import MELDING_TRANSITIONS, MeldingStatus
from organisaties.drukte import MEEST, drukte
from organisaties.forms.meldingen import AntwoordForm, MeldingForm
from organisaties.models import Activiteit, Melding, Organisatie
from organisaties.models.meldingen import LAATST
from organisaties.spam import Formulier, lees_formulier, open_formulier
from organisaties.views.adressen import find
from organisaties.views.afzender import GeenBestanden, adres_van, verborgen, verdenkingen
from organisaties.views.deur import see, typed_before, voor_beheerders

VERLOPEN = _("Deze bladzijde stond lang open. Kijk je melding nog een keer na, en verstuur haar dan.")
TE_DRUK = _("Er komen nu veel meldingen binnen. Wacht een uur, en verstuur je melding dan. Laat deze bladzijde open.")
NOG_EEN = _("Je hebt deze melding al verstuurd. Daarna heb je iets veranderd. Wil je nog een melding sturen?")
AL_DICHT = _("Deze melding is al afgesloten. Er is geen tweede mail verstuurd.")

MEESTE = 50
"""How many open reports an editor sees at once: the oldest."""


# --- a reader


@csrf_exempt  # readers get no cookie; a form that came from elsewhere is only a suspicion, and a human looks
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def melding_activiteit(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Activiteit.objects.readable().select_related("organisatie", "thema").prefetch_related("andere_themas")
    return _melding(request, find(rows, slug), slug)


@csrf_exempt  # the same
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def melding_organisatie(request: HttpRequest, slug: str) -> HttpResponse:
    return _melding(request, find(Organisatie.objects.published(), slug), slug)


def _melding(request: HttpRequest, over: Activiteit | Organisatie, slug: str) -> HttpResponse:
    """The form; a post with right answers sends them. What was typed under a former address counts too."""
    if request.method != "POST":
        if over.slug != slug:
            return HttpResponseRedirect(_adres(over), status=HTTPStatus.MOVED_PERMANENTLY)
        return _sent(request, over) if "klaar" in request.GET else _form(request, MeldingForm(over=over))
    request.upload_handlers = [GeenBestanden(request)]
    form = MeldingForm(request.POST, over=over)
    if not form.is_valid():
        return _form(request, form)
    geopend = lees_formulier(request.POST.get("formulier", ""))
    if geopend is None:
        return _form(request, form, melding=VERLOPEN)
    keren = drukte.tel(adres_van(request))
    if keren > MEEST:
        return _form(request, form, melding=TE_DRUK, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _send(request, form, geopend, keren)


def _send(request: HttpRequest, form: MeldingForm, geopend: Formulier, keren: int) -> HttpResponse:
    melding, is_new = actions.submit_melding(
        form.over,
        velden=form.cleaned_data,
        taal=get_language(),
        sleutel=geopend.sleutel,
        verdenkingen=verdenkingen(request, form, geopend, keren),
    )
    if not is_new and not form.is_same_as(melding):
        return _form(request, form, formulier=open_formulier(), melding=NOG_EEN)
    return HttpResponseRedirect(f"{_adres(form.over)}?klaar=verstuurd", status=HTTPStatus.SEE_OTHER)


def _form(request: HttpRequest, form: MeldingForm, *, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
    context = {"form": form, **_about(form.over), **verborgen(request), **context}
    return render(request, "meldingen/form.html", context, status=status)


def _sent(request: HttpRequest, over: Activiteit | Organisatie) -> HttpResponse:
    """What happens next. It shows nothing of what was sent, and anybody may open it."""
    context = _about(over)
    context["heeft_beheerder"] = context["organisatie"].beheerders.present().exists()
    return render(request, "meldingen/verstuurd.html", context)


def _about(over: Activiteit | Organisatie) -> dict[str, object]:
    is_activiteit = isinstance(over, Activiteit)
    return {
        "over": over,
        "organisatie": over.organisatie if is_activiteit else over,
        "adres": _adres(over),
        "snel_weg": is_activiteit and over.snel_weg,
    }


def _adres(over: Activiteit | Organisatie) -> str:
    name = "melding-activiteit" if isinstance(over, Activiteit) else "melding-organisatie"
    return reverse(name, args=[over.slug])


# --- an editor


@voor_beheerders
def mijn_meldingen(request: HttpRequest, slug: str) -> HttpResponse:
    """What readers report about an organisation. A post closes one (`melding`) in one of three ways (`daad`)."""
    organisatie = find(Organisatie.objects.editable_by(request.user), slug)
    if request.method != "POST":
        if organisatie.slug != slug:
            return redirect("mijn-meldingen", organisatie.slug)
        return _list(request, organisatie, **_typed(request, organisatie))
    melding, daad = _asked(organisatie, request.POST.get("melding", "")), request.POST.get("daad", "")
    if daad not in MELDING_TRANSITIONS[MeldingStatus.OPEN]:
        return _back(organisatie, "")
    form = AntwoordForm(request.POST, melding=melding) if daad == MeldingStatus.BEANTWOORD else None
    if form and not form.is_valid():
        return _list(request, organisatie, form=form, bij=melding.pk)
    return _close(request, melding, daad, form)


def _asked(organisatie: Organisatie, number: str) -> Melding:
    """The report with this number, when it is one that editors of this organisation see. Raises Http404."""
    rows = Melding.objects.of_organisatie(organisatie).filter(is_verdacht=False)
    found = next((melding for melding in rows if str(melding.pk) == number), None)
    if found is None:
        raise Http404
    return found


def _typed(request: HttpRequest, organisatie: Organisatie) -> dict[str, Any]:
    """The answer that was typed when the session turned out to be over, at its report; else the words by themselves."""
    typed = typed_before(request)
    if typed is None:
        return {}
    rows = Melding.objects.of_organisatie(organisatie).open().filter(is_verdacht=False)
    found = next((melding for melding in rows if str(melding.pk) == typed.get("melding")), None)
    if found is None:
        return {"melding": AL_DICHT, "niet_verstuurd": typed.get("antwoord", "")}
    return {"form": AntwoordForm(typed, melding=found), "bij": found.pk, "was_weg": True}


def _close(request: HttpRequest, melding: Melding, daad: str, form: AntwoordForm | None) -> HttpResponse:
    antwoord = form.cleaned_data["antwoord"] if form else ""
    try:
        is_new = actions.close_melding(melding, door=request.user, status=daad, antwoord=antwoord)
    except ValidationError as error:
        return _list(request, melding.organisatie, melding=error.message, niet_verstuurd=antwoord)
    if not is_new and not melding.was_closed_by(request.user, daad, antwoord):
        context = {"melding": AL_DICHT, "niet_verstuurd": antwoord}
        return _list(request, melding.organisatie, status=HTTPStatus.CONFLICT, **context)
    return _back(melding.organisatie, daad)


def _back(organisatie: Organisatie, klaar: str) -> HttpResponse:
    address = reverse("mijn-meldingen", args=[organisatie.slug])
    return see(f"{address}?klaar={klaar}")


def _list(
    request: HttpRequest,
    organisatie: Organisatie,
    *,
    form: AntwoordForm | None = None,
    bij: int | None = None,
    status: int = HTTPStatus.OK,
    **context: object,
) -> HttpResponse:
    """The reports; `form` is one that was filled in wrong, and stands at the report `bij`."""
    waiting = list(Melding.objects.of_organisatie(organisatie).open()[: MEESTE + 1])
    closed = Melding.objects.of_organisatie(organisatie).closed().filter(is_verdacht=False)
    context = {
        "organisatie": organisatie,
        "form": form,
        "rijen": [(each, form if each.pk == bij else AntwoordForm(melding=each)) for each in waiting[:MEESTE]],
        "zijn_er_meer": len(waiting) > MEESTE,
        "afgesloten": closed.filter(closed_at__gte=timezone.now() - LAATST).order_by("-closed_at", "-pk"),
        "klaar": request.GET.get("klaar", ""),
        "heeft_meer": request.user.beheert.count() > 1,
        **context,
    }
    return render(request, "mijn/meldingen.html", context, status=status)
