"""The world that a test gets is a print of one that was made; one that differs would make all tests lie."""

import pytest
from django.db import transaction

from organisaties.models import Activiteit, Organisatie, Stand
from tests import conftest, factories
from tests.afdruk import Afdruk, tabellen

pytestmark = pytest.mark.django_db


def _inhoud():
    return {tabel.naam: tabel.rijen() for tabel in tabellen()}


def _bestanden(place):
    return {path.relative_to(place): path.read_bytes() for path in place.rglob("*.webp")}


@pytest.fixture
def afdruk(klok, settings, tmp_path):
    """The world made for real, what that gave, and a database that is as before."""
    settings.MEDIA_ROOT = tmp_path / "made"
    with transaction.atomic():
        afdruk = Afdruk.neem(conftest._maak_wereld)
        made = _inhoud()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = tmp_path / "written"
    return afdruk, made


def test_print_is_what_was_made(afdruk, tmp_path):
    world, made = afdruk
    world.schrijf()
    assert _inhoud() == made
    assert _bestanden(tmp_path / "written") == _bestanden(tmp_path / "made")
    assert {path.parts[0] for path in _bestanden(tmp_path / "written")} == {"logos", "fotos"}


def test_a_row_that_differs_would_be_seen(afdruk):
    world, made = afdruk
    world.schrijf()
    Stand.objects.update(versie=999)
    assert _inhoud() != made


def test_next_row_after_the_print_gets_a_new_key(afdruk):
    afdruk[0].schrijf()
    taken = set(Activiteit.objects.values_list("pk", flat=True))
    assert factories.activiteit(organisatie=Organisatie.objects.first()).pk not in taken


def test_world_is_made_beside_rows_that_are_there(klok, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    other = factories.organisatie(slug="eerder")
    conftest.maak_wereld()
    assert set(Organisatie.objects.filter(slug__in=["eerder", "de-sluis"])) == {
        other,
        Organisatie.objects.get(slug="de-sluis"),
    }
