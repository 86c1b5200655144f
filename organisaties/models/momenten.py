"""When and where activities take place: repeating rules and their exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from organisaties import herhaling
from organisaties.choices import UNKNOWN_LENGTH, Dagdeel, UitzonderingSoort
from organisaties.fields import LineField, Vertaalbaar, Vertaald
from organisaties.models.organisaties import Locatie, Plek
from organisaties.validators import validate_date_in_range

MOVED = 1000
"""How many moved dates of a week are looked at."""


class MomentQuerySet(models.QuerySet["Moment"]):
    def listed(self) -> MomentQuerySet:
        """Moments of activities that stand in lists.

        Not by joins: a database then walks the moments by the hour and stops at the first that are wanted, where it
        would else gather and sort them all.
        """
        activiteiten = self.model.activiteit.field.related_model.objects.listed()
        return self.filter(models.Exists(activiteiten.filter(pk=models.OuterRef("activiteit"))))

    def of(self, activiteiten: Iterable[int]) -> MomentQuerySet:
        """Moments of these activities, by id."""
        return self.filter(activiteit__in=list(activiteiten))

    def on_day(self, day: date) -> MomentQuerySet:
        """Moments that may fall on this day, by the hour they begin. Only the rule itself knows for certain."""
        bit = 1 << day.weekday()
        return (
            self.annotate(dag=F("weekdagen").bitand(bit))
            .filter(Q(laatste_on__isnull=True) | Q(laatste_on__gte=day), dag=bit, start_on__lte=day)
            .order_by("minuut", "pk")
        )

    def not_over(self, clock: time) -> MomentQuerySet:
        """Moments that can still be going on or have to begin at this hour of their day."""
        started = clock.hour * 60 + clock.minute - UNKNOWN_LENGTH
        return self.filter(
            Q(begin__isnull=True)
            | Q(eind__gt=clock)
            | Q(eind__lt=F("begin"))
            | Q(eind__isnull=True, minuut__gte=started)
        )

    def moved_to(self, first: date, last: date) -> list[int]:
        """The ids of moments of which a date was moved to one of these days; at most `MOVED`."""
        moved = Uitzondering.objects.filter(soort=UitzonderingSoort.VERPLAATST, nieuw_on__range=(first, last))
        # asked first and by themselves: a database that does not know yet how much there is would walk all moments
        ids = list(moved.order_by("pk").values_list("moment", flat=True)[:MOVED])
        return list(self.filter(pk__in=ids).order_by().values_list("pk", flat=True)) if ids else []

    def with_rows(self) -> MomentQuerySet:
        """Everything a row of the agenda shows, in a fixed number of queries."""
        return self.select_related(
            "activiteit__organisatie",
            "activiteit__thema",
            "activiteit__locatie__stadsdeel",
            "locatie__stadsdeel",
        ).prefetch_related("uitzonderingen")


class Moment(models.Model):
    """When and where an activity takes place: an RFC 5545 rule in wall-clock time of Europe/Amsterdam.

    Without a rule it takes place once, on `start_on`. Without `begin` the day is known and the hour is not.
    An `eind` before `begin` is after midnight.
    """

    FACTS = ("regel", "start_on", "begin", "eind", "dagdeel", "locatie_id")
    """What it says, by the names of its columns."""

    activiteit = models.ForeignKey("organisaties.Activiteit", models.CASCADE, related_name="momenten")
    locatie = models.ForeignKey(
        Locatie,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="momenten",
        verbose_name=_("andere locatie"),
        help_text=_("Leeg: de locatie van de activiteit."),
    )
    regel = LineField(
        _("herhaling"),
        max_length=255,
        blank=True,
        validators=[herhaling.validate_rule],
        help_text=_("Een regel zoals FREQ=WEEKLY;BYDAY=TU. Leeg: één keer."),
    )
    start_on = models.DateField(_("begint op"), validators=[validate_date_in_range])
    begin = models.TimeField(_("van"), null=True, blank=True)
    eind = models.TimeField(_("tot"), null=True, blank=True)
    dagdeel = models.CharField(
        _("dagdeel"),
        max_length=8,
        choices=Dagdeel.choices,
        blank=True,
        help_text=_("Alleen als de tijd niet bekend is."),
    )
    laatste_on = models.DateField(null=True, editable=False)
    weekdagen = models.PositiveSmallIntegerField(default=127, editable=False)
    minuut = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("momenten")
        ordering = ("minuut", "start_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(begin__isnull=False) | Q(eind__isnull=True), name="moment_eind_na_begin"
            ),
            models.CheckConstraint(condition=Q(begin__isnull=True) | Q(dagdeel=""), name="moment_dagdeel_of_tijd"),
            models.CheckConstraint(
                condition=Q(laatste_on__isnull=True) | Q(laatste_on__gte=F("start_on")),
                name="moment_einde_na_begin",
            ),
        )
        indexes = (models.Index("minuut", "id", name="moment_op_tijd"),)

    def __str__(self) -> str:
        return self.dagen_in_woorden

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.eind is not None and self.begin is None:
            raise ValidationError({"begin": _("Schrijf ook hoe laat het begint.")})
        if self.begin is not None and self.begin == self.eind:
            raise ValidationError({"eind": _("Kies een eindtijd die later is dan de begintijd.")})
        if self.begin is not None:
            self.dagdeel = ""
        if isinstance(self.start_on, date) and not _rule_is_wrong(self.regel):
            try:
                herhaling.last_date(self.regel, self.start_on)
            except ValidationError as error:
                raise ValidationError({"regel": error}) from error

    def derive(self) -> None:
        """Work out the columns that narrow a search for a day: the last date, the weekdays, the minute it begins."""
        self.laatste_on = herhaling.last_date(self.regel, self.start_on)
        self.weekdagen = herhaling.weekday_mask(self.regel, self.start_on)
        self.minuut = _MINUTES[self.dagdeel] if self.begin is None else self.begin.hour * 60 + self.begin.minute

    @property
    def tijd_in_woorden(self) -> str:
        """The hours: "10:00 – 12:00", "In de middag", or nothing when they are not known."""
        if self.begin is None:
            return str(Dagdeel(self.dagdeel).label) if self.dagdeel else ""
        return "\u00a0–\u00a0".join(time_format(clock, "H:i") for clock in (self.begin, self.eind) if clock)

    @property
    def dagen_in_woorden(self) -> str:
        """The days, without the hours: "Elke dinsdag"."""
        return herhaling.in_words(self.regel, self.start_on)

    @property
    def in_woorden(self) -> str:
        """When it is, in one line: "Elke dinsdag, 10:00 – 12:00"."""
        return herhaling.with_hours(self.dagen_in_woorden, [self.tijd_in_woorden])

    def falls_on(self, day: date) -> bool:
        """Whether its rule has this date. A skipped date counts, a date it was moved to does not."""
        return bool(herhaling.dates(self.regel, self.start_on, day, day))

    @property
    def afdruk(self) -> str:
        """A short print of what it says: two moments with the same one say the same."""
        return _print(self)

    @property
    def plek(self) -> Plek | None:
        """The public side of its own place, if it has one beside that of the activity."""
        return self.locatie.plek if self.locatie else None


_MINUTES = {Dagdeel.OCHTEND: 9 * 60, Dagdeel.MIDDAG: 13 * 60, Dagdeel.AVOND: 19 * 60, "": 24 * 60}
"""Where a moment without an hour stands on its day: at the start of its part of the day, else last."""


def _print(row: Moment | Uitzondering) -> str:
    facts = tuple(str(getattr(row, name)) for name in row.FACTS)
    return sha256(repr(facts).encode()).hexdigest()[:16]


def _rule_is_wrong(rule: str) -> bool:
    try:
        herhaling.validate_rule(rule)
    except ValidationError:
        return True
    return False


class Uitzondering(Vertaalbaar):
    """One date of a moment that is skipped or moved, or a pause of a while."""

    FACTS = ("soort", "datum_on", "tot_en_met_on", "nieuw_on", "nieuw_begin", "nieuw_eind", "reden_nl", "reden_en")
    """What it says, by the names of its columns."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="uitzonderingen")
    soort = models.CharField(_("soort"), max_length=12, choices=UitzonderingSoort.choices)
    datum_on = models.DateField(
        _("datum"), validators=[validate_date_in_range], help_text=_("Bij een pauze: de eerste dag.")
    )
    tot_en_met_on = models.DateField(
        _("tot en met"),
        null=True,
        blank=True,
        validators=[validate_date_in_range],
        help_text=_("Alleen bij een pauze."),
    )
    nieuw_on = models.DateField(
        _("nieuwe datum"),
        null=True,
        blank=True,
        validators=[validate_date_in_range],
        help_text=_("Alleen bij een andere dag of tijd."),
    )
    nieuw_begin = models.TimeField(_("nieuw van"), null=True, blank=True)
    nieuw_eind = models.TimeField(_("nieuw tot"), null=True, blank=True)
    reden_nl = LineField(_("waarom (Nederlands)"), max_length=160, blank=True)
    reden_en = LineField(_("waarom (Engels)"), max_length=160, blank=True)

    reden = Vertaald("reden")

    class Meta:
        verbose_name = _("uitzondering")
        verbose_name_plural = _("uitzonderingen")
        ordering = ("datum_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    soort=UitzonderingSoort.OVERGESLAGEN,
                    tot_en_met_on=None,
                    nieuw_on=None,
                    nieuw_begin=None,
                    nieuw_eind=None,
                )
                | (Q(soort=UitzonderingSoort.VERPLAATST, tot_en_met_on=None) & Q(nieuw_on__isnull=False))
                | Q(
                    soort=UitzonderingSoort.PAUZE,
                    tot_en_met_on__isnull=False,
                    tot_en_met_on__gte=F("datum_on"),
                    nieuw_on=None,
                    nieuw_begin=None,
                    nieuw_eind=None,
                ),
                name="uitzondering_klopt_met_soort",
            ),
            models.UniqueConstraint(
                "moment",
                "datum_on",
                condition=~Q(soort=UitzonderingSoort.PAUZE),
                name="uitzondering_een_per_datum",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.datum_on})"

    def clean(self) -> None:
        super().clean()
        if self.soort == UitzonderingSoort.PAUZE and not (self.tot_en_met_on and self.datum_on <= self.tot_en_met_on):
            raise ValidationError({"tot_en_met_on": _("Schrijf de laatste dag van de pauze.")})
        if self.soort == UitzonderingSoort.VERPLAATST and not self.nieuw_on:
            raise ValidationError(
                {"nieuw_on": _("Schrijf de nieuwe datum. Alleen een andere tijd? Schrijf dezelfde datum.")}
            )
        if self.soort != UitzonderingSoort.PAUZE:
            self.tot_en_met_on = None
        if self.soort != UitzonderingSoort.VERPLAATST:
            self.nieuw_on = self.nieuw_begin = self.nieuw_eind = None

    @property
    def afdruk(self) -> str:
        """A short print of what it says, as that of a moment."""
        return _print(self)

    @property
    def uren(self) -> tuple[time | None, time | None]:
        """From when until when it is on its new date. Of a new begin without an end the end is not known."""
        eind = self.nieuw_eind or (None if self.nieuw_begin else self.moment.eind)
        return self.nieuw_begin or self.moment.begin, eind

    @property
    def laatste_dag(self) -> date:
        """The last of the planned dates that it is about."""
        return self.tot_en_met_on or self.datum_on

    def covers(self, day: date) -> bool:
        """Whether the moment does not take place on this day because of this exception."""
        return self.datum_on <= day <= self.laatste_dag
