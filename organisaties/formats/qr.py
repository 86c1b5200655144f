"""QR codes: an address that a phone reads from a screen or from paper.

Error level M and a quiet zone of four modules, as ISO/IEC 18004 asks; always black on white, also by night.
"""

from functools import lru_cache
from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Empty modules on every side."""

Matrix = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=100)
def matrix(text: str) -> Matrix:
    """The code of a text: rows of modules, 1 is dark, with the quiet zone. Raises ValueError for a text too long."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(row) for row in code.matrix_iter(border=QUIET))


def runs(code: Matrix) -> list[tuple[int, int, int]]:
    """The dark modules as lines: column, row and length."""
    found = []
    for y, row in enumerate(code):
        x = 0
        for is_dark, modules in groupby(row):
            length = len(list(modules))
            if is_dark:
                found.append((x, y, length))
            x += length
    return found


def svg(text: str, naam: str) -> SafeString:
    """The code as a drawing with a name, for in a page. It takes the size that the style sheet gives it."""
    code = matrix(text)
    path = "".join(f"M{x} {y}.5h{length}" for x, y, length in runs(code))
    drawing = (
        '<svg class="qr__code" viewBox="0 0 {size} {size}" role="img" aria-label="{naam}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{path}"/></svg>'
    )
    return format_html(drawing, size=len(code), naam=naam, path=path)
