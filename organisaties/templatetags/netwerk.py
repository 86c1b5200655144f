"""Small words that the templates use: an icon, a text in its own language, a rule in words."""

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from django import template
from django.db import models
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisaties import kaartbeeld, papier, teksten
from organisaties.agenda import Keer
from organisaties.fields import Vertaling
from organisaties.formats.qr import svg
from organisaties.models import Plek

register = template.Library()

_SEAM = re.compile(r"(?<=\w{8})(?=(werk|groep|plek|huis)\b)")


@register.simple_tag
def icoon(name: str, variant: str = "") -> SafeString:
    """An icon of the sprite. It stands beside a word, so it says nothing itself. Variants: "klein", "om" (mirrors)."""
    return getekend(name, variant)


@lru_cache(maxsize=500)
def getekend(name: str, variant: str) -> SafeString:
    """The icon as HTML; a page has dozens, and finding the address of the sprite is most of the work."""
    classes = " ".join(["icoon", *(f"icoon--{v}" for v in variant.split())])
    return format_html(
        '<svg class="{}" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("img/iconen.svg"),
        name,
    )


@register.simple_tag
def qr(url: str, naam: str) -> SafeString:
    """The QR code of an address, with a name for who cannot see it."""
    return svg(url, naam)


@register.inclusion_tag("kaart/_plattegrond.html")
def plattegrond(plekken: Plek | list[Plek]) -> dict[str, Any]:
    """A small map of public places: a pin where the point is known, else the district; nothing when neither is."""
    plekken = [plekken] if isinstance(plekken, Plek) else plekken
    at = [kaartbeeld.plaats(plek.punt) for plek in plekken if plek.punt]
    spelden = [plaats for plaats in dict.fromkeys(at) if kaartbeeld.STAD.toont(plaats)]
    ergens = dict.fromkeys(plek.stadsdeel for plek in plekken if plek.stadsdeel and not plek.punt)
    codes = {stadsdeel.code for stadsdeel in ergens}
    kader = kaartbeeld.uitsnede(spelden, codes)
    return {
        "spelden": spelden,
        "vlakken": [
            (vlak, vlak.code in codes, kader.toont_naam(vlak))
            for vlak in kaartbeeld.vlakken().values()
            if kader.raakt(vlak)
        ],
        "kader": kader,
        "stadsdelen": list(dict.fromkeys(plek.stadsdeel for plek in plekken if plek.stadsdeel)),
        "ergens": list(ergens),
        "zonder_adres": any(plek.stadsdeel and not plek.punt and not plek.straat for plek in plekken),
    }


@register.filter
def talig(text: str) -> SafeString:
    """A name or a line that people typed: isolated from the text around it, and marked when in another language."""
    if isinstance(text, Vertaling) and text.is_fallback:
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', text.taal, "rtl" if text.is_rtl else "ltr", text)
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def term(name: str) -> str:
    """A word of the site's own lists, such as a theme: marked only when it is in another language than the page."""
    return talig(name) if isinstance(name, Vertaling) and name.is_fallback else name


@register.filter
def breekbaar(name: Vertaling) -> Vertaling:
    """A name for a narrow box: a long Dutch compound may break at its seam, "vrijwilligers-werk"."""
    return Vertaling(_SEAM.sub("\u00ad", name), name.taal)


@register.filter
def opmaak(text: str) -> SafeString:
    """A longer text that people typed, as paragraphs and lists, marked when in another language."""
    if isinstance(text, Vertaling) and text.is_fallback:
        direction = "rtl" if text.is_rtl else "ltr"
        return format_html('<div class="lees" lang="{}" dir="{}">{}</div>', text.taal, direction, teksten.to_html(text))
    return teksten.to_html(text)


@register.filter
def aantal_bij(counts: Counter[str], term: models.Model) -> int:
    """The count of a term in counts by slug; nothing counted is 0."""
    return counts[term.slug]


@register.filter
def bij(mapping: dict[str, Any], key: str) -> Any:
    """What a mapping holds for a key; nothing when it does not."""
    return mapping.get(key)


@register.filter
def dag(value: Any) -> str:
    """A date as people say it: "dinsdag 24 november"."""
    return date_format(value, "l j F")


@register.filter
def zonder_schema(url: str) -> str:
    """A web address as people type it, without scheme."""
    return papier.zonder_schema(url)


@register.filter
def gaat_in(keer: Keer) -> str:
    """The moment in ISO form, for the `datetime` of a <time>."""
    return keer.begin.isoformat(timespec="minutes") if keer.begin else keer.datum.isoformat()


@register.filter
def webcal(url: str) -> str:
    """The address of a calendar in the way that opens the calendar program: it then asks whether to subscribe."""
    return f"webcal:{url.partition(':')[2]}"
