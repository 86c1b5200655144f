"""The agenda: a week, or one long day of it."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from organisaties import agenda
from organisaties.choices import Soort
from organisaties.models import Thema
from organisaties.views.bewaren import bewaard, midnight
from organisaties.views.lijsten import context_of
from organisaties.views.vragen import Vraag, blijvend
from organisaties.views.wanneer import lees_datum, within

MAX_OFFSET = 1_000_000


@require_safe
def agenda_week(request: HttpRequest) -> HttpResponse:
    """A week (`?week=2026-W48`) or a day (`?datum=2026-11-24&vanaf=60`) of what a question finds. Nonsense is today."""
    today = timezone.localdate()
    datum, monday = lees_datum(request.GET.get("datum", ""), today), _monday(request.GET.get("week", ""), today)
    mee = [("datum", datum.isoformat())] if datum else [("week", f"{monday:%G-W%V}")] if "week" in request.GET else []
    vraag = Vraag(Soort.ACTIVITEIT, blijvend(request.GET), mee=mee)
    context = context_of(vraag, reverse("agenda")) | {"vandaag": today, "themas": Thema.objects.all()}
    only = vraag.uitkomst.bits if vraag.is_gevraagd else None
    if datum:
        offset = request.GET.get("vanaf", "0")
        start = int(offset) if re.fullmatch(r"[0-9]{1,7}", offset) and int(offset) < MAX_OFFSET else 0
        monday = datum - timedelta(days=datum.weekday())
        context |= {"maandag": monday, "vanaf": start, "dag": agenda.day(datum, only, start)}
        return render(request, "agenda/day.html", context)
    context |= {
        "maandag": monday,
        "zondag": monday + timedelta(days=6),
        "vorige": within(monday - timedelta(days=7), today),
        "volgende": within(monday + timedelta(days=7), today),
        "dagen": _days(vraag, only, monday, today),
    }
    return render(request, "agenda/week.html", context)


def _days(vraag: Vraag, only: Collection[int] | None, monday: date, today: date) -> SafeString:
    """The days of a week, kept as they were rendered until one of their facts changes or the day is over."""

    def render_days() -> tuple[SafeString, datetime]:
        context = {"dagen": agenda.week(monday, only), "vraag": vraag, "vandaag": today, "kop": "h2", "rijkop": "h3"}
        return render_to_string("agenda/_days.html", context), midnight()

    return bewaard(vraag.lijst, ("agenda", monday, vraag.blijvend, get_language()), render_days)


def _monday(text: str, today: date) -> date:
    this_week = today - timedelta(days=today.weekday())
    if not (match := re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)):
        return this_week
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return this_week
    return within(monday, today) or this_week
