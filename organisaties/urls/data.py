"""The addresses of what is not a page: calendars, feeds, paper, drawings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from organisaties.views import papier

urlpatterns: list[URLPattern] = [
    path(_("activiteiten/<slug:slug>/papier.pdf"), papier.activiteit_pdf, name="activiteit-pdf"),
    path(_("activiteiten/<slug:slug>/poster.pdf"), papier.activiteit_poster_pdf, name="activiteit-poster-pdf"),
    path(_("bewaard/papier.pdf"), papier.bewaarlijst_pdf, name="bewaarlijst-pdf"),
]
