"""Requests from outside: a list to work through, and one page per request with all that is needed to judge it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from organisaties import dubbel
from organisaties.admin import oordelen
from organisaties.admin.basis import NetwerkAdmin, status_tag, web_link
from organisaties.admin.beheerders import invitation_in_words, last_invitation
from organisaties.choices import AanvraagStatus
from organisaties.models import Aanvraag, Bericht
from organisaties.models.aanvragen import CLOSED, SUSPICIOUS, UNPROVED, WAITING

TABS: dict[str, tuple[Promise, Q]] = {
    "beoordelen": (_("Te beoordelen"), WAITING),
    "wacht": (_("Wacht op antwoord"), Q(status=AanvraagStatus.WACHT)),
    "gesprek": (_("In gesprek"), Q(status=AanvraagStatus.GESPREK)),
    "onbevestigd": (_("Adres niet bevestigd"), UNPROVED),
    "nakijken": (_("Nakijken"), SUSPICIOUS),
    "klaar": (_("Klaar"), CLOSED),
    "alles": (_("Alles"), Q()),
}
NEWEST_FIRST = ("klaar", "alles")


class TabFilter(admin.SimpleListFilter):
    """Which tab is open. Whoever searches without choosing one looks everywhere."""

    title = _("lijst")
    parameter_name = "lijst"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(name, label) for name, (label, _rows) in TABS.items()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(TABS[open_tab(request)][1])


def open_tab(request: HttpRequest) -> str:
    chosen = request.GET.get("lijst", "")
    if chosen in TABS:
        return chosen
    return "alles" if request.GET.get("q") else "beoordelen"


class AanvraagChangeList(ChangeList):
    """The rows of one page, each with its hints: the same few queries for one row and for fifty."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        bekenden = dubbel.Bekenden()
        self.result_list = list(self.result_list)
        for aanvraag in self.result_list:
            aanvraag.hints = bekenden.hints(aanvraag) if not aanvraag.is_closed else ()


@admin.register(Aanvraag)
class AanvraagAdmin(NetwerkAdmin):
    list_display = ("wie", "wat", "status_woord", "wacht_al", "behandeld_door", "lijkt_op")
    list_filter = (TabFilter,)
    list_select_related = ("behandelaar",)
    search_fields = ("organisatie_naam", "kenmerk", "email", "website")
    search_help_text = _("Zoek op naam, kenmerk, e-mailadres of website.")
    actions = None
    change_form_template = "admin/organisaties/aanvraag/change_form.html"
    change_list_template = "admin/organisaties/aanvraag/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return AanvraagChangeList

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-wacht_sinds_at", "-pk") if open_tab(request) in NEWEST_FIRST else ("wacht_sinds_at", "pk")

    def get_urls(self) -> list[URLPattern]:
        deeds = [
            self._url(f"<int:pk>/{daad.naam}/", partial(oordelen.oordeel, desk=self, daad=daad), daad.url_name)
            for daad in oordelen.DADEN.values()
        ]
        renew = partial(oordelen.new_uitnodiging, desk=self)
        again = self._url("<int:pk>/uitnodiging/", renew, "organisaties_aanvraag_uitnodiging")
        return [*deeds, again, *super().get_urls()]

    def _url(self, route: str, view: Any, name: str) -> URLPattern:
        return path(route, self.admin_site.admin_view(view), name=name.removeprefix("admin:"))

    # --- the list

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        counts = Aanvraag.objects.aggregate(**{name: Count("pk", filter=rows) for name, (_l, rows) in TABS.items()})
        tabs = [
            {"naam": name, "label": label, "aantal": counts[name], "is_open": name == open_tab(request)}
            for name, (label, _rows) in TABS.items()
        ]
        return super().changelist_view(request, {"title": _("Aanvragen"), **(extra_context or {}), "tabs": tabs})

    @admin.display(description=_("organisatie"), ordering="organisatie_naam")
    def wie(self, obj: Aanvraag) -> SafeString:
        return format_html("<bdi>{}</bdi> <small>{}</small>", obj.organisatie_naam, obj.kenmerk)

    @admin.display(description=_("wil"), ordering="soort")
    def wat(self, obj: Aanvraag) -> str:
        return obj.get_soort_display()

    @admin.display(description=_("status"), ordering="status")
    def status_woord(self, obj: Aanvraag) -> SafeString:
        return status_tag(obj)

    @admin.display(description=_("wacht al"), ordering="wacht_sinds_at")
    def wacht_al(self, obj: Aanvraag) -> str:
        return "–" if obj.is_closed else timesince(obj.wacht_sinds_at, timezone.now(), depth=1)

    @admin.display(description=_("behandelaar"), ordering="behandelaar__naam")
    def behandeld_door(self, obj: Aanvraag) -> str:
        return format_html("<bdi>{}</bdi>", obj.behandelaar) if obj.behandelaar else "–"

    @admin.display(description=_("lijkt op"))
    def lijkt_op(self, obj: Any) -> str:
        if not obj.hints:
            return "–"
        return format_html('<span class="status status--let-op">{}</span>', _("Kijk na: lijkt op iets dat er al is"))

    # --- one request

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The request as it was written, and what can be done with it. It cannot be edited."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if (aanvraag := self.get_object(request, unquote(object_id))) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        may_act = self.has_change_permission(request, aanvraag)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": aanvraag,
            "title": aanvraag.organisatie_naam,
            "aanvraag": aanvraag,
            "geschreven": written(aanvraag),
            "taal": dict(settings.LANGUAGES).get(aanvraag.taal, aanvraag.taal),
            "hints": () if aanvraag.is_closed else dubbel.hints(aanvraag),
            "gebeurtenissen": aanvraag.gebeurtenissen.select_related("door"),
            "berichten": mails_about(aanvraag),
            "beheerders": editors(aanvraag),
            "may_act": may_act,
            "daden": oordelen.allowed(aanvraag, request.user) if may_act else (),
            "gezien": oordelen.seen(aanvraag),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.change_form_template, context)


