"""The outbox: a row for each e-mail that goes out, written in the transaction of what caused it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.choices import BerichtSoort, BerichtStatus
from organisaties.fields import LineField, ProseField
from organisaties.models.aanvragen import Aanvraag
from organisaties.models.beheerders import Uitnodiging
from organisaties.models.meldingen import Melding


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def due(self) -> BerichtQuerySet:
        """To be sent now: its time has come, or whoever was sending it has not said anything for too long."""
        now = timezone.now()
        return self.filter(
            Q(status=BerichtStatus.WACHT, volgende_at__lte=now) | Q(status=BerichtStatus.BEZIG, bezig_tot__lt=now)
        )

    def waiting(self) -> BerichtQuerySet:
        """To be sent, now or later."""
        return self.filter(status__in=(BerichtStatus.WACHT, BerichtStatus.BEZIG))

    def failed(self) -> BerichtQuerySet:
        return self.filter(status=BerichtStatus.MISLUKT)


class Bericht(models.Model):
    """One e-mail. Its text holds a mark where the link comes; the link is made when it is sent or shown."""

    soort = models.CharField(_("soort"), max_length=12, choices=BerichtSoort.choices)
    aan = models.EmailField(_("aan"), max_length=254)
    taal = models.CharField(_("taal"), max_length=7)
    onderwerp = LineField(_("onderwerp"), max_length=200)
    tekst = ProseField(_("tekst"))
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    aanvraag = models.ForeignKey(
        Aanvraag, models.CASCADE, null=True, blank=True, related_name="berichten", verbose_name=_("aanvraag")
    )
    uitnodiging = models.ForeignKey(
        Uitnodiging, models.CASCADE, null=True, blank=True, related_name="berichten", verbose_name=_("uitnodiging")
    )
    melding = models.ForeignKey(
        Melding, models.CASCADE, null=True, blank=True, related_name="berichten", verbose_name=_("melding")
    )
    status = models.CharField(_("status"), max_length=10, choices=BerichtStatus.choices, default=BerichtStatus.WACHT)
    pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    volgende_at = models.DateTimeField(_("versturen na"), default=timezone.now)
    bezig_tot = models.DateTimeField(null=True, blank=True, editable=False)
    fout = ProseField(_("laatste fout"), blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)
    verzonden_at = models.DateTimeField(_("verzonden op"), null=True, blank=True, editable=False)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(soort__in=BerichtSoort.values), name="bericht_soort_bestaat"),
            models.CheckConstraint(
                condition=(Q(status=BerichtStatus.BEZIG, bezig_tot__isnull=False, verzonden_at__isnull=True))
                | Q(
                    status__in=(BerichtStatus.WACHT, BerichtStatus.MISLUKT),
                    bezig_tot__isnull=True,
                    verzonden_at__isnull=True,
                )
                | Q(status=BerichtStatus.VERZONDEN, bezig_tot__isnull=True, verzonden_at__isnull=False),
                name="bericht_status_klopt",
            ),
        )
        indexes = (models.Index("status", "volgende_at", name="bericht_wachtrij"),)

    def __str__(self) -> str:
        return self.onderwerp
