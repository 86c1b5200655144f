"""The desk: former versions of an entry, and two people who store the same."""

from datetime import time

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from organisaties.models import Activiteit, Foto, Locatie, Moment, Organisatie
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


# --- a row within the form that an editor takes away


def three_times():
    """An activity with times on Tuesday, Wednesday and Thursday, in that order."""
    activiteit = factories.activiteit()
    for hour, day in enumerate(("TU", "WE", "TH"), 9):
        factories.moment(activiteit=activiteit, regel=f"FREQ=WEEKLY;BYDAY={day}", begin=time(hour), eind=time(hour, 30))
    return activiteit, list(activiteit.momenten.order_by("begin"))


def rules(activiteit):
    return [moment.regel.removeprefix("FREQ=WEEKLY;BYDAY=") for moment in activiteit.momenten.order_by("begin")]


def extra_time(number, hour):
    row = {"regel": "FREQ=WEEKLY;BYDAY=FR", "start_on": "27-11-2026", "begin": hour, "id": "", "stand": ""}
    return {f"momenten-{number}-{name}": value for name, value in row.items()}


def test_a_time_that_is_gone_and_was_not_typed_in_stops_nothing(desk):
    activiteit, (first, _second, third) = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"naam_en": "Café", "momenten-2-eind": "12:00"}
    first.delete()
    response = desk.post(address, sent, follow=True)
    third.refresh_from_db()
    assert (third.eind, rules(activiteit), third.activiteit.naam_en) == (time(12), ["WE", "TH"], "Café")
    assert "Iemand haalde dit net weg: Elke dinsdag." in lees(response.content).text


def test_of_a_time_that_is_gone_and_was_typed_in_the_form_comes_back_once(desk):
    activiteit, (_first, second, third) = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"momenten-1-eind": "13:45", "momenten-2-eind": "12:00"}
    sent |= extra_time(3, "15:00") | {"momenten-TOTAL_FORMS": "4", "naam_en": "Café"}
    second.delete()
    response = desk.post(address, sent)
    page = lees(response.content)
    said = page.one("section", class_="module let-op botsingen")
    assert (said.one("h2").text, "13:45" in said.text) == ("Iemand haalde dit net weg", True)
    assert [label.text for label in page.all("span", class_="inline_label")[:2]] == ["Elke dinsdag", "Elke donderdag"]
    activiteit.refresh_from_db()
    assert (rules(activiteit), activiteit.naam_en == "Café") == (["TU", "TH"], False)
    assert desk.post(address, fields_of(response)).status_code == 302
    third.refresh_from_db()
    assert (third.eind, rules(activiteit), third.activiteit.naam_en) == (time(12), ["TU", "TH", "FR"], "Café")


def test_of_a_place_that_is_gone_is_shown_what_was_typed(desk):
    place = factories.locatie(naam="De zaal")
    other = factories.locatie(naam="De zolder", organisatie=place.organisatie)
    address = url(Organisatie, "change", place.organisatie_id)
    sent = fields_of(desk.get(address)) | {"locaties-0-naam": "De <zaal>", "locaties-1-naam": "De vliering"}
    place.delete()
    response = desk.post(address, sent)
    said = lees(response.content).one("section", class_="module let-op botsingen")
    assert ("De <zaal>" in said.text, "Stadsdeel" in said.text) == (True, True)
    assert desk.post(address, fields_of(response)).status_code == 302
    other.refresh_from_db()
    assert (other.naam, Locatie.objects.count()) == ("De vliering", 1)


def test_a_row_that_two_people_take_away_is_just_gone(desk):
    activiteit, (first, _second, _third) = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"momenten-0-DELETE": "on", "momenten-0-eind": "8:00", "naam_en": "Café"}
    first.delete()
    response = desk.post(address, sent, follow=True)
    assert (rules(activiteit), "Iemand haalde" in lees(response.content).text) == (["WE", "TH"], False)


def test_what_is_asked_of_a_row_keeps_its_answer_when_a_row_before_it_goes(desk):
    activiteit, (first, second, _third) = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"momenten-1-eind": "11:00"}
    Moment.objects.filter(pk=second.pk).update(eind=time(12))
    response = desk.post(address, sent)
    sent = fields_of(response) | {"botst": "momenten-1-eind", "kies_momenten-1-eind": "mij"}
    first.delete()
    assert desk.post(address, sent).status_code == 302
    second.refresh_from_db()
    assert (second.eind, rules(activiteit)) == (time(11), ["WE", "TH"])


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "{other}"])
def test_a_row_of_something_else_is_no_row_here(desk, number):
    activiteit, _moments = three_times()
    other = factories.moment(begin=time(9), eind=time(10))
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"momenten-0-id": number.format(other=other.pk), "momenten-0-eind": "9:15"}
    response = desk.post(address, sent)
    assert (response.status_code, desk.post(address, fields_of(response)).status_code) == (200, 302)
    other.refresh_from_db()
    assert (other.eind, rules(activiteit)) == (time(10), ["TU", "WE", "TH"])


