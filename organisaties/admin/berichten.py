"""The outbox: what was mailed, what waits, and what could not be delivered. Only to read, and to send again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from organisaties.admin.basis import LeesAdmin, status_tag
from organisaties.berichten import LINK, link_of, message_of, requeue
from organisaties.choices import BerichtSoort, BerichtStatus
from organisaties.models import Bericht


@admin.register(Bericht)
class BerichtAdmin(LeesAdmin):
    """Whoever has the link of a mail can act as its reader, so only where nothing leaves it is shown here."""

    list_display = ("status_woord", "naar", "onderwerp_los", "gemaakt", "pogingen_tot_nu", "fout_los")
    list_display_links = ("onderwerp_los",)
    list_filter = ("status", "soort")
    search_fields = ("aan", "onderwerp", "aanvraag__kenmerk")
    search_help_text = _("Zoek een adres, een onderwerp of een kenmerk.")
    actions = ("try_again", "send_now")
    fields = (
        ("status_woord", "soort", "aanvraag"),
        ("created_at", "verzonden_at", "weer_op"),
        ("pogingen", "fout_los"),
        "kop",
        "mail",
    )
    readonly_fields = (
        "status_woord",
        "soort",
        "aanvraag",
        "created_at",
        "verzonden_at",
        "weer_op",
        "pogingen",
        "fout_los",
        "kop",
        "mail",
    )

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Sending again changes the row, though nobody can type in it."""
        return request.user.has_perm("organisaties.change_bericht")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"niets_verstuurd": settings.DEMONSTRATIE, **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=_("status"), ordering="status")
    def status_woord(self, obj: Bericht) -> SafeString:
        return status_tag(obj)

    @admin.display(description=_("aan"), ordering="aan")
    def naar(self, obj: Bericht) -> SafeString:
        return format_html('<span dir="ltr">{}</span>', obj.aan)

    @admin.display(description=_("onderwerp"), ordering="onderwerp")
    def onderwerp_los(self, obj: Bericht) -> SafeString:
        return format_html("<bdi>{}</bdi>", obj.onderwerp)

    @admin.display(description=_("gemaakt op"), ordering="created_at")
    def gemaakt(self, obj: Bericht) -> str:
        return _short(obj.created_at)

    @admin.display(description=_("volgende poging"), ordering="volgende_at")
    def weer_op(self, obj: Bericht) -> str:
        return _short(obj.volgende_at) if obj.status == BerichtStatus.WACHT else "–"

    @admin.display(description=_("pogingen"), ordering="pogingen")
    def pogingen_tot_nu(self, obj: Bericht) -> str:
        if obj.status != BerichtStatus.WACHT:
            return str(obj.pogingen)
        return gettext("%(aantal)s, weer op %(wanneer)s") % {"aantal": obj.pogingen, "wanneer": self.weer_op(obj)}

    @admin.display(description=_("laatste fout"))
    def fout_los(self, obj: Bericht) -> SafeString | str:
        return format_html('<span dir="auto">{}</span>', obj.fout) if obj.fout else ""

    @admin.display(description=_("kop van de mail"))
    def kop(self, obj: Bericht) -> SafeString:
        message = message_of(obj)
        head = (
            (gettext("Van"), message.from_email),
            (gettext("Aan"), obj.aan),
            (gettext("Antwoord aan"), ", ".join(message.reply_to)),
            (gettext("Onderwerp"), obj.onderwerp),
            *message.extra_headers.items(),
        )
        return format_html_join("", "<div>{}: <bdi>{}</bdi></div>", head)

    @admin.display(description=_("mail"))
    def mail(self, obj: Bericht) -> SafeString:
        before, mark, after = obj.tekst.partition(LINK)
        return format_html(
            '<div class="mail" lang="{}" dir="auto">{}{}{}</div>', obj.taal, before, _link(obj) if mark else "", after
        )

    @admin.action(description=_("Probeer opnieuw"), permissions=["send"])
    def try_again(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        self._requeue(request, queryset.failed(), gettext("Probeer opnieuw"))

    @admin.action(description=_("Stuur nu"), permissions=["send"])
    def send_now(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        self._requeue(request, queryset.filter(status=BerichtStatus.WACHT), gettext("Stuur nu"))

    def _requeue(self, request: HttpRequest, queryset: models.QuerySet, deed: str) -> None:
        changed = 0
        for bericht in queryset:
            if requeue(bericht):
                changed += 1
                self.log_change(request, bericht, deed)
        if changed:
            text = ngettext(
                "%(aantal)s mail gaat mee met de volgende ronde.",
                "%(aantal)s mails gaan mee met de volgende ronde.",
                changed,
            )
            self.message_user(request, text % {"aantal": changed}, messages.SUCCESS)
        else:
            self.message_user(request, gettext("Er is niets veranderd."), messages.WARNING)


def _short(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def _link(bericht: Bericht) -> SafeString:
    if not (settings.DEMONSTRATIE or settings.DEBUG):
        return format_html("[{}]", gettext("de link staat alleen in de mail"))
    link = link_of(bericht)
    if bericht.soort == BerichtSoort.INLOGCODE:
        return format_html("<b>{}</b>", link)
    if link:
        return format_html('<a href="{}" dir="ltr">{}</a>', link, link)
    return format_html("[{}]", gettext("de link kan niet meer worden gemaakt"))
