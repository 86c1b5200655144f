"""Paper: activities in Dutch and another language, side by side. What a print page shows is what the PDF shows."""

from organisaties.papier.inhoud import gemaakt, lijst, scan, vel
from organisaties.papier.poster import geschatte_maat, poster_pdf
from organisaties.papier.regels import Lijst, Paar, Taal, Talen, Vel, taal, zonder_schema
from organisaties.papier.vellen import activiteit_pdf, lijst_pdf

__all__ = [
    "Lijst",
    "Paar",
    "Taal",
    "Talen",
    "Vel",
    "activiteit_pdf",
    "gemaakt",
    "geschatte_maat",
    "lijst",
    "lijst_pdf",
    "poster_pdf",
    "scan",
    "taal",
    "vel",
    "zonder_schema",
]
