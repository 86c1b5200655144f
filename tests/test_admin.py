"""The desk of the coordinators: every screen opens, and shows, limits and stores what it should."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from organisaties import models
from organisaties.models import Activiteit, Bron, Gebruiker, Moment, Organisatie
from organisaties.zoeken import index
from tests import factories

NAMES = "Activiteit Bron Doelgroep Gebruiker Locatie Moment Organisatie Pagina Stadsdeel Taal Thema Uitzondering Vorm"
MODELS = [getattr(models, name) for name in NAMES.split()]
JS_URL = "javascript:alert(document.domain)"


def url(model, name="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(Gebruiker.objects.create_superuser("noor@netwerk.example"))
    return client


@pytest.fixture
def world(desk):
    fill(2)


@index.together()
def fill(number):
    for _ in range(number):
        owner = factories.organisatie(themas=[factories.thema(), factories.thema("werk")])
        offer = factories.activiteit(organisatie=owner, vorm=factories.vorm(), talen=[factories.taal()], naam_en="")
        factories.uitzondering(moment=factories.moment(activiteit=offer))
        Bron.objects.create(organisatie=owner, activiteit=offer, url="https://bron.example/")
    factories.doelgroep()
    factories.pagina()


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def fields_of(response) -> dict[str, object]:
    """What a browser would send when nothing is changed."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                values[bound.html_name] = "on"
            elif value is not None and value is not False:
                values[bound.html_name] = getattr(value, "pk", value)
    return {
        name: [getattr(each, "pk", each) for each in value] if isinstance(value, list) else value
        for name, value in values.items()
    }


# --- every screen


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_screen_opens(desk, world, model):
    entry = model.objects.first()
    for address in (url(model), url(model, "add"), url(model, "change", entry.pk), url(model, "history", entry.pk)):
        response = desk.get(address)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert " style=" not in response.content.decode()


def test_the_index_is_in_dutch_and_leads_to_the_site(desk):
    page = text(desk.get(reverse("admin:index")))
    assert "Beheer van het netwerk" in page
    assert '<a href="/nl/">' in page


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_search_works(desk, world, model):
    assert desk.get(url(model), {"q": "kade"}).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_filter_works(desk, world, model):
    response = desk.get(url(model))
    changelist = response.context["cl"]
    for spec in changelist.filter_specs:
        for choice in list(spec.choices(changelist))[1:3]:
            assert desk.get(url(model) + choice["query_string"]).status_code == 200


def queries_per_list(desk) -> dict[str, int]:
    counts = {}
    for model in MODELS:
        with CaptureQueriesContext(connection) as queries:
            desk.get(url(model))
        counts[model._meta.model_name] = len(queries)
    return counts


def test_a_list_costs_as_many_queries_for_50_rows_as_for_5(desk):
    fill(5)
    few = queries_per_list(desk)
    fill(45)
    assert queries_per_list(desk) == few
    assert max(few.values()) <= 16


def test_no_screen_asks_for_a_number_of_a_row():
    for model in MODELS:
        desk_of = admin.site._registry[model]
        assert not desk_of.raw_id_fields
        assert not any(inline.raw_id_fields for inline in desk_of.inlines)


# --- filters and columns


def test_activiteiten_without_english_are_found(desk):
    here, missing = factories.activiteit(), factories.activiteit(naam_en="")
    found = desk.get(url(Activiteit), {"zonder_engels": "ja"}).context["cl"].queryset
    assert [entry.pk for entry in found] == [missing.pk]
    found = desk.get(url(Activiteit), {"zonder_engels": "nee"}).context["cl"].queryset
    assert [entry.pk for entry in found] == [here.pk]


def test_activiteiten_without_moment_are_found(desk):
    without = factories.activiteit()
    factories.moment()
    found = desk.get(url(Activiteit), {"zonder_moment": "ja"}).context["cl"].queryset
    assert [entry.pk for entry in found] == [without.pk]


def test_activiteiten_are_found_by_district_also_that_of_a_moment(desk):
    owner = factories.organisatie()
    noord = factories.locatie(organisatie=owner, stadsdeel=factories.stadsdeel("N"))
    direct = factories.activiteit(organisatie=owner, locatie=noord)
    by_moment = factories.moment(activiteit=factories.activiteit(organisatie=owner), locatie=noord).activiteit
    factories.activiteit()
    found = desk.get(url(Activiteit), {"stadsdeel": noord.stadsdeel.slug}).context["cl"].queryset
    assert {entry.pk for entry in found} == {direct.pk, by_moment.pk}


def test_the_list_says_when_in_words(desk):
    factories.moment()
    assert "Elke dinsdag, 10:00–12:00" in text(desk.get(url(Activiteit)))


