"""The photo of an organisation or an activity, to look at and to take away. Editors send it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organisaties.admin.basis import NetwerkInline, pair
from organisaties.forms.beelden import FotoAdminForm
from organisaties.models import Foto


class _FotoInline(NetwerkInline):
    model = Foto
    form = FotoAdminForm
    fields = ("beeld", pair("alt"))
    readonly_fields = ("beeld", *pair("alt"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("foto"))
    def beeld(self, obj: Foto) -> SafeString:
        # what can be seen on it stands beside it
        return format_html('<img class="foto-nu" src="{}" alt="">', obj.klein.url)


class OrganisatieFotoInline(_FotoInline):
    fk_name = "organisatie"


class ActiviteitFotoInline(_FotoInline):
    fk_name = "activiteit"
