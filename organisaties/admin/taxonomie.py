"""The lists that entries choose from."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisaties.admin.basis import NetwerkAdmin, page_of, pair
from organisaties.models import Doelgroep, Stadsdeel, Taal, Thema, Vorm


class SlugStaysAdmin(NetwerkAdmin):
    """The address is made with the entry and stays as it is: links and icons depend on it."""

    slug_fields: tuple[str, ...] = ("slug",)
    slug_source = "naam_nl"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.slug_fields if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": (self.slug_source,)}


class TermAdmin(SlugStaysAdmin):
    list_display = ("naam_nl", "naam_en", "slug", "volgorde")
    search_fields = ("naam_nl", "naam_en", "slug")
    fields: tuple[Any, ...] = (pair("naam"), ("slug", "volgorde"))


@admin.register(Thema)
class ThemaAdmin(TermAdmin):
    list_display = (*TermAdmin.list_display, "snel_weg")
    list_filter = ("snel_weg",)
    fields = (pair("naam"), ("slug", "volgorde"), pair("omschrijving"), "snel_weg")

    def view_on_site(self, obj: models.Model) -> str | None:
        return page_of(obj)


@admin.register(Vorm, Doelgroep)
class LijstAdmin(TermAdmin):
    pass


@admin.register(Taal)
class TaalAdmin(TermAdmin):
    list_display = ("naam_nl", "eigen_naam", "naam_en", "slug", "volgorde")
    search_fields = ("naam_nl", "naam_en", "eigen_naam", "slug")
    fields = (pair("naam"), "eigen_naam", ("slug", "volgorde"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        return {}  # a language code is not made of its name


@admin.register(Stadsdeel)
class StadsdeelAdmin(SlugStaysAdmin):
    slug_fields = ("slug", "code")
    slug_source = "naam"
    list_display = ("naam", "code", "soort", "volgorde")
    list_filter = ("soort",)
    search_fields = ("naam",)
    search_help_text = _("Zoek op naam.")
    fields = (("naam", "code"), ("slug", "soort"), "volgorde")
