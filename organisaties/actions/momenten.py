"""When an activity takes place: blocks of time, single dates that are skipped or moved, and pauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties import agenda
from organisaties.actions.aanvragen import Veranderd
from organisaties.actions.versies import changing_times
from organisaties.choices import Planning, UitzonderingSoort
from organisaties.models import Activiteit, Gebruiker, Moment, Uitzondering

MOST_BLOCKS = 30
"""How many times that come back one activity has."""

MOST_DATES = 60
"""How many loose dates one activity has ahead."""

MOST_PAUSES = 10


@contextmanager
def _held_moment(moment: Moment, door: Gebruiker) -> Iterator[tuple[Activiteit, Moment]]:
    """A moment with its activity. Raises Veranderd when somebody took it away."""
    with changing_times(moment.activiteit_id, door=door) as (activiteit,):
        found = next((each for each in activiteit.momenten.all() if each.pk == moment.pk), None)
        if found is None:
            raise Veranderd(_("Iemand heeft deze tijd net weggehaald."))
        yield activiteit, found


# --- blocks


def add_momenten(activiteit: Activiteit, *, momenten: Iterable[Moment], door: Gebruiker) -> int:
    """Give an activity more times; those that it has already are left out. Pauses that are ahead count for them too.

    Gives how many there are more. Raises ValidationError when there would be too many.
    """
    with changing_times(activiteit.pk, door=door) as (held,):
        stored = list(held.momenten.all())
        known = {moment.afdruk for moment in stored}
        new = [moment for moment in momenten if moment.afdruk not in known]
        _check_number([*stored, *new])
        pauses = agenda.pauses(held)
        for moment in new:
            moment.activiteit = held
            moment.save()
            for pause in pauses:
                _pause(moment, pause.datum_on, pause.tot_en_met_on, pause.reden_nl, pause.reden_en)
        held.planning = Planning.VAST
    return len(new)


def change_moment(moment: Moment, *, nieuw: Moment, afdruk: str, door: Gebruiker) -> bool:
    """Let a moment say what `nieuw` says. Exceptions of dates that are no longer there go; tells whether any did.

    `afdruk` is the print of what was on the screen: raises Veranderd when it says something else by now, or is gone.
    Raises ValidationError when there would be too many.
    """
    with _held_moment(moment, door) as (activiteit, held):
        if held.afdruk not in (afdruk, nieuw.afdruk):
            raise Veranderd(_("Iemand anders heeft deze tijd net veranderd."))
        for name in Moment.FACTS:
            setattr(held, name, getattr(nieuw, name))
        _check_number([held if each.pk == held.pk else each for each in activiteit.momenten.all()])
        held.save()
        gone = [each for each in held.uitzonderingen.all() if not _still_counts(each, held)]
        Uitzondering.objects.filter(pk__in=[each.pk for each in gone]).delete()
        activiteit.planning = Planning.VAST
    return bool(gone)


def _still_counts(exception: Uitzondering, moment: Moment) -> bool:
    return exception.soort == UitzonderingSoort.PAUZE or moment.falls_on(exception.datum_on)


def _check_number(momenten: list[Moment]) -> None:
    today = timezone.localdate()
    if sum(bool(moment.regel) for moment in momenten) > MOST_BLOCKS:
        raise ValidationError(
            _("Een activiteit heeft hooguit %(most)d tijden die terugkomen. Haal er eerst een weg.")
            % {"most": MOST_BLOCKS}
        )
    if sum(not moment.regel and moment.start_on >= today for moment in momenten) > MOST_DATES:
        raise ValidationError(
            _("Een activiteit heeft hooguit %(most)d losse data die nog komen. Haal er eerst een weg.")
            % {"most": MOST_DATES}
        )


def remove_moment(moment: Moment, *, door: Gebruiker) -> None:
    """Take a block of time away; an activity without any has no fixed days. Raises Veranderd when it is gone."""
    with _held_moment(moment, door) as (activiteit, held):
        held.delete()
        if len(activiteit.momenten.all()) == 1:
            activiteit.planning = Planning.ONBEKEND


def set_planning(activiteit: Activiteit, *, planning: str, door: Gebruiker) -> None:
    """Say whether it is on fixed days, by appointment or not known. Raises ValidationError when the times disagree."""
    with changing_times(activiteit.pk, door=door) as (held,):
        has_times = bool(held.momenten.all())
        if has_times and planning != Planning.VAST:
            raise ValidationError(_("Er staan nog vaste tijden. Haal die eerst weg, of kies: op vaste dagen."))
        if not has_times and planning == Planning.VAST:
            raise ValidationError(_("Zet er eerst een tijd bij."))
        held.planning = planning


# --- one date: `afdruk` is the print of the exception that was on the screen, "" for none, and None when nobody looked;
# when something else is known of the date by now these raise Veranderd, and also when the moment is gone


def skip_date(moment: Moment, *, door: Gebruiker, datum: date, afdruk: str | None = None, **reden: str) -> None:
    """Call one date off. `reden` is reden_nl and reden_en; without them a date that is off keeps those that it has.

    Raises Veranderd.
    """
    with _held_moment(moment, door) as (_activiteit, held):
        known = _exception(held, datum)
        if reden or not (known and known.soort == UitzonderingSoort.OVERGESLAGEN):
            _except(held, datum, Uitzondering(soort=UitzonderingSoort.OVERGESLAGEN, **reden), afdruk)


def move_date(
    moment: Moment,
    *,
    door: Gebruiker,
    datum: date,
    naar: date,
    uren: tuple[time | None, time | None],
    afdruk: str | None = None,
    **reden: str,
) -> None:
    """Have one date take place on another day or hour (None: the hours of always). `reden` is reden_nl and reden_en.

    Raises Veranderd.
    """
    with _held_moment(moment, door) as (_activiteit, held):
        new = {"nieuw_on": naar, "nieuw_begin": uren[0], "nieuw_eind": uren[1]}
        _except(held, datum, Uitzondering(soort=UitzonderingSoort.VERPLAATST, **new, **reden), afdruk)


def restore_date(moment: Moment, *, door: Gebruiker, datum: date, afdruk: str | None = None) -> None:
    """Have one date take place as always. Raises Veranderd."""
    with _held_moment(moment, door) as (_activiteit, held):
        if known := _exception(held, datum):
            _check_seen(known, afdruk)
            known.delete()


def _exception(moment: Moment, datum: date) -> Uitzondering | None:
    single = (e for e in moment.uitzonderingen.all() if e.soort != UitzonderingSoort.PAUZE)
    return next((e for e in single if e.datum_on == datum), None)


def _except(moment: Moment, datum: date, new: Uitzondering, afdruk: str | None) -> None:
    known = _exception(moment, datum)
    new.pk, new.moment, new.datum_on = known and known.pk, moment, datum
    new.clean()
    if known is None or known.afdruk != new.afdruk:
        _check_seen(known, afdruk)
        new.save()


def _check_seen(known: Uitzondering | None, afdruk: str | None) -> None:
    if afdruk is not None and afdruk != (known.afdruk if known else ""):
        raise Veranderd(_("Iemand anders heeft deze dag net veranderd."))


# --- pauses


def pause_activiteit(
    activiteit: Activiteit, *, door: Gebruiker, eerste: date, laatste: date, reden_nl: str, reden_en: str
) -> None:
    """Have nothing take place for a while. The same pause again changes nothing.

    Raises ValidationError without any times, and for too many pauses.
    """
    with changing_times(activiteit.pk, door=door) as (held,):
        momenten = list(held.momenten.all())
        if not momenten:
            raise ValidationError(_("Zet er eerst een tijd bij."))
        known = agenda.pauses(held)
        if any(_same_pause(each, eerste, laatste, reden_nl, reden_en) for each in known):
            return
        if len(known) >= MOST_PAUSES:
            raise ValidationError(_("Er staan al %(most)d pauzes. Haal er eerst een weg.") % {"most": MOST_PAUSES})
        for moment in momenten:
            _pause(moment, eerste, laatste, reden_nl, reden_en)


def end_pauze(activiteit: Activiteit, *, door: Gebruiker, pauze: Uitzondering) -> None:
    """Take a pause off all times of an activity."""
    with changing_times(activiteit.pk, door=door) as (held,):
        facts = (pauze.datum_on, pauze.tot_en_met_on, pauze.reden_nl, pauze.reden_en)
        everything = (e for moment in held.momenten.all() for e in moment.uitzonderingen.all())
        for each in everything:
            if each.soort == UitzonderingSoort.PAUZE and _same_pause(each, *facts):
                each.delete()


def _same_pause(pause: Uitzondering, *facts: Any) -> bool:
    return (pause.datum_on, pause.tot_en_met_on, pause.reden_nl, pause.reden_en) == facts


def _pause(moment: Moment, *facts: Any) -> None:
    values = dict(zip(("datum_on", "tot_en_met_on", "reden_nl", "reden_en"), facts, strict=True))
    Uitzondering.objects.create(moment=moment, soort=UitzonderingSoort.PAUZE, **values)
