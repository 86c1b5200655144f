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
    ActiviteitStatus.GEPAUZEERD: (_OPEN | _CLOSED | {ActiviteitStatus.CONCEPT}),
    ActiviteitStatus.VOL: _OPEN | _CLOSED,
    ActiviteitStatus.GESTOPT: {ActiviteitStatus.GEPUBLICEERD, ActiviteitStatus.GEARCHIVEERD},
    ActiviteitStatus.GEARCHIVEERD: {ActiviteitStatus.CONCEPT},
}


class Soort(models.TextChoices):
    """What stands in lists and can be searched."""

    ACTIVITEIT = "activiteit", _("Activiteit")
    ORGANISATIE = "organisatie", _("Organisatie")


class Vertaalstaat(models.TextChoices):
    """How a text is in one language, beside the same text in the other."""

    ONTBREEKT = "ontbreekt", _("Ontbreekt")
    VEROUDERD = "verouderd", _("Verouderd")
    MACHINE = "machine", _("Door een computer vertaald")
    GOED = "goed", _("Goed")


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


class Ritme(models.TextChoices):
    """How often something comes back, in the words of who fills it in."""

    WEEK = "week", _("Elke week")
    TWEE_WEKEN = "twee", _("Om de week")
    MAAND = "maand", _("Elke maand, zoals de eerste dinsdag")
    LOS = "los", _("Op losse data, of één keer")


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


# --- requests to join, and the mail about them


class AanvraagSoort(models.TextChoices):
    LIDMAATSCHAP = "lidmaatschap", _("Meedoen met activiteiten")
    SAMENWERKING = "samenwerking", _("Samenwerken")


class AanvraagStatus(models.TextChoices):
    ONBEVESTIGD = "onbevestigd", _("Adres niet bevestigd")
    NIEUW = "nieuw", _("Nieuw")
    BEHANDELING = "behandeling", _("In behandeling")
    WACHT = "wacht", _("Wacht op antwoord")
    GESPREK = "gesprek", _("In gesprek")
    GOEDGEKEURD = "goedgekeurd", _("Goedgekeurd")
    AFGESPROKEN = "afgesproken", _("Gesprek afgerond")
    AFGEWEZEN = "afgewezen", _("Afgewezen")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")


OPEN_AANVRAAG = (AanvraagStatus.NIEUW, AanvraagStatus.BEHANDELING, AanvraagStatus.WACHT, AanvraagStatus.GESPREK)
"""A coordinator can still decide on a request with one of these statuses, and its address is proved."""

CLOSED_AANVRAAG = (
    AanvraagStatus.GOEDGEKEURD,
    AanvraagStatus.AFGESPROKEN,
    AanvraagStatus.AFGEWEZEN,
    AanvraagStatus.INGETROKKEN,
)

_JUDGED = {AanvraagStatus.AFGEWEZEN, AanvraagStatus.INGETROKKEN, AanvraagStatus.GOEDGEKEURD, AanvraagStatus.GESPREK}
AANVRAAG_TRANSITIONS: dict[str, set[str]] = {
    AanvraagStatus.ONBEVESTIGD: {AanvraagStatus.NIEUW, AanvraagStatus.AFGEWEZEN, AanvraagStatus.INGETROKKEN},
    AanvraagStatus.NIEUW: {AanvraagStatus.BEHANDELING, AanvraagStatus.WACHT} | _JUDGED,
    AanvraagStatus.BEHANDELING: {AanvraagStatus.WACHT} | _JUDGED,
    AanvraagStatus.WACHT: {AanvraagStatus.BEHANDELING} | _JUDGED,
    AanvraagStatus.GESPREK: {AanvraagStatus.AFGESPROKEN, AanvraagStatus.AFGEWEZEN, AanvraagStatus.INGETROKKEN},
    AanvraagStatus.GOEDGEKEURD: set(),
    AanvraagStatus.AFGESPROKEN: set(),
    AanvraagStatus.AFGEWEZEN: {AanvraagStatus.BEHANDELING},
    AanvraagStatus.INGETROKKEN: set(),
}

STATUS_OF_ONE_SOORT: dict[str, str] = {
    AanvraagStatus.GOEDGEKEURD: AanvraagSoort.LIDMAATSCHAP,
    AanvraagStatus.GESPREK: AanvraagSoort.SAMENWERKING,
    AanvraagStatus.AFGESPROKEN: AanvraagSoort.SAMENWERKING,
}
"""Statuses that only one kind of request can have."""