def test_a_row_that_came_meanwhile_leaves_the_names_of_the_others(desk):
    activiteit, _moments = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"naam_nl": ""}
    factories.moment(activiteit=activiteit, regel="FREQ=WEEKLY;BYDAY=MO", begin=time(8), eind=None)
    labels = lees(desk.post(address, sent).content).all("span", class_="inline_label")
    assert [label.text for label in labels[:3]] == ["Elke dinsdag", "Elke woensdag", "Elke donderdag"]


# --- a row within the form that is to go, while an editor changes it


def test_a_place_that_an_editor_changed_does_not_go_unseen(desk):
    place = factories.locatie(naam="De zaal", straat="Kade 1")
    address = url(Organisatie, "change", place.organisatie_id)
    sent = fields_of(desk.get(address)) | {"locaties-0-DELETE": "on", "locaties-0-straat": "Weg 2"}
    Locatie.objects.filter(pk=place.pk).update(naam="Hun zaal")
    response = desk.post(address, sent)
    said = lees(response.content).one("ul", class_="errorlist nonfield")
    assert [each.text for each in said.all("li")] == [
        "Iemand anders veranderde dit net: Hun zaal. Kijk wat er nu staat.",
        "Naam: Hun zaal",
        "Wil je het toch verwijderen? Bewaar dan nog een keer.",
    ]
    assert (response.status_code, Locatie.objects.count()) == (200, 1)
    again = fields_of(response)
    Locatie.objects.filter(pk=place.pk).update(straat="Gracht 3")
    response = desk.post(address, again)
    assert (response.status_code, "Straat en nummer: Gracht 3" in lees(response.content).text) == (200, True)
    assert (desk.post(address, fields_of(response)).status_code, Locatie.objects.count()) == (302, 0)


def test_of_a_time_that_an_editor_changed_the_hours_of_now_are_shown(desk):
    activiteit, (_first, second, _third) = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"momenten-1-DELETE": "on"}
    Moment.objects.filter(pk=second.pk).update(begin=None, eind=None, dagdeel="middag", start_on="2026-12-02")
    said = lees(desk.post(address, sent).content).one("ul", class_="errorlist nonfield").all("li")
    assert [each.text for each in said][1:-1] == [
        "Begint op: 02-12-2026",
        "Van: niets",
        "Tot: niets",
        "Dagdeel: In de middag",
    ]
    Moment.objects.filter(pk=second.pk).update(begin=time(14), dagdeel="")
    said = lees(desk.post(address, sent).content).one("ul", class_="errorlist nonfield").all("li")
    assert [each.text for each in said][2] == "Van: 14:00"


def test_who_then_keeps_the_place_keeps_what_the_editor_wrote(desk):
    place = factories.locatie(naam="De zaal")
    address = url(Organisatie, "change", place.organisatie_id)
    sent = fields_of(desk.get(address)) | {"locaties-0-DELETE": "on"}
    Locatie.objects.filter(pk=place.pk).update(naam="Hun zaal")
    sent = fields_of(desk.post(address, sent))
    del sent["locaties-0-DELETE"]
    assert desk.post(address, sent).status_code == 302
    place.refresh_from_db()
    assert place.naam == "Hun zaal"


def test_a_row_that_nobody_changed_goes_at_once(desk):
    activiteit, _moments = three_times()
    address = url(Activiteit, "change", activiteit.pk)
    sent = fields_of(desk.get(address)) | {"momenten-1-DELETE": "on", "momenten-1-eind": "10:45"}
    assert (desk.post(address, sent).status_code, rules(activiteit)) == (302, ["TU", "TH"])


@pytest.mark.parametrize("new", [{"bestand": "fotos/anders.webp"}, {"alt_en": "The blue door."}])
def test_a_photo_that_an_editor_just_changed_does_not_go_unseen(desk, new):
    foto = factories.foto()
    address = url(Activiteit, "change", foto.activiteit_id)
    sent = fields_of(desk.get(address)) | {"foto-0-DELETE": "on"}
    Foto.objects.filter(pk=foto.pk).update(**new)
    response = desk.post(address, sent)
    assert "Iemand anders veranderde dit net: De groene deur naast de bakker." in lees(response.content).text
    assert (response.status_code, Foto.objects.count()) == (200, 1)
    assert (desk.post(address, fields_of(response)).status_code, Foto.objects.count()) == (302, 0)
