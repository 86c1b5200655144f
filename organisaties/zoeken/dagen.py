"""Which activities take place on a day, as a set: the days that `organisaties.agenda` gives one by one.

Nearly every rule is known by its weekdays and its first and last date, which are columns; those come from the database
as they are. The others (every second week, every first Tuesday) are expanded. A test holds the two ways together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from threading import Lock

from django.db.models import Q

from organisaties import herhaling
from organisaties.choices import ActiviteitStatus, UitzonderingSoort
from organisaties.models import Activiteit, Moment, Uitzondering
from organisaties.zoeken.bits import BitMap, Verzameling, union
from organisaties.zoeken.geheugen import Lijst

MAX_DAGEN = 60
"""How many days a process keeps."""

_lock = Lock()


def op_dagen(lijst: Lijst, dagen: Iterable[date], *, vandaag: date, na: time) -> Verzameling:
    """The activities of a list that take place on one of these days; today only what is not over yet.

    Takes days and the date and hour of now in Amsterdam. What is called off does not count. Per day a handful of
    queries, once per version of the index; for today once per quarter of an hour.
    """
    quarter = na.replace(minute=na.minute // 15 * 15, second=0, microsecond=0)
    return union(_kept(lijst, dag, quarter if dag == vandaag else None) for dag in dagen)


def _kept(lijst: Lijst, dag: date, na: time | None) -> Verzameling:
    if (bits := lijst.dagen.get((dag, na))) is None:
        with _lock:  # a busy day is worked out once, not by every thread
            if (bits := lijst.dagen.get((dag, na))) is None:
                if len(lijst.dagen) >= MAX_DAGEN:
                    lijst.dagen.clear()
                bits = lijst.dagen[dag, na] = _on(dag, na) & lijst.alles
    return bits


def _on(dag: date, na: time | None) -> Verzameling:
    falling = Moment.objects.on_day(dag).order_by()
    if na is not None:
        falling = falling.not_over(na)
    off = Uitzondering.objects.filter(
        Q(datum_on=dag) | Q(soort=UitzonderingSoort.PAUZE, datum_on__lte=dag, tot_en_met_on__gte=dag)
    )
    called_off = set(off.values_list("moment", flat=True))
    moved = Moment.objects.filter(uitzonderingen__soort=UitzonderingSoort.VERPLAATST, uitzonderingen__nieuw_on=dag)
    paused = Activiteit.objects.filter(status=ActiviteitStatus.GEPAUZEERD, pauze_tot__gt=dag).order_by()
    found = BitMap(moved.order_by().values_list("activiteit", flat=True))
    for pk, activiteit, regel, start_on in falling.values_list("pk", "activiteit", "regel", "start_on").iterator():
        if pk not in called_off and (herhaling.is_regular(regel) or herhaling.dates(regel, start_on, dag, dag)):
            found.add(activiteit)
    return Verzameling(found - BitMap(paused.values_list("pk", flat=True)))
