"""When an activity takes place, as its editors fill it in: a block of time, one date, a pause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organisaties import herhaling
from organisaties.actions import MOST_DATES
from organisaties.choices import Dagdeel, Planning, Ritme, UitzonderingSoort
from organisaties.forms.activiteiten import own_locations
from organisaties.forms.datum import DatumField, DatumLijstField, TijdField
from organisaties.forms.velden import Bewaard, RegelField
from organisaties.herhaling_keuze import Keuze, first_day, from_rule, to_rule
from organisaties.models import Activiteit, Moment, Uitzondering

ZOALS_NU = "zoals-nu"
"""The choice to keep a rule that this form cannot show."""

_LONGEST = timedelta(days=3660)
"""How long a rule with an end lasts at most: of such a rule every date is counted."""

_INVOER = {"class": "invoer"}
_NODIG = {"aria-required": "true"}
_REDEN = Uitzondering._meta.get_field("reden_nl").max_length


def _datums(*names: str) -> tuple[str, ...]:
    """The names of the boxes of these dates."""
    return tuple(f"{name}_{part}" for name in names for part in ("dag", "maand", "jaar"))


def _hours(begin: str, eind: str, **options: Any) -> tuple[TijdField, TijdField]:
    return TijdField(label=begin, **options), TijdField(label=eind)


def _reden(label: str, **options: Any) -> RegelField:
    return RegelField(
        required=False,
        label=label,
        max_length=_REDEN,
        widget=forms.TextInput({**_INVOER, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "max_length": _("Maak de reden korter: hooguit %(limit_value)d tekens."),
            "line": _("Schrijf de reden op één regel."),
        },
        **options,
    )


class _Tijden(Bewaard):
    """A form with an hour to begin and an hour to end."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begin, eind = cleaned.get("begin"), cleaned.get("eind")
        if eind and not begin and "begin" not in self.errors and not self._begins_at():
            self.add_error("begin", _("Schrijf ook hoe laat het begint."))
        if eind and (begin or self._begins_at()) == eind:
            self.add_error("eind", _("Kies een eindtijd die later is dan de begintijd."))
        return cleaned

    def _begins_at(self) -> Any:
        """The hour at which it begins when nothing is filled in."""
        return None


