"""Logos and photos: what somebody sends becomes two WebP files that hold pixels and nothing else."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from organisaties.models.fotos import SMAL

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 16_000_000
MAX_PIXELS_HEAVY = 6_000_000
"""The limit for WebP and CMYK: their readers need 15 and 12 bytes per pixel, where the others need 4 to 6."""

MAX_SIDE = 10_000
MAX_FRAMES = 100
LARGE, SMALL = 320, 96
MAX_SMALL_BYTES = 8 * 1024
FOTO = 1200
"""The longest side of a photo."""

MAX_FOTO_BYTES, MAX_FOTO_SMALL_BYTES = 120 * 1024, 30 * 1024

# Pillow warns above its limit and only raises above twice that. Here the warning is an error too, for the
# whole process: `warnings.catch_warnings` is not safe in a server with threads.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    AttributeError,
    EOFError,
    ArithmeticError,
    MemoryError,
    NotImplementedError,
    struct.error,
    UserWarning,
)
"""What Pillow's readers raise on a file that is not what it says it is."""

_MEGABYTES = MAX_BYTES // (1024 * 1024)


class AfbeeldingFout(Exception):  # noqa: N818 - named as coordinators would
    """A picture that is not accepted. `sentence` says why and what to do; `code` is for programs."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Beeld:
    """A picture in two sizes, as WebP, with the measures of the large one."""

    groot: bytes
    klein: bytes
    breedte: int
    hoogte: int


def maak_logo(bestand: IO[bytes] | File[bytes]) -> Beeld:
    """Make a logo of a file that somebody sent. Raises AfbeeldingFout."""
    pixels = _pixels(bestand, LARGE * 2)
    large, small = _fit(pixels, LARGE), _fit(pixels, SMALL)
    return Beeld(_webp(large), _webp_within(small, MAX_SMALL_BYTES), *large.size)


def maak_foto(bestand: IO[bytes] | File[bytes]) -> Beeld:
    """Make a photo of a file that somebody sent; what was see-through is white. Raises AfbeeldingFout."""
    return _foto(*_light(_on_white(_pixels(bestand, FOTO)), MAX_FOTO_BYTES))


def foto_van(groot: bytes) -> Beeld:
    """The photo of which `maak_foto` made this large one before."""
    with Image.open(BytesIO(groot), formats=("WEBP",)) as image:
        return _foto(groot, image.convert("RGB"))


def _foto(groot: bytes, large: Image.Image) -> Beeld:
    width = min(SMAL, large.width)
    small = large.resize((width, max(1, round(large.height * width / large.width))), Image.Resampling.LANCZOS)
    return Beeld(groot, _light(small, MAX_FOTO_SMALL_BYTES)[0], *large.size)


@contextmanager
def new_files() -> Iterator[list[str]]:
    """Names of files that were just written, to be put in a list: they go again when what follows fails."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        remove_files(names)
        raise


def remove_files(names: Iterable[str]) -> None:
    """Remove stored files by name; a name that is empty or gone already is no problem."""
    for name in names:
        if name:
            default_storage.delete(name)


def _pixels(bestand: IO[bytes] | File[bytes], side: int) -> Image.Image:
    """The upright pixels of a file, within a square of `side`.

    The order is that of the danger: first the bytes are counted, then the kind is read from the content, then
    the measures from the header, and only then are pixels made. Raises AfbeeldingFout.
    """
    data = _read(bestand)
    with _refusals(), Image.open(BytesIO(data), formats=FORMATS) as image:
        _check_measures(image)
        image.seek(0)
        return _upright(_fit(_shrink(image, side), side))


def _read(bestand: IO[bytes] | File[bytes]) -> bytes:
    data = bestand.read(MAX_BYTES + 1)
    if not data:
        raise AfbeeldingFout(
            "leeg",
            _("Dit bestand is leeg. Kies een afbeelding (JPEG, PNG of WebP) van hooguit %(mb)s MB.")
            % {"mb": _MEGABYTES},
        )
    if len(data) > MAX_BYTES:
        raise AfbeeldingFout(
            "bytes",
            _("Dit bestand is groter dan %(mb)s MB. Maak de afbeelding kleiner en kies haar opnieuw.")
            % {"mb": _MEGABYTES},
        )
    if not _is_known(data):
        raise AfbeeldingFout(
            "soort",
            _(
                "Dit bestand is geen JPEG, PNG of WebP. Bewaar de afbeelding als PNG of JPEG van hooguit %(mb)s "
                "MB en kies dat bestand."
            )
            % {"mb": _MEGABYTES},
        )
    return data


