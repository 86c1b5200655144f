"""Who may edit which organisation. A tie is made with its invitation, and taken away; it never changes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties.actions.uitnodigingen import invite
from organisaties.admin.basis import NetwerkAdmin
from organisaties.forms.oordelen import BeheerderForm
from organisaties.models import Beheerder, Uitnodiging

_SHOWN = ("wie", "email", "van", "uitgenodigd", "created_at", "binnen_at")


def last_invitation(beheerder: Beheerder) -> Uitnodiging | None:
    return next(iter(beheerder.uitnodigingen.all()), None)


def invitation_in_words(beheerder: Beheerder) -> str:
    """How it stands with the last invitation of an editor."""
    last = last_invitation(beheerder)
    if last is None:
        return gettext("Geen uitnodiging nodig: is coördinator") if beheerder.gebruiker.is_staff else gettext("Geen")
    if last.gebruikt_at:
        return gettext("Gebruikt op %(dag)s") % {"dag": _day(last.gebruikt_at)}
    if last.ingetrokken_at:
        return gettext("Ingetrokken")
    if last.is_valid:
        return gettext("Verstuurd, geldig tot %(dag)s") % {"dag": _day(last.verloopt_at)}
    return gettext("Verlopen op %(dag)s, niet gebruikt") % {"dag": _day(last.verloopt_at)}


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "j F Y")


@admin.register(Beheerder)
class BeheerderAdmin(NetwerkAdmin):
    list_display = _SHOWN
    list_select_related = ("gebruiker", "organisatie")
    search_fields = ("gebruiker__email", "gebruiker__naam", "organisatie__naam")
    search_help_text = _("Zoek op naam, e-mailadres of organisatie.")
    actions = None

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("gebruiker").prefetch_related("uitnodigingen")

    def get_fields(self, request: HttpRequest, obj: Beheerder | None = None) -> tuple[str, ...]:
        return _SHOWN if obj else ("organisatie", "email", "naam", "taal")

    def get_readonly_fields(self, request: HttpRequest, obj: Beheerder | None = None) -> tuple[str, ...]:
        return _SHOWN if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = type("BeheerderForm", (BeheerderForm,), {"door": request.user})
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Beheerder, form: Any, change: bool) -> None:
        """A new tie comes with an account and the invitation; a tie that is there stays as it is."""
        if not change:
            words = {name: form.cleaned_data[name] for name in ("email", "naam", "taal")}
            made = invite(obj.organisatie, **words)
            obj.pk, obj.gebruiker = made.pk, made.gebruiker

    @admin.display(description=_("beheerder"), ordering="gebruiker__naam")
    def wie(self, obj: Beheerder) -> SafeString:
        return format_html("<bdi>{}</bdi>", obj.gebruiker)

    @admin.display(description=_("e-mailadres"), ordering="gebruiker__email")
    def email(self, obj: Beheerder) -> SafeString:
        return format_html('<span dir="ltr">{}</span>', obj.gebruiker.email)

    @admin.display(description=_("organisatie"), ordering="organisatie__naam")
    def van(self, obj: Beheerder) -> SafeString:
        return format_html("<bdi>{}</bdi>", obj.organisatie)

    @admin.display(description=_("uitnodiging"))
    def uitgenodigd(self, obj: Beheerder) -> str:
        return invitation_in_words(obj)
