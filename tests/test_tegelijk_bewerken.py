"""Two editors in the same moment: one takes away what the other is storing. Nobody gets an error, nothing is half."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from organisaties import actions
from organisaties.models import Activiteit, Locatie, Moment
from organisaties.views import bewerken as bladen
from tests import bewerken, factories
from tests.bewerken import bewaar, getypt, van
from tests.momenten import WEKELIJKS, adres
from tests.rechten import een_beeld
from tests.test_admin import fields_of, url
from tests.test_tegelijk import tegelijk

ROUNDS = 8

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara


def twee_beheerders(organisatie):
    """Two colleagues, each with an own browser."""
    clients = Client(), Client()
    for client in clients:
        client.force_login(factories.beheerder(organisatie=organisatie).gebruiker)
    return clients


def stuur(client, address, typed):
    return lambda: client.post(address, typed).status_code


def test_a_place_goes_while_an_activity_moves_there(eigen_database):
    entry = factories.activiteit()
    first, second = twee_beheerders(entry.organisatie)
    where = van(entry, "mijn-activiteit-deel", "waar")
    for _ in range(ROUNDS):
        plek = factories.locatie(organisatie=entry.organisatie)
        typed = getypt(first, where) | {"locatie": str(plek.pk)}
        moved, gone = tegelijk(
            stuur(first, where, typed),
            stuur(second, bewerken.van_plek(plek), {"daad": "weg"}),
        )
        entry.refresh_from_db()
        stays = Locatie.objects.filter(pk=plek.pk).exists()
        assert (moved, gone) in {(303, 200), (200, 303), (303, 303)}
        assert stays == (gone == 200) == (entry.locatie_id == plek.pk)


def test_the_desk_stores_a_place_while_an_editor_stores_an_activity_there(eigen_database):
    """Both hold the organisation first: none of them waits for what the other waits for."""
    entry, desk = factories.activiteit(), Client()
    desk.force_login(factories.gebruiker(is_staff=True, is_superuser=True))
    editor, _second = twee_beheerders(entry.organisatie)
    place, text = url(Locatie, "change", entry.locatie_id), van(entry, "mijn-activiteit-deel", "tekst")
    for number in range(ROUNDS * 2):
        mine = getypt(editor, text) | {"naam_nl": f"Taalcafé {number}"}
        theirs = fields_of(desk.get(place)) | {"uitleg_nl": f"Bel {number} keer."}
        assert tegelijk(stuur(editor, text, mine), stuur(desk, place, theirs)) == [303, 302]


def test_a_time_goes_while_somebody_changes_it(eigen_database):
    entry = factories.activiteit()
    first, second = twee_beheerders(entry.organisatie)
    for _ in range(ROUNDS):
        blok = factories.moment(activiteit=entry)
        typed = WEKELIJKS | {"afdruk": blok.afdruk}
        changed, gone = tegelijk(
            stuur(first, adres(entry, "mijn-moment", blok.pk), typed),
            stuur(second, adres(entry), {"weg": str(blok.pk)}),
        )
        assert changed in {303, 404, 200}
        assert gone in {303, 200}
        Moment.objects.all().delete()


def test_an_activity_goes_for_good_while_somebody_confirms_it(eigen_database):
    for _ in range(ROUNDS):
        entry = factories.activiteit()
        (first, _second) = twee_beheerders(entry.organisatie)
        confirmed, _gone = tegelijk(
            stuur(first, van(entry), {"daad": "klopt"}), Activiteit.objects.filter(pk=entry.pk).delete
        )
        assert confirmed in {303, 404}
        assert not Activiteit.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db
def test_what_goes_between_looking_and_storing_is_a_404(client, sara, cafe, monkeypatch):
    find = bladen._activiteit

    def slow(*args, **kwargs):
        found = find(*args, **kwargs)
        Activiteit.objects.filter(pk=found.pk).delete()
        return found

    monkeypatch.setattr(bladen, "_activiteit", slow)
    assert client.post(van(cafe), {"daad": "klopt"}).status_code == 404


def een_keer_te_laat(monkeypatch, naam):
    """The first time that this deed is done, the database says that what it needs has just gone."""
    real = getattr(actions, naam)

    def refused(*args, **kwargs):
        monkeypatch.setattr(actions, naam, real)
        raise IntegrityError

    monkeypatch.setattr(actions, naam, refused)


@pytest.mark.django_db
def test_what_the_database_refuses_for_what_just_went_is_looked_at_anew(client, sara, cafe, monkeypatch):
    een_keer_te_laat(monkeypatch, "store_entry")
    where = van(cafe, "mijn-activiteit-deel", "waar")
    assert bewaar(client, where, waar_nl="Achter de kerk.").status_code == 303
    cafe.refresh_from_db()
    assert cafe.waar_nl == "Achter de kerk."


@pytest.mark.django_db
@pytest.mark.usefixtures("sara")
def test_a_file_is_read_anew_too(client, kade, *, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    een_keer_te_laat(monkeypatch, "store_logo")
    assert client.post(reverse("mijn-logo", args=[kade.slug]), {"logo": een_beeld(None)}).status_code == 303
    kade.refresh_from_db()
    assert kade.logo.storage.exists(kade.logo.name)
