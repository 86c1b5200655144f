"""Where every form of the site stands and what somebody changes in it, or why it has no page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.paginas import ANTWOORDEN
from tests.rechten import FOTO, PAUZE, PLEK, WEKELIJKS, een_beeld, een_melding

# --- what visitors and editors can fill in


@dataclass(frozen=True)
class Invoer:
    """Where a form stands, and what somebody changes in it. `actor` is who may."""

    naam: str
    doet: dict[str, Any] | Callable[..., dict[str, Any]]
    deel: dict[str, str] = field(default_factory=dict)
    actor: str = "van_a"


GRONDSLAG = "only a base of other forms"
_NA_WACHTWOORD = "takes a password, a code or a key, and fills no field of a model: see test_tweede_stap.py"
BEHEER = "of the desk, where rights are those of the admin"


def _deel(page: str, part: str, **doet: Any) -> Invoer:
    return Invoer(page, doet, {"deel": part})


_PROFIEL, _ACTIVITEIT = "mijn-profiel", "mijn-activiteit-deel"
FORMULIEREN: dict[str, Invoer | str] = {
    "aanvragen.AanvraagForm": Invoer("aansluiten", {**ANTWOORDEN, "verstuur": "ja"}, actor="niemand"),
    "aanvragen.AntwoordForm": Invoer("aanvraag-detail", {"tekst": "Ja."}, {"token": "{aanvraag}"}, actor="niemand"),
    "beelden.LogoForm": Invoer("mijn-logo", {"logo": een_beeld}),
    "beelden.FotoForm": Invoer("mijn-foto", FOTO),
    "collegas.CollegaForm": Invoer("mijn-collegas", {"naam": "Yonas", "email": "yonas@kade.example"}),
    "inloggen.AdresForm": Invoer("account_login", {"email": "sara@kade.example"}, actor="niemand"),
    "inloggen.CodeForm": Invoer("account_confirm_login_code", lambda wereld: {"code": wereld.code()}, actor="niemand"),
    "tweede_stap._Passkey": GRONDSLAG,
    "tweede_stap.WachtwoordForm": _NA_WACHTWOORD,
    "tweede_stap.TweedeStapForm": _NA_WACHTWOORD,
    "tweede_stap.AppForm": _NA_WACHTWOORD,
    "tweede_stap.PasskeyNieuwForm": _NA_WACHTWOORD,
    "tweede_stap.PasskeyTweedeForm": _NA_WACHTWOORD,
    "tweede_stap.PasskeyInlogForm": _NA_WACHTWOORD,
    "bewerken.NieuweActiviteitForm": Invoer("mijn-nieuw", {"naam_nl": "Samen koken", "thema": "{thema}"}),
    "bewerken.PROFIEL.naam": _deel(_PROFIEL, "naam", naam="De Nieuwe Kade"),
    "bewerken.PROFIEL.verhaal": _deel(_PROFIEL, "verhaal", omschrijving_nl="Wij koken."),
    "bewerken.PROFIEL.onderwerpen": _deel(_PROFIEL, "onderwerpen", themas=["{thema}"]),
    "bewerken.PROFIEL.contact": _deel(_PROFIEL, "contact", telefoon="020 765 4321"),
    "bewerken.PROFIEL.vrijwilligers": _deel(_PROFIEL, "vrijwilligers", zoekt_vrijwilligers="ja"),
    "bewerken.ACTIVITEIT.tekst": _deel(_ACTIVITEIT, "tekst", naam_nl="Samen eten"),
    "bewerken.ACTIVITEIT.wat": _deel(_ACTIVITEIT, "wat", thema="{thema}"),
    "bewerken.ACTIVITEIT.tijd": _deel(_ACTIVITEIT, "tijd", wanneer_nl="Niet in mei."),
    "bewerken.ACTIVITEIT.waar": _deel(_ACTIVITEIT, "waar", waar_nl="Boven."),
    "bewerken.ACTIVITEIT.kosten": _deel(_ACTIVITEIT, "kosten", kosten_uitleg_nl="Thee is gratis."),
    "bewerken.ACTIVITEIT.meedoen": _deel(_ACTIVITEIT, "meedoen", stappen_nl="Bel aan."),
    "bewerken.ACTIVITEIT.taal": _deel(_ACTIVITEIT, "taal", taal_uitleg_nl="Wij praten langzaam."),
    "bewerken.ACTIVITEIT.wie": _deel(_ACTIVITEIT, "wie", ontvangst_nl="Sara"),
    "meldingen.MeldingForm": Invoer("melding-activiteit", een_melding, {"slug": "{activiteit}"}, actor="niemand"),
    "meldingen.AntwoordForm": Invoer(
        "mijn-meldingen", {"melding": "{melding}", "daad": "beantwoord", "antwoord": "Dank je."}
    ),
    "plekken.PlekForm": Invoer("mijn-plek-nieuw", PLEK),
    "momenten.MomentForm": Invoer("mijn-moment-nieuw", WEKELIJKS),
    "momenten.DatumForm": Invoer("mijn-datum", {"soort": "overgeslagen"}),
    "momenten.PauzeForm": Invoer("mijn-pauze", PAUZE),
    "momenten.PlanningForm": Invoer("mijn-wanneer", {"planning": "vast"}),
    "momenten._Tijden": GRONDSLAG,
    "velden.Openbaar": GRONDSLAG,
    "stand.MetStand": GRONDSLAG,
    "paren.MetParen": GRONDSLAG,
    "velden.Foutregels": GRONDSLAG,
    "velden.Bewaard": GRONDSLAG,
    "bewerken.Deel": GRONDSLAG,
    "activiteiten.ActiviteitAdminForm": BEHEER,
    "activiteiten.MomentAdminForm": BEHEER,
    "beelden.FotoAdminForm": BEHEER,
    "organisaties.OrganisatieAdminForm": BEHEER,
    **dict.fromkeys(
        (
            f"oordelen.{naam}"
            for naam in [
                "VersieForm",
                "VraagForm",
                "GesprekForm",
                "NotitieForm",
                "UitkomstForm",
                "RedenForm",
                "AfwijsForm",
                "NieuweUitnodigingForm",
                "BeheerderForm",
            ]
        ),
        BEHEER,
    ),
}
"""Every form of the site: where it is filled in, or why it has no page of its own."""
