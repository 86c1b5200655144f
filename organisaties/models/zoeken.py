"""What search knows: derived from the entries by `organisaties.zoeken.index`, and made anew from them at any time.

Beside it what coordinators keep (`Begrip`) and what they learn (`Gemist`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisaties.choices import Soort
from organisaties.fields import LineField, ProseField
from organisaties.models.taxonomie import Term, Thema


class Stand(models.Model):
    """How often the index has changed. Whoever changes it holds this one row until the transaction ends."""

    versie = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("stand van de zoekindex")
        verbose_name_plural = _("stand van de zoekindex")

    def __str__(self) -> str:
        return str(self.versie)


class Vermelding(models.Model):
    """One entry as lists and search know it. An entry that is in no list (any more) keeps an empty row."""

    soort = models.CharField(max_length=12, choices=Soort.choices)
    nummer = models.PositiveBigIntegerField()
    naam = models.BinaryField()  # as bytes both databases put it in the same order
    kenmerken = models.TextField()
    woorden = models.BinaryField()
    bevestigd_op = models.DateField(null=True)
    is_zichtbaar = models.BooleanField()
    versie = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("vermelding")
        verbose_name_plural = _("vermeldingen")
        constraints = (models.UniqueConstraint(fields=("soort", "nummer"), name="vermelding_een_per_stuk"),)

    def __str__(self) -> str:
        return f"{self.soort} {self.nummer}"


class Zoekterm(models.Model):
    """In which entries a term stands: in their names, their own texts, or anywhere. The sets are those of `bits`."""

    soort = models.CharField(max_length=12, choices=Soort.choices)
    term = models.CharField(max_length=60)
    in_naam = models.BinaryField()
    in_tekst = models.BinaryField()
    overal = models.BinaryField()
    aantal = models.PositiveIntegerField(default=0)
    versie = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("zoekterm")
        verbose_name_plural = _("zoektermen")
        constraints = (models.UniqueConstraint(fields=("soort", "term"), name="zoekterm_een_per_soort"),)

    def __str__(self) -> str:
        return self.term


class Begrip(Term):
    """One thing that people look for, and all the words for it: a need, an official word, an everyday word."""

    woorden_nl = ProseField(
        _("woorden (Nederlands)"),
        help_text=_(
            "Woorden die hetzelfde zijn, met een komma ertussen. Wie er één typt, vindt ze allemaal. "
            "Zet het gewoonste woord vooraan: dat telt het zwaarst."
        ),
    )
    woorden_en = ProseField(_("woorden (Engels)"), blank=True)
    woorden_anders = ProseField(
        _("woorden (andere talen)"),
        blank=True,
        help_text=_("Arabisch, Oekraïens, Tigrinya, Turks, Perzisch, Spaans, Russisch ... met een komma ertussen."),
    )
    zie_ook = LineField(
        _("zie ook"),
        max_length=400,
        blank=True,
        help_text=_("Nederlandse woorden voor wat kan helpen. Die vindt iemand ook, onder de rest."),
    )
    themas = models.ManyToManyField(
        Thema,
        verbose_name=_("thema's die helpen"),
        blank=True,
        related_name="begrippen",
        help_text=_("Activiteiten van dit thema komen onderaan, of als er niets anders is."),
    )

    class Meta(Term.Meta):
        ordering = ("naam_nl",)
        verbose_name = _("zoekbegrip")
        verbose_name_plural = _("zoekbegrippen")


class GemistQuerySet(models.QuerySet["Gemist"]):
    def often(self) -> GemistQuerySet:
        """Words that were missed often enough to say nothing about one person."""
        return self.filter(aantal__gte=Gemist.MINIMUM)


class Gemist(models.Model):
    """Words that found nothing, counted per day. Never who looked for them, nor when on that day."""

    MINIMUM = 5

    dag_on = models.DateField(_("dag"))
    taal = models.CharField(_("taal van de pagina"), max_length=7)
    woorden = models.CharField(_("woorden"), max_length=80)
    aantal = models.PositiveIntegerField(_("hoe vaak"), default=0)

    objects = GemistQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemiste zoekvraag")
        verbose_name_plural = _("gemiste zoekvragen")
        ordering = ("-dag_on", "-aantal", "woorden")
        constraints = (
            models.UniqueConstraint(fields=("dag_on", "taal", "woorden"), name="gemist_een_per_dag"),
            models.CheckConstraint(condition=~Q(woorden=""), name="gemist_heeft_woorden"),
        )

    def __str__(self) -> str:
        return self.woorden
