"""The addresses of what is not a page: calendars, feeds, paper, drawings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
