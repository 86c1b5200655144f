"""The first command that anybody types: what it refuses, what it says, and what it leaves alone."""

import socket
import subprocess
import sys

import pytest

import run
from tests.conftest import ROOT

pytestmark = pytest.mark.statisch


def _run(*args: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "run.py", *args], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "run.py: the following arguments are required: demo | test | bench | manage\n"),
        (("start",), "run.py: argument demo | test | bench | manage: invalid choice: 'start'"),
        (("demo", "--port", "0"), "run.py demo: argument --port: a port is a number from 1 to 65535, not '0'\n"),
        (("demo", "--port", "web"), "run.py demo: argument --port: a port is a number from 1 to 65535, not 'web'\n"),
        (("demo", "--snel"), "run.py: unrecognized arguments: --snel\n"),
    ],
)
def test_wrong_words_get_one_line(args, said):
    done = _run(*args)
    assert (done.returncode, done.stderr.startswith(said), done.stderr.count("\n")) == (2, True, 1)


def test_a_port_that_is_taken_gets_one_line_with_another():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = _run("demo", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"127.0.0.1:{port} cannot be used (Address already in use). "
        f"Choose another port: python3 run.py demo --port {port % 65535 + 1}\n"
    )


def test_settings_of_a_real_site_never_reach_the_demonstration(monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "SECRET_KEY_FILE", "MEDIA_S3_BUCKET", "EMAIL_HOST", "SITE_URL"):
        monkeypatch.setenv(name, "real")
    monkeypatch.setenv("HOME", "/home/sara")
    assert [name for name, value in run.untouched().items() if value == "real"] == []
    assert run.untouched()["HOME"] == "/home/sara"


def test_demonstration_names_its_own_database_and_hosts(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "DEMO", tmp_path)
    settings = run.demo_settings("::1", 8123)
    assert settings["DATABASE_URL"] == f"sqlite:///{tmp_path}/db.sqlite3"
    assert (settings["SITE_URL"], settings["DEBUG"]) == ("http://[::1]:8123", "0")
    assert settings["SECRET_KEY"] == run.demo_settings("::1", 8123)["SECRET_KEY"]


@pytest.mark.parametrize(("outcome", "code"), [("ok", 0), ("skipped", 0), ("FAILED", 1)])
def test_one_failed_stage_fails_the_whole(capsys, outcome, code):
    assert run.report([("ruff", "ok", 1.0), ("pytest", outcome, 2.0)]) == code
    assert capsys.readouterr().out.splitlines()[-1] == ("FAILED: pytest" if code else "OK")