class MomentForm(_Tijden):
    """A block of time of an activity: how often, which days, the hours, the place, from when and until when."""

    ook_bewaard = _datums("start", "datum", "tot")

    ritme = forms.ChoiceField(
        label=_("Hoe vaak is het?"),
        choices=Ritme.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies hoe vaak het is."),
            "invalid_choice": _("Kies hoe vaak het is: een van de antwoorden."),
        },
    )
    dagen = forms.TypedMultipleChoiceField(
        label=_("Op welke dag?"),
        help_text=_("Bij elke week of om de week kun je meer dagen kiezen."),
        choices=tuple(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies alleen dagen uit de lijst."), "invalid_list": _("Kies een dag.")},
    )
    hoeveelste = forms.TypedChoiceField(
        label=_("De hoeveelste van de maand?"),
        choices=(("", _("Kies")), *herhaling.ORDINALS.items()),
        coerce=int,
        empty_value=0,
        required=False,
        widget=forms.Select(_INVOER),
        error_messages={"invalid_choice": _("Kies de hoeveelste uit de lijst.")},
    )
    losse = DatumLijstField(
        label=_("Op welke data?"),
        help_text=_("Schrijf één datum per regel. Bijvoorbeeld: 1 december 2026"),
        most=MOST_DATES,
        required=False,
        widget=forms.Textarea({**_INVOER, "rows": 5, "dir": "auto", "autocomplete": "off"}),
    )
    datum = DatumField(label=_("Op welke dag is het?"), required=False)
    begin, eind = _hours(
        _("Hoe laat begint het?"),
        _("Hoe laat is het klaar?"),
        help_text=_("Bijvoorbeeld 10:00. Weet je het niet? Laat het leeg."),
    )
    dagdeel = forms.ChoiceField(
        label=_("Welk deel van de dag?"),
        help_text=_("Alleen als je de tijd niet weet."),
        choices=(("", _("Niet bekend")), *Dagdeel.choices),
        required=False,
        widget=forms.Select(_INVOER),
        error_messages={"invalid_choice": _("Kies een deel van de dag uit de lijst.")},
    )
    start = DatumField(label=_("Vanaf welke dag?"), required=False)
    tot = DatumField(
        label=_("Tot en met welke dag?"), help_text=_("Gaat het gewoon door? Laat dit leeg."), required=False
    )
    locatie = forms.ModelChoiceField(
        None,
        label=_("Waar is het?"),
        empty_label=_("De plek van de activiteit"),
        required=False,
        widget=forms.Select(_INVOER),
        error_messages={"invalid_choice": _("Kies een plek uit de lijst.")},
    )
    afdruk = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, activiteit: Activiteit, data: QueryDict | None = None, *, moment: Moment | None = None) -> None:
        super().__init__(data)
        self.activiteit, self.moment = activiteit, moment
        own_locations(self.fields["locatie"], activiteit.organisatie_id)
        self.bekend = from_rule(moment.regel, moment.start_on) if moment else None
        if moment is None:
            del self.fields["datum"], self.fields["afdruk"]
            self.initial = {"start": timezone.localdate()}
            return
        del self.fields["losse"]
        self.initial = self._stored(moment)
        if self.bekend is None:
            words = _("Laat het zoals het nu is: %(woorden)s") % {"woorden": moment.dagen_in_woorden}
            self.fields["ritme"].choices = [(ZOALS_NU, words), *Ritme.choices]

    def _stored(self, moment: Moment) -> dict[str, Any]:
        known = self.bekend or Keuze(ZOALS_NU)
        is_loose = known.ritme == Ritme.LOS
        return {
            "ritme": known.ritme,
            "dagen": known.dagen,
            "hoeveelste": known.hoeveelste or "",
            "tot": known.tot,
            "datum": moment.start_on if is_loose else None,
            "start": timezone.localdate() if is_loose else moment.start_on,
            **{name: getattr(moment, name) for name in ("begin", "eind", "dagdeel", "locatie", "afdruk")},
        }

    # --- what was asked for

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ritme = cleaned.get("ritme")
        self._forget_what_is_not_asked(ritme)
        if ritme == Ritme.LOS:
            name = "datum" if self.moment else "losse"
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Schrijf op welke dag het is."))
        elif ritme in Ritme.values:
            self._clean_repetition(ritme)
        if cleaned.get("begin"):
            cleaned["dagdeel"] = ""
        return cleaned

    def _forget_what_is_not_asked(self, ritme: str | None) -> None:
        """A fault in a question that does not belong to the chosen repetition is none."""
        asked = {
            Ritme.LOS: {"losse", "datum"},
            Ritme.WEEK: {"dagen", "start", "tot"},
            Ritme.TWEE_WEKEN: {"dagen", "start", "tot"},
            Ritme.MAAND: {"dagen", "hoeveelste", "start", "tot"},
        }.get(ritme, set())
        for name in {"losse", "datum", "dagen", "hoeveelste", "start", "tot"} - asked:
            self.errors.pop(name, None)

    def _clean_repetition(self, ritme: str) -> None:
        cleaned = self.cleaned_data
        if not cleaned.get("dagen") and "dagen" not in self.errors:
            self.add_error("dagen", _("Kies een dag van de week."))
        if ritme == Ritme.MAAND:
            if len(cleaned.get("dagen") or ()) > 1:
                self.add_error("dagen", _("Kies bij elke maand één dag. Zet een andere dag er apart bij."))
            if not cleaned.get("hoeveelste") and "hoeveelste" not in self.errors:
                self.add_error("hoeveelste", _("Kies de hoeveelste van de maand. Bijvoorbeeld: de eerste."))
        if not cleaned.get("start") and "start" not in self.errors:
            self.add_error("start", _("Schrijf vanaf welke dag het is."))
        if not {"dagen", "hoeveelste", "start", "tot"} & set(self.errors) and cleaned["tot"]:
            self._clean_end(cleaned["start"], cleaned["tot"])

    def _clean_end(self, start: date, tot: date) -> None:
        rule, begins = self._rule
        first = herhaling.first_date(rule, begins)
        if first is None:
            self.add_error("tot", _("Vóór deze dag is er geen enkele keer. Kies een latere laatste dag."))
        elif tot - start > _LONGEST:
            self.add_error("tot", _("Kies een laatste dag binnen tien jaar, of laat dit leeg."))

    @cached_property
    def _rule(self) -> tuple[str, date]:
        """The rule and the day it counts from. Where nothing was changed they are the stored ones, to the letter."""
        cleaned = self.cleaned_data
        if cleaned["ritme"] == ZOALS_NU:
            return self.moment.regel, self.moment.start_on
        hoeveelste = cleaned["hoeveelste"] if cleaned["ritme"] == Ritme.MAAND else 0
        keuze = Keuze(cleaned["ritme"], tuple(sorted(cleaned["dagen"])), hoeveelste, cleaned["tot"])
        if self.moment and (keuze, cleaned["start"]) == (self.bekend, self.moment.start_on):
            return self.moment.regel, self.moment.start_on
        return to_rule(keuze), first_day(keuze, cleaned["start"])

    @cached_property
    def momenten(self) -> list[Moment]:
        """What a valid form asks for, not stored: one moment, or one for each loose date."""
        cleaned = self.cleaned_data
        if cleaned["ritme"] == Ritme.LOS:
            days = [cleaned["datum"]] if self.moment else cleaned["losse"]
            rules = [("", day) for day in days]
        else:
            rules = [self._rule]
        facts = {name: cleaned[name] for name in ("begin", "eind", "dagdeel", "locatie")}
        made = [Moment(activiteit=self.activiteit, regel=rule, start_on=start, **facts) for rule, start in rules]
        for moment in made:
            moment.derive()
        return made

    @property
    def vervallen(self) -> bool:
        """Whether dates that were skipped or moved are no dates of what is asked for."""
        if self.moment is None:
            return False
        single = self.moment.uitzonderingen.exclude(soort=UitzonderingSoort.PAUZE)
        return any(not self.momenten[0].falls_on(each.datum_on) for each in single)

    def renew_afdruk(self, moment: Moment) -> None:
        """Let the next press overwrite what is stored now."""
        self.data["afdruk"] = moment.afdruk


