"""Activities, in the order of the doorstep block."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organisaties.admin.basis import EnglishFilter, NetwerkInline, PageAdmin, YesNoFilter, pair
from organisaties.admin.fotos import ActiviteitFotoInline
from organisaties.admin.momenten import MomentInline, in_words
from organisaties.choices import READABLE_STATUSES, OrganisatieStatus
from organisaties.forms.activiteiten import ActiviteitAdminForm
from organisaties.models import Activiteit, Bron, Moment, Stadsdeel


class StadsdeelFilter(admin.SimpleListFilter):
    """Where it takes place: its own place or that of a moment, hidden places too."""

    title = _("stadsdeel")
    parameter_name = "stadsdeel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(Stadsdeel.objects.values_list("slug", "naam"))

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if not (slug := self.value()):
            return queryset
        moments = Moment.objects.filter(activiteit=OuterRef("pk"), locatie__stadsdeel__slug=slug)
        return queryset.filter(Q(locatie__stadsdeel__slug=slug) | Exists(moments))


class WithoutMomentFilter(YesNoFilter):
    title = _("zonder moment")
    parameter_name = "zonder_moment"

    def rows(self, queryset: models.QuerySet) -> Q:
        return Q(~Exists(Moment.objects.filter(activiteit=OuterRef("pk"))))


class ActiviteitBronInline(NetwerkInline):
    model = Bron
    fields = (("url", "datum"),)
    classes = ("collapse",)


@admin.register(Activiteit)
class ActiviteitAdmin(PageAdmin):
    form = ActiviteitAdminForm
    inlines = (MomentInline, ActiviteitFotoInline, ActiviteitBronInline)
    ticked = ("andere_themas", "talen", "doelgroepen")
    autocomplete_fields = ("organisatie",)
    list_display = (
        "naam",
        "organisatie",
        "thema",
        "status_woord",
        "wanneer_in_woorden",
        "engels",
        "bevestigd_op",
    )
    list_select_related = ("organisatie", "thema")
    list_filter = (
        "status",
        "thema",
        "vorm",
        StadsdeelFilter,
        "kosten",
        "meedoen",
        "papieren",
        "zoekt_vrijwilligers",
        EnglishFilter,
        WithoutMomentFilter,
    )
    search_fields = ("naam_nl", "naam_en", "samenvatting_nl", "samenvatting_en", "organisatie__naam")
    search_help_text = _("Zoek op naam, samenvatting of organisatie.")
    readonly_fields = ("op_de_website", "created_at", "updated_at", "oude_adressen")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "organisatie",
                    pair("naam"),
                    ("status", "pauze_tot"),
                    ("bevestigd_op", "slug"),
                    "op_de_website",
                )
            },
        ),
        (
            _("Wat"),
            {"fields": (("thema", "vorm"), pair("samenvatting"), pair("omschrijving"), "andere_themas")},
        ),
        (
            _("Wanneer"),
            {
                "fields": ("planning", pair("wanneer")),
                "description": _("De dagen en tijden staan onderaan: momenten."),
            },
        ),
        (_("Waar"), {"fields": ("locatie", pair("waar"))}),
        (_("Kosten"), {"fields": (("kosten", "bedrag", "stadspas"), pair("kosten_uitleg"))}),
        (_("Papieren en meedoen"), {"fields": (("papieren", "meedoen"), pair("stappen"))}),
        (_("Taal"), {"fields": ("niveau", pair("taal_uitleg"), "talen")}),
        (
            _("Wie ontvangt je, en voor wie"),
            {
                "fields": (
                    pair("ontvangst"),
                    "doelgroepen",
                    ("leeftijd_van", "leeftijd_tot"),
                    ("kinderen", "toegang"),
                )
            },
        ),
        (
            _("Wachtlijst en vrijwilligers"),
            {"fields": (("wachtlijst", "zoekt_vrijwilligers"), pair("wachtlijst_uitleg"))},
        ),
        (
            _("Gemaakt en veranderd"),
            {"fields": (("created_at", "updated_at", "oude_adressen"),), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("momenten")

    def is_on_site(self, obj: Activiteit) -> bool:
        return obj.status in READABLE_STATUSES and obj.organisatie.status == OrganisatieStatus.GEPUBLICEERD

    @admin.display(description=_("naam"), ordering="naam_nl")
    def naam(self, obj: Activiteit) -> str:
        return obj.naam_nl

    @admin.display(description=_("wanneer"))
    def wanneer_in_woorden(self, obj: Activiteit) -> str:
        if moments := obj.momenten.all():
            return format_html_join("", "<div>{}</div>", ((in_words(moment),) for moment in moments))
        return obj.wanneer_nl or obj.get_planning_display()

    @admin.display(description=_("Engels"))
    def engels(self, obj: Activiteit) -> SafeString:
        if obj.is_translated("en"):
            return format_html("{}", _("Ja"))
        return format_html('<span class="status status--mist">{}</span>', _("Ontbreekt"))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A source of an activity is a source of its organisation too."""
        if formset.model is Bron:
            for bron in formset.save(commit=False):
                bron.organisatie = form.instance.organisatie
        super().save_formset(request, form, formset, change)