def _is_known(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn whatever Pillow raises into one exception with a sentence."""
    try:
        yield
    except _TOO_MANY_PIXELS as error:
        raise _too_many_pixels(MAX_PIXELS) from error
    except _UNREADABLE as error:
        raise AfbeeldingFout(
            "onleesbaar",
            _(
                "Deze afbeelding is niet te lezen. Misschien is het bestand niet heel. Open het op je "
                "computer of telefoon, bewaar het opnieuw als PNG of JPEG van hooguit %(mb)s MB en kies "
                "dat bestand."
            )
            % {"mb": _MEGABYTES},
        ) from error


def _too_many_pixels(limit: int) -> AfbeeldingFout:
    return AfbeeldingFout(
        "pixels",
        _(
            "Deze afbeelding heeft te veel beeldpunten. Maak haar kleiner: hooguit %(miljoen)s miljoen "
            "beeldpunten, en geen kant langer dan %(kant)s."
        )
        % {"miljoen": limit // 1_000_000, "kant": MAX_SIDE},
    )


def _check_measures(image: Image.Image) -> None:
    """Refuse by what the header says, before any pixel is made."""
    limit = MAX_PIXELS_HEAVY if image.format == "WEBP" or image.mode == "CMYK" else MAX_PIXELS
    if max(image.size) > MAX_SIDE or image.width * image.height > limit:
        raise _too_many_pixels(limit)
    if getattr(image, "n_frames", 1) > MAX_FRAMES:
        raise AfbeeldingFout(
            "beelden",
            _("Dit is een film van meer dan %(aantal)s beelden. Kies een afbeelding die stilstaat, als PNG of JPEG.")
            % {"aantal": MAX_FRAMES},
        )


def _shrink(image: Image.Image, side: int) -> Image.Image:
    """New RGBA pixels of less than twice `side`, made strip by strip so that no full copy is ever held."""
    image.draft("RGB", (side, side))
    image.load()
    factor = max(1, max(image.size) // side)
    width, height = (-(-length // factor) for length in image.size)
    small = Image.new("RGBA", (width, height))
    rows = max(1, 256 // factor) * factor
    for top in range(0, image.height, rows):
        strip = _rgba(image.crop((0, top, image.width, min(top + rows, image.height))))
        small.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    small.info = {key: image.info[key] for key in ("exif", "xmp") if key in image.info}
    return small


def _rgba(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey: plain conversion would make almost everything white
        image = image.convert("I").point(_to_8_bits).convert("L")
        image.info.pop("transparency", None)
    return image.convert("RGBA")


def _to_8_bits(value: Any) -> Any:
    return value * (1 / 256)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera says. A note of the camera that cannot be read is left unread."""
    turned = image
    with suppress(*_UNREADABLE):
        turned = ImageOps.exif_transpose(image)
    mode = "RGBA" if turned.getextrema()[3][0] < 255 else "RGB"
    return Image.frombytes(mode, turned.size, turned.convert(mode).tobytes())


def _fit(image: Image.Image, side: int) -> Image.Image:
    """The picture within a square of `side`; a smaller one stays as it is."""
    scale = min(1.0, side / max(image.size))
    size = tuple(max(1, round(length * scale)) for length in image.size)
    return image.copy() if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _webp(image: Image.Image, quality: int = 86, method: int = 4) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, alpha_quality=quality, method=method)
    return out.getvalue()


def _webp_within(image: Image.Image, most: int) -> bytes:
    """The best quality of at most `most` bytes. Noise that is see-through in places ends on white."""
    for quality in (86, 70, 50, 25):
        if len(data := _webp(image, quality)) <= most:
            return data
    return _webp(_on_white(image), 10)


def _light(image: Image.Image, most: int) -> tuple[bytes, Image.Image]:
    """A photo of at most `most` bytes, and its pixels: of less quality, and when it is as busy as noise of less pixels.

    Pictures of this size take the processor long; a method with less searching takes half as long.
    """
    for quality in (75, 50, 25):
        if len(data := _webp(image, quality, method=2)) <= most:
            return data, image
    return _light(image.reduce(2), most)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat
