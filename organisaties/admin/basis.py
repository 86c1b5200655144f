"""What the screens of the desk share: words for a state, safe links, deeds on a list, filters."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTimeWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from organisaties import geschiedenis
from organisaties.actions import change_status, put_version_back, store_entry
from organisaties.choices import OrganisatieStatus
from organisaties.forms.rijen import Rijen
from organisaties.forms.stand import MetStand
from organisaties.geschiedenis import Versie
from organisaties.models import Bericht, Melding, Uitnodiging
from organisaties.zoeken import index


def pair(name: str) -> tuple[str, str]:
    """A translated text as one row of a form: Dutch and English side by side."""
    return f"{name}_nl", f"{name}_en"


def status_tag(entry: Any) -> SafeString:
    return format_html('<span class="status status--{}">{}</span>', entry.status, entry.get_status_display())


def web_link(address: str, text: str = "") -> str:
    """A link when the address is http or https; any other address is plain text, whoever stored it."""
    if address.startswith(("http://", "https://")):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, text or address)
    return address or "–"


def site_links(entry: models.Model) -> SafeString:
    """Links to the page of an entry in each language."""
    addresses = []
    for code, language in (("nl", gettext("Nederlands")), ("en", gettext("Engels"))):
        if address := page_of(entry, code):
            addresses.append((address, code, language))
    return format_html_join(" ", '<a href="{}" hreflang="{}">{}</a>', addresses) or format_html("{}", "–")


def page_of(entry: models.Model, language: str = "nl") -> str | None:
    try:
        with translation.override(language):
            return entry.get_absolute_url()
    except NoReverseMatch:
        return None


def lacks_english(model: type[models.Model]) -> Q:
    """Rows with a Dutch text that is not there in English."""
    names = [f.name.removesuffix("_nl") for f in model._meta.concrete_fields if f.name.endswith("_nl")]
    found = Q()
    for name in names:
        found |= ~Q(**{f"{name}_nl": ""}) & Q(**{f"{name}_en": ""})
    return found


FIELDS = {
    # Django's own box shows a stored address as a link; ours is a link only after its scheme is looked at
    models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"})},
    models.TimeField: {"widget": AdminTimeWidget(format="%H:%M")},
}


class YesNoFilter(admin.SimpleListFilter):
    """A filter with yes and no; a subclass says which rows are "yes"."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("ja", _("Ja")), ("nee", _("Nee")))

    def rows(self, queryset: models.QuerySet) -> Q:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() == "ja":
            return queryset.filter(self.rows(queryset))
        return queryset.exclude(self.rows(queryset)) if self.value() == "nee" else queryset


class EnglishFilter(YesNoFilter):
    title = _("Engels ontbreekt")
    parameter_name = "zonder_engels"

    def rows(self, queryset: models.QuerySet) -> Q:
        return lacks_english(queryset.model)


