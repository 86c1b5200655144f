"""Moments and their exceptions, with the rule in words."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from organisaties import herhaling
from organisaties.actions import changing_times
from organisaties.admin.basis import NetwerkAdmin, NetwerkInline, pair
from organisaties.forms.activiteiten import MomentAdminForm, own_locations
from organisaties.models import Moment, Uitzondering

_PREVIEW_DAYS, _PREVIEW_DATES = 180, 4


def in_words(moment: Moment) -> str:
    """When a moment is, with its hour: "Elke dinsdag, 19:00–21:00"."""
    words = herhaling.in_words(moment.regel, moment.start_on)
    if hours := hours_of(moment):
        return f"{words}, {hours}"
    return f"{words}, {moment.get_dagdeel_display().lower()}" if moment.dagdeel else words


def hours_of(moment: Moment) -> str:
    return "–".join(time_format(each, "H:i") for each in (moment.begin, moment.eind) if each is not None)


def next_dates(moment: Moment) -> str:
    """The next dates of a moment, without those that are skipped or moved."""
    today = timezone.localdate()
    try:
        found = herhaling.dates(moment.regel, moment.start_on, today, today + timedelta(days=_PREVIEW_DAYS))
    except (ValidationError, ValueError):
        return "–"
    exceptions = list(moment.uitzonderingen.all())
    days = [day for day in found if not any(each.covers(day) for each in exceptions)]
    return " · ".join(date_format(day, "D j F") for day in days[:_PREVIEW_DATES]) or gettext(
        "Geen datum in de komende 180 dagen"
    )


class MomentDisplay:
    """The read-only words beside the fields of a moment."""

    @admin.display(description=_("in woorden"))
    def in_woorden(self, obj: Moment) -> str:
        return in_words(obj) if obj.pk else "–"

    @admin.display(description=_("de eerste keren"))
    def volgende(self, obj: Moment) -> str:
        return next_dates(obj) if obj.pk else "–"

    @admin.display(description=_("uitzonderingen"))
    def uitzonderingen_link(self, obj: Moment) -> str | SafeString:
        if not obj.pk:
            return gettext("Bewaar eerst het moment.")
        count = len(obj.uitzonderingen.all())
        words = ngettext("%(aantal)s uitzondering", "%(aantal)s uitzonderingen", count) % {"aantal": count}
        address = reverse("admin:organisaties_moment_change", args=[obj.pk])
        return format_html('{}: <a href="{}">{}</a>', words, address, gettext("sla een datum over of verplaats hem"))


class MomentInline(MomentDisplay, NetwerkInline):
    model = Moment
    form = MomentAdminForm
    readonly_fields = ("in_woorden", "volgende", "uitzonderingen_link")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("regel", "start_on"),
                    ("begin", "eind", "dagdeel"),
                    "locatie",
                    ("in_woorden", "volgende", "uitzonderingen_link"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("uitzonderingen")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if "locatie" in formset.form.base_fields:
            own_locations(formset.form.base_fields["locatie"], getattr(obj, "organisatie_id", None))
        return formset


class UitzonderingInline(NetwerkInline):
    model = Uitzondering
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("soort", "datum_on", "tot_en_met_on"),
                    ("nieuw_on", "nieuw_begin", "nieuw_eind"),
                    pair("reden"),
                )
            },
        ),
    )


class TijdenAdmin(NetwerkAdmin):
    """What is changed in times is one version of their activity, or of both when it moves to another."""

    to_activiteit = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: `save_related` stores all of it as one version."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with self._changing([form.instance.pk], request, also=attrgetter(self.to_activiteit)(form.instance)):
            form.instance.save()
            super().save_related(request, form, formsets, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with self._changing([obj.pk], request):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        with self._changing(list(queryset.values_list("pk", flat=True)), request):
            super().delete_queryset(request, queryset)

    def _changing(
        self, keys: list[int | None], request: HttpRequest, *, also: int | None = None
    ) -> AbstractContextManager:
        owners = self.model.objects.filter(pk__in=keys).values_list(self.to_activiteit.replace(".", "__"), flat=True)
        return changing_times(*{*owners, also} - {None}, door=request.user)


@admin.register(Moment)
class MomentAdmin(MomentDisplay, TijdenAdmin):
    to_activiteit = "activiteit_id"
    form = MomentAdminForm
    inlines = (UitzonderingInline,)
    autocomplete_fields = ("activiteit",)
    list_display = ("activiteit", "organisatie", "in_woorden", "volgende", "locatie")
    list_select_related = ("activiteit__organisatie", "locatie__stadsdeel")
    list_filter = ("dagdeel",)
    search_fields = ("activiteit__naam_nl", "activiteit__naam_en", "activiteit__organisatie__naam")
    search_help_text = _("Zoek op activiteit of organisatie.")
    readonly_fields = ("in_woorden", "volgende")
    fields = (
        "activiteit",
        ("regel", "start_on"),
        ("begin", "eind", "dagdeel"),
        "locatie",
        ("in_woorden", "volgende"),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("uitzonderingen")

    @admin.display(description=_("organisatie"), ordering="activiteit__organisatie__naam")
    def organisatie(self, obj: Moment) -> str:
        return str(obj.activiteit.organisatie)


@admin.register(Uitzondering)
class UitzonderingAdmin(TijdenAdmin):
    to_activiteit = "moment.activiteit_id"
    list_display = ("datum_on", "soort", "activiteit", "moment", "tot_en_met_on", "nieuw_on")
    list_select_related = ("moment__activiteit",)
    list_filter = ("soort",)
    search_fields = ("moment__activiteit__naam_nl", "moment__activiteit__organisatie__naam", "reden_nl")
    search_help_text = _("Zoek op activiteit, organisatie of reden.")
    autocomplete_fields = ("moment",)
    fields = (
        "moment",
        ("soort", "datum_on", "tot_en_met_on"),
        ("nieuw_on", "nieuw_begin", "nieuw_eind"),
        pair("reden"),
    )

    @admin.display(description=_("activiteit"), ordering="moment__activiteit__naam_nl")
    def activiteit(self, obj: Uitzondering) -> str:
        return str(obj.moment.activiteit)
