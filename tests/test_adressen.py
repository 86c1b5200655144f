"""Web addresses that stay: slugs made from names, and the former ones that keep working."""

import pytest
from django.core.exceptions import ValidationError

from organisaties.models import Activiteit, Organisatie, OudeSlug
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("naam", "slug"),
    [
        ("Café De Brücke", "cafe-de-brucke"),
        ("De Kade / Noord", "de-kade-noord"),
        ("بيت الجيران", "organisatie"),
        ("x" * 200, "x" * 100),
    ],
)
def test_slug_is_made_from_the_name(naam, slug):
    assert factories.organisatie(naam=naam).slug == slug


def test_slug_is_unique_for_equal_names():
    slugs = [factories.organisatie(naam="De Kade").slug for _ in range(3)]
    assert slugs == ["de-kade", "de-kade-2", "de-kade-3"]


def test_slug_stays_when_the_name_changes():
    entry = factories.organisatie(naam="De Kade")
    entry.naam = "De Brug"
    entry.save()
    assert (entry.slug, OudeSlug.objects.count()) == ("de-kade", 0)


def rename(entry, *slugs):
    for slug in slugs:
        entry.slug = slug
        entry.full_clean()
        entry.save()


def test_slug_that_changes_leaves_the_old_one():
    entry = factories.organisatie(slug="een")
    rename(Organisatie.objects.get(), "twee")
    assert list(OudeSlug.objects.values_list("slug", "organisatie")) == [("een", entry.pk)]


@pytest.mark.parametrize("fetch", [True, False])
def test_slug_that_changes_twice_leaves_both(fetch):
    entry = factories.activiteit(slug="een")
    rename(Activiteit.objects.get() if fetch else entry, "twee", "drie")
    assert sorted(entry.oude_slugs.values_list("slug", flat=True)) == ["een", "twee"]


def test_slug_can_be_taken_back():
    entry = factories.organisatie(slug="een")
    rename(entry, "twee", "een")
    assert list(entry.oude_slugs.values_list("slug", flat=True)) == ["twee"]


def test_slug_that_another_had_is_refused():
    rename(factories.organisatie(slug="een"), "twee")
    other = factories.organisatie(slug="drie")
    with pytest.raises(ValidationError) as caught:
        rename(other, "een")
    assert list(caught.value.message_dict) == ["slug"]


def test_slug_that_another_had_is_not_made_from_a_name():
    rename(factories.organisatie(slug="de-kade"), "de-brug")
    assert factories.organisatie(naam="De Kade").slug == "de-kade-2"


def test_slug_of_an_activity_may_equal_that_of_an_organisation():
    rename(factories.organisatie(slug="een"), "twee")
    rename(factories.activiteit(slug="een"), "drie")
    assert OudeSlug.objects.filter(slug="een").count() == 2
