"""How the house is built: floors, migrations, sizes, styles, locks. Each gate has a fault that it must find."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import ROOT

STATISCH = pytest.mark.statisch
PYTHON = [
    p for d in ("netwerk", "organisaties", "tests") for p in (ROOT / d).rglob("*.py") if "migrations" not in p.parts
]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
STYLES = list((ROOT / "static" / "css").glob("*.css"))
LOCKS = list((ROOT / "requirements").glob("*.txt"))


# --- floors


def _lint_imports(place: Path) -> subprocess.CompletedProcess:
    lint = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([lint, "--no-logo", "--no-cache"], cwd=place, capture_output=True, text=True)


@STATISCH
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("organisaties/choices.py", "from organisaties import models", "from the floors below BROKEN"),
        ("organisaties/agenda.py", "from organisaties import teksten", "from the floors below BROKEN"),
        ("organisaties/models/paginas.py", "from netwerk import settings", "does not know the project BROKEN"),
    ],
)
def test_an_import_from_the_wrong_floor_is_found(tmp_path, module, line, contract):
    for name in ("netwerk", "organisaties"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / module
    file.write_text(f"{file.read_text()}\n{line}\n")
    done = _lint_imports(tmp_path)
    assert (done.returncode, contract in done.stdout) == (1, True), done.stdout


# --- migrations


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_missing_migration_is_found(monkeypatch):
    field = apps.get_model("organisaties", "Pagina")._meta.get_field("titel_nl")
    monkeypatch.setattr(field, "max_length", 121)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_has_a_way_back():
    executor = MigrationExecutor(connection)
    nodes = [key for key in executor.loader.graph.nodes if key[0] == "organisaties"]
    operations = [(key, o) for key in nodes for o in executor.loader.graph.nodes[key].operations]
    assert [(key, repr(o)) for key, o in operations if not o.reversible] == []


@STATISCH
def test_every_table_has_words_for_coordinators():
    unnamed = [m for m in apps.get_app_config("organisaties").get_models() if not _has_words(m)]
    assert unnamed == []


def _has_words(model: type[models.Model]) -> bool:
    if hasattr(model, "m2m_history_id"):
        return True  # what a former version had chosen: the library makes these tables, and no screen shows them
    return str(model._meta.verbose_name) != model._meta.object_name


# --- sizes


def _long(paths: list[Path], limit: int) -> dict[str, int]:
    sizes = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {name: lines for name, lines in sizes.items() if lines > limit}


@STATISCH
def test_no_file_is_long(tmp_path):
    assert _long(PYTHON, 400) | _long(TEMPLATES, 150) | _long([ROOT / "netwerk" / "settings.py"], 250) == {}
    (tmp_path / "long.py").write_text("\n" * 401)
    assert _long([tmp_path / "long.py"], 400) == {str(tmp_path / "long.py"): 401}


# --- templates and style sheets

INLINE = re.compile(
    r"""<style|\sstyle=|\son\w+=["']|<script(?![^>]*\ssrc=)|javascript:|\|safe\b|autoescape off|mark_safe"""
)
IN_WORDS = re.compile(r"\{\{[^}]*\.(?:pk|history_id)\b(?![^}]*unlocalize)[^}]*\}\}")
"""The number of a row as words: from a thousand on it has a point in it, and nothing finds the row back."""
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|(left|right|top|bottom|width|height"
    r"|(min|max)-(width|height))\s*:|text-align\s*:\s*(left|right)|float\s*:)"
)


@STATISCH
def test_templates_hold_nothing_inline():
    assert {str(p): found for p in TEMPLATES if (found := INLINE.findall(p.read_text(encoding="utf-8")))} == {}


@STATISCH
@pytest.mark.parametrize("line", ["<p style='x'>", "<b onclick='x()'>", "<script>x()</script>", "{{ naam|safe }}"])
def test_something_inline_is_found(line):
    assert INLINE.search(line)


@STATISCH
def test_templates_write_no_number_of_a_row_in_words():
    assert {str(p): found for p in TEMPLATES if (found := IN_WORDS.findall(p.read_text(encoding="utf-8")))} == {}
    assert IN_WORDS.search('<a href="?weg={{ moment.pk }}">')
    assert not IN_WORDS.search('<a href="?weg={{ moment.pk|unlocalize }}">')


def _physical(css: str) -> Iterator[str]:
    for line in css.splitlines():
        rules = re.sub(r"@(media|container|supports|page)[^{]*", "", line)
        yield from (match[0] for match in PHYSICAL.finditer(rules))


@STATISCH
def test_style_sheets_know_no_left_and_right():
    assert {p.name: found for p in STYLES if (found := list(_physical(p.read_text(encoding="utf-8"))))} == {}


@STATISCH
@pytest.mark.parametrize(
    "line", ["a { left: 0 }", "b { margin-left: 1px }", "i { text-align: right; }", "u { width: 3px }"]
)
def test_left_or_right_is_found(line):
    assert list(_physical(line))


def _missing_icons(source: str) -> set[str]:
    sprite = (ROOT / "static" / "img" / "iconen.svg").read_text(encoding="utf-8")
    return set(re.findall(r'icoon "([\w-]+)"', source)) - set(re.findall(r'id="([\w-]+)"', sprite))


@STATISCH
def test_every_icon_is_in_the_sprite():
    assert _missing_icons("".join(path.read_text(encoding="utf-8") for path in TEMPLATES)) == set()
    assert _missing_icons('{% icoon "draak" %}') == {"draak"}


# --- what is installed

PIN = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:", re.DOTALL)


@STATISCH
def test_locks_hold_hashes_and_no_address():
    for path in LOCKS:
        text = path.read_text(encoding="utf-8")
        entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
        loose = [
            e.split()[0] for e in entries if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:", e, re.DOTALL)
        ]
        assert (path.name, "://" in text, len(entries) > 0, loose) == (path.name, False, True, [])


@STATISCH
def test_every_dependency_has_a_line_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    names = [
        re.split(r"[\[<>=~; ]", line)[0].lower()
        for name in ("base", "s3")
        for line in (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    assert [name for name in names if name not in readme] == []
