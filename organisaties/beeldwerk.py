"""Makes pixels of a picture that somebody sent: two WebP files of nothing else. A program, and a module of the site.

What reads pictures is what a made-up file can break. So the site runs this as a program (`afbeeldingen`), without its
settings, secrets and database, and stopped by the system when it takes too much. Hence it imports Pillow and no more.
"""

from __future__ import annotations

import json
import struct
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 16_000_000
MAX_PIXELS_HEAVY = 6_000_000
"""The limit for WebP and CMYK: their readers need 15 and 12 bytes per pixel, where the others need 4 to 6."""

MAX_SIDE = 10_000
MAX_FRAMES = 100
LARGE, SMALL = 320, 96
MAX_SMALL_BYTES = 8 * 1024
FOTO, SMAL = 1200, 480
"""The longest side of a photo, and the width of its small one."""

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
    NotImplementedError,
    struct.error,
    UserWarning,
)
"""What Pillow's readers raise on a file that is not what it says it is."""


class Geweigerd(Exception):  # noqa: N818 - named as coordinators would
    """A picture that is refused: `code` says why, and `meest` what would have been the most."""

    def __init__(self, code: str, meest: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.meest = meest


@dataclass(frozen=True, slots=True)
class Beeld:
    """A picture in two sizes, as WebP, with the measures of the large one."""

    groot: bytes
    klein: bytes
    breedte: int
    hoogte: int


def logo(data: bytes) -> Beeld:
    """Make a logo. Raises Geweigerd."""
    pixels = _pixels(data, LARGE * 2)
    large, small = _fit(pixels, LARGE), _fit(pixels, SMALL)
    return Beeld(_webp(large), _webp_within(small, MAX_SMALL_BYTES), *large.size)


def foto(data: bytes) -> Beeld:
    """Make a photo; what was see-through is white. Raises Geweigerd."""
    return _foto(*_light(_on_white(_pixels(data, FOTO)), MAX_FOTO_BYTES))


def foto_van(groot: bytes) -> Beeld:
    """The photo of which `foto` made this large one before."""
    with Image.open(BytesIO(groot), formats=("WEBP",)) as image:
        return _foto(groot, image.convert("RGB"))


def _foto(groot: bytes, large: Image.Image) -> Beeld:
    width = min(SMAL, large.width)
    small = large.resize((width, max(1, round(large.height * width / large.width))), Image.Resampling.LANCZOS)
    return Beeld(groot, _light(small, MAX_FOTO_SMALL_BYTES)[0], *large.size)


def _pixels(data: bytes, side: int) -> Image.Image:
    """The upright pixels of a file, within a square of `side`.

    The kind is read from the content, then the measures from the header, and only then are pixels made.
    """
    with _refusals(), Image.open(BytesIO(data), formats=FORMATS) as image:
        _check_measures(image)
        image.seek(0)
        return _upright(_fit(_shrink(image, side), side))


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn whatever Pillow raises into one exception."""
    try:
        yield
    except _TOO_MANY_PIXELS as error:
        raise Geweigerd("pixels", MAX_PIXELS) from error
    except _UNREADABLE as error:
        raise Geweigerd("onleesbaar") from error


def _check_measures(image: Image.Image) -> None:
    """Refuse by what the header says, before any pixel is made."""
    limit = MAX_PIXELS_HEAVY if image.format == "WEBP" or image.mode == "CMYK" else MAX_PIXELS
    if max(image.size) > MAX_SIDE or image.width * image.height > limit:
        raise Geweigerd("pixels", limit)
    if getattr(image, "n_frames", 1) > MAX_FRAMES:
        raise Geweigerd("beelden", MAX_FRAMES)


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


# --- the program


def main(werk: str, geheugen: str, seconden: str) -> None:
    """Read a file, and write what became of it: a line of JSON, and after that both files.

    `werk` is what to make of it, within so many bytes of memory and seconds of the processor.
    """
    limit(int(geheugen), int(seconden))
    out = sys.stdout.buffer
    try:
        beeld = {"logo": logo, "foto": foto, "foto_van": foto_van}[werk](sys.stdin.buffer.read())
    except Geweigerd as error:
        out.write(json.dumps({"fout": error.code, "meest": error.meest}).encode())
        return
    measures = {"breedte": beeld.breedte, "hoogte": beeld.hoogte, "groot": len(beeld.groot)}
    out.write(json.dumps(measures).encode() + b"\n" + beeld.groot + beeld.klein)


def limit(geheugen: int, seconden: int) -> None:
    """What the system stops this program at; it may not write a file either."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such limits
        return
    limits = {"AS": geheugen, "CPU": seconden, "FSIZE": 0, "CORE": 0}
    for name, most in limits.items():
        with suppress(ValueError, OSError):  # not every system has every limit, or lets it be set
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
