"""Rights: a post needs its token, and a right that ends is gone on the next request."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from organisaties.models import (
    Beheerder,
    Gebruiker,
    Organisatie,
)
from tests import factories, rechten_wereld
from tests.rechten import (
    DEUR,
    INLOGGEN,
    JA,
    NEE,
    NIETS,
    ZONDER_CSRF,
)
from tests.rechten_wereld import (
    ADRESSEN,
    DOET,
    EIGEN,
    Wereld,
    geschreven,
    inhoud,
    stuur,
)

pytestmark = pytest.mark.django_db

wereld = rechten_wereld.wereld


# --- forgery


def test_a_post_needs_its_token_or_is_in_the_list(wereld):
    client = wereld.client("superuser", enforce_csrf_checks=True)
    with geschreven() as written:
        free = {
            naam
            for naam in ADRESSEN
            if naam not in ZONDER_CSRF and stuur(client, "post", wereld.url(naam, wereld.a)) != NEE
        }
    assert (free, written) == (set(), [])
    for naam in ZONDER_CSRF:
        assert (naam, stuur(client, "post", wereld.url(naam, wereld.a)) != NEE) == (naam, True)


def test_an_editor_needs_the_token_too(wereld):
    client = wereld.client("van_a", enforce_csrf_checks=True)
    for naam in DOET:
        if naam not in ZONDER_CSRF:
            data = inhoud(wereld, "van_a", naam)
            with geschreven() as written:
                got = stuur(client, "post", wereld.url(naam, wereld.a), data)
            assert (naam, got, written) == (naam, NEE, [])


# --- what changes in rights counts on the next request


def krijgt(wereld: Wereld, client: Client, names: list[str]) -> set[str]:
    return {stuur(client, "get", wereld.url(naam, wereld.a)) for naam in names}


def test_who_is_taken_off_an_organisation_sees_none_of_it_on_the_next_request(wereld):
    client = wereld.client("van_a")
    assert krijgt(wereld, client, EIGEN) == {JA}
    Beheerder.objects.filter(pk=wereld.a["beheerder"]).delete()
    assert krijgt(wereld, client, EIGEN) == {NIETS}
    for naam in DOET:
        if naam in EIGEN:
            assert (naam, stuur(client, "post", wereld.url(naam, wereld.a))) == (naam, NIETS)
    factories.beheerder(
        gebruiker=wereld.gebruikers["van_a"], organisatie=Organisatie.objects.get(pk=wereld.a["nummer"])
    )
    assert krijgt(wereld, client, EIGEN) == {JA}


@pytest.mark.parametrize("save", [True, False])
@pytest.mark.parametrize(
    ("actor", "names", "door"), [("van_a", EIGEN, INLOGGEN), ("coordinator", ["admin:index"], DEUR)]
)
def test_an_account_that_is_switched_off_is_out_on_the_next_request(wereld, *, actor, names, door, save):
    client = wereld.client(actor)
    assert krijgt(wereld, client, names) == {JA}
    zet(wereld.gebruikers[actor], save=save, is_active=False)
    assert krijgt(wereld, client, names) == {door}


def zet(gebruiker: Gebruiker, *, save: bool = True, **values: Any) -> None:
    """Change somebody with the signals of a form, or as a query does."""
    if save:
        fresh = Gebruiker.objects.get(pk=gebruiker.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
    else:
        Gebruiker.objects.filter(pk=gebruiker.pk).update(**values)


def test_who_is_made_coordinator_logs_in_anew_and_who_is_unmade_is_out(wereld):
    client, sara = wereld.client("van_a"), wereld.gebruikers["van_a"]
    assert krijgt(wereld, client, ["admin:index"]) == {DEUR}
    zet(sara, is_staff=True)
    assert krijgt(wereld, client, ["admin:index", *EIGEN]) == {DEUR, INLOGGEN}
    client.force_login(Gebruiker.objects.get(pk=sara.pk))
    assert krijgt(wereld, client, ["admin:index"]) == {JA}
    zet(sara, is_staff=False)
    assert krijgt(wereld, client, ["admin:index"]) == {DEUR}


AANVRAGEN = ["admin:organisaties_aanvraag_changelist", "admin:organisaties_aanvraag_goedkeuren"]


def test_a_right_that_a_group_loses_is_gone_on_the_next_request(wereld):
    client, group = wereld.client("coordinator"), Group.objects.get(name="Coördinatoren")
    assert krijgt(wereld, client, AANVRAGEN) == {JA}
    group.permissions.remove(group.permissions.get(codename="change_aanvraag"))
    assert [krijgt(wereld, client, [naam]) for naam in AANVRAGEN] == [{JA}, {NEE}]
    group.permissions.remove(group.permissions.get(codename="view_aanvraag"))
    assert krijgt(wereld, client, AANVRAGEN) == {NEE}


def test_who_leaves_the_group_or_is_no_superuser_any_more_may_nothing_on_the_next_request(wereld):
    client = wereld.client("coordinator")
    assert krijgt(wereld, client, AANVRAGEN) == {JA}
    wereld.gebruikers["coordinator"].groups.clear()
    assert krijgt(wereld, client, AANVRAGEN) == {NEE}
    client = wereld.client("superuser")
    assert krijgt(wereld, client, AANVRAGEN) == {JA}
    zet(wereld.gebruikers["superuser"], is_superuser=False)
    assert krijgt(wereld, client, AANVRAGEN) == {NEE}
