"""What tests share: the clock, a small varied world, and the answers of all pages in it."""

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from PIL import Image

from organisaties import actions
from organisaties.afbeeldingen import maak_foto, maak_logo
from organisaties.choices import (
    ActiviteitStatus,
    JaNee,
    Kosten,
    LocatieSoort,
    Meedoen,
    Papieren,
    Soort,
    Toegang,
)
from organisaties.drukte import beelden, drukte
from organisaties.models import Activiteit, Bron, Moment, Organisatie, Stadsdeel
from organisaties.templatetags import netwerk
from organisaties.zoeken import geheugen, index
from tests import factories
from tests.afdruk import Afdruk
from tests.lezen import Element, lees
from tests.paginas import ALLE, KENMERKEN, NUMMERS, TALEN, Pagina

NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""Tuesday 24 November 2026, ten o'clock in Amsterdam."""

MERK_AANVRAGER = "qvzaanvrager"
"""The name of who sends a request in the test world, the first part of the address, and a note about it."""

Antwoorden = dict[tuple[str, str], HttpResponse]
ROOT = Path(__file__).resolve().parent.parent

# --- the run as a whole


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a database a test says the same on every database: it runs in the first pass only."""
    for item in items:
        uses = {"db", "django_db_setup"} & set(item.fixturenames)
        if not uses and item.get_closest_marker("django_db") is None:
            item.add_marker("statisch")


def pytest_collection_finish() -> None:
    """What is there when the tests begin stays until they end: no use to look every time whether it can go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@contextmanager
def stille_klok(now: datetime = NU) -> Iterator[None]:
    with mock.patch("django.utils.timezone.now", return_value=now):
        yield


