"""What readers report: "klopt dit niet?", about an activity or about an organisation."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.choices import CLOSED_MELDING, MELDING_TRANSITIONS, MeldingStatus, MeldingWat, Verdenking
from organisaties.fields import ProseField
from organisaties.models.activiteiten import Activiteit
from organisaties.models.beheerders import Beheerder
from organisaties.models.gebruikers import Gebruiker
from organisaties.models.organisaties import Organisatie, check_transition

MAX_MELDING = 1000
"""How long a report and its answer may be, in characters."""

TE_LANG = timedelta(days=14)
"""After how long a report that nobody closed asks for the attention of the coordinators."""


LAATST = timedelta(days=30)
"""How long editors see what was closed."""


class MeldingQuerySet(models.QuerySet["Melding"]):
    def open(self) -> MeldingQuerySet:
        """What an organisation can still do something about. Not what is held."""
        return self.filter(status=MeldingStatus.OPEN, is_verdacht=False)

    def suspicious(self) -> MeldingQuerySet:
        """Held until a coordinator has looked: no editor sees it."""
        return self.filter(status=MeldingStatus.OPEN, is_verdacht=True)

    def closed(self) -> MeldingQuerySet:
        return self.filter(status__in=CLOSED_MELDING)

    def late(self) -> MeldingQuerySet:
        """Open, and waiting for the coordinators: for too long, or nobody of the organisation can see it."""
        readers = Beheerder.objects.present().filter(organisatie=OuterRef("organisatie"))
        return self.open().filter(Q(created_at__lt=timezone.now() - TE_LANG) | ~Exists(readers))

    def of_organisatie(self, organisatie: Organisatie) -> MeldingQuerySet:
        """About this organisation and its activities."""
        return self.filter(organisatie=organisatie).select_related("organisatie", "activiteit")


class Melding(models.Model):
    """A report of a reader. What was typed stays as it is; the address goes as soon as it is closed."""

    organisatie = models.ForeignKey(
        Organisatie, models.CASCADE, related_name="meldingen", verbose_name=_("organisatie")
    )
    activiteit = models.ForeignKey(
        Activiteit, models.CASCADE, null=True, blank=True, related_name="meldingen", verbose_name=_("activiteit")
    )
    sleutel = models.CharField(
        _("sleutel van het formulier"), max_length=64, unique=True, editable=False, help_text=_("Tegen dubbel sturen.")
    )
    wat = models.CharField(_("wat klopt er niet?"), max_length=10, choices=MeldingWat.choices)
    tekst = ProseField(_("uitleg"), max_length=MAX_MELDING, blank=True)
    email = models.EmailField(_("e-mailadres van de lezer"), max_length=254, blank=True)
    taal = models.CharField(_("taal"), max_length=7)
    status = models.CharField(_("status"), max_length=10, choices=MeldingStatus.choices, default=MeldingStatus.OPEN)
    antwoord = ProseField(_("antwoord"), max_length=MAX_MELDING, blank=True)
    is_verdacht = models.BooleanField(_("eerst nakijken"), default=False)
    verdenkingen = models.JSONField(_("waarom nakijken"), default=list, blank=True)
    created_at = models.DateTimeField(_("verstuurd op"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        Gebruiker, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("afgesloten door")
    )

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(wat__in=MeldingWat.values), name="melding_wat_bestaat"),
            models.CheckConstraint(
                condition=~Q(wat=MeldingWat.ANDERS) | ~Q(tekst=""), name="melding_anders_met_uitleg"
            ),
            models.CheckConstraint(
                condition=Q(status=MeldingStatus.OPEN, closed_at__isnull=True, closed_by__isnull=True)
                | (Q(status__in=CLOSED_MELDING, closed_at__isnull=False, email="")),
                name="melding_dicht_met_tijd_zonder_adres",
            ),
            models.CheckConstraint(
                condition=(Q(status=MeldingStatus.BEANTWOORD) & ~Q(antwoord=""))
                | (~Q(status=MeldingStatus.BEANTWOORD) & Q(antwoord="")),
                name="melding_beantwoord_met_antwoord",
            ),
            models.CheckConstraint(
                condition=Q(is_verdacht=False) | Q(status__in=(MeldingStatus.OPEN, MeldingStatus.GESLOTEN)),
                name="melding_verdacht_zonder_antwoord",
            ),
        )
        indexes = (models.Index("organisatie", "status", name="melding_werklijst"),)

    def __str__(self) -> str:
        """Nothing that was typed: this stands in the log of the desk."""
        return f"{self.get_wat_display()}: {self.over.naam}"

    def clean(self) -> None:
        super().clean()
        check_transition(self, MELDING_TRANSITIONS)

    @property
    def over(self) -> Activiteit | Organisatie:
        """What the report is about."""
        return self.activiteit or self.organisatie

    @property
    def is_open(self) -> bool:
        return self.status == MeldingStatus.OPEN

    @property
    def wants_answer(self) -> bool:
        """Whether the reader left an address, and does not know yet what came of it."""
        return bool(self.email)

    @property
    def can_be_answered(self) -> bool:
        """Whether somebody would get an answer; what is held is looked at first."""
        return self.is_open and self.wants_answer and not self.is_verdacht

    def was_closed_by(self, gebruiker: Gebruiker, status: str, antwoord: str) -> bool:
        """Whether this person closed it in just this way: a second press is no news."""
        return (self.closed_by_id, self.status, self.antwoord) == (gebruiker.pk, status, antwoord)

    @property
    def verdenkingen_in_woorden(self) -> list[str]:
        labels = dict(Verdenking.choices)
        return [str(labels.get(code, code)) for code in self.verdenkingen]
