"""What may be stored: checks that hold for any text, whoever typed it."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Bidirectional controls can turn a phone number or a web address around on the screen, and zero-width
# characters make two texts look alike (W3C "Unicode controls vs. markup for bidi"). U+200C and U+200D stay:
# Persian and several other scripts need them.
_CONTROL = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2199, 12, 31)


def validate_no_controls(value: str) -> None:
    """Refuse a text with invisible characters that change how it reads."""
    if _CONTROL.search(value):
        raise ValidationError(
            _("In deze tekst staan onzichtbare tekens. Typ de tekst opnieuw, zonder te plakken."),
            code="controls",
        )


def without_controls(value: str) -> str:
    """A text without those characters, for what was never checked: a question, or a row of before."""
    return _CONTROL.sub("", value)


def validate_one_line(value: str) -> None:
    """Refuse a line break where one line is asked: it could end up in the header of a mail."""
    if "\n" in value or "\r" in value:
        raise ValidationError(_("Schrijf dit op één regel."), code="line")


def validate_date_in_range(value: date) -> None:
    """Refuse a year that can only be a slip of the keyboard: before 2000 or after 2199."""
    if not FIRST_DATE <= value <= LAST_DATE:
        raise ValidationError(_("Kies een datum tussen 2000 en 2199."), code="range")


validate_postcode = RegexValidator(
    r"^[1-9][0-9]{3} [A-Z]{2}$",
    _("Schrijf de postcode als vier cijfers en twee letters. Bijvoorbeeld: 1018 DP"),
)
validate_phone = RegexValidator(
    r"^\+?[0-9][0-9 ()\-]{5,24}$", _("Schrijf een telefoonnummer met cijfers. Bijvoorbeeld: 020 555 01 23")
)