class Verdenking(models.TextChoices):
    """Why a request or a report may be spam. It is read by a coordinator first; nothing is dropped."""

    LOKVELD = "lokveld", _("Een veld dat mensen niet zien, was ingevuld")
    SNEL = "snel", _("In een paar seconden ingevuld")
    INHOUD = "inhoud", _("De tekst lijkt op reclame")
    ELDERS = "elders", _("Verstuurd vanaf een andere website")
    DRUK = "druk", _("Veel formulieren achter elkaar vanaf één netwerk")
    POSTBUS = "postbus", _("Veel mail achter elkaar naar dit adres")


class AfwijsReden(models.TextChoices):
    GEEN_NIEUWKOMERS = "geen-nieuwkomers", _("Werkt niet voor of met nieuwkomers")
    NIET_AMSTERDAM = "niet-amsterdam", _("Werkt niet in Amsterdam")
    DUBBEL = "dubbel", _("Staat al op de website")
    COMMERCIEEL = "commercieel", _("Wil vooral iets verkopen")
    ONDUIDELIJK = "onduidelijk", _("Te weinig om over te beslissen")
    SPAM = "spam", _("Is spam")
    ANDERS = "anders", _("Iets anders")


class Uitkomst(models.TextChoices):
    """How a conversation about working together ended."""

    SAMEN = "samen", _("Wij gaan samenwerken")
    LATER = "later", _("Nu niet, misschien later")
    DOORVERWEZEN = "doorverwezen", _("Doorverwezen naar een ander")
    NIETS = "niets", _("Het past niet")


class GebeurtenisSoort(models.TextChoices):
    STATUS = "status", _("Status")
    VRAAG = "vraag", _("Vraag")
    ANTWOORD = "antwoord", _("Antwoord")
    NOTITIE = "notitie", _("Notitie")


# --- reports of readers


class MeldingWat(models.TextChoices):
    """What is not right, in the words of a reader."""

    TIJD = "tijd", _("De dag of de tijd klopt niet")
    PLEK = "plek", _("Het adres of de plek klopt niet")
    GESTOPT = "gestopt", _("Dit is er niet meer")
    CONTACT = "contact", _("De telefoon, de mail of de website klopt niet")
    TEKST = "tekst", _("De tekst of de taal klopt niet")
    ANDERS = "anders", _("Er klopt iets anders niet")


ONLY_OF_ACTIVITEIT = (MeldingWat.TIJD,)
"""What can only be wrong of an activity: an organisation has no day or time."""


class MeldingStatus(models.TextChoices):
    OPEN = "open", _("Open")
    BEANTWOORD = "beantwoord", _("Beantwoord")
    HERSTELD = "hersteld", _("Hersteld")
    GESLOTEN = "gesloten", _("Gesloten zonder antwoord")


CLOSED_MELDING = (MeldingStatus.BEANTWOORD, MeldingStatus.HERSTELD, MeldingStatus.GESLOTEN)
MELDING_TRANSITIONS: dict[str, set[str]] = {
    MeldingStatus.OPEN: set(CLOSED_MELDING),
    MeldingStatus.BEANTWOORD: set(),
    MeldingStatus.HERSTELD: set(),
    MeldingStatus.GESLOTEN: set(),
}


class BerichtSoort(models.TextChoices):
    BEVESTIGEN = "bevestigen", _("Bevestig je adres")
    ONTVANGEN = "ontvangen", _("Nieuwe aanvraag")
    VRAAG = "vraag", _("Vraag over een aanvraag")
    GEANTWOORD = "geantwoord", _("Antwoord op een vraag")
    UITNODIGING = "uitnodiging", _("Uitnodiging")
    WELKOM = "welkom", _("Welkom, je hebt al een account")
    GESPREK = "gesprek", _("Wij praten graag met je")
    AFGEWEZEN = "afgewezen", _("Geen plek in het netwerk")
    INLOGCODE = "inlogcode", _("Code om in te loggen")
    GEEN_ACCOUNT = "geen_account", _("Inloggen kan niet met dit adres")
    INLOGMANIER = "inlogmanier", _("Er is iets veranderd aan hoe iemand inlogt")
    MELDING = "melding", _("Melding van een lezer")
    BEANTWOORD = "beantwoord", _("Antwoord op een melding")
    HERSTELD = "hersteld", _("Een melding is hersteld")


class BerichtStatus(models.TextChoices):
    WACHT = "wacht", _("Wacht")
    BEZIG = "bezig", _("Wordt verstuurd")
    VERZONDEN = "verzonden", _("Verzonden")
    MISLUKT = "mislukt", _("Niet gelukt")
