"""Who was in before that was written down: what is there already tells, and who does not show stays outside."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from organisaties.models import Activiteit, Beheerder, Locatie, Organisatie, Uitnodiging
from tests import factories

pytestmark = pytest.mark.django_db

binnen = import_module("organisaties.migrations.0019_binnen")
NU = timezone.now()
TOEN, EERDER, LATER = (NU - timedelta(days=days) for days in (30, 20, 10))
"""Before a tie was made; when it was made is `EERDER`; after that."""


@pytest.fixture
def tie():
    tie = factories.beheerder()
    Beheerder.objects.update(created_at=EERDER)
    return tie


def sinds(tie):
    binnen.fill(apps, connection.schema_editor())
    return Beheerder.objects.get(pk=tie.pk).binnen_at


@pytest.mark.parametrize(("login", "since"), [(None, None), (TOEN, None), (EERDER, EERDER), (LATER, LATER)])
def test_a_login_since_being_let_in_counts(tie, login, since):
    tie.gebruiker.last_login = login
    tie.gebruiker.save()
    assert sinds(tie) == since


@pytest.mark.parametrize("used", [None, LATER])
def test_a_used_invitation_counts_for_its_own_tie(tie, used):
    Uitnodiging.objects.create(beheerder=tie, gebruikt_at=used)
    other = factories.beheerder(gebruiker=tie.gebruiker)
    assert (sinds(tie), sinds(other)) == (used, None)


@pytest.mark.parametrize("kind", [Organisatie, Activiteit, Locatie])
@pytest.mark.parametrize("when", [LATER, TOEN, "elders"])
def test_what_somebody_wrote_there_since_counts(tie, kind, when):
    organisatie = factories.organisatie(slug="anders") if when == "elders" else tie.organisatie
    moment = LATER if when == "elders" else when
    row = organisatie if kind is Organisatie else getattr(factories, kind._meta.model_name)(organisatie=organisatie)
    row.history.update(history_user=tie.gebruiker, history_date=moment)
    assert sinds(tie) == (LATER if when == LATER else None)


def test_the_first_of_these_counts(tie):
    tie.gebruiker.last_login = NU
    tie.gebruiker.save()
    Uitnodiging.objects.create(beheerder=tie, gebruikt_at=LATER)
    assert sinds(tie) == LATER