@pytest.fixture(autouse=True)
def nieuw_proces(settings: Any) -> None:
    """A process keeps the index and parts of pages in memory, in production too; every test begins as a new one."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a real one takes seconds
    cache.clear()
    netwerk.getekend.cache_clear()
    geheugen.vergeet()
    drukte.vergeet()
    beelden.vergeet()


@pytest.fixture
def klok() -> Iterator[datetime]:
    """The clock stands still at NU."""
    with stille_klok():
        yield NU


# --- the world: a few rows in every state; the slugs are those of paginas.py


@pytest.fixture
def wereld(db, klok, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    maak_wereld()


_afdrukken: list[Afdruk] = []
"""The world that this process made, when it has made one."""


def maak_wereld() -> None:
    """Needs the clock at NU. Making it takes most of a second: a process does that once, and then writes it again.

    Where a test has made rows of its own before, it is made beside them.
    """
    geheugen.vergeet()
    if Organisatie.objects.exists():
        _maak_wereld()
    elif _afdrukken:
        _afdrukken[0].schrijf()
    else:
        _afdrukken.append(Afdruk.neem(_maak_wereld))


@index.together()
def _maak_wereld() -> None:
    west = Stadsdeel.objects.get(slug="west")
    sluis = factories.organisatie(
        slug="de-sluis",
        naam="Stichting De Sluis",
        themas=[factories.thema("taal"), factories.thema("ontmoeten")],
        doelgroepen=[factories.doelgroep("vrouwen")],
        talen=[factories.taal("ar"), factories.taal("uk"), factories.taal("ti"), factories.taal("nl")],
        telefoon="020 012 3456",
        opgericht_in=1987,
        zoekt_vrijwilligers=JaNee.JA,
        vrijwilligers_nl="Wij zoeken een kok.",
        vrijwilligers_en="We are looking for a cook.",
        bevestigd_op=date(2026, 10, 1),
    )
    plek = factories.locatie(
        organisatie=sluis, naam="Buurtzaal De Sluis", stadsdeel=west, uitleg_nl="Bel aan.", uitleg_en="Ring."
    )
    _gewoon(sluis, plek)
    _statussen(sluis, plek)
    _plekken(sluis)
    _organisaties()
    _grote_club()
    _volle_dag(sluis, plek)
    _aanvragen()


def _gewoon(sluis: Organisatie, plek) -> None:
    taalcafe = factories.activiteit(
        pk=NUMMERS["taalcafe"],
        slug="taalcafe",
        naam_nl="Taalcafé De Sluis",
        naam_en="Language café De Sluis",
        organisatie=sluis,
        locatie=plek,
        thema=factories.thema("taal"),
        andere_themas=[factories.thema("ontmoeten")],
        talen=[factories.taal("ar"), factories.taal("ti")],
        doelgroepen=[factories.doelgroep("vrouwen"), factories.doelgroep("ouderen")],
        leeftijd_van=18,
        ontvangst_nl="Sara of Yonas",
        ontvangst_en="Sara or Yonas",
        omschrijving_nl="We drinken koffie.\n\n- Praten\n- Lezen\n\n**Kom** kijken.",
        omschrijving_en="We have coffee.\n\n- Talking\n- Reading\n\n**Come** and see.",
        stappen_nl="Kom binnen.\nVraag naar Sara.",
        stappen_en="Come in.\nAsk for Sara.",
        toegang=Toegang.JA,
        zoekt_vrijwilligers=JaNee.JA,
    )
    Bron.objects.create(organisatie=sluis, activiteit=taalcafe, url="https://sluis.example/", datum="2026")
    Bron.objects.create(organisatie=sluis, url="https://www.sluis.example/over")
    elke_dinsdag = factories.moment(activiteit=taalcafe)
    factories.moment(activiteit=taalcafe, regel="FREQ=MONTHLY;BYDAY=1FR", begin=None, eind=None, dagdeel="avond")
    factories.moment(activiteit=taalcafe, regel="FREQ=WEEKLY;BYDAY=FR", begin=time(19, 30), eind=time(22))
    factories.uitzondering(moment=elke_dinsdag, datum_on=date(2026, 12, 1))
    factories.uitzondering(
        moment=elke_dinsdag,
        soort="verplaatst",
        datum_on=date(2026, 12, 8),
        nieuw_on=date(2026, 12, 9),
        nieuw_begin=time(14),
    )


def _statussen(sluis: Organisatie, plek) -> None:
    taal = factories.thema("taal")
    common = {"organisatie": sluis, "locatie": plek, "thema": taal}
    vol = factories.activiteit(
        pk=NUMMERS["vol"],
        slug="vol",
        naam_nl="Volle les",
        naam_en="Full class",
        status=ActiviteitStatus.VOL,
        wachtlijst=JaNee.JA,
        kosten=Kosten.BEDRAG,
        bedrag="1234.50",
        meedoen=Meedoen.AANMELDEN,
        papieren=Papieren.IDENTITEIT,
        **common,
    )
    factories.moment(activiteit=vol, regel="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
    pauze = {"status": ActiviteitStatus.GEPAUZEERD, "pauze_tot": date(2026, 12, 3)}
    paused = factories.activiteit(
        slug="gepauzeerd", naam_nl="Rustige les", naam_en="Quiet class", meedoen=Meedoen.INTAKE, **pauze, **common
    )
    factories.moment(activiteit=paused, regel="FREQ=WEEKLY;BYDAY=MO,WE")
    stopped = {"pk": NUMMERS["gestopt"], "status": ActiviteitStatus.GESTOPT}
    factories.activiteit(slug="gestopt", naam_nl="Oude les", naam_en="Old class", **stopped, **common)
    factories.activiteit(
        slug="alles-onbekend", naam_nl="Iets nieuws", naam_en="Something new", **factories.ONBEKEND, organisatie=sluis
    )
    dutch = factories.activiteit(
        slug="alleen-nederlands", meedoen=Meedoen.VERWIJZING, wachtlijst=JaNee.JA, **factories.ALLEEN_NL, **common
    )
    evening = factories.moment(activiteit=dutch, regel="", start_on=date(2026, 11, 26), begin=time(22), eind=time(1))
    factories.uitzondering(moment=evening, datum_on=date(2026, 11, 26), reden_nl=factories.REDEN, reden_en="")


def _plekken(sluis: Organisatie) -> None:
    west = Stadsdeel.objects.get(slug="west")
    hidden = factories.locatie(organisatie=sluis, soort=LocatieSoort.VERBORGEN, naam="Geheim", stadsdeel=west)
    recht = factories.thema("recht")
    names = {"naam_nl": "Praten met een jurist", "naam_en": "Talking with a lawyer"}
    verborgen = factories.activiteit(slug="verborgen-plek", organisatie=sluis, locatie=hidden, thema=recht, **names)
    factories.moment(activiteit=verborgen, regel="FREQ=DAILY", begin=time(9), eind=None)
    online = factories.locatie_online(organisatie=sluis)
    names = {"naam_nl": "Werk zoeken op internet", "naam_en": "Looking for work online"}
    factories.activiteit(slug="online", organisatie=sluis, locatie=online, thema=factories.thema("werk"), **names)


def _organisaties() -> None:
    logo = factories.organisatie(slug="met-logo", naam="Atelier Oost", themas=[factories.thema("cultuur")])
    picture = io.BytesIO()
    Image.new("RGB", (300, 120), "#a32546").save(picture, "PNG")
    actions.store_logo(logo, logo=maak_logo(ContentFile(picture.getvalue(), "logo.png")))
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), "#a32546").save(picture, "PNG")
    foto, alt = maak_foto(ContentFile(picture.getvalue())), {"nl": "Een rode deur.", "en": ""}
    for entry in (logo, Activiteit.objects.get(slug="taalcafe")):
        actions.store_foto(entry, alt=alt, beeld=foto)
    empty = dict.fromkeys(("samenvatting_nl", "samenvatting_en", "omschrijving_nl", "omschrijving_en"), "")
    factories.organisatie(slug="kaal", naam="Buurvrouwen", website="", email="", **empty)
    dutch = {"samenvatting_en": "", "omschrijving_en": ""}
    factories.organisatie(slug="alleen-nederlands", naam="Wijkhuis Noord", **dutch)
    clubs = Organisatie.objects.bulk_create(
        Organisatie(slug=f"club-{n}", naam=f"Club {n}", status="gepubliceerd", samenvatting_nl="Een club.")
        for n in range(1, 21)
    )
    index.changed(Soort.ORGANISATIE, [club.pk for club in clubs])


def _grote_club() -> None:
    club = factories.organisatie(slug="grote-club", naam="Grote Club", themas=[factories.thema("ontmoeten")])
    ontmoeten = factories.thema("ontmoeten")
    meals = Activiteit.objects.bulk_create(
        Activiteit(
            organisatie=club,
            thema=ontmoeten,
            slug=f"eten-{n}",
            naam_nl=f"Samen eten {n}",
            naam_en=f"Eating together {n}",
            status="gepubliceerd",
        )
        for n in range(1, 23)
    )
    index.changed(Soort.ACTIVITEIT, [meal.pk for meal in meals])


def _volle_dag(sluis: Organisatie, plek) -> None:
    """Sixty-five times on 1 December, more than one page of a day holds."""
    names = {"naam_nl": "Open dag", "naam_en": "Open day"}
    drukte = factories.activiteit(
        slug="open-dag", organisatie=sluis, locatie=plek, thema=factories.thema("cultuur"), **names
    )
    moments = [
        Moment(activiteit=drukte, start_on=date(2026, 12, 1), begin=time(8 + n // 6, n % 6 * 10)) for n in range(65)
    ]
    for moment in moments:
        moment.derive()
    Moment.objects.bulk_create(moments)


def _aanvragen() -> None:
    """Requests of one organisation; what was typed has no letter that a sentence of the site could have."""
    common = {
        "organisatie_naam": "جيران على المائدة",
        "naam": MERK_AANVRAGER,
        "email": f"{MERK_AANVRAGER}@tafel.example",
    }
    entries = {
        status: factories.aanvraag(kenmerk=kenmerk, status=status, **common)
        for status, kenmerk in KENMERKEN.items()
        if status != "verdacht"
    }
    factories.aanvraag(kenmerk=KENMERKEN["verdacht"], status="onbevestigd", is_verdacht=True, **common)
    for soort, tekst in (("vraag", "أين تأكلون؟"), ("antwoord", "في الغرب."), ("notitie", MERK_AANVRAGER)):
        entries["wacht"].gebeurtenissen.create(soort=soort, tekst=tekst)


# --- the database of the tests


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Rows get numbers from a thousand on: a page that writes one for people, "1.234", then sends one nobody finds."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            if not connection.introspection.get_sequences(cursor, table):
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 1233)", [table])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1233)", [table])


# --- a database for who needs more than the one transaction of a test


@pytest.fixture
def eigen_database(django_db_setup, django_db_blocker, tmp_path) -> Iterator[None]:
    """A copy of the test database in which threads really commit; it is thrown away, so nothing has to be undone.

    The test has no mark django_db: that would begin a transaction, of which the threads would see nothing.
    """
    with django_db_blocker.unblock():
        shared, before = connections["default"], connections.settings["default"]
        shared.ensure_connection()
        assert "memory" in str(before["NAME"]) or "test" in str(before["NAME"])
        if shared.vendor == "sqlite":
            name = str(tmp_path / "kopie.sqlite3")
            Path(name).write_bytes(shared.connection.serialize())
        else:
            shared.close()
            shared.creation.clone_test_db("kopie", verbosity=0)
            name = shared.creation.get_test_db_clone_settings("kopie")["NAME"]
        connections.settings["default"] = {**before, "NAME": name}
        connections["default"] = connections.create_connection("default")
        yield
        connections["default"].close()
        connections.settings["default"], connections["default"] = before, shared
        if shared.vendor != "sqlite":
            shared.creation.destroy_test_db(suffix="kopie", verbosity=0)


# --- the answers of all pages, asked for once


@contextmanager
def tijdelijk(django_db_blocker) -> Iterator[None]:
    """A database that is as it was before when this ends, for fixtures that last a session.

    A test that uses such a fixture needs the mark django_db: without it there is no test database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        name = str(connection.settings_dict["NAME"])
        assert "memory" in name or "test" in name, "mark these tests with django_db"
        yield
        transaction.set_rollback(True)