def test_a_moment_shows_its_next_dates_without_the_skipped_one(desk, klok):
    moment = factories.moment()
    factories.uitzondering(moment=moment, datum_on=date(2026, 12, 1))
    page = text(desk.get(url(Activiteit, "change", moment.activiteit_id)))
    assert "di 24 november · di 8 december · di 15 december" in page
    assert url(Moment, "change", moment.pk) in page


def test_only_places_of_the_organisation_can_be_chosen(desk):
    entry, elsewhere = factories.activiteit(), factories.locatie()
    form = desk.get(url(Activiteit, "change", entry.pk)).context["adminform"].form
    assert list(form.fields["locatie"].queryset) == [entry.locatie]
    assert elsewhere not in form.fields["locatie"].queryset


def test_a_new_activiteit_begins_with_its_organisation(desk):
    place = factories.locatie()
    form = desk.get(url(Activiteit, "add"), {"organisatie": place.organisatie_id}).context["adminform"].form
    assert form.initial["organisatie"] == str(place.organisatie_id)
    assert list(form.fields["locatie"].queryset) == [place]


def test_an_organisatie_lists_its_activiteiten_and_offers_a_new_one(desk):
    entry = factories.activiteit()
    page = text(desk.get(url(Organisatie, "change", entry.organisatie_id)))
    assert url(Activiteit, "change", entry.pk) in page
    assert f"{url(Activiteit, 'add')}?organisatie={entry.organisatie_id}" in page


def test_a_source_of_an_activiteit_gets_its_organisation(desk):
    entry = factories.activiteit()
    address = url(Activiteit, "change", entry.pk)
    values = fields_of(desk.get(address))
    values |= {"bronnen-TOTAL_FORMS": 1, "bronnen-0-url": "https://bron.example/", "bronnen-0-id": ""}
    assert desk.post(address, values).status_code == 302
    assert Bron.objects.get().organisatie == entry.organisatie


# --- deeds on a list


def act(desk, model, name, *entries):
    values = {"action": name, "_selected_action": [entry.pk for entry in entries]}
    return text(desk.post(url(model), values, follow=True))


def test_publish_follows_the_table_and_says_what_is_refused(desk):
    concept = factories.organisatie(status="concept")
    archived = factories.organisatie(status="gearchiveerd")
    page = act(desk, Organisatie, "publish", concept, archived)
    concept.refresh_from_db()
    archived.refresh_from_db()
    assert (concept.status, archived.status) == ("gepubliceerd", "gearchiveerd")
    assert "1 veranderd. De status is nu: Gepubliceerd." in page
    assert f"{archived.naam}: Van “Gearchiveerd” kun je niet naar “Gepubliceerd”." in page


def test_archive_ends_a_pause_too(desk):
    entry = factories.activiteit(status="gepauzeerd", pauze_tot=date(2099, 1, 1))
    act(desk, Activiteit, "archive", entry)
    entry.refresh_from_db()
    assert (entry.status, entry.pauze_tot) == ("gearchiveerd", None)


def test_publish_twice_changes_nothing(desk):
    assert "Er is niets veranderd." in act(desk, Organisatie, "publish", factories.organisatie())


# --- logos


def logo_file(kind="JPEG", name="foto.jpg"):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    out = BytesIO()
    Image.new("RGB", (400, 200), "#0b3a32").save(out, kind, exif=exif)
    return SimpleUploadedFile(name, out.getvalue() + b"<script>alert(1)</script>")


def send_logo(desk, entry, **values):
    address = url(Organisatie, "change", entry.pk)
    return desk.post(address, fields_of(desk.get(address)) | values)


def stored() -> set[str]:
    return set(default_storage.listdir("logos")[1]) if default_storage.exists("logos") else set()


def test_a_logo_is_stored_twice_without_what_the_camera_wrote(desk):
    entry = factories.organisatie()
    name = "../../\u202egpj.exe.jpg"
    assert send_logo(desk, entry, logo_bestand=logo_file(name=name)).status_code == 302
    entry.refresh_from_db()
    assert stored() == {entry.logo.name.removeprefix("logos/"), entry.logo_klein.name.removeprefix("logos/")}
    for field in (entry.logo, entry.logo_klein):
        with field.open() as file:
            data = file.read()
        assert Image.open(BytesIO(data)).format == "WEBP"
        assert not dict(Image.open(BytesIO(data)).getexif())
        assert b"script" not in data