def without_tools(field: Any) -> Any:
    """A choice without pens and crosses beside it: a click too many there changes the list for everybody."""
    if isinstance(widget := getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        widget.can_add_related = False
    return field


class NetwerkInline(admin.StackedInline):
    """Rows of another kind within a form, each with its labels."""

    form = MetStand
    formset = Rijen
    extra = 0
    formfield_overrides = FIELDS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return without_tools(super().formfield_for_dbfield(db_field, request, **kwargs))


class NetwerkAdmin(admin.ModelAdmin):
    """Every list and form: fifty rows, plain boxes for web addresses, boxes to tick; two people at once."""

    form = MetStand
    list_per_page = 50
    save_on_top = True
    formfield_overrides = FIELDS
    ticked: tuple[str, ...] = ()

    class Media:
        js = ("js/beheer.js",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return without_tools(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.ticked:
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A row that somebody took away meanwhile is not missed in silence."""
        super().save_related(request, form, formsets, change)
        if names := [row.naam for formset in formsets for row in formset.weggehaald]:
            sentence = gettext("Iemand haalde dit net weg: %(namen)s.") % {"namen": ", ".join(names)}
            self.message_user(request, sentence, messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """With it go rows of their own; each entry is indexed once, at the end."""
        with index.together():
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        with index.together():
            super().delete_queryset(request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], list[str]]:
        """Invitations and reports about something, and their mails, go with it: that needs no right of its own."""
        rows, counts, needed, protected = super().get_deleted_objects(objs, request)
        along = {str(model._meta.verbose_name) for model in (Bericht, Melding, Uitnodiging)}
        return rows, counts, {str(name) for name in needed} - along, protected


class LeesAdmin(NetwerkAdmin):
    """Rows that the site makes itself: nobody adds, types in or throws away one. Deeds have rights of their own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersiesAdmin(NetwerkAdmin):
    """Entries of which every version is kept."""

    object_history_template = "admin/organisaties/versies.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every version with what changed, above the log of the desk. A post puts one back (`versie`)."""
        entry = self.get_object(request, unquote(object_id))
        if entry is None or not self.has_view_or_change_permission(request, entry):
            return super().history_view(request, object_id, extra_context)
        found = geschiedenis.versions(entry)
        may = self.has_change_permission(request, entry)
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            return self._put_back(request, entry, found)
        return super().history_view(request, object_id, {"versies": found, "mag_terug": may, **(extra_context or {})})

    def _put_back(self, request: HttpRequest, entry: Any, found: list[Versie]) -> HttpResponse:
        wanted = next((each for each in found if str(each.nummer) == request.POST.get("versie")), None)
        if wanted is None:
            raise Http404
        put_version_back(entry, versie=wanted.nummer, door=request.user)
        when = date_format(timezone.localtime(wanted.datum), "j F Y H:i")
        done = gettext("De versie van %(datum)s staat terug.") % {"datum": when}
        self.log_change(request, entry, done)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: `save_related` stores all of it as one version."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        along = partial(super().save_related, request, form, formsets, change)
        store_entry(form.instance, door=request.user, keuzes=along)


class PageAdmin(VersiesAdmin):
    """Entries with a page of their own and a status."""

    actions = ("publish", "archive")

    def is_on_site(self, obj: Any) -> bool:
        raise NotImplementedError

    def view_on_site(self, obj: models.Model) -> str | None:
        return page_of(obj) if self.is_on_site(obj) else None

    @admin.display(description=_("status"), ordering="status")
    def status_woord(self, obj: Any) -> SafeString:
        return status_tag(obj)

    @admin.display(description=_("bekijk op de website"))
    def op_de_website(self, obj: Any) -> str:
        if not obj.pk or not self.is_on_site(obj):
            return gettext("Staat nu niet op de website.")
        return site_links(obj)

    @admin.display(description=_("oude adressen"))
    def oude_adressen(self, obj: Any) -> str:
        return ", ".join(former.slug for former in obj.oude_slugs.all()) if obj.pk else "–"

    @admin.action(description=_("Publiceer"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        self._change_status(request, queryset, OrganisatieStatus.GEPUBLICEERD)

    @admin.action(description=_("Archiveer"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        self._change_status(request, queryset, OrganisatieStatus.GEARCHIVEERD)

    def _change_status(self, request: HttpRequest, queryset: models.QuerySet, status: str) -> None:
        label = str(dict(self.model._meta.get_field("status").flatchoices)[status])
        changed = 0
        for entry in queryset:
            try:
                if change_status(entry, status=status, door=request.user):
                    changed += 1
                    self.log_change(request, entry, gettext("Status: %(status)s") % {"status": label})
            except ValidationError as error:
                sentence = f"{entry}: {' '.join(error.messages)}"
                self.message_user(request, sentence, messages.ERROR)
        self._tell(request, changed, label)

    def _tell(self, request: HttpRequest, changed: int, label: str) -> None:
        words = {"aantal": changed, "status": label}
        if changed:
            text = ngettext(
                "%(aantal)s veranderd. De status is nu: %(status)s.",
                "%(aantal)s veranderd. De status is nu: %(status)s.",
                changed,
            )
            self.message_user(request, text % words, messages.SUCCESS)
        else:
            self.message_user(request, gettext("Er is niets veranderd."), messages.WARNING)
