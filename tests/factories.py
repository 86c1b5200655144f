"""Rows for tests: valid, published and in both languages, unless a test says otherwise."""

from datetime import date, time
from decimal import Decimal
from itertools import count

from django.utils import timezone

from organisaties.choices import (
    CLOSED_AANVRAAG,
    CLOSED_MELDING,
    AanvraagSoort,
    AanvraagStatus,
    ActiviteitStatus,
    Kosten,
    Meedoen,
    MeldingStatus,
    MeldingWat,
    Niveau,
    OrganisatieStatus,
    PaginaSleutel,
    Papieren,
    Planning,
    UitzonderingSoort,
)
from organisaties.models import (
    Aanvraag,
    Activiteit,
    Beheerder,
    Doelgroep,
    Foto,
    Gebruiker,
    Locatie,
    Melding,
    Moment,
    Organisatie,
    Pagina,
    Stadsdeel,
    Taal,
    Thema,
    Uitzondering,
    Vorm,
)
from organisaties.zoeken import index

_numbers = count(1)


def gebruiker(*, password=None, **overrides):
    number = next(_numbers)
    values = {"email": f"sara{number}@voorbeeld.example", "naam": f"Sara {number}", **overrides}
    return Gebruiker.objects.create_user(password=password, **values)


def thema(slug="taal", **overrides):
    return _term(Thema, slug, overrides)


def vorm(slug="cafe", **overrides):
    return _term(Vorm, slug, overrides)


def doelgroep(slug="vrouwen", **overrides):
    return _term(Doelgroep, slug, overrides)


def taal(slug="ar", **overrides):
    return _term(Taal, slug, {"eigen_naam": slug, **overrides})


def _term(model, slug, overrides):
    """The row with this slug: the one that the migrations made, or a new one."""
    names = {"naam_nl": slug.capitalize(), "naam_en": slug.capitalize()}
    return model.objects.get_or_create(slug=slug, defaults={**names, **overrides})[0]


def stadsdeel(code="M", **overrides):
    values = {"slug": f"stadsdeel-{code.lower()}", "naam": f"Stadsdeel {code}", **overrides}
    return Stadsdeel.objects.get_or_create(code=code, defaults=values)[0]


def organisatie(*, themas=(), doelgroepen=(), talen=(), **overrides):
    number = next(_numbers)
    values = {
        "naam": f"Buurthuis De Kade {number}",
        "status": OrganisatieStatus.GEPUBLICEERD,
        "samenvatting_nl": "Een huiskamer voor de buurt.",
        "samenvatting_en": "A living room for the neighbourhood.",
        "omschrijving_nl": "Hier ontmoeten oude en nieuwe buren elkaar.",
        "omschrijving_en": "Here old and new neighbours meet.",
        "website": f"https://kade{number}.example",
        "email": f"info@kade{number}.example",
        **overrides,
    }
    with index.together():
        entry = Organisatie.objects.create(**values)
        entry.themas.set(themas)
        entry.doelgroepen.set(doelgroepen)
        entry.talen.set(talen)
    return entry


def locatie(**overrides):
    values = {
        "naam": f"De Kade {next(_numbers)}",
        "straat": "Lindenkade 12",
        "postcode": "1018 DP",
        "breedtegraad": Decimal("52.367790"),
        "lengtegraad": Decimal("4.918940"),
        **overrides,
    }
    values["organisatie"] = overrides.get("organisatie") or organisatie()
    values["stadsdeel"] = overrides["stadsdeel"] if "stadsdeel" in overrides else stadsdeel()
    return Locatie.objects.create(**values)


def locatie_online(**overrides):
    without_address = {"straat": "", "postcode": "", "breedtegraad": None, "lengtegraad": None}
    return locatie(soort="online", naam="", plaats="", stadsdeel=None, **without_address, **overrides)


def activiteit(*, andere_themas=(), doelgroepen=(), talen=(), **overrides):
    number = next(_numbers)
    values = {
        "status": ActiviteitStatus.GEPUBLICEERD,
        "naam_nl": f"Taalcafé {number}",
        "naam_en": f"Language café {number}",
        "samenvatting_nl": "Oefen Nederlands in een kleine groep.",
        "samenvatting_en": "Practise Dutch in a small group.",
        "omschrijving_nl": "We drinken koffie en praten Nederlands.",
        "omschrijving_en": "We have coffee and speak Dutch.",
        "planning": Planning.VAST,
        "kosten": Kosten.GRATIS,
        "papieren": Papieren.GEEN,
        "meedoen": Meedoen.INLOOP,
        "niveau": Niveau.A1,
        "bevestigd_op": date(2026, 10, 1),
        **overrides,
    }
    with index.together():
        values["organisatie"] = owner = overrides.get("organisatie") or organisatie()
        values["thema"] = overrides.get("thema") or thema()
        values["locatie"] = overrides["locatie"] if "locatie" in overrides else locatie(organisatie=owner)
        entry = Activiteit.objects.create(**values)
        entry.andere_themas.set(andere_themas)
        entry.doelgroepen.set(doelgroepen)
        entry.talen.set(talen)
    return entry


