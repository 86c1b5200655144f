"""The agenda: a week, or one long day of it."""

import re
from datetime import date, datetime, timedelta

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
from organisaties.zoeken import lijst

WEEKS_BACK, WEEKS_AHEAD = 4, 53
MAX_OFFSET = 1_000_000


@require_safe
def agenda_week(request: HttpRequest) -> HttpResponse:
    """A week (`?week=2026-W48`) or a day (`?dag=2026-11-24&vanaf=60`), of one theme or all. Nonsense is today."""
    today = timezone.localdate()
    thema = Thema.objects.filter(slug=request.GET.get("thema", "").replace("\0", "")).first()
    context = {"thema": thema, "themas": Thema.objects.all(), "vandaag": today}
    if datum := _day(request.GET.get("dag", ""), today):
        offset = request.GET.get("vanaf", "0")
        start = int(offset) if re.fullmatch(r"[0-9]{1,7}", offset) and int(offset) < MAX_OFFSET else 0
        monday = datum - timedelta(days=datum.weekday())
        context |= {"maandag": monday, "vanaf": start, "dag": agenda.day(datum, thema, start)}
        return render(request, "agenda/day.html", context)
    monday = _monday(request.GET.get("week", ""), today)
    context |= {
        "maandag": monday,
        "zondag": monday + timedelta(days=6),
        "vorige": _within(monday - timedelta(days=7), today),
        "volgende": _within(monday + timedelta(days=7), today),
        "dagen": _days(monday, thema, today),
    }
    return render(request, "agenda/week.html", context)


def _days(monday: date, thema: Thema | None, today: date) -> SafeString:
    """The days of a week, kept as they were rendered until one of their facts changes or the day is over."""

    def render_days() -> tuple[SafeString, datetime]:
        context = {"dagen": agenda.week(monday, thema), "thema": thema, "vandaag": today, "kop": "h2", "rijkop": "h3"}
        return render_to_string("agenda/_days.html", context), midnight()

    return bewaard(lijst(Soort.ACTIVITEIT), ("agenda", monday, thema and thema.slug, get_language()), render_days)


def _monday(text: str, today: date) -> date:
    this_week = today - timedelta(days=today.weekday())
    if not (match := re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)):
        return this_week
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return this_week
    return _within(monday, today) or this_week


def _day(text: str, today: date) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return _within(date.fromisoformat(text), today)
    except ValueError:
        return None


def _within(day: date, today: date) -> date | None:
    """The day itself when the agenda shows its week, else nothing."""
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_BACK)
    return day if first <= day < first + timedelta(weeks=WEEKS_BACK + WEEKS_AHEAD) else None
