"""Organisations, their places and their sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organisaties.actions import remove_logo, store_entry, store_logo
from organisaties.admin.basis import (
    EnglishFilter,
    NetwerkAdmin,
    NetwerkInline,
    PageAdmin,
    VersiesAdmin,
    YesNoFilter,
    pair,
    status_tag,
    web_link,
)
from organisaties.admin.fotos import OrganisatieFotoInline
from organisaties.choices import OrganisatieStatus
from organisaties.forms.organisaties import OrganisatieAdminForm
from organisaties.models import Activiteit, Beheerder, Bron, Locatie, Organisatie

_PLACE = (("soort", "naam"), ("straat", "postcode", "plaats"), "stadsdeel", ("breedtegraad", "lengtegraad"))


class LogoFilter(YesNoFilter):
    title = _("heeft een logo")
    parameter_name = "logo"

    def rows(self, queryset: models.QuerySet) -> Q:
        return ~Q(logo="")


class LocatieInline(NetwerkInline):
    model = Locatie
    fieldsets = ((None, {"fields": (*_PLACE, pair("uitleg"))}),)


class BronInline(NetwerkInline):
    model = Bron
    fields = (("url", "datum", "over"),)
    readonly_fields = ("over",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("activiteit")

    @admin.display(description=_("gaat over"))
    def over(self, obj: Bron) -> str:
        return str(obj.activiteit or obj.organisatie) if obj.pk else "–"


@admin.register(Organisatie)
class OrganisatieAdmin(PageAdmin):
    form = OrganisatieAdminForm
    inlines = (LocatieInline, OrganisatieFotoInline, BronInline)
    ticked = ("themas", "doelgroepen", "talen")
    list_display = (
        "beeld",
        "naam",
        "status_woord",
        "themas_in_woorden",
        "aantal_activiteiten",
        "bevestigd_op",
    )
    list_display_links = ("naam",)
    list_filter = ("status", "themas", "bereik", "zoekt_vrijwilligers", LogoFilter, EnglishFilter)
    search_fields = ("naam", "samenvatting_nl", "samenvatting_en", "website", "email")
    search_help_text = _("Zoek op naam, samenvatting, website of e-mailadres.")
    readonly_fields = (
        "op_de_website",
        "website_link",
        "logo_nu",
        "activiteiten_lijst",
        "beheerders_lijst",
        "oude_adressen",
        "created_at",
        "updated_at",
    )
    fieldsets = (
        (None, {"fields": (("naam", "slug"), ("status", "bevestigd_op"), "op_de_website")}),
        (_("In woorden"), {"fields": (pair("samenvatting"), pair("omschrijving"))}),
        (_("Logo"), {"fields": ("logo_nu", "logo_bestand", "logo_weg")}),
        (_("Wat en voor wie"), {"fields": ("themas", "doelgroepen", "talen", ("bereik", "opgericht_in"))}),
        (_("Contact"), {"fields": (("website", "website_link"), ("email", "telefoon"))}),
        (_("Vrijwilligers"), {"fields": ("zoekt_vrijwilligers", pair("vrijwilligers"))}),
        (_("Activiteiten"), {"fields": ("activiteiten_lijst",)}),
        (_("Wie deze pagina bewerkt"), {"fields": ("beheerders_lijst",)}),
        (
            _("Gemaakt en veranderd"),
            {"fields": (("created_at", "updated_at", "oude_adressen"),), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        counted = Activiteit.objects.filter(organisatie=OuterRef("pk")).order_by().values("organisatie")
        aantal = Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).annotate(aantal=aantal).prefetch_related("themas")

    def is_on_site(self, obj: Organisatie) -> bool:
        return obj.status == OrganisatieStatus.GEPUBLICEERD

    @admin.display(description=_("logo"))
    def beeld(self, obj: Organisatie) -> SafeString:
        if obj.logo_klein:
            # the name stands beside it, so the picture says nothing
            return format_html('<img class="beeld" src="{}" alt="">', obj.logo_klein.url)
        return format_html('<span class="beeld beeld--letters" aria-hidden="true">{}</span>', obj.monogram)

    @admin.display(description=_("thema's"))
    def themas_in_woorden(self, obj: Organisatie) -> str:
        return ", ".join(str(thema) for thema in obj.themas.all()) or "–"

    @admin.display(description=_("activiteiten"), ordering="aantal")
    def aantal_activiteiten(self, obj: Any) -> int:
        return obj.aantal

    @admin.display(description=_("website"), ordering="website")
    def website_link(self, obj: Organisatie) -> str:
        return web_link(obj.website, obj.website_naam)

    @admin.display(description=_("logo nu"))
    def logo_nu(self, obj: Organisatie) -> SafeString:
        if not obj.logo:
            return format_html("{}", _("Er is nog geen logo."))
        return format_html(
            '<img class="logo-nu" src="{}" alt="{}" width="{}" height="{}">',
            obj.logo.url,
            _("Het logo van %(naam)s") % {"naam": obj.naam},
            obj.logo_breedte,
            obj.logo_hoogte,
        )

    @admin.display(description=_("activiteiten"))
    def activiteiten_lijst(self, obj: Organisatie) -> SafeString:
        rows = ((each.pk, each.naam_nl, status_tag(each)) for each in obj.activiteiten.all()) if obj.pk else ()
        return _list_of(Activiteit, obj, rows, _("Voeg een activiteit toe"))

    @admin.display(description=_("beheerders"))
    def beheerders_lijst(self, obj: Organisatie) -> SafeString:
        found = obj.beheerders.select_related("gebruiker") if obj.pk else ()
        rows = (
            (each.pk, each.gebruiker, format_html('<span dir="ltr">{}</span>', each.gebruiker.email)) for each in found
        )
        return _list_of(Beheerder, obj, rows, _("Nodig iemand uit"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who edits a page is for those who may see editors: a moderator looks after texts only."""
        found = super().get_fieldsets(request, obj)
        if request.user.has_perm("organisaties.view_beheerder"):
            return found
        return [each for each in found if each[1]["fields"] != ("beheerders_lijst",)]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A place has versions of its own."""
        if formset.model is not Locatie:
            return super().save_formset(request, form, formset, change)
        for place in formset.save(commit=False):
            store_entry(place, door=request.user)
        for place in formset.deleted_objects:
            place.delete()
        return None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The logo comes last: when anything before it fails, no file is written."""
        super().save_related(request, form, formsets, change)
        if logo := form.cleaned_data.get("logo_bestand"):
            store_logo(form.instance, logo=logo)
        elif form.cleaned_data.get("logo_weg"):
            remove_logo(form.instance)


