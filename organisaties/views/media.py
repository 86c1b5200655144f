"""Stored logos and photos, from this site's own address whatever the storage is."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_KNOWN = re.compile(r"(logos|fotos)/[0-9a-f]{32}\.webp")
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """One stored logo or photo. Its name is random and never reused, so it may be kept for ever."""
    if not _KNOWN.fullmatch(path):
        raise Http404
    try:
        with default_storage.open(path) as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(data, content_type="image/webp", headers=_HEADERS)
