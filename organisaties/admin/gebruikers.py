"""People who log in. Rights are given by superusers only."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisaties.actions import forget_keys
from organisaties.models import Gebruiker

_RIGHTS = ("is_staff", "is_superuser", "groups")
"""Rights come from groups; rights for one person would be seen by nobody."""


class GebruikerAddForm(AdminUserCreationForm):
    class Meta:
        model = Gebruiker
        fields = ("email", "naam")
        field_classes: dict[str, Any] = {}


class GebruikerChangeForm(UserChangeForm):
    class Meta:
        model = Gebruiker
        fields = "__all__"
        field_classes: dict[str, Any] = {}


@admin.register(Gebruiker)
class GebruikerAdmin(UserAdmin):
    form = GebruikerChangeForm
    add_form = GebruikerAddForm
    filter_horizontal = ()
    list_per_page = 50
    actions = ("forget_keys",)
    list_display = ("email", "naam", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "naam")
    search_help_text = _("Zoek op e-mailadres of naam.")
    ordering = ("email",)
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "naam", "password", "is_active")}),
        (_("Rechten"), {"fields": _RIGHTS}),
        (_("Wanneer"), {"fields": (("last_login", "created_at"),)}),
    )
    add_fieldsets = ((None, {"fields": ("email", "naam", "usable_password", "password1", "password2")}),)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": CheckboxSelectMultiple()})

    def get_readonly_fields(self, request: HttpRequest, obj: Gebruiker | None = None) -> tuple[str, ...]:
        own = tuple(super().get_readonly_fields(request, obj))
        return own if request.user.is_superuser else (*own, *_RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: Gebruiker | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Gebruiker | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    @admin.action(description=_("Haal passkeys en codes weg (telefoon kwijt)"), permissions=["superuser"])
    def forget_keys(self, request: HttpRequest, queryset: models.QuerySet[Gebruiker]) -> None:
        """Who lost a phone sets up a second step anew, after the password."""
        for gebruiker in queryset:
            if forget_keys(gebruiker):
                self.log_change(request, gebruiker, gettext("Passkeys en codes weggehaald"))
                sentence = gettext("%(naam)s is uitgelogd, en zet bij het inloggen een nieuwe tweede stap aan.")
                self.message_user(request, sentence % {"naam": gebruiker}, messages.SUCCESS)
            else:
                sentence = gettext("%(naam)s had geen passkey of codes.")
                self.message_user(request, sentence % {"naam": gebruiker}, messages.WARNING)

    def has_superuser_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    @staticmethod
    def _may_touch(request: HttpRequest, obj: Gebruiker | None) -> bool:
        """Whoever changes the address or password of a colleague could log in as that colleague."""
        return request.user.is_superuser or obj is None or not obj.is_staff or obj == request.user
