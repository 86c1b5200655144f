"""The desk of the coordinators."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from organisaties.admin import (
    aanvragen,
    activiteiten,
    beheerders,
    berichten,
    gebruikers,
    meldingen,
    momenten,
    organisaties,
    paginas,
    taxonomie,
    zoeken,
)

__all__ = (
    "aanvragen",
    "activiteiten",
    "beheerders",
    "berichten",
    "gebruikers",
    "meldingen",
    "momenten",
    "organisaties",
    "paginas",
    "taxonomie",
    "zoeken",
)

admin.site.site_header = _("Beheer van het netwerk")
admin.site.site_title = _("Netwerk Nieuwkomers Amsterdam")
admin.site.index_title = _("Wat wil je doen?")
admin.site.site_url = "/nl/"
admin.site.empty_value_display = "–"
