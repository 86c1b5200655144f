"""The desk: former versions of an entry, and two people who store the same."""

from datetime import time

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from organisaties.models import Activiteit, Locatie, Moment, Organisatie
from tests import factories, test_admin
from tests.lezen import lees
from tests.test_admin import fields_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

desk = test_admin.desk

WAT = {"organisatie": "naam", "activiteit": "waar_nl", "locatie": "straat"}
"""Of each kind of entry a text."""


@pytest.fixture(params=WAT)
def entry(request):
    return getattr(factories, request.param)(**{WAT[request.param]: "Eerst"})


def change(entry, text="Daarna"):
    setattr(entry, WAT[entry._meta.model_name], text)
    entry.save()
    return url(type(entry), "history", entry.pk)


def test_the_history_says_what_changed_and_brings_it_back(desk, entry):
    address = change(entry)
    page = lees(desk.get(address).content)
    assert ([e.text for e in page.all("del")], [e.text for e in page.all("ins")]) == (["Eerst"], ["Daarna"])
    (button,) = page.all("button", name="versie")
    response = desk.post(address, {"versie": button.get("value")}, follow=True)
    entry.refresh_from_db()
    assert getattr(entry, WAT[entry._meta.model_name]) == "Eerst"
    page = lees(response.content).one("main")
    assert (page.text.count("staat terug."), page.one("ol", class_="versies").text.count("noor@")) == (2, 1)


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "{other}"])
def test_a_version_that_is_not_of_this_entry_is_a_404(desk, number):
    entry, other = factories.organisatie(), factories.organisatie()
    number = number.format(other=other.history.get().history_id)
    assert desk.post(url(Organisatie, "history", entry.pk), {"versie": number}).status_code == 404


@pytest.mark.parametrize(("right", "answers"), [("view", (200, 403)), ("change", (200, 302)), ("delete", (403, 403))])
def test_who_may_change_an_entry_may_bring_a_version_back(entry, right, answers):
    address = change(entry)
    versie = entry.history.last().history_id
    gebruiker, name = factories.gebruiker(is_staff=True), entry._meta.model_name
    gebruiker.user_permissions.add(Permission.objects.get(codename=f"{right}_{name}"))
    client = Client()
    client.force_login(gebruiker)
    look = client.get(address)
    assert (look.status_code, client.post(address, {"versie": versie}).status_code) == answers
    assert (b'name="versie"' in look.content) == (answers[1] == 302)


def test_another_website_cannot_bring_a_version_back(entry):
    address = change(entry)
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.gebruiker(is_staff=True, is_superuser=True))
    assert client.post(address, {"versie": entry.history.last().history_id}).status_code == 403


def test_what_is_not_kept_in_versions_has_the_log_of_django(desk):
    thema = factories.thema()
    response = desk.get(url(type(thema), "history", thema.pk))
    assert ("admin/object_history.html" in response.template_name, response.status_code) == (True, 200)


# --- two people at once


@pytest.mark.parametrize(("kies", "stays"), [("mij", "Van mij."), ("ander", "Van Sara.")])
def test_the_desk_sees_both_texts_and_chooses(desk, kies, stays):
    entry = factories.activiteit()
    address, thema = url(Activiteit, "change", entry.pk), factories.thema("werk")
    sent = fields_of(desk.get(address)) | {"samenvatting_nl": "Van mij.", "naam_en": "Café"}
    Activiteit.objects.filter(pk=entry.pk).update(samenvatting_nl="Van Sara.", waar_nl="Achter.", thema=thema)
    response = desk.post(address, sent)
    both = lees(response.content).one("section", class_="module let-op botsingen").all("bdi")
    assert [text.text for text in both] == ["Van mij.", "Van Sara."]
    sent |= {"stand": response.context["adminform"].form["stand"].value(), "botst": "samenvatting_nl"}
    assert desk.post(address, sent).status_code == 200
    assert desk.post(address, sent | {"kies_samenvatting_nl": kies}).status_code == 302
    entry.refresh_from_db()
    assert (entry.samenvatting_nl, entry.naam_en, entry.waar_nl, entry.thema) == (stays, "Café", "Achter.", thema)


def test_what_only_the_other_changed_stays_at_the_desk(desk):
    entry = factories.activiteit()
    address, thema = url(Activiteit, "change", entry.pk), factories.thema("werk")
    sent = fields_of(desk.get(address)) | {"naam_en": "Café"}
    Activiteit.objects.filter(pk=entry.pk).update(waar_nl="Achter.", thema=thema)
    assert desk.post(address, sent).status_code == 302
    entry.refresh_from_db()
    assert (entry.naam_en, entry.waar_nl, entry.thema) == ("Café", "Achter.", thema)


def test_a_place_that_an_editor_hides_stays_hidden_when_the_organisation_is_stored(desk):
    entry = factories.activiteit()
    address = url(Organisatie, "change", entry.organisatie_id)
    sent = fields_of(desk.get(address)) | {"samenvatting_nl": "Van mij."}
    Locatie.objects.filter(pk=entry.locatie_id).update(soort="verborgen")
    versions = entry.locatie.history.count()
    assert desk.post(address, sent).status_code == 302
    place, owner = Locatie.objects.get(pk=entry.locatie_id), Organisatie.objects.get(pk=entry.organisatie_id)
    assert (place.soort, place.history.count(), owner.samenvatting_nl) == ("verborgen", versions, "Van mij.")


@pytest.mark.parametrize(("kies", "stays"), [("mij", "Mijn zaal"), ("ander", "Hun zaal")])
def test_of_a_place_within_the_form_both_names_are_shown(desk, kies, stays):
    place = factories.locatie(naam="De zaal")
    address = url(Organisatie, "change", place.organisatie_id)
    sent = fields_of(desk.get(address)) | {"locaties-0-naam": "Mijn zaal"}
    Locatie.objects.filter(pk=place.pk).update(naam="Hun zaal", soort="verborgen")
    response = desk.post(address, sent)
    asked = lees(response.content).one("section", class_="module let-op botsingen")
    assert [text.text for text in asked.all("bdi")] == ["Hun zaal (Verborgen: vraag het ons)", "Mijn zaal", "Hun zaal"]
    stand = lees(response.content).one("input", name="locaties-0-stand").get("value")
    sent |= {"locaties-0-stand": stand, "botst": "locaties-0-naam", "kies_locaties-0-naam": kies}
    assert desk.post(address, sent).status_code == 302
    place.refresh_from_db()
    assert (place.naam, place.soort) == (stays, "verborgen")


def test_a_time_that_an_editor_changes_stays_when_the_activity_is_stored(desk):
    moment = factories.moment()
    address = url(Activiteit, "change", moment.activiteit_id)
    sent = fields_of(desk.get(address)) | {"naam_en": "Café"}
    Moment.objects.filter(pk=moment.pk).update(begin=time(13, 30), eind=time(15))
    assert desk.post(address, sent).status_code == 302
    moment.refresh_from_db()
    assert (moment.begin, moment.activiteit.naam_en) == (time(13, 30), "Café")
