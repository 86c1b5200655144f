"""Every page is valid HTML, and every drawing valid SVG, by the Nu HTML checker.

The style sheet is left out: this checker does not know `container-type` and other properties of today.
"""

import json
import os
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

JAR = Path(os.environ.get("VNU_JAR") or ROOT / ".vnu/node_modules/vnu-jar/build/dist/vnu.jar")
KANARIE = ROOT / "tests" / "kanaries" / "ongeldig.html"


@pytest.fixture(scope="module")
def java():
    """Java, when the checker is there as well. Else the tests are skipped, or fail when REQUIRE_VNU is set."""
    found = shutil.which("java")
    if found and JAR.exists():
        return found
    reason = f"the HTML checker needs java and {JAR}"
    if os.environ.get("REQUIRE_VNU"):
        pytest.fail(reason)
    return pytest.skip(reason)


@pytest.fixture(scope="module")
def problems(java, antwoorden, tmp_path_factory):
    """What the checker says of every page, drawing and canary, by the name of the file; warnings too."""
    place = tmp_path_factory.mktemp("html")
    for (name, taal), response in antwoorden.items():
        safe = "".join(c if c.isalnum() else "-" for c in name)
        (place / f"{safe}.{taal}.html").write_bytes(response.content)
    for file in (KANARIE, *(ROOT / "static" / "img").glob("*.svg")):
        shutil.copy(file, place)
    options = ["--also-check-css", "--also-check-svg", "--stdout", "--exit-zero-always", "--format", "json"]
    done = subprocess.run([java, "-Xss4m", "-jar", str(JAR), *options, str(place)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = defaultdict(list)
    for message in json.loads(done.stdout)["messages"]:
        found[Path(message.get("url", "")).name].append(f"{message.get('lastLine')}: {message['message']}")
    return found


def test_every_page_is_valid(problems):
    assert {name: said for name, said in problems.items() if name != KANARIE.name} == {}


def test_a_wrong_page_is_found(problems):
    found = " ".join(problems[KANARIE.name])
    for sign in ("Duplicate ID", "“div” not allowed as child of element “span”", "must have an “alt” attribute"):
        assert sign in found
