"""The addresses of pages. The words are translated, the order is the same in every language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organisaties.choices import PaginaSleutel
from organisaties.views import (
    aanvragen,
    account,
    activiteiten,
    agenda,
    bewaarlijst,
    collegas,
    home,
    inloggen,
    kaart,
    kiezen,
    mijn,
    organisaties,
    paginas,
    papier,
    themas,
    wanneer_bewerken,
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
    path(_("aansluiten/"), aanvragen.aansluiten, name="aansluiten"),
    path(_("aansluiten/verstuurd/<str:kenmerk>/"), aanvragen.aanvraag_verstuurd, name="aanvraag-verstuurd"),
    path(_("aansluiten/aanvraag/<str:token>/"), aanvragen.aanvraag_detail, name="aanvraag-detail"),
    path(_("uitnodiging/<str:token>/"), mijn.uitnodiging, name="uitnodiging"),
    # the names are those by which allauth knows these pages
    path(_("inloggen/"), inloggen.adres, name="account_login"),
    path(_("inloggen/"), inloggen.adres, name="account_request_login_code"),
    path(_("inloggen/code/"), inloggen.code, name="account_confirm_login_code"),
    path(_("aansluiten/"), aanvragen.aansluiten, name="account_signup"),
    path(_("mijn/"), mijn.mijn, name="mijn"),
    path(_("account/"), account.account, name="account"),
    path(_("uitloggen/"), mijn.uitloggen, name="uitloggen"),
    path(_("mijn/<slug:slug>/"), mijn.mijn_organisatie, name="mijn-organisatie"),
    path(_("mijn/<slug:slug>/collegas/"), collegas.collegas, name="mijn-collegas"),
    path(_("mijn/<slug:slug>/activiteiten/<slug:activiteit>/wanneer/"), wanneer_bewerken.wanneer, name="mijn-wanneer"),
    path(
        _("mijn/<slug:slug>/activiteiten/<slug:activiteit>/wanneer/nieuw/"),
        wanneer_bewerken.moment_nieuw,
        name="mijn-moment-nieuw",
    ),
    path(
        _("mijn/<slug:slug>/activiteiten/<slug:activiteit>/wanneer/pauze/"),
        wanneer_bewerken.pauze,
        name="mijn-pauze",
    ),
    path(
        _("mijn/<slug:slug>/activiteiten/<slug:activiteit>/wanneer/<int:moment>/"),
        wanneer_bewerken.moment,
        name="mijn-moment",
    ),
    path(
        _("mijn/<slug:slug>/activiteiten/<slug:activiteit>/wanneer/datum/<int:moment>/<str:datum>/"),
        wanneer_bewerken.datum,
        name="mijn-datum",
    ),
    path(_("privacy/"), paginas.pagina, {"sleutel": PaginaSleutel.PRIVACY}, name="privacy"),
    path(
        _("toegankelijkheid/"),
        paginas.pagina,
        {"sleutel": PaginaSleutel.TOEGANKELIJKHEID},
        name="toegankelijkheid",
    ),
    path(_("colofon/"), paginas.pagina, {"sleutel": PaginaSleutel.COLOFON}, name="colofon"),
]
