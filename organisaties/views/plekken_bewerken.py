"""The places of an organisation, for who edits it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from organisaties import actions, geschiedenis
from organisaties.forms.plekken import PlekForm
from organisaties.models import Locatie, Organisatie
from organisaties.views.deur import see, typed_before, voor_beheerders


@voor_beheerders
def plek(request: HttpRequest, slug: str, nummer: int = 0) -> HttpResponse:
    """A place, or without a number a new one. A post stores it, or takes it away (`daad`), which `?weg=` asks first."""
    own = get_object_or_404(Organisatie.objects.editable_by(request.user), slug=slug)
    if request.method != "POST":
        return _show(request, own, nummer, PlekForm(typed_before(request), instance=_place(own, nummer)))
    back = reverse("mijn-organisatie", args=[slug])
    if nummer and not Locatie.objects.filter(pk=nummer).exists():
        form = PlekForm(request.POST, instance=_place(own, 0))
        return see(f"{back}?klaar=weg") if "daad" in request.POST else _show(request, own, 0, form, is_weg=True)
    if nummer and request.POST.get("daad") == "weg":
        try:
            actions.remove_plek(_place(own, nummer))
        except ValidationError as error:
            return _show(request, own, nummer, PlekForm(instance=_place(own, nummer)), fout=error.messages[0])
        return see(f"{back}?klaar=weg")
    with transaction.atomic():
        actions.one_by_one(own)
        form = PlekForm(request.POST, instance=_place(own, nummer, held=True))
        if not form.is_valid():
            return _show(request, own, nummer, form)
        actions.store_entry(form.save(commit=False), door=request.user)
    return see(f"{back}?klaar=bewaard")


def _place(own: Organisatie, number: int, *, held: bool = False) -> Locatie:
    if not number:
        return Locatie(organisatie=own)
    rows = Locatie.objects.filter(organisatie=own)
    return get_object_or_404(rows.select_for_update(of=("self",)) if held else rows, pk=number)


def _show(request: HttpRequest, own: Organisatie, number: int, form: PlekForm, **context: object) -> HttpResponse:
    plek = _place(own, number) if number else None
    context |= {
        "organisatie": own,
        "plek": plek,
        "sinds": geschiedenis.since_translated(plek, form.paren) if plek else {},
        "form": form,
        "klaar": request.GET.get("klaar", ""),
        "vraagt_weg": "weg" in request.GET,
        "was_weg": form.is_bound and request.method != "POST",
        "heeft_meer": request.user.beheert.count() > 1,
    }
    return render(request, "mijn/plek.html", context)
