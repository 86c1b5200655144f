"""Who may do what at the desk: the groups that a migration makes, and a matrix of actors, addresses and methods."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client

from organisaties import actions
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebruiker, Organisatie, Uitnodiging
from tests import factories

pytestmark = pytest.mark.django_db

groepen = import_module("organisaties.migrations.0009_groepen")
meldingen = import_module("organisaties.migrations.0013_meldingen")
fotos = import_module("organisaties.migrations.0016_fotos")
BEHEER = "/admin/organisaties/"


@pytest.fixture(autouse=True)
def in_line():
    """Tests that empty the database leave it without groups."""
    groepen.make_groups(apps, connection.schema_editor())
    meldingen.grant(apps, connection.schema_editor())
    fotos.grant(apps, connection.schema_editor())


def member(group=None, **values):
    gebruiker = factories.gebruiker(**{"is_staff": True, **values})
    if group:
        gebruiker.groups.add(Group.objects.get(name=group))
    return gebruiker


def looker():
    """Somebody who may look at requests and no more."""
    gebruiker = member()
    gebruiker.user_permissions.add(Permission.objects.get(codename="view_aanvraag"))
    return gebruiker


def client_of(gebruiker):
    client = Client()
    if gebruiker:
        client.force_login(gebruiker)
    return client


ACTORS = {
    "niemand": lambda: None,
    "beheerder": lambda: factories.beheerder(gebruiker=member(is_staff=False)).gebruiker,
    "moderator": lambda: member("Moderatoren"),
    "kijker": looker,
    "coordinator": lambda: member("Coördinatoren"),
    "superuser": lambda: member(is_superuser=True),
}


# --- the groups


def rights(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_moderators_look_after_texts_and_nothing_else():
    models = ("organisatie", "activiteit", "locatie", "moment", "pagina", "thema")
    assert rights("Moderatoren") == {f"{deed}_{model}" for model in models for deed in ("view", "change")}


@pytest.mark.parametrize(
    ("model", "deeds"),
    [
        ("organisatie", {"view", "add", "change", "delete"}),
        ("beheerder", {"view", "add", "change", "delete"}),
        ("aanvraag", {"view", "change"}),
        ("bericht", {"view", "change"}),
        ("melding", {"view", "change"}),
        ("foto", {"view", "delete"}),
        ("gebeurtenis", {"view"}),
        ("uitnodiging", {"view"}),
        ("gebruiker", {"view"}),
        ("group", set()),
        ("permission", set()),
        ("logentry", set()),
    ],
)
def test_coordinators_may_do_this(model, deeds):
    assert {
        right.removesuffix(f"_{model}") for right in rights("Coördinatoren") if right.endswith(f"_{model}")
    } == deeds


def test_a_group_of_before_is_brought_in_line():
    group = Group.objects.get(name="Moderatoren")
    group.permissions.set(Permission.objects.filter(codename__in=["delete_gebruiker", "add_group"]))
    sara = member("Moderatoren")
    groepen.make_groups(apps, connection.schema_editor())
    assert Group.objects.filter(name="Moderatoren").get().user_set.get() == sara
    assert "delete_gebruiker" not in rights("Moderatoren")
    assert len(rights("Moderatoren")) == 12


# --- the matrix of the new screens

DOOR = 302
NIET = {"niemand": DOOR, "beheerder": DOOR, "moderator": 403}
LEZEN = {**NIET, "kijker": 200, "coordinator": 200, "superuser": 200}
DOEN = {**NIET, "kijker": 403, "coordinator": "ja", "superuser": "ja"}
NOOIT = {**NIET, "kijker": 403, "coordinator": 403, "superuser": 403}
BEHEREN = {**NIET, "kijker": 403, "coordinator": 200, "superuser": 200}
ZIEN = {**NIET, "kijker": 403, "coordinator": 200, "superuser": 200}
NIEMAND = {**NIET, "kijker": 403, "coordinator": 403, "superuser": 403}
MATRIX = [
    ("get", "melding/", ZIEN),
    ("get", "melding/{melding}/change/", ZIEN),
    ("get", "melding/{melding}/history/", ZIEN),
    ("post", "melding/{melding}/change/", NIEMAND),
    ("post", "melding/{melding}/antwoord/", ZIEN),
    ("get", "melding/add/", NIEMAND),
    ("post", "melding/{melding}/delete/", NIEMAND),
    ("get", "aanvraag/", LEZEN),
    ("get", "aanvraag/{aanvraag}/change/", LEZEN),
    ("get", "aanvraag/{aanvraag}/history/", LEZEN),
    ("post", "aanvraag/{aanvraag}/change/", {**LEZEN, **dict.fromkeys(("kijker", "coordinator", "superuser"), 405)}),
    ("get", "aanvraag/add/", NOOIT),
    ("post", "aanvraag/{aanvraag}/delete/", NOOIT),
    *(
        (method, f"aanvraag/{{aanvraag}}/{naam}/", {**DOEN, "coordinator": code, "superuser": code})
        for naam in ("oppakken", "geen-spam", "goedkeuren", "gesprek", "afronden", "vraag", "afwijzen", "terughalen")
        for method, code in (("get", 200), ("post", 200))
    ),
    ("get", "aanvraag/{aanvraag}/notitie/", {**DOEN, "coordinator": 200, "superuser": 200}),
    ("post", "aanvraag/{aanvraag}/uitnodiging/", {**DOEN, "coordinator": DOOR, "superuser": DOOR}),
    ("get", "beheerder/", BEHEREN),
    ("get", "beheerder/add/", BEHEREN),
    ("get", "beheerder/{beheerder}/change/", BEHEREN),
    ("get", "beheerder/{beheerder}/history/", BEHEREN),
    ("get", "beheerder/{beheerder}/delete/", BEHEREN),
    ("post", "beheerder/add/", BEHEREN),
]


@pytest.mark.parametrize("actor", ACTORS)
def test_every_actor_gets_what_the_matrix_says(actor):
    aanvraag, beheerder, melding = factories.aanvraag(), factories.beheerder(), factories.melding()
    client = client_of(ACTORS[actor]())
    before = (Aanvraag.objects.values().get(), Beheerder.objects.count(), Organisatie.objects.count())
    numbers = {"aanvraag": aanvraag.pk, "beheerder": beheerder.pk, "melding": melding.pk}
    got = [
        (method, address, getattr(client, method)(BEHEER + address.format(**numbers)).status_code)
        for method, address, _expected in MATRIX
    ]
    assert got == [(method, address, expected[actor]) for method, address, expected in MATRIX]
    assert (Aanvraag.objects.values().get(), Beheerder.objects.count(), Organisatie.objects.count()) == before


def test_the_matrix_holds_every_address_of_these_screens():
    found = set()
    for model in ("aanvraag", "beheerder", "melding"):
        desk = admin.site.get_model_admin(apps.get_model("organisaties", model))
        found |= {f"{model}/{re.sub('<.+>', f'{{{model}}}', str(url.pattern))}" for url in desk.get_urls()}
    only_leads_on = {"aanvraag/{aanvraag}/", "beheerder/{beheerder}/", "melding/{melding}/"}
    assert {address for _method, address, _expected in MATRIX} == found - only_leads_on


def test_a_deed_needs_its_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(member(is_superuser=True))
    aanvraag = factories.aanvraag()
    assert client.post(f"{BEHEER}aanvraag/{aanvraag.pk}/goedkeuren/", {"versie": 1}).status_code == 403
    assert Organisatie.objects.count() == 0


def test_who_may_only_look_sees_no_buttons():
    page = client_of(ACTORS["kijker"]()).get(f"{BEHEER}aanvraag/{factories.aanvraag().pk}/change/")
    assert list(page.context["daden"]) == []


def test_a_coordinator_approves_without_other_rights():
    aanvraag = factories.aanvraag()
    client = client_of(ACTORS["coordinator"]())
    assert client.post(f"{BEHEER}aanvraag/{aanvraag.pk}/goedkeuren/", {"versie": 1}).status_code == 302
    assert Organisatie.objects.count() == 1


# --- what a moderator does not see


def test_a_moderator_sees_no_requests_mail_or_people_on_the_first_page():
    factories.aanvraag()
    page = client_of(ACTORS["moderator"]()).get("/admin/").content.decode()
    assert "Dit vraagt aandacht" not in page
    assert [word for word in ("/aanvraag/", "/bericht/", "/gebruiker/", "/beheerder/") if word in page] == []


def test_a_moderator_changes_a_text_but_does_not_see_who_edits_it():
    tie = factories.beheerder()
    response = client_of(ACTORS["moderator"]()).get(f"{BEHEER}organisatie/{tie.organisatie_id}/change/")
    assert response.status_code == 200
    assert tie.gebruiker.email not in response.content.decode()


# --- making somebody a coordinator is for superusers


def change(client, gebruiker, **values):
    sent = {"email": gebruiker.email, "naam": gebruiker.naam, "is_active": "on", **values}
    return client.post(f"{BEHEER}gebruiker/{gebruiker.pk}/change/", sent).status_code


@pytest.mark.parametrize("actor", ["moderator", "kijker", "coordinator"])
def test_nobody_but_a_superuser_changes_people(actor):
    me = ACTORS[actor]()
    group = Group.objects.get(name="Coördinatoren")
    for other in (factories.gebruiker(), member("Coördinatoren"), member(is_superuser=True), me):
        before = Gebruiker.objects.filter(pk=other.pk).values("email", "password", "is_staff", "is_superuser").get()
        raised = {"email": "weg@x.example", "is_staff": "on", "is_superuser": "on", "groups": [group.pk]}
        assert change(client_of(me), other, **raised) == 403
        address = f"{BEHEER}gebruiker/{other.pk}/password/"
        assert client_of(me).post(address, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403
        after = Gebruiker.objects.filter(pk=other.pk).values("email", "password", "is_staff", "is_superuser").get()
        assert after == before


def test_a_superuser_makes_a_coordinator():
    sara, group = factories.gebruiker(), Group.objects.get(name="Coördinatoren")
    assert change(client_of(ACTORS["superuser"]()), sara, is_staff="on", groups=[group.pk]) == 302
    assert Gebruiker.objects.get(pk=sara.pk).has_perm("organisaties.change_aanvraag")


# --- who edits what


def add(client, **values):
    sent = {"naam": "", "taal": "nl", **values}
    return client.post(f"{BEHEER}beheerder/add/", sent)


def test_a_new_editor_gets_an_account_and_an_invitation():
    organisatie = factories.organisatie()
    client = client_of(ACTORS["coordinator"]())
    assert add(client, organisatie=organisatie.pk, email="Hanan@Tafel.example", taal="en").status_code == 302
    tie = Beheerder.objects.get()
    assert (tie.organisatie, tie.gebruiker.email, tie.gebruiker.is_staff) == (organisatie, "hanan@tafel.example", False)
    assert (Bericht.objects.get().taal, Uitnodiging.objects.get().beheerder) == ("en", tie)


@pytest.mark.parametrize(
    "email", ["ik@netwerk.example", "IK@netwerk.example", "uit@x.example", "al@x.example", "\0", ""]
)
def test_an_editor_that_cannot_be_added_gives_a_sentence(email):
    me = member("Coördinatoren", email="ik@netwerk.example")
    factories.gebruiker(email="uit@x.example", is_active=False)
    tie = factories.beheerder(gebruiker=factories.gebruiker(email="al@x.example"))
    response = add(client_of(me), organisatie=tie.organisatie_id, email=email)
    assert "email" in response.context["adminform"].form.errors
    assert (Beheerder.objects.count(), Bericht.objects.count()) == (1, 0)


def test_being_an_editor_gives_no_right_at_the_desk():
    tie = factories.beheerder(gebruiker=member("Moderatoren"))
    before = tie.gebruiker.get_all_permissions()
    actions.renew_uitnodiging(tie, taal="nl")
    assert Gebruiker.objects.get(pk=tie.gebruiker_id).get_all_permissions() == before
    assert Uitnodiging.objects.count() == 0


def test_an_editor_is_removed_with_the_invitation_and_keeps_the_account():
    client, aanvraag = client_of(ACTORS["coordinator"]()), factories.aanvraag()
    actions.approve_aanvraag(aanvraag, door=member(), versie=1)
    tie = Beheerder.objects.get()
    assert client.post(f"{BEHEER}beheerder/{tie.pk}/delete/", {"post": "yes"}).status_code == 302
    assert (Beheerder.objects.count(), Uitnodiging.objects.count()) == (0, 0)
    assert Gebruiker.objects.filter(pk=tie.gebruiker_id).exists()


@pytest.mark.parametrize("screen", ["beheerder", "organisatie"])
def test_mails_go_with_what_they_invite_to_though_nobody_may_delete_a_mail(screen, monkeypatch):
    class MailDesk(admin.ModelAdmin):
        def has_delete_permission(self, request, obj=None):
            return False

    monkeypatch.setitem(admin.site._registry, Bericht, MailDesk(Bericht, admin.site))
    actions.approve_aanvraag(factories.aanvraag(), door=member(), versie=1)
    number = {"beheerder": Beheerder, "organisatie": Organisatie}[screen].objects.get().pk
    page = client_of(ACTORS["coordinator"]()).get(f"{BEHEER}{screen}/{number}/delete/")
    assert (page.context["perms_lacking"], Bericht.objects.count()) == (set(), 1)


def test_an_organisation_tells_who_edits_it():
    tie = factories.beheerder()
    page = client_of(ACTORS["coordinator"]()).get(f"{BEHEER}organisatie/{tie.organisatie_id}/change/").content.decode()
    assert f"{BEHEER}beheerder/{tie.pk}/change/" in page
    assert f"{BEHEER}beheerder/add/?organisatie={tie.organisatie_id}" in page
