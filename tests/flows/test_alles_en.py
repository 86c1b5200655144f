"""Every page in English, in every look. This takes longest, so it comes first, beside test_alles_nl.py."""

import pytest

from tests.flows.test_toegankelijk import PARTS, rondgang

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("first", range(PARTS))
def test_pages_have_no_faults(openen, site, first):
    assert rondgang(openen(), site, "en", first) == []
