"""Rights: every address by every actor, and what belongs to somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern

from netwerk import urls
from organisaties.models import (
    Activiteit,
    Gebruiker,
    Organisatie,
)
from tests import rechten_wereld
from tests.rechten import (
    ACTOREN,
    DOOR,
    GEWEIGERD,
    INLOGGEN,
    JA,
    NIETS,
    NOOIT,
    RIJEN,
    Adres,
    Rij,
    adressen,
)
from tests.rechten_wereld import (
    ADRESSEN,
    BEHEER,
    DOET,
    EIGEN,
    SITE,
    TABEL,
    Wereld,
    geschreven,
    inhoud,
    ongedaan,
    stand,
    stuur,
    van_wie,
    verschil,
    verwacht,
)

pytestmark = pytest.mark.django_db

wereld = rechten_wereld.wereld


# --- a row for every address


def zonder_rij(found: list[Adres], table: dict[str, Rij]) -> set[str]:
    return {adres.naam for adres in found} - table.keys()


def test_every_address_has_a_row_and_every_row_an_address():
    names = [adres.naam for adres in adressen()]
    assert sorted(names) == sorted(set(names))
    assert (zonder_rij(adressen(), TABEL), TABEL.keys() - set(names)) == (set(), set())


def test_a_new_view_without_a_row_is_found():
    extra = [path("geheim/", lambda request: None, name="geheim"), path("ook/", lambda request: None)]
    resolver = URLResolver(RegexPattern(r"^/"), [*urls.urlpatterns, *extra])
    assert zonder_rij(adressen(resolver), TABEL) == {"geheim", "?ook/"}


def test_a_new_screen_of_the_desk_without_a_row_is_found(monkeypatch):
    desk = admin.site.get_model_admin(Organisatie)
    extra = [path("geheim/", lambda request: None, name="geheim")]
    monkeypatch.setattr(type(desk), "get_urls", lambda self: extra + super(type(desk), self).get_urls())
    resolver = URLResolver(RegexPattern(r"^/"), [path("admin/", (admin.site.get_urls(), "admin", "admin"))])
    assert zonder_rij(adressen(resolver), TABEL) == {"admin:geheim"}


# --- every actor at every address


@pytest.mark.parametrize("naam", ADRESSEN)
def test_every_actor_gets_what_the_row_says(wereld, naam):
    """Looking changes nothing, and neither does a post that is refused. A post holds nothing here, see below."""
    wrong = []
    for eigenaar, wat in van_wie(wereld, naam):
        for actor in ACTOREN:
            for method in ("get", "post"):
                right = verwacht(wereld, TABEL[naam], actor, method=method, eigenaar=eigenaar)
                if TABEL[naam].is_duur and (actor, method) not in (("niemand", "get"), ("superuser", "post")):
                    continue
                with ongedaan(), geschreven() as written:
                    got = stuur(wereld.client(actor), method, wereld.url(naam, wat))
                if got not in right or (written and (method == "get" or got in GEWEIGERD)):
                    wrong.append(f"{method} {naam} of {eigenaar} by {actor}: {got}, not {right}; wrote {written}")
    assert wrong == []


@pytest.mark.parametrize("naam", SITE)
def test_other_methods_are_refused(wereld, naam):
    got = {
        (method, actor): stuur(wereld.client(actor), method, wereld.url(naam, wereld.a))
        for method in ("put", "patch", "delete")
        for actor in ACTOREN
    }
    assert {key: answer for key, answer in got.items() if answer != NOOIT} == {}


@pytest.mark.parametrize("naam", [n for n in BEHEER if n.endswith(("_change", "_delete")) or n in RIJEN])
def test_other_methods_change_nothing_at_the_desk(wereld, naam):
    with geschreven() as written:
        got = stuur(wereld.client("superuser"), "delete", wereld.url(naam, wereld.a))
    assert (naam, got.startswith("status"), written) == (naam, False, [])


@pytest.mark.parametrize("naam", [naam for naam in SITE if TABEL[naam].is_openbaar])
def test_what_is_not_on_the_site_nobody_sees(wereld, naam):
    """Drafts, and what belongs to a draft: their editors have pages of their own for them."""
    for wat in wereld.onzichtbaar:
        url = wereld.url(naam, {**wereld.a, **wat, "organisatie": wat["slug"]})
        if url == wereld.url(naam, wereld.a):
            return
        got = {actor: stuur(wereld.client(actor), "get", url) for actor in ACTOREN}
        assert (url, got) == (url, dict.fromkeys(ACTOREN, NIETS))


# --- what belongs to somebody else


@pytest.mark.parametrize("naam", DOET)
def test_the_post_of_a_row_does_something(wereld, naam):
    """Without this, the tests that somebody else's post does nothing would say nothing."""
    data = inhoud(wereld, "van_a", naam)
    with geschreven() as written:
        got = stuur(wereld.client("van_a"), "post", wereld.url(naam, wereld.a), data)
    assert (naam, got, bool(written)) == (naam, DOOR, True)


@pytest.mark.parametrize("naam", [naam for naam in DOET if naam in EIGEN])
def test_the_same_post_by_somebody_else_does_nothing(wereld, naam):
    data, url = inhoud(wereld, "van_a", naam), wereld.url(naam, wereld.a)
    tries = [(actor, url) for actor in ACTOREN if actor != "van_a"]
    tries += [("van_a", mixed) for mixed in wereld.gemengd(naam)]
    for actor, there in tries:
        with geschreven() as written:
            got = stuur(wereld.client(actor), "post", there, data)
        right = INLOGGEN if actor == "niemand" else NIETS
        assert (there, actor, got, written) == (there, actor, right, [])


@pytest.mark.parametrize("naam", EIGEN)
def test_a_mixed_address_is_nobodys(wereld, naam):
    for url in wereld.gemengd(naam):
        got = {actor: stuur(wereld.client(actor), "get", url) for actor in ACTOREN}
        assert (url, got) == (url, {**dict.fromkeys(ACTOREN, NIETS), "niemand": INLOGGEN})


@pytest.mark.parametrize("naam", [naam for naam in DOET if naam in EIGEN])
@pytest.mark.parametrize("extra", [{}, {"weg": "{beheerder}"}, {"versie": "{versie}"}, {"locatie": "{locatie}"}])
def test_a_post_at_an_own_address_with_numbers_of_somebody_else_leaves_those_alone(wereld, naam, extra):
    theirs, voor = wereld.vul(TABEL[naam].doet | extra, wereld.b), wereld.begin
    assert stuur(wereld.client("van_a"), "post", wereld.url(naam, wereld.a), theirs) in (JA, DOOR, NIETS)
    na = stand()
    touched = {
        (label, key)
        for model in voor
        for label, key in verschil({model: voor[model]}, {model: na[model]})
        if belongs_to_b(wereld, model, voor[model].get(key) or na[model][key])
    }
    assert touched == set()
    assert Activiteit.objects.filter(organisatie=wereld.a["nummer"], locatie=wereld.b["locatie"]).count() == 0


def belongs_to_b(wereld: Wereld, model: type[models.Model], row: dict[str, Any]) -> bool:
    theirs = {Organisatie: ("id", "nummer"), Activiteit: ("id", "activiteit_nummer"), Gebruiker: ("id", "gebruiker")}
    column, word = theirs.get(model, ("organisatie_id", "nummer"))
    return row.get(column) == wereld.b[word]