def open_pagina(pagina: Pagina, taal: str) -> HttpResponse:
    """The answer of a page, after sending what leads to it."""
    return vraag(pagina.adres(taal), post=pagina.post)


def vraag(url: str, *, post: dict[str, Any] | None = None, **extra: Any) -> HttpResponse:
    """The answer at an address; of an error the page that a visitor gets. Files are read whole and closed."""
    client = Client(raise_request_exception=False)
    response = client.get(url, **extra) if post is None else client.post(url, post, **extra)
    if response.streaming:
        content = b"".join(response.streaming_content)
        response.close()
        response.streaming_content = [content]
    return response


@pytest.fixture(scope="session")
def antwoorden(django_db_setup, django_db_blocker, tmp_path_factory) -> Antwoorden:
    """The answer of every page in every language, by (name of the page, language)."""
    settings = override_settings(ROOT_URLCONF="tests.paginas", MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with tijdelijk(django_db_blocker), settings, stille_klok():
        maak_wereld()
        return {(str(pagina), taal): open_pagina(pagina, taal) for pagina in ALLE for taal in TALEN}


@pytest.fixture(scope="session")
def documenten(antwoorden) -> dict[tuple[str, str], Element]:
    """The same, read as trees."""
    return {key: lees(response.content) for key, response in antwoorden.items()}
