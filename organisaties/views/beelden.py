"""The logo of an organisation, and the photo of an organisation or an activity, for who edits it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from organisaties import actions, wachtend
from organisaties.drukte import MEEST_BEELDEN, beelden
from organisaties.forms.beelden import FotoForm, LogoForm
from organisaties.models import Activiteit, Foto, Organisatie
from organisaties.views.deur import see, typed_before, voor_beheerders

Entry = Organisatie | Activiteit


def _organisatie(request: HttpRequest, slug: str) -> Organisatie:
    rows = Organisatie.objects.editable_by(request.user).select_related("foto").prefetch_related("themas")
    return get_object_or_404(rows, slug=slug)


def _activiteit(request: HttpRequest, slug: str, activiteit: str) -> Activiteit:
    rows = Activiteit.objects.editable_by(request.user).select_related("organisatie", "foto")
    return get_object_or_404(rows, slug=activiteit, organisatie__slug=slug)


def _is_druk(request: HttpRequest, organisatie: Organisatie) -> bool:
    """Count the picture that came along; tells whether the organisation sent too many."""
    return bool(request.FILES) and beelden.tel(str(organisatie.pk)) > MEEST_BEELDEN


@voor_beheerders
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    """The logo of now. A post gives another, or takes it away (`daad`)."""
    organisatie = _organisatie(request, slug)
    back = reverse("mijn-organisatie", args=[slug])
    if request.method != "POST":
        return _show_logo(request, organisatie, LogoForm())
    if request.POST.get("daad") == "weg":
        actions.remove_logo(organisatie)
        return see(f"{back}?klaar=bewaard")
    form = LogoForm(request.POST, request.FILES)
    form.fields["logo"].is_druk = _is_druk(request, organisatie)
    if not form.is_valid():
        return _show_logo(request, organisatie, form)
    actions.store_logo(organisatie, logo=form.cleaned_data["logo"])
    return see(f"{back}?klaar=bewaard")


def _show_logo(request: HttpRequest, organisatie: Organisatie, form: LogoForm) -> HttpResponse:
    context = {"organisatie": organisatie, "form": form, "heeft_meer": request.user.beheert.count() > 1}
    return render(request, "mijn/logo.html", context)


@voor_beheerders
def foto(request: HttpRequest, slug: str, activiteit: str = "") -> HttpResponse:
    """The photo of now. A post gives another or other words, or takes it away (`daad`); `?wacht=` is one that waits."""
    entry = _activiteit(request, slug, activiteit) if activiteit else _organisatie(request, slug)
    if "wacht" in request.GET:
        return _waiting(request.GET["wacht"], _van(request, entry))
    if request.method != "POST":
        return _show_foto(request, entry, _form(request, entry, typed_before(request)))
    if request.POST.get("daad") == "weg":
        actions.remove_foto(entry)
        return see(f"{_back(entry)}?klaar=bewaard")
    form = _form(request, entry, request.POST, request.FILES)
    if not (form.is_valid() and _store(entry, form)):
        form.houd_vast()
        return _show_foto(request, entry, form)
    form.laat_los()
    return see(f"{_back(entry)}?klaar=bewaard")


def _van(request: HttpRequest, entry: Entry) -> str:
    """Who it is, and of what: a photo that waits is for nobody and nothing else."""
    return f"{request.user.pk} {entry._meta.model_name} {entry.pk}"


def _form(request: HttpRequest, entry: Entry, data: Any, files: MultiValueDict | None = None) -> FotoForm:
    instance = getattr(entry, "foto", None) or Foto(**{entry._meta.model_name: entry})
    form = FotoForm(data, files, instance=instance, van=_van(request, entry))
    form.fields["foto"].is_druk = _is_druk(request, getattr(entry, "organisatie", entry))
    return form


def _store(entry: Entry, form: FotoForm) -> bool:
    """Whether it is stored; if not, the form says why."""
    try:
        actions.store_foto(entry, alt=form.alt, beeld=form.beeld)
    except ValidationError as error:
        form.add_error("foto", error)
        return False
    return True


def _waiting(token: str, van: str) -> HttpResponse:
    """A photo that waits for its form."""
    data = wachtend.lees(token, van=van)
    if not data:
        raise Http404
    safe = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(data, content_type="image/webp", headers=safe)


def _show_foto(request: HttpRequest, entry: Entry, form: FotoForm) -> HttpResponse:
    context = {
        "entry": entry,
        "organisatie": getattr(entry, "organisatie", entry),
        "form": form,
        "foto": form.instance if form.instance.pk else None,
        "terug": _back(entry),
        "was_weg": form.is_bound and request.method != "POST",
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, "mijn/foto.html", context)


def _back(entry: Entry) -> str:
    if isinstance(entry, Organisatie):
        return reverse("mijn-organisatie", args=[entry.slug])
    return reverse("mijn-activiteit", args=[entry.organisatie.slug, entry.slug])
