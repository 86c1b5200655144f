"""Reports of readers: which wait, which look like spam. To read, to let through, to answer and to close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from organisaties.actions import close_melding, release_melding
from organisaties.admin.basis import LeesAdmin, status_tag
from organisaties.choices import MeldingStatus
from organisaties.forms.meldingen import AntwoordForm
from organisaties.models import Melding
from organisaties.models.meldingen import MeldingQuerySet

_LISTS: dict[str, tuple[Any, Callable[[MeldingQuerySet], MeldingQuerySet]]] = {
    "wacht": (_("Wacht op jullie"), MeldingQuerySet.late),
    "nakijken": (_("Nakijken"), MeldingQuerySet.suspicious),
    "open": (_("Bij de organisatie"), MeldingQuerySet.open),
    "klaar": (_("Klaar"), MeldingQuerySet.closed),
}


class LijstFilter(admin.SimpleListFilter):
    """Reports by what has to be done with them."""

    title = _("lijst")
    parameter_name = "lijst"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(name, label) for name, (label, _rows) in _LISTS.items()]

    def queryset(self, request: HttpRequest, queryset: MeldingQuerySet) -> MeldingQuerySet:
        return _LISTS[self.value()][1](queryset) if self.value() in _LISTS else queryset


@admin.register(Melding)
class MeldingAdmin(LeesAdmin):
    list_display = ("wat_woord", "over_wat", "organisatie_los", "status_woord", "verdacht", "sinds")
    list_filter = (LijstFilter, "wat")
    list_select_related = ("organisatie", "activiteit", "closed_by")
    search_fields = ("organisatie__naam", "activiteit__naam_nl", "activiteit__naam_en")
    search_help_text = _("Zoek op organisatie of activiteit.")
    ordering = ("-created_at", "-pk")
    actions = ("release", "mend", "close")
    change_form_template = "admin/organisaties/melding/change_form.html"
    fields = (
        ("wat_woord", "status_woord", "sinds"),
        ("over_wat", "organisatie_los"),
        "uitleg",
        "antwoord_los",
        "verdacht",
        ("wil_antwoord", "taal"),
        ("closed_at", "closed_by"),
    )
    readonly_fields = (
        "wat_woord",
        "status_woord",
        "sinds",
        "over_wat",
        "organisatie_los",
        "uitleg",
        "antwoord_los",
        "verdacht",
        "wil_antwoord",
        "taal",
        "closed_at",
        "closed_by",
    )

    def has_judge_permission(self, request: HttpRequest) -> bool:
        """Closing changes the row, though nobody can type in it."""
        return request.user.has_perm("organisaties.change_melding")

    def get_urls(self) -> list[URLPattern]:
        view = require_http_methods(["GET", "HEAD", "POST"])(self.answer)
        name = "organisaties_melding_antwoord"
        return [path("<int:pk>/antwoord/", self.admin_site.admin_view(view), name=name), *super().get_urls()]

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page on which a coordinator writes back to a reader. What was typed stays, whoever was first."""
        if not self.has_judge_permission(request):
            raise PermissionDenied
        melding = get_object_or_404(self.get_queryset(request), pk=pk)
        back = HttpResponseRedirect(reverse("admin:organisaties_melding_change", args=[pk]))
        is_sent = request.method == "POST"
        form = AntwoordForm(request.POST if is_sent else None, melding=melding)
        if is_sent and form.is_valid() and self._answered(request, melding, form):
            return back
        if not is_sent and not melding.can_be_answered:
            return back
        words = {"title": gettext("Schrijf een antwoord"), "subtitle": str(melding), "opts": self.opts}
        context = {**self.admin_site.each_context(request), **words, "melding": melding, "form": form}
        context["taal"] = dict(settings.LANGUAGES).get(melding.taal, melding.taal)
        return TemplateResponse(request, "admin/organisaties/melding/antwoord.html", context)

    def _answered(self, request: HttpRequest, melding: Melding, form: AntwoordForm) -> bool:
        deed = {"status": MeldingStatus.BEANTWOORD, "antwoord": form.cleaned_data["antwoord"]}
        try:
            is_new = close_melding(melding, door=request.user, **deed)
        except ValidationError as error:
            form.add_error("antwoord", error)
            return False
        if not is_new and not melding.was_closed_by(request.user, **deed):
            form.add_error("antwoord", gettext("Deze melding is al afgesloten. Er is geen tweede mail verstuurd."))
            return False
        self.message_user(request, gettext("Je antwoord gaat nu per mail naar de lezer."), messages.SUCCESS)
        return True

    @admin.display(description=_("wat klopt er niet?"), ordering="wat")
    def wat_woord(self, obj: Melding) -> str:
        return obj.get_wat_display()

    @admin.display(description=_("activiteit"), ordering="activiteit__naam_nl")
    def over_wat(self, obj: Melding) -> SafeString | str:
        return format_html("<bdi>{}</bdi>", obj.activiteit.naam) if obj.activiteit else "–"

    @admin.display(description=_("organisatie"), ordering="organisatie__naam")
    def organisatie_los(self, obj: Melding) -> SafeString:
        return format_html("<bdi>{}</bdi>", obj.organisatie.naam)

    @admin.display(description=_("status"), ordering="status")
    def status_woord(self, obj: Melding) -> SafeString:
        return status_tag(obj)

    @admin.display(description=_("lijkt op spam"), ordering="is_verdacht")
    def verdacht(self, obj: Melding) -> SafeString | str:
        if not obj.verdenkingen:
            return "–"
        words = "; ".join(obj.verdenkingen_in_woorden)
        if not obj.is_verdacht:
            return gettext("Nagekeken. Was: %(waarom)s") % {"waarom": words}
        return format_html('<span class="status status--let-op">{}</span>', words)

    @admin.display(description=_("verstuurd"), ordering="created_at")
    def sinds(self, obj: Melding) -> str:
        return gettext("%(duur)s geleden") % {"duur": timesince(obj.created_at, timezone.now(), depth=1)}

    @admin.display(description=_("uitleg"))
    def uitleg(self, obj: Melding) -> SafeString | str:
        return format_html('<div class="tekst" dir="auto">{}</div>', obj.tekst) if obj.tekst else "–"

    @admin.display(description=_("antwoord"))
    def antwoord_los(self, obj: Melding) -> SafeString | str:
        return format_html('<div class="tekst" dir="auto">{}</div>', obj.antwoord) if obj.antwoord else "–"

    @admin.display(description=_("wil een antwoord op"))
    def wil_antwoord(self, obj: Melding) -> SafeString | str:
        return format_html('<span dir="ltr">{}</span>', obj.email) if obj.wants_answer else "–"

    @admin.action(description=_("Het is geen spam, stuur door"), permissions=["judge"])
    def release(self, request: HttpRequest, queryset: MeldingQuerySet) -> None:
        self._do(request, queryset, release_melding)

    @admin.action(description=_("Dit is hersteld"), permissions=["judge"])
    def mend(self, request: HttpRequest, queryset: MeldingQuerySet) -> None:
        self._do(request, queryset, close_melding, status=MeldingStatus.HERSTELD)

    @admin.action(description=_("Sluit de melding"), permissions=["judge"])
    def close(self, request: HttpRequest, queryset: MeldingQuerySet) -> None:
        self._do(request, queryset, close_melding, status=MeldingStatus.GESLOTEN)

    def _do(self, request: HttpRequest, queryset: MeldingQuerySet, deed: Callable[..., bool], **values: Any) -> None:
        changed = 0
        for melding in queryset:
            try:
                changed += deed(melding, door=request.user, **values)
            except ValidationError as error:
                self.message_user(request, f"{melding}: {' '.join(error.messages)}", messages.ERROR)
        if changed:
            text = ngettext("%(aantal)s melding is klaar.", "%(aantal)s meldingen zijn klaar.", changed)
            self.message_user(request, text % {"aantal": changed}, messages.SUCCESS)
        else:
            self.message_user(request, gettext("Er is niets veranderd."), messages.WARNING)
