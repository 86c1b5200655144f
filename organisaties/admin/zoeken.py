"""What search knows of words, and the words that found nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisaties.admin.basis import NetwerkAdmin, pair
from organisaties.admin.taxonomie import SlugStaysAdmin
from organisaties.models import Begrip, Gemist


@admin.register(Begrip)
class BegripAdmin(SlugStaysAdmin):
    list_display = ("naam_nl", "eerste_woorden", "helpende_themas")
    search_fields = ("naam_nl", "naam_en", "woorden_nl", "woorden_en", "woorden_anders")
    search_help_text = _("Zoek een woord, in elke taal.")
    list_filter = ("themas",)
    ticked = ("themas",)
    fieldsets = (
        (None, {"fields": (pair("naam"), "slug")}),
        (_("Woorden die hetzelfde zijn"), {"fields": (pair("woorden"), "woorden_anders")}),
        (_("Wat kan helpen"), {"fields": ("zie_ook", "themas")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("themas")

    @admin.display(description=_("woorden"))
    def eerste_woorden(self, obj: Begrip) -> str:
        return ", ".join(obj.woorden_nl.split(", ")[:5])

    @admin.display(description=_("thema's die helpen"))
    def helpende_themas(self, obj: Begrip) -> str:
        return ", ".join(thema.naam_nl for thema in obj.themas.all())


@admin.register(Gemist)
class GemistAdmin(NetwerkAdmin):
    """Only to read: what people looked for and is not there. A word that few people typed is not shown."""

    list_display = ("woorden", "aantal", "dag_on", "taal")
    list_filter = ("taal",)
    date_hierarchy = "dag_on"
    search_fields = ("woorden",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).often()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
