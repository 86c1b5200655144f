"""Every fixed value that an entry can have. The labels are the words a reader sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisatieStatus(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    GEPUBLICEERD = "gepubliceerd", _("Gepubliceerd")
    GEARCHIVEERD = "gearchiveerd", _("Gearchiveerd")


class ActiviteitStatus(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    GEPUBLICEERD = "gepubliceerd", _("Gepubliceerd")
    GEPAUZEERD = "gepauzeerd", _("Gepauzeerd")
    VOL = "vol", _("Vol")
    GESTOPT = "gestopt", _("Gestopt")
    GEARCHIVEERD = "gearchiveerd", _("Gearchiveerd")


LISTED_STATUSES = (ActiviteitStatus.GEPUBLICEERD, ActiviteitStatus.GEPAUZEERD, ActiviteitStatus.VOL)
"""Activities with these statuses stand in lists and in the agenda."""

READABLE_STATUSES = (*LISTED_STATUSES, ActiviteitStatus.GESTOPT)
"""Activities with these statuses have a page: the page of a stopped activity stays, for whoever has its link."""

ORGANISATIE_TRANSITIONS: dict[str, set[str]] = {
    OrganisatieStatus.CONCEPT: {OrganisatieStatus.GEPUBLICEERD, OrganisatieStatus.GEARCHIVEERD},
    OrganisatieStatus.GEPUBLICEERD: {OrganisatieStatus.CONCEPT, OrganisatieStatus.GEARCHIVEERD},
    OrganisatieStatus.GEARCHIVEERD: {OrganisatieStatus.CONCEPT},
}

_OPEN = {ActiviteitStatus.GEPUBLICEERD, ActiviteitStatus.GEPAUZEERD, ActiviteitStatus.VOL}
_CLOSED = {ActiviteitStatus.GESTOPT, ActiviteitStatus.GEARCHIVEERD}
ACTIVITEIT_TRANSITIONS: dict[str, set[str]] = {
    ActiviteitStatus.CONCEPT: {ActiviteitStatus.GEPUBLICEERD, ActiviteitStatus.GEARCHIVEERD},
    ActiviteitStatus.GEPUBLICEERD: (_OPEN | _CLOSED | {ActiviteitStatus.CONCEPT}),
    ActiviteitStatus.GEPAUZEERD: _OPEN | _CLOSED,
    ActiviteitStatus.VOL: _OPEN | _CLOSED,
    ActiviteitStatus.GESTOPT: {ActiviteitStatus.GEPUBLICEERD, ActiviteitStatus.GEARCHIVEERD},
    ActiviteitStatus.GEARCHIVEERD: {ActiviteitStatus.CONCEPT},
}


class Soort(models.TextChoices):
    """What stands in lists and can be searched."""

    ACTIVITEIT = "activiteit", _("Activiteit")
    ORGANISATIE = "organisatie", _("Organisatie")


class JaNee(models.TextChoices):
    JA = "ja", _("Ja")
    NEE = "nee", _("Nee")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Planning(models.TextChoices):
    VAST = "vast", _("Op vaste dagen")
    AFSPRAAK = "afspraak", _("Op afspraak")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


UNKNOWN_LENGTH = 120
"""How long a moment without an end is taken to last, in minutes."""


class Dagdeel(models.TextChoices):
    OCHTEND = "ochtend", _("In de ochtend")
    MIDDAG = "middag", _("In de middag")
    AVOND = "avond", _("In de avond")


class Periode(models.TextChoices):
    """Days that are chosen with one tap, counted from today."""

    VANDAAG = "vandaag", _("Vandaag")
    WEEK = "week", _("Deze week")
    WEEKEND = "weekend", _("Dit weekend")


class Kosten(models.TextChoices):
    GRATIS = "gratis", _("Gratis")
    BEDRAG = "bedrag", _("Kost geld")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Papieren(models.TextChoices):
    GEEN = "geen", _("Geen papieren nodig")
    IDENTITEIT = "id", _("Neem een paspoort of ID-kaart mee")
    VERGUNNING = "vergunning", _("Je hebt een verblijfsvergunning nodig")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Meedoen(models.TextChoices):
    INLOOP = "inloop", _("Kom gewoon langs")
    AANMELDEN = "aanmelden", _("Eerst aanmelden")
    INTAKE = "intake", _("Eerst een gesprek")
    VERWIJZING = "verwijzing", _("Iemand anders meldt je aan")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Niveau(models.TextChoices):
    GEEN = "geen", _("Geen Nederlands nodig")
    A1 = "a1", _("Een paar woorden Nederlands (A1)")
    A2 = "a2", _("Een beetje Nederlands (A2)")
    B1 = "b1", _("Redelijk Nederlands (B1)")
    B2 = "b2", _("Goed Nederlands (B2 of hoger)")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Kinderen(models.TextChoices):
    WELKOM = "welkom", _("Kinderen mogen mee")
    OPVANG = "opvang", _("Er is kinderopvang")
    NIET = "niet", _("Kom zonder kinderen")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Toegang(models.TextChoices):
    JA = "ja", _("Zonder trap, ook met een rolstoel")
    DEELS = "deels", _("Met hulp, vraag hoe")
    NEE = "nee", _("Er is een trap")
    ONBEKEND = "onbekend", _("Onbekend: vraag het")


class Bereik(models.TextChoices):
    AMSTERDAM = "amsterdam", _("Amsterdam")
    REGIO = "regio", _("Amsterdam en omgeving")
    LAND = "land", _("Heel Nederland")


class LocatieSoort(models.TextChoices):
    ADRES = "adres", _("Een adres")
    ONLINE = "online", _("Online")
    VERBORGEN = "verborgen", _("Verborgen: vraag het ons")


class UitzonderingSoort(models.TextChoices):
    OVERGESLAGEN = "overgeslagen", _("Gaat niet door")
    VERPLAATST = "verplaatst", _("Andere dag of tijd")
    PAUZE = "pauze", _("Pauze van een tijd")


class StadsdeelSoort(models.TextChoices):
    STADSDEEL = "stadsdeel", _("Stadsdeel")
    STADSGEBIED = "stadsgebied", _("Stadsgebied")
    HAVENGEBIED = "havengebied", _("Havengebied")


class PaginaSleutel(models.TextChoices):
    OVER_ONS = "over-ons", _("Over ons")
    AANSLUITEN = "aansluiten", _("Aansluiten")
    MIJN = "mijn", _("Mijn organisatie")
    PRIVACY = "privacy", _("Privacy")
    TOEGANKELIJKHEID = "toegankelijkheid", _("Toegankelijkheid")
    COLOFON = "colofon", _("Colofon")
