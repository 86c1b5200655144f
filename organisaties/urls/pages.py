"""The addresses of pages. The words are translated, the order is the same in every language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organisaties.choices import PaginaSleutel
from organisaties.views import (
    activiteiten,
    agenda,
    bewaarlijst,
    home,
    kaart,
    kiezen,
    organisaties,
    paginas,
    papier,
    themas,
)

urlpatterns = [
    path("", home.home, name="home"),
    path(_("activiteiten/"), activiteiten.activiteit_list, name="activiteit-list"),
    path(_("activiteiten/<slug:slug>/"), activiteiten.activiteit_detail, name="activiteit-detail"),
    path(_("activiteiten/<slug:slug>/papier/"), papier.activiteit_papier, name="activiteit-papier"),
    path(_("activiteiten/<slug:slug>/poster/"), papier.activiteit_poster, name="activiteit-poster"),
    path(_("bewaard/papier/"), papier.bewaarlijst_papier, name="bewaarlijst-papier"),
    path(_("organisaties/"), organisaties.organisatie_list, name="organisatie-list"),
    path(_("organisaties/<slug:slug>/"), organisaties.organisatie_detail, name="organisatie-detail"),
    path(_("themas/"), themas.thema_list, name="thema-list"),
    path(_("themas/<slug:slug>/"), themas.thema_detail, name="thema-detail"),
    path(_("kiezen/"), kiezen.kiezen, name="kiezen"),
    path(_("agenda/"), agenda.agenda_week, name="agenda"),
    path(_("bewaard/"), bewaarlijst.bewaarlijst, name="bewaarlijst"),
    path(_("kaart/"), kaart.kaart, name="kaart"),
    path(_("over-ons/"), paginas.pagina, {"sleutel": PaginaSleutel.OVER_ONS}, name="over-ons"),
    path(_("aansluiten/"), paginas.pagina, {"sleutel": PaginaSleutel.AANSLUITEN}, name="aansluiten"),
    path(_("mijn/"), paginas.pagina, {"sleutel": PaginaSleutel.MIJN}, name="mijn"),
    path(_("privacy/"), paginas.pagina, {"sleutel": PaginaSleutel.PRIVACY}, name="privacy"),
    path(
        _("toegankelijkheid/"),
        paginas.pagina,
        {"sleutel": PaginaSleutel.TOEGANKELIJKHEID},
        name="toegankelijkheid",
    ),
    path(_("colofon/"), paginas.pagina, {"sleutel": PaginaSleutel.COLOFON}, name="colofon"),
]
