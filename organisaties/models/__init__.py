"""The facts of the site."""

from organisaties.models.aanvragen import Aanvraag, Gebeurtenis
from organisaties.models.activiteiten import Activiteit
from organisaties.models.adressen import OudeSlug
from organisaties.models.beheerders import Beheerder, Uitnodiging
from organisaties.models.berichten import Bericht
from organisaties.models.fotos import Foto
from organisaties.models.gebruikers import Gebruiker
from organisaties.models.meldingen import Melding
from organisaties.models.momenten import Moment, Uitzondering
from organisaties.models.organisaties import Bron, Locatie, Organisatie, Plek
from organisaties.models.paginas import Pagina
from organisaties.models.sessies import Sessie
from organisaties.models.taxonomie import Doelgroep, Stadsdeel, Taal, Thema, Vorm
from organisaties.models.zoeken import Begrip, Gemist, Stand, Vermelding, Zoekterm

__all__ = (
    "Aanvraag",
    "Activiteit",
    "Begrip",
    "Beheerder",
    "Bericht",
    "Bron",
    "Doelgroep",
    "Foto",
    "Gebeurtenis",
    "Gebruiker",
    "Gemist",
    "Locatie",
    "Melding",
    "Moment",
    "Organisatie",
    "OudeSlug",
    "Pagina",
    "Plek",
    "Sessie",
    "Stadsdeel",
    "Stand",
    "Taal",
    "Thema",
    "Uitnodiging",
    "Uitzondering",
    "Vermelding",
    "Vorm",
    "Zoekterm",
)
