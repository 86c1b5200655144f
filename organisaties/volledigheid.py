"""What a first profile of an organisation needs, in words, and whether it is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisaties.choices import LocatieSoort
from organisaties.models import Organisatie


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """One thing of a profile: what it is, what it is for, and whether it is there."""

    naam: Promise
    uitleg: Promise
    is_er: bool


_ZIN = _("Eén korte zin over wat jullie doen. Die staat bovenaan en in lijsten.")
_VERHAAL = _("Een paar korte alinea’s over wie jullie zijn.")


def onderdelen(organisatie: Organisatie) -> list[Onderdeel]:
    """The parts of a first profile, what is missing first. A place counts with its street, or when it has none."""
    has_place = any(place.soort != LocatieSoort.ADRES or place.straat for place in organisatie.locaties.all())
    found = [
        Onderdeel(_("In één zin, in het Nederlands"), _ZIN, bool(organisatie.samenvatting_nl)),
        Onderdeel(_("In één zin, in het Engels"), _ZIN, bool(organisatie.samenvatting_en)),
        Onderdeel(_("Wie zijn jullie, in het Nederlands"), _VERHAAL, bool(organisatie.omschrijving_nl)),
        Onderdeel(_("Wie zijn jullie, in het Engels"), _VERHAAL, bool(organisatie.omschrijving_en)),
        Onderdeel(
            _("Contact"),
            _("Een mailadres of telefoonnummer dat iedereen mag zien."),
            bool(organisatie.email or organisatie.telefoon),
        ),
        Onderdeel(
            _("Een plek"),
            _("Het adres waar mensen komen. Mag niemand het adres zien? Schrijf dat erbij."),
            has_place,
        ),
        Onderdeel(_("Logo"), _("Zonder logo staan de letters van jullie naam er."), bool(organisatie.logo)),
        Onderdeel(
            _("De eerste activiteit"),
            _("Wat er te doen is, op welke dag en hoe laat."),
            organisatie.activiteiten.exists(),
        ),
    ]
    return sorted(found, key=lambda part: part.is_er)