def test_a_replaced_and_a_removed_logo_are_gone(desk, django_capture_on_commit_callbacks):
    entry = factories.organisatie()
    send_logo(desk, entry, logo_bestand=logo_file())
    first = stored()
    with django_capture_on_commit_callbacks(execute=True):
        send_logo(desk, entry, logo_bestand=logo_file("PNG"))
    assert len(stored()) == 2
    assert not first & stored()
    with django_capture_on_commit_callbacks(execute=True):
        send_logo(desk, entry, logo_weg="on")
    entry.refresh_from_db()
    assert (entry.logo, stored()) == ("", set())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "geen JPEG, PNG of WebP"),
        (b"", "Dit bestand is leeg"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 6_000_000, "groter dan 5 MB"),
    ],
)
def test_a_refused_logo_gives_its_sentence_at_the_field(desk, data, sentence):
    entry = factories.organisatie()
    response = send_logo(desk, entry, logo_bestand=SimpleUploadedFile("logo.png", data))
    assert sentence in response.context["adminform"].form.errors["logo_bestand"][0]
    assert stored() == set()


def test_a_new_logo_and_no_logo_at_once_is_asked_about(desk):
    response = send_logo(desk, factories.organisatie(), logo_bestand=logo_file(), logo_weg="on")
    assert "logo_weg" in response.context["adminform"].form.errors


# --- what people typed stays text


def test_a_javascript_address_is_no_link_anywhere(desk):
    entry = factories.organisatie()
    Organisatie.objects.update(website=JS_URL)
    bron = Bron.objects.create(organisatie=entry, url=JS_URL)
    for address in (
        url(Organisatie),
        url(Organisatie, "change", entry.pk),
        url(Bron),
        url(Bron, "change", bron.pk),
    ):
        assert 'href="javascript:' not in text(desk.get(address)).replace("&#x27;", "'")


def test_a_javascript_address_is_refused(desk):
    response = send_logo(desk, factories.organisatie(), website=JS_URL)
    assert "website" in response.context["adminform"].form.errors


def test_names_are_escaped(desk):
    entry = factories.activiteit(naam_nl="<img src=x onerror=alert(1)>")
    entry.organisatie.naam = "<script>alert(1)</script>"
    entry.organisatie.save()
    for address in (url(Activiteit), url(Organisatie), url(Organisatie, "change", entry.organisatie_id)):
        page = text(desk.get(address))
        assert "<img src=x" not in page
        assert "<script>alert" not in page


# --- rights


@pytest.fixture
def coordinator(db):
    person = Gebruiker.objects.create_user("sam@netwerk.example", is_staff=True, naam="Sam")
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="organisaties"))
    client = Client()
    client.force_login(person)
    client.person = person
    return client


def test_a_coordinator_cannot_give_rights(coordinator):
    member = factories.gebruiker()
    group = Group.objects.create(name="Alles")
    address = url(Gebruiker, "change", member.pk)
    values = {"email": member.email, "naam": "Nieuw", "is_active": "on"}
    rights = {"is_staff": "on", "is_superuser": "on", "groups": [group.pk], "user_permissions": [1]}
    assert coordinator.post(address, values | rights).status_code == 302
    member.refresh_from_db()
    assert (member.naam, member.is_staff, member.is_superuser) == ("Nieuw", False, False)
    assert not member.groups.exists()
    assert not member.user_permissions.exists()


def test_a_coordinator_cannot_raise_herself(coordinator):
    address = url(Gebruiker, "change", coordinator.person.pk)
    coordinator.post(address, {"email": coordinator.person.email, "is_active": "on", "is_superuser": "on"})
    coordinator.person.refresh_from_db()
    assert not coordinator.person.is_superuser


@pytest.mark.parametrize("name", ["change", "delete"])
def test_a_coordinator_cannot_take_over_a_colleague(coordinator, name):
    boss = Gebruiker.objects.create_superuser("noor@netwerk.example")
    response = coordinator.post(url(Gebruiker, name, boss.pk), {"email": "sam2@netwerk.example", "post": "yes"})
    assert response.status_code == 403
    assert coordinator.get(f"/admin/organisaties/gebruiker/{boss.pk}/password/").status_code == 403


def test_a_new_user_logs_in_with_an_address_in_small_letters(desk):
    values = {
        "email": "Sara@Voorbeeld.Example",
        "naam": "Sara",
        "usable_password": "true",
        "password1": "een-lang-wachtwoord",
        "password2": "een-lang-wachtwoord",
    }
    assert desk.post(url(Gebruiker, "add"), values).status_code == 302
    assert Client().login(username="SARA@voorbeeld.example", password="een-lang-wachtwoord")
    assert Gebruiker.objects.get(naam="Sara").email == "sara@voorbeeld.example"


def test_a_stranger_gets_the_door(db):
    response = Client().get(url(Organisatie))
    assert response.status_code == 302
    assert "no-store" in response.headers["Cache-Control"]