def _list_of(
    model: type[models.Model], organisatie: Organisatie, rows: Iterable[tuple[int, object, SafeString]], add: Promise
) -> SafeString:
    """What belongs to an organisation, as links to their screens with a word behind each, and a link to add one."""
    if not organisatie.pk:
        return format_html("{}", _("Bewaar eerst de organisatie."))
    screen = f"admin:organisaties_{model._meta.model_name}"
    return format_html(
        '<ul class="lijst">{}</ul><a class="addlink" href="{}?organisatie={}">{}</a>',
        format_html_join(
            "",
            '<li><a href="{}"><bdi>{}</bdi></a> {}</li>',
            ((reverse(f"{screen}_change", args=[pk]), name, word) for pk, name, word in rows),
        ),
        reverse(f"{screen}_add"),
        organisatie.pk,
        add,
    )


@admin.register(Locatie)
class LocatieAdmin(VersiesAdmin):
    list_display = ("__str__", "organisatie", "soort", "straat", "postcode", "stadsdeel")
    list_filter = ("soort", "stadsdeel")
    list_select_related = ("organisatie", "stadsdeel")
    search_fields = ("naam", "straat", "postcode", "organisatie__naam")
    search_help_text = _("Zoek op naam, straat, postcode of organisatie.")
    autocomplete_fields = ("organisatie",)
    fieldsets = ((None, {"fields": ("organisatie", *_PLACE, pair("uitleg"))}),)


@admin.register(Bron)
class BronAdmin(NetwerkAdmin):
    list_display = ("naam", "adres", "organisatie", "activiteit", "datum")
    list_select_related = ("organisatie", "activiteit")
    search_fields = ("url", "organisatie__naam", "activiteit__naam_nl")
    search_help_text = _("Zoek op webadres, organisatie of activiteit.")
    autocomplete_fields = ("organisatie", "activiteit")
    fields = ("organisatie", "activiteit", "url", "adres", "datum")
    readonly_fields = ("adres",)

    @admin.display(description=_("bron"))
    def naam(self, obj: Bron) -> str:
        return obj.naam or "–"

    @admin.display(description=_("link"))
    def adres(self, obj: Bron) -> str:
        return web_link(obj.url)
