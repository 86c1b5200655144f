"""The addresses of what is not a page: calendars, feeds, paper, drawings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organisaties.views import plekken

urlpatterns = [
    path(_("kaart/plekken.json"), plekken.plekken, name="kaart-plekken"),
]
