"""Invented requests and reports for a demonstration, in the states that a coordinator meets. No address is real."""

from __future__ import annotations

from typing import Any

from organisaties import actions
from organisaties.choices import AanvraagSoort, MeldingStatus, MeldingWat, Verdenking
from organisaties.models import Aanvraag, Activiteit, Doelgroep, Gebruiker, Melding, Organisatie, Stadsdeel, Thema

_LEPEL = {
    "organisatie_naam": "Buurttafel De Lepel (verzonnen)",
    "website": "https://www.delepel.example/",
    "omschrijving": "Elke woensdag koken en eten wij samen met de buurt. Wie nieuw is, schuift gewoon aan.",
    "werkwijze": "Nieuwkomers koken om de beurt. Wij praten Nederlands aan tafel, met handen en voeten.",
    "naam": "Hanan Verzonnen",
    "email": "hanan@delepel.example",
    "telefoon": "020 555 01 23",
}
_ATELIER = {
    "organisatie_naam": "Atelier Vingerhoed (verzonnen)",
    "website": "https://vingerhoed.example/",
    "omschrijving": "We sew together on Friday mornings. Everybody brings something to mend.\n\nChildren are welcome.",
    "werkwijze": "Half of our group came to Amsterdam in the last three years.",
    "bericht": "Can we add a photo of the machines?",
    "naam": "Mina Verzonnen",
    "email": "mina@vingerhoed.example",
}
_DUBBEL = {
    "organisatie_naam": "Stichting Buurttafel de Lepel",
    "website": "http://delepel.example",
    "omschrijving": "Samen eten in de buurt.",
    "naam": "Joost Verzonnen",
    "email": "joost@delepel.example",
}
_ZAAL = {
    "soort": AanvraagSoort.SAMENWERKING,
    "organisatie_naam": "Zalencentrum De Klapstoel (verzonnen)",
    "website": "https://klapstoel.example/",
    "omschrijving": "Wij hebben overdag zalen die leeg staan. Mogen groepen uit het netwerk die gebruiken?",
    "naam": "Bo Verzonnen",
    "email": "bo@klapstoel.example",
}
_KOOR = {
    "organisatie_naam": "جوقة المدينة (verzonnen)",
    "omschrijving": "نغني معًا كل يوم سبت. لا تحتاج إلى خبرة.",
    "naam": "Samir Verzonnen",
    "email": "samir@koor.example",
}
_SPAM = {
    "organisatie_naam": "Snel Geld (verzonnen)",
    "website": "https://snelgeld.example/",
    "omschrijving": "Verdien vandaag nog geld met onze website. Klik hier.",
    "naam": "Verkoper Verzonnen",
    "email": "verkoop@snelgeld.example",
}


def make_aanvragen(*, door: Gebruiker) -> None:
    """Make the requests by what people would do with them, so that their mails and timelines are there too.

    `door` is the coordinator who judged them.
    """
    first = _proved("lepel", _LEPEL, themas=("ontmoeten",), stadsdelen=("oost",))
    actions.approve_aanvraag(first, door=door, versie=first.versie)
    asked = _proved("atelier", _ATELIER, taal="en", themas=("cultuur", "ontmoeten"), doelgroepen=("vrouwen",))
    actions.ask_aanvraag(asked, door=door, versie=asked.versie, tekst="Where do you meet, and is there a lift?")
    _proved("dubbel", _DUBBEL, themas=("ontmoeten",), stadsdelen=("oost",))
    _proved("zaal", _ZAAL)
    _sent("koor", _KOOR, taal="en")
    _sent("spam", _SPAM, verdenkingen=(Verdenking.LOKVELD, Verdenking.INHOUD))


def _proved(name: str, written: dict[str, Any], **choices: Any) -> Aanvraag:
    aanvraag = _sent(name, written, **choices)
    actions.confirm_aanvraag(aanvraag)
    return aanvraag


def _sent(
    name: str, written: dict[str, Any], *, taal: str = "nl", verdenkingen: tuple[str, ...] = (), **chosen: Any
) -> Aanvraag:
    terms = {"themas": Thema, "stadsdelen": Stadsdeel, "doelgroepen": Doelgroep}
    chosen = {kind: terms[kind].objects.filter(slug__in=slugs) for kind, slugs in chosen.items()}
    velden = {"soort": AanvraagSoort.LIDMAATSCHAP, **written, **chosen}
    sleutel = f"demonstratie-{name}"
    aanvraag, _is_new = actions.submit_aanvraag(velden=velden, taal=taal, sleutel=sleutel, verdenkingen=verdenkingen)
    return aanvraag


def make_meldingen(organisatie: Organisatie, *, door: Gebruiker) -> None:
    """Reports of readers about what an organisation offers: two wait, and one was put right by `door`."""
    first, *others = Activiteit.objects.listed().filter(organisatie=organisatie).order_by("pk") or [organisatie]
    last = others[0] if others else organisatie
    _reported("tijd", first, MeldingWat.TIJD, "Ik was er dinsdag. De deur was dicht.", email="lezer@lezer.example")
    _reported("contact", organisatie, MeldingWat.CONTACT, "Nobody answers the phone.", taal="en")
    mended = _reported("plek", last, MeldingWat.PLEK, "Het huisnummer klopt niet.", email="lezer@lezer.example")
    actions.close_melding(mended, door=door, status=MeldingStatus.HERSTELD)


def _reported(
    name: str, over: Activiteit | Organisatie, wat: str, tekst: str, *, taal: str = "nl", email: str = ""
) -> Melding:
    velden = {"wat": wat, "tekst": tekst, "email": email}
    melding, _is_new = actions.submit_melding(over, velden=velden, taal=taal, sleutel=f"demonstratie-{name}")
    return melding
