"""The first page."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from organisaties import agenda
from organisaties.choices import Soort
from organisaties.models import Thema
from organisaties.views.bewaren import bewaard, midnight
from organisaties.views.lijsten import aantallen, totalen
from organisaties.zoeken import lijst


def _week() -> tuple[SafeString, datetime]:
    """What is still to come this week, right for a minute."""
    days = agenda.rest_of_week(days=3, per_day=4)
    context = {"dagen": days, "vandaag": timezone.localdate(), "kop": "h3"}
    html = render_to_string("agenda/_days.html", context) if days else SafeString("")
    return html, min(midnight(), timezone.now() + timedelta(minutes=1))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    activiteiten, organisaties = lijst(Soort.ACTIVITEIT), lijst(Soort.ORGANISATIE)
    context = {
        "themas": Thema.objects.all(),
        "aantallen": aantallen(activiteiten, "thema"),
        "totalen": totalen(activiteiten, organisaties),
        "week": bewaard(activiteiten, ("week", get_language()), _week),
        "vandaag": timezone.localdate(),
    }
    return render(request, "home.html", context)