def written(aanvraag: Aanvraag) -> list[tuple[Any, list[tuple[Any, str, str]]]]:
    """What the applicant wrote, in groups: (heading, [(label, text, kind)]). The kind says how it is shown."""
    return [
        (
            _("Wat en waar"),
            [
                _row(aanvraag, "omschrijving", "tekst"),
                _row(aanvraag, "werkwijze", "tekst"),
                *(_chosen(aanvraag, name) for name in ("themas", "stadsdelen", "doelgroepen")),
                _row(aanvraag, "bericht", "tekst"),
            ],
        ),
        (
            _("Wie en hoe te bereiken"),
            [
                _row(aanvraag, "naam", "naam"),
                _row(aanvraag, "email", "teken"),
                _row(aanvraag, "telefoon", "teken"),
                (Aanvraag._meta.get_field("website").verbose_name, web_link(aanvraag.website), "teken"),
            ],
        ),
    ]


def _row(aanvraag: Aanvraag, name: str, kind: str) -> tuple[Any, str, str]:
    return Aanvraag._meta.get_field(name).verbose_name, getattr(aanvraag, name) or "–", kind


def _chosen(aanvraag: Aanvraag, name: str) -> tuple[Any, str, str]:
    terms: Iterable[models.Model] = getattr(aanvraag, name).all()
    return Aanvraag._meta.get_field(name).verbose_name, ", ".join(str(term) for term in terms) or "–", "naam"


def mails_about(aanvraag: Aanvraag) -> models.QuerySet[Bericht]:
    """The mails about a request, and those that invite to the organisation that came of it."""
    about = Q(aanvraag=aanvraag)
    if aanvraag.organisatie_id:
        about |= Q(uitnodiging__beheerder__organisatie=aanvraag.organisatie_id)
    return Bericht.objects.filter(about).order_by("created_at", "pk")


def editors(aanvraag: Aanvraag) -> list[dict[str, Any]]:
    """Who may edit the organisation that came of a request, each with the last invitation."""
    if not aanvraag.organisatie_id:
        return []
    found = aanvraag.organisatie.beheerders.select_related("gebruiker").prefetch_related("uitnodigingen")
    return [
        {"beheerder": each, "uitnodiging": last_invitation(each), "in_woorden": invitation_in_words(each)}
        for each in found
    ]
