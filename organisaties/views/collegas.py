"""Who edits an organisation: an editor invites a colleague, and takes one off."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language

from organisaties import actions
from organisaties.forms.collegas import CollegaForm
from organisaties.models import Beheerder, Organisatie
from organisaties.views.deur import see, typed_before, voor_beheerders


@voor_beheerders
def collegas(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who edits it. A post invites somebody, or takes somebody off (`weg`); `?weg=` asks whether to."""
    organisatie = get_object_or_404(Organisatie.objects.editable_by(request.user), slug=slug)
    if request.method != "POST":
        return _show(request, organisatie, CollegaForm(typed_before(request)))
    if "weg" in request.POST:
        return _remove(request, organisatie)
    form = CollegaForm(request.POST)
    if not (form.is_valid() and _invite(request, organisatie, form)):
        return _show(request, organisatie, form)
    return _back(organisatie, "uitgenodigd")


def _invite(request: HttpRequest, organisatie: Organisatie, form: CollegaForm) -> bool:
    """Whether the invitation goes out; if not, the form says why."""
    taal = get_language() or settings.LANGUAGE_CODE
    try:
        actions.invite_collega(organisatie, door=request.user, taal=taal, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    return True


def _remove(request: HttpRequest, organisatie: Organisatie) -> HttpResponse:
    tie = _tie(organisatie, request.POST["weg"])
    try:
        if tie:
            actions.remove_beheerder(tie, door=request.user)
    except ValidationError as error:
        return _show(request, organisatie, CollegaForm(), melding=error.message)
    if tie and tie.gebruiker == request.user:
        return see(reverse("mijn"))
    return _back(organisatie, "weggehaald" if tie is None or tie.is_binnen else "ingetrokken")


def _tie(organisatie: Organisatie, number: str) -> Beheerder | None:
    """The tie with this number, when it is one of this organisation; another press may have taken it off already."""
    return next((tie for tie in organisatie.beheerders.select_related("gebruiker") if str(tie.pk) == number), None)


def _back(organisatie: Organisatie, klaar: str) -> HttpResponse:
    address = reverse("mijn-collegas", args=[organisatie.slug])
    return see(f"{address}?klaar={klaar}")


def _show(request: HttpRequest, organisatie: Organisatie, form: CollegaForm, **context: object) -> HttpResponse:
    context = {
        "organisatie": organisatie,
        "form": form,
        "beheerders": organisatie.beheerders.select_related("gebruiker"),
        "weg": _tie(organisatie, request.GET.get("weg", "")),
        "klaar": request.GET.get("klaar", ""),
        "was_weg": form.is_bound and request.method != "POST",
        "heeft_meer": request.user.beheert.count() > 1,
        **context,
    }
    return render(request, "mijn/collegas.html", context)
