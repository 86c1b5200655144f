"""Words that found nothing are counted for the coordinators, and nothing about who asked."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from organisaties.actions import zoeken as actions
from organisaties.models import Gemist
from tests.conftest import vraag

pytestmark = pytest.mark.django_db


def _count(words, times=1):
    for _ in range(times):
        actions.count_missed(words, taal="nl")


def test_words_that_found_nothing_are_counted_per_day(wereld):
    for words in ("Paardrijden", "paardrijden", "taalcafé"):
        vraag(f"/nl/activiteiten/?q={words}")
    vraag("/en/activities/?q=paardrijden&thema=taal")
    found = Gemist.objects.order_by("taal").values_list("taal", "woorden", "aantal", "dag_on")
    assert list(found) == [("en", "paardrijden", 1, date(2026, 11, 24)), ("nl", "paardrijden", 2, date(2026, 11, 24))]


def test_a_page_is_worth_more_than_a_count(wereld, monkeypatch):
    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Gemist.objects, "filter", locked)
    assert vraag("/nl/activiteiten/?q=paardrijden").status_code == 200


def test_a_row_holds_no_more_than_the_words():
    assert {field.name for field in Gemist._meta.fields} == {"id", "dag_on", "taal", "woorden", "aantal"}


@pytest.mark.parametrize("words", ["sara@voorbeeld.example", "06 12 34 56 78", "v-nummer 1234567890", "***", ""])
def test_what_may_be_about_a_person_is_not_kept(words):
    _count(words)
    assert Gemist.objects.count() == 0


def test_coordinators_see_only_what_many_missed(admin_client):
    _count("paardrijden", Gemist.MINIMUM)
    _count("mijn buurman Yusuf", Gemist.MINIMUM - 1)
    page = admin_client.get("/admin/organisaties/gemist/").content.decode()
    assert ("paardrijden" in page, "yusuf" in page) == (True, False)


def test_old_rows_go_and_a_day_has_an_end(monkeypatch):
    old = timezone.localdate() - timedelta(days=actions.GEMIST_DAGEN + 1)
    Gemist.objects.create(dag_on=old, taal="nl", woorden="oud", aantal=9)
    monkeypatch.setattr(actions, "GEMIST_PER_DAG", 2)
    for words in ("een", "twee", "drie", "een"):
        _count(words)
    assert sorted(Gemist.objects.values_list("woorden", "aantal")) == [("een", 2), ("twee", 1)]
