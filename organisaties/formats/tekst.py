"""Text that people typed, in formats that have no markup to keep it apart from the text around it."""

from unicodedata import bidirectional

from django.utils.translation import get_language_bidi

from organisaties.validators import without_controls

FSI, PDI = "\u2068", "\u2069"
"""First strong isolate, pop directional isolate: between them a text runs its own way (Unicode UAX #9)."""

_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def losstaand(text: str) -> str:
    """A text without invisible controls, and isolated where it could turn the text around it."""
    clean = without_controls(text)
    turns = get_language_bidi() or (
        not clean.isascii() and any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in clean)
    )
    return f"{FSI}{clean}{PDI}" if clean and turns else clean
