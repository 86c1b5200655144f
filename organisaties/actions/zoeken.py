"""Words that found nothing."""

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from organisaties.models import Gemist
from organisaties.woorden import tokens

GEMIST_DAGEN, GEMIST_PER_DAG = 90, 500
_LONG_NUMBER = re.compile(r"\d[\d\s-]{4,}\d")


def count_missed(woorden: str, *, taal: str) -> None:
    """Count words that found nothing, for the coordinators: the words, the day and the language of the page, no more.

    What may be about a person is left out: an e-mail address, a telephone number or another long number. What is
    older than `GEMIST_DAGEN` goes. A day holds at most `GEMIST_PER_DAG` different words, whatever robots ask.
    """
    text = " ".join(tokens(woorden))[: Gemist._meta.get_field("woorden").max_length].strip()
    if not text or "@" in woorden or _LONG_NUMBER.search(woorden):
        return
    today = timezone.localdate()
    with transaction.atomic():
        day = Gemist.objects.filter(dag_on=today)
        if day.filter(taal=taal, woorden=text).update(aantal=F("aantal") + 1):
            return
        if day.count() < GEMIST_PER_DAG:
            Gemist.objects.filter(dag_on__lt=today - timedelta(days=GEMIST_DAGEN)).delete()
            _, is_new = Gemist.objects.get_or_create(dag_on=today, taal=taal, woorden=text, defaults={"aantal": 1})
            if not is_new:  # somebody else missed it in the same moment
                day.filter(taal=taal, woorden=text).update(aantal=F("aantal") + 1)
