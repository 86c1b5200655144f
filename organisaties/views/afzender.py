"""Where a form that anybody can send comes from: its network, the site it stood on, when it was opened, and what of
that is suspicious; that files along with it are left; and how much may be sent with any form."""

from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from organisaties.choices import Verdenking
from organisaties.drukte import GEWOON
from organisaties.forms.velden import LOKVELD, Openbaar
from organisaties.spam import Formulier, is_reclame, lees_formulier, open_formulier


def adres_van(request: HttpRequest) -> str:
    """The address of the visitor, by the proxies of ours that PROXY_HOPS tells of; "" when there is none (S9).

    A proxy of ours adds who asked it at the end of X-Forwarded-For. What stands before that came from the visitor,
    and means nothing.
    """
    direct = request.META.get("REMOTE_ADDR") or ""
    if not settings.PROXY_HOPS:
        return direct
    told = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    return told[-settings.PROXY_HOPS] if len(told) >= settings.PROXY_HOPS else direct


def is_van_elders(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on another site. An old browser says nothing, and is believed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "cross-site"
    origin = request.headers.get("Origin", "null")
    return origin not in ("null", settings.SITE_URL) and urlsplit(origin).netloc != request.get_host()


def verborgen(request: HttpRequest) -> dict[str, str]:
    """What goes along with the answers: the token of the form while it can be used, and the name of the decoy."""
    token = request.POST.get("formulier", "")
    return {"formulier": token if lees_formulier(token) else open_formulier(), "lokveld": LOKVELD}


def verdenkingen(request: HttpRequest, form: Openbaar, geopend: Formulier, keren: int) -> list[Verdenking]:
    """What is suspicious of a form with right answers; `keren` is how many its network sent in the past hour."""
    found = {
        Verdenking.LOKVELD: bool(form.lokveld),
        Verdenking.SNEL: geopend.is_snel,
        Verdenking.INHOUD: is_reclame(form.cleaned_data),
        Verdenking.ELDERS: is_van_elders(request),
        Verdenking.DRUK: keren > GEWOON,
    }
    return [suspicion for suspicion, is_so in found.items() if is_so]


class GeenBestanden(FileUploadHandler):
    """Reads over files that come along with a form, so that they are nowhere kept, not in memory either."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Is never asked: no file begins."""

    def file_complete(self, file_size: int) -> None:
        """Is never asked: no file begins."""


class NietTeGroot(FileUploadHandler):
    """Refuses a form that is far too large before it is read. What is only a little too large gets its form back."""

    MEEST = 20 * 1024 * 1024

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *args: Any) -> None:  # noqa: N803 - Django calls it so
        """Raises RequestDataTooBig."""
        if content_length > self.MEEST:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The next handler keeps it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has it."""
