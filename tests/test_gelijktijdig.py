"""Twenty people, or one impatient one, at the same moment."""

import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections

from organisaties.models import Aanvraag, Bericht
from organisaties.spam import open_formulier
from tests.aanvragen import verstuur


@pytest.fixture
def draden(django_db_setup, django_db_blocker, tmp_path, monkeypatch) -> Iterator[Callable]:
    """Runs something in twenty threads at once, each with a connection of its own, and gives what they gave.

    SQLite in memory cannot do that, so it works on a copy in a file. What was stored is removed afterwards. The test
    has no mark django_db: that would begin a transaction, and others would see nothing of it.
    """
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
        assert "memory" in name or "test" in name, "run the whole file: the other test asks for the test database"
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(tmp_path / "kopie.sqlite3") as copy:
                connection.connection.backup(copy)
            copy.close()
            monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "kopie.sqlite3"))

        def run(deed: Callable, times: int = 20) -> list:
            gate, found = threading.Barrier(times), []

            def one() -> None:
                gate.wait()
                try:
                    found.append(deed())
                finally:
                    connections.close_all()

            threads = [threading.Thread(target=one) for _ in range(times)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return found

        yield run
        run(Aanvraag.objects.all().delete, 1)


def test_twenty_posts_at_once_are_one_request_with_one_mail(draden, klok):
    answers = draden(lambda: verstuur().headers.get("Location"))
    stored = draden(lambda: (list(Aanvraag.objects.values_list("kenmerk", flat=True)), Bericht.objects.count()), 1)
    assert (len(answers), len(set(answers))) == (20, 1)
    assert stored == [([answers[0].split("/")[-2]], 1)]


@pytest.mark.django_db
def test_two_forms_are_two_requests(klok):
    verstuur()
    verstuur(formulier=open_formulier())
    assert Aanvraag.objects.count() == 2