def new_of(data: QueryDict) -> QueryDict:
    """What was typed to change a block, as what asks for a new one; its one date becomes the list of dates."""
    copy = data.copy()
    copy["losse"] = "-".join(filter(None, (data.get(f"datum_{part}", "") for part in ("dag", "maand", "jaar"))))
    return copy


class DatumForm(_Tijden):
    """One date of a block: it is called off, or on another day or hour."""

    ook_bewaard = _datums("naar")

    soort = forms.ChoiceField(
        label=_("Wat verandert er?"),
        choices=(
            (UitzonderingSoort.OVERGESLAGEN, _("Het gaat die dag niet door")),
            (UitzonderingSoort.VERPLAATST, _("Het is op een andere dag of tijd")),
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat er verandert."),
            "invalid_choice": _("Kies wat er verandert: een van de twee."),
        },
    )
    naar = DatumField(
        label=_("Op welke dag is het dan?"),
        help_text=_("Alleen een andere tijd? Laat de dag zo staan."),
        required=False,
    )
    begin, eind = _hours(
        _("Hoe laat begint het dan?"), _("Hoe laat is het dan klaar?"), help_text=_("Dezelfde tijd? Laat het leeg.")
    )
    reden_nl = _reden(_("Waarom? (Nederlands)"), help_text=_("Iedereen kan dit lezen. Schrijf geen namen van mensen."))
    reden_en = _reden(_("Waarom? (Engels)"))
    afdruk = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        moment: Moment,
        datum: date,
        data: QueryDict | None = None,
        *,
        stored: Uitzondering | None = None,
        soort: str = "",
    ) -> None:
        super().__init__(data)
        self.moment, self.dag = moment, datum
        asked = soort if soort in dict(self.fields["soort"].choices) else ""
        self.initial = {"soort": asked, "naar": datum}
        if stored:
            facts = {name: getattr(stored, name) for name in ("soort", "reden_nl", "reden_en", "afdruk")}
            hours = {"begin": stored.nieuw_begin, "eind": stored.nieuw_eind}
            self.initial |= {**facts, **hours, "naar": stored.nieuw_on or datum}
            self.initial["soort"] = asked or stored.soort

    def _begins_at(self) -> Any:
        return self.moment.begin

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("soort") != UitzonderingSoort.VERPLAATST:
            for name in ("naar", "begin", "eind"):
                self.errors.pop(name, None)
            return cleaned
        if "naar" in self.errors:
            return cleaned
        if not cleaned.get("naar"):
            self.add_error("naar", _("Schrijf op welke dag het dan is."))
        elif cleaned["naar"] < timezone.localdate():
            self.add_error("naar", _("Deze dag is al voorbij. Kies een dag die nog komt."))
        elif cleaned["naar"] == self.dag and not (cleaned.get("begin") or cleaned.get("eind")):
            self.add_error("naar", _("Dit is de dag en de tijd van altijd. Schrijf een andere dag of een andere tijd."))
        return cleaned

    def renew_afdruk(self, stored: Uitzondering | None) -> None:
        """Let the next press overwrite what is known of the date now."""
        self.data["afdruk"] = stored.afdruk if stored else ""

    @property
    def uren(self) -> tuple[Any, Any]:
        return self.cleaned_data["begin"], self.cleaned_data["eind"]

    @property
    def redenen(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("reden_nl", "reden_en")}


class PauzeForm(Bewaard):
    """The first and the last day of a pause of all times."""

    ook_bewaard = _datums("eerste", "laatste")

    eerste = DatumField(label=_("Wat is de eerste dag van de pauze?"))
    laatste = DatumField(
        label=_("Wat is de laatste dag van de pauze?"), help_text=_("De dag daarna gaat het weer door.")
    )
    reden_nl = _reden(_("Waarom? (Nederlands)"), help_text=_("Bijvoorbeeld: schoolvakantie. Iedereen kan dit lezen."))
    reden_en = _reden(_("Waarom? (Engels)"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        eerste, laatste = cleaned.get("eerste"), cleaned.get("laatste")
        if laatste and laatste < timezone.localdate():
            self.add_error("laatste", _("Deze pauze is al voorbij. Kies een laatste dag die nog komt."))
        elif eerste and laatste and laatste < eerste:
            self.add_error("laatste", _("De laatste dag is vóór de eerste. Kies een latere laatste dag."))
        return cleaned


class PlanningForm(Bewaard):
    """Whether it is on fixed days, by appointment, or not known."""

    planning = forms.ChoiceField(
        label=_("Hoe weet iemand wanneer het is?"),
        choices=Planning.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies hoe iemand weet wanneer het is."),
            "invalid_choice": _("Kies hoe iemand weet wanneer het is: een van de drie."),
        },
    )

    def __init__(self, activiteit: Activiteit, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.initial = {"planning": activiteit.planning}
