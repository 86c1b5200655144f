"""The texts of pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisaties.admin.basis import EnglishFilter, NetwerkAdmin, pair
from organisaties.models import Pagina


@admin.register(Pagina)
class PaginaAdmin(NetwerkAdmin):
    list_display = ("titel_nl", "titel_en", "sleutel", "updated_at")
    list_filter = (EnglishFilter,)
    search_fields = ("titel_nl", "titel_en", "tekst_nl", "tekst_en")
    search_help_text = _("Zoek in titels en teksten.")
    fields = ("sleutel", pair("titel"), pair("inleiding"), pair("tekst"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("sleutel",) if obj else ()