def moment(**overrides):
    """Every Tuesday from ten to twelve."""
    values = {
        "regel": "FREQ=WEEKLY;BYDAY=TU",
        "start_on": date(2026, 9, 1),
        "begin": time(10),
        "eind": time(12),
        **overrides,
    }
    values["activiteit"] = overrides.get("activiteit") or activiteit()
    return Moment.objects.create(**values)


def uitzondering(**overrides):
    values = {
        "soort": UitzonderingSoort.OVERGESLAGEN,
        "datum_on": date(2026, 12, 1),
        "reden_nl": "Het is een feestdag.",
        "reden_en": "It is a public holiday.",
        **overrides,
    }
    values["moment"] = overrides.get("moment") or moment()
    return Uitzondering.objects.create(**values)


def aanvraag(*, themas=(), stadsdelen=(), doelgroepen=(), **overrides):
    """A request that waits for a coordinator; its address is proved unless a status says otherwise."""
    number = next(_numbers)
    status = overrides.get("status", AanvraagStatus.NIEUW)
    now = timezone.now()
    values = {
        "sleutel": f"sleutel-{number}",
        "soort": AanvraagSoort.LIDMAATSCHAP,
        "status": status,
        "taal": "nl",
        "organisatie_naam": f"Buurttafel {number}",
        "website": f"https://buurttafel{number}.example",
        "omschrijving": "Elke week eten wij samen met de buurt.",
        "werkwijze": "Nieuwkomers koken om de beurt.",
        "naam": "Hanan El Amrani",
        "email": f"hanan@buurttafel{number}.example",
        "bevestigd_at": None if status == AanvraagStatus.ONBEVESTIGD else now,
        "afgerond_at": now if status in CLOSED_AANVRAAG else None,
        **overrides,
    }
    entry = Aanvraag.objects.create(**values)
    for name, chosen in (("themas", themas), ("stadsdelen", stadsdelen), ("doelgroepen", doelgroepen)):
        getattr(entry, name).set(chosen)
    return entry


def melding(**overrides):
    """A report about an activity that waits for its organisation."""
    status = overrides.get("status", MeldingStatus.OPEN)
    values = {
        "sleutel": f"sleutel-{next(_numbers)}",
        "wat": MeldingWat.TIJD,
        "tekst": "De deur was dicht.",
        "taal": "nl",
        "antwoord": "Wij zijn verhuisd." if status == MeldingStatus.BEANTWOORD else "",
        "closed_at": timezone.now() if status in CLOSED_MELDING else None,
        **overrides,
    }
    if "organisatie" not in overrides:
        values["activiteit"] = overrides.get("activiteit") or activiteit()
        values["organisatie"] = values["activiteit"].organisatie
    return Melding.objects.create(**values)


def foto(**overrides):
    """The row of a photo of an activity; its files are not there."""
    number = next(_numbers)
    values = {
        "bestand": f"fotos/{number:032x}.webp",
        "klein": f"fotos/{number:031x}k.webp",
        "breedte": 1200,
        "hoogte": 800,
        "alt_nl": "De groene deur naast de bakker.",
        "alt_en": "The green door next to the bakery.",
        **overrides,
    }
    if "organisatie" not in overrides:
        values["activiteit"] = overrides.get("activiteit") or activiteit()
    return Foto.objects.create(**values)


def beheerder(**overrides):
    values = {"gebruiker": overrides.get("gebruiker") or gebruiker()}
    values["organisatie"] = overrides.get("organisatie") or organisatie()
    values["genoemd"] = values["gebruiker"].naam
    values["binnen_at"] = overrides.get("binnen_at")
    return Beheerder.objects.create(**values)


def pagina(sleutel=PaginaSleutel.OVER_ONS, **overrides):
    values = {
        "titel_nl": "Over ons",
        "titel_en": "About us",
        "inleiding_nl": "Wie wij zijn.",
        "inleiding_en": "Who we are.",
        "tekst_nl": "Wij zijn een netwerk.",
        "tekst_en": "We are a network.",
        **overrides,
    }
    return Pagina.objects.update_or_create(sleutel=sleutel, defaults=values)[0]


# --- texts and answers that tests look for

NEDERLANDS = {
    "naam_nl": "Naaien met elkaar",
    "samenvatting_nl": "Maak zelf je kleren.",
    "omschrijving_nl": "Er staan zes machines klaar.",
    "wanneer_nl": "Niet in de zomer.",
    "waar_nl": "Boven de bakker.",
    "kosten_uitleg_nl": "Neem zelf stof mee.",
    "stappen_nl": "Bel eerst met Sara.",
    "taal_uitleg_nl": "Wij praten langzaam.",
    "ontvangst_nl": "Onze gastvrouw",
    "wachtlijst_uitleg_nl": "Je wacht een maand.",
}
ALLEEN_NL = {**NEDERLANDS, "naam_en": "", "samenvatting_en": "", "omschrijving_en": ""}
"""An activity of which no text is in English."""

REDEN = "De machines zijn stuk."
ONBEKEND = {
    "planning": Planning.ONBEKEND,
    "kosten": Kosten.ONBEKEND,
    "papieren": Papieren.ONBEKEND,
    "meedoen": Meedoen.ONBEKEND,
    "niveau": Niveau.ONBEKEND,
    "bevestigd_op": None,
    "samenvatting_nl": "",
    "samenvatting_en": "",
    "omschrijving_nl": "",
    "omschrijving_en": "",
    "locatie": None,
}
