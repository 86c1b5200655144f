"""The addresses of what is not a page: calendars, feeds, paper, drawings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organisaties.views import kalenders, papier, plekken

urlpatterns = [
    path(_("activiteiten/agenda.ics"), kalenders.kalender_list, name="kalender-list"),
    path(_("activiteiten/<slug:slug>/agenda.ics"), kalenders.kalender_detail, name="kalender-detail"),
    path(_("bewaard/agenda.ics"), kalenders.kalender_bewaard, name="kalender-bewaard"),
    path(_("activiteiten/nieuw.atom"), kalenders.nieuws_list, name="nieuws-list"),
    path(_("activiteiten/<slug:slug>/papier.pdf"), papier.activiteit_pdf, name="activiteit-pdf"),
    path(_("activiteiten/<slug:slug>/poster.pdf"), papier.activiteit_poster_pdf, name="activiteit-poster-pdf"),
    path(_("bewaard/papier.pdf"), papier.bewaarlijst_pdf, name="bewaarlijst-pdf"),
    path(_("kaart/plekken.json"), plekken.plekken, name="kaart-plekken"),
]
