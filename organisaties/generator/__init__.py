"""Makes invented organisations with all that they offer, to see how the site holds up when it is full.

The same seed, the same day and the same lists of terms give the same rows, on every database.
"""

from organisaties.generator.making import Bundle, Generator, ListsEmptyError, Terms
from organisaties.generator.storing import generated, remove, store

__all__ = ("Bundle", "Generator", "ListsEmptyError", "Terms", "generated", "remove", "store")
