"""The desk as a whole: who gets in, and for how long. Its screens are in `admin`."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from organisaties import sessies, tweede_stap


class Beheer(AdminSite):
    """The desk of coordinators. It opens after a second step, and closes after two hours in which nothing happens."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and tweede_stap.opens_desk(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if self.has_permission(request):
                sessies.renew(request)
            return inner(request, *args, **kwargs)

        return door

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The door is a page of the site."""
        goal = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(goal, reverse("beheer-inloggen"))

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Screens that allauth brings stay away: a person's way in is changed by that person."""
        if not (admin_class and admin_class.__module__.startswith("allauth.")):
            super().register(model_or_iterable, admin_class, **options)
