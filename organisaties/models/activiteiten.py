"""What organisations offer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisaties import herhaling
from organisaties.choices import (
    ACTIVITEIT_TRANSITIONS,
    LISTED_STATUSES,
    READABLE_STATUSES,
    ActiviteitStatus,
    JaNee,
    Kinderen,
    Kosten,
    Meedoen,
    Niveau,
    OrganisatieStatus,
    Papieren,
    Planning,
    Soort,
    Toegang,
)
from organisaties.fields import LineField, ProseField, Vertaald, Vertaling, reader_language
from organisaties.models.adressen import Vindbaar
from organisaties.models.gebruikers import Gebruiker
from organisaties.models.momenten import Moment
from organisaties.models.organisaties import Locatie, Organisatie, Plek, check_transition
from organisaties.models.roosters import MetRooster
from organisaties.models.taxonomie import Doelgroep, Taal, Thema, Vorm
from organisaties.models.zoeken import Vermelding
from organisaties.validators import validate_date_in_range


class ActiviteitQuerySet(models.QuerySet["Activiteit"]):
    def listed(self) -> ActiviteitQuerySet:
        """Activities that stand in lists and in the agenda."""
        return self.filter(status__in=LISTED_STATUSES, organisatie__status=OrganisatieStatus.GEPUBLICEERD)

    def readable(self) -> ActiviteitQuerySet:
        """Activities that have a page; a stopped one keeps it."""
        return self.filter(status__in=READABLE_STATUSES, organisatie__status=OrganisatieStatus.GEPUBLICEERD)

    def editable_by(self, gebruiker: Gebruiker) -> ActiviteitQuerySet:
        """Those of the organisations that this person edits, whatever their status."""
        return self.filter(organisatie__beheerders__gebruiker=gebruiker)

    def with_cards(self) -> ActiviteitQuerySet:
        """Everything a card in a list shows, in a fixed number of queries."""
        return self.select_related("organisatie", "thema", "locatie__stadsdeel").prefetch_related(
            models.Prefetch(
                "momenten",
                Moment.objects.select_related("locatie__stadsdeel").prefetch_related("uitzonderingen"),
            ),
            "doelgroepen",
        )

    def with_versie(self) -> ActiviteitQuerySet:
        """`versie`: a number that grows whenever an activity, its moments, its place or its organisation changes."""
        rows = Vermelding.objects.filter(soort=Soort.ACTIVITEIT, nummer=models.OuterRef("pk"))
        return self.annotate(versie=Coalesce(models.Subquery(rows.values("versie")), 0))


class Activiteit(Vindbaar):
    """One thing an organisation offers. Every line of the doorstep block is a fact here; "unknown" is one too."""

    organisatie = models.ForeignKey(
        Organisatie, models.CASCADE, related_name="activiteiten", verbose_name=_("organisatie")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=ActiviteitStatus.choices, default=ActiviteitStatus.CONCEPT
    )
    pauze_tot = models.DateField(
        _("pauze tot"),
        null=True,
        blank=True,
        validators=[validate_date_in_range],
        help_text=_("De eerste dag dat het weer begint. Alleen bij de status Gepauzeerd."),
    )
    naam_nl = LineField(_("naam (Nederlands)"), max_length=160)
    naam_en = LineField(_("naam (Engels)"), max_length=160, blank=True)
    samenvatting_nl = LineField(_("in één zin (Nederlands)"), max_length=240, blank=True)
    samenvatting_en = LineField(_("in één zin (Engels)"), max_length=240, blank=True)
    omschrijving_nl = ProseField(_("wat gaan we doen? (Nederlands)"), blank=True)
    omschrijving_en = ProseField(_("wat gaan we doen? (Engels)"), blank=True)
    thema = models.ForeignKey(Thema, models.PROTECT, related_name="activiteiten", verbose_name=_("thema"))
    andere_themas = models.ManyToManyField(
        Thema, verbose_name=_("andere thema's"), blank=True, related_name="ook_activiteiten"
    )
    vorm = models.ForeignKey(
        Vorm, models.PROTECT, null=True, blank=True, related_name="activiteiten", verbose_name=_("vorm")
    )

    planning = models.CharField(_("wanneer"), max_length=10, choices=Planning.choices, default=Planning.ONBEKEND)
    wanneer_nl = LineField(_("over de tijd (Nederlands)"), max_length=160, blank=True)
    wanneer_en = LineField(_("over de tijd (Engels)"), max_length=160, blank=True)
    locatie = models.ForeignKey(
        Locatie,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activiteiten",
        verbose_name=_("locatie"),
    )
    waar_nl = LineField(_("over de plek (Nederlands)"), max_length=160, blank=True)
    waar_en = LineField(_("over de plek (Engels)"), max_length=160, blank=True)
    kosten = models.CharField(_("kosten"), max_length=8, choices=Kosten.choices, default=Kosten.ONBEKEND)
    bedrag = models.DecimalField(
        _("bedrag in euro"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Alleen als het geld kost. Leeg: het bedrag is niet bekend."),
    )
    stadspas = models.CharField(_("korting met Stadspas"), max_length=8, choices=JaNee.choices, default=JaNee.ONBEKEND)
    kosten_uitleg_nl = LineField(_("over de kosten (Nederlands)"), max_length=160, blank=True)
    kosten_uitleg_en = LineField(_("over de kosten (Engels)"), max_length=160, blank=True)
    papieren = models.CharField(_("papieren"), max_length=10, choices=Papieren.choices, default=Papieren.ONBEKEND)
    meedoen = models.CharField(_("meedoen"), max_length=10, choices=Meedoen.choices, default=Meedoen.ONBEKEND)
    stappen_nl = ProseField(
        _("zo doe je mee (Nederlands)"),
        blank=True,
        help_text=_("Eén stap per regel. Schrijf wat iemand doet."),
    )
    stappen_en = ProseField(_("zo doe je mee (Engels)"), blank=True)
    niveau = models.CharField(_("hoeveel Nederlands"), max_length=8, choices=Niveau.choices, default=Niveau.ONBEKEND)
    taal_uitleg_nl = LineField(_("over de taal (Nederlands)"), max_length=160, blank=True)
    taal_uitleg_en = LineField(_("over de taal (Engels)"), max_length=160, blank=True)
    talen = models.ManyToManyField(
        Taal, verbose_name=_("talen die jullie spreken"), blank=True, related_name="activiteiten"
    )
    doelgroepen = models.ManyToManyField(
        Doelgroep,
        verbose_name=_("voor wie"),
        blank=True,
        related_name="activiteiten",
        help_text=_("Niets gekozen betekent: voor iedereen."),
    )
    leeftijd_van = models.PositiveSmallIntegerField(
        _("leeftijd vanaf"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    leeftijd_tot = models.PositiveSmallIntegerField(
        _("leeftijd tot en met"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    ontvangst_nl = LineField(
        _("wie ontvangt je? (Nederlands)"),
        max_length=160,
        blank=True,
        help_text=_("Bijvoorbeeld: Sara of Yonas"),
    )
    ontvangst_en = LineField(_("wie ontvangt je? (Engels)"), max_length=160, blank=True)
    kinderen = models.CharField(_("kinderen"), max_length=8, choices=Kinderen.choices, default=Kinderen.ONBEKEND)
    toegang = models.CharField(
        _("zonder trap te bereiken"), max_length=8, choices=Toegang.choices, default=Toegang.ONBEKEND
    )
    wachtlijst = models.CharField(_("wachtlijst"), max_length=8, choices=JaNee.choices, default=JaNee.ONBEKEND)
    wachtlijst_uitleg_nl = LineField(_("over de wachtlijst (Nederlands)"), max_length=160, blank=True)
    wachtlijst_uitleg_en = LineField(_("over de wachtlijst (Engels)"), max_length=160, blank=True)
    zoekt_vrijwilligers = models.CharField(
        _("zoekt vrijwilligers"), max_length=8, choices=JaNee.choices, default=JaNee.ONBEKEND
    )
    bevestigd_op = models.DateField(_("gecontroleerd op"), null=True, blank=True, validators=[validate_date_in_range])
    weggehaald_at = models.DateTimeField(_("weggehaald op"), null=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    updated_at = models.DateTimeField(_("veranderd op"), auto_now=True)

    naam = Vertaald("naam")
    samenvatting = Vertaald("samenvatting")
    omschrijving = Vertaald("omschrijving")
    wanneer = Vertaald("wanneer")
    waar = Vertaald("waar")
    kosten_uitleg = Vertaald("kosten_uitleg")
    stappen = Vertaald("stappen")
    taal_uitleg = Vertaald("taal_uitleg")
    ontvangst = Vertaald("ontvangst")
    wachtlijst_uitleg = Vertaald("wachtlijst_uitleg")

    objects = ActiviteitQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[MetRooster],
        m2m_fields=[andere_themas, talen, doelgroepen],
        excluded_fields=("weggehaald_at", "created_at", "updated_at"),
        cascade_delete_history=True,
    )

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        ordering = ("naam_nl", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(naam_nl=""), name="activiteit_heeft_naam"),
            models.CheckConstraint(condition=Q(status__in=ActiviteitStatus.values), name="activiteit_status_bestaat"),
            models.CheckConstraint(
                condition=Q(status=ActiviteitStatus.GEPAUZEERD, pauze_tot__isnull=False)
                | (~Q(status=ActiviteitStatus.GEPAUZEERD) & Q(pauze_tot__isnull=True)),
                name="activiteit_pauze_met_datum",
            ),
            models.CheckConstraint(
                condition=Q(weggehaald_at__isnull=True) | Q(status=ActiviteitStatus.GEARCHIVEERD),
                name="activiteit_weg_is_niet_te_zien",
            ),
            models.CheckConstraint(
                condition=Q(bedrag__isnull=True) | Q(kosten=Kosten.BEDRAG, bedrag__gte=0),
                name="activiteit_bedrag_bij_kosten",
            ),
            models.CheckConstraint(
                condition=Q(leeftijd_van__isnull=True)
                | Q(leeftijd_tot__isnull=True)
                | Q(leeftijd_van__lte=F("leeftijd_tot")),
                name="activiteit_leeftijd_klopt",
            ),
        )
        indexes = (models.Index("naam_nl", "id", name="activiteit_lijst"),)

    def __str__(self) -> str:
        return self.naam_nl

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        entry = super().from_db(db, field_names, values)
        entry.organisatie_before = entry.__dict__.get("organisatie_id")
        return entry

    def get_absolute_url(self) -> str:
        return reverse("activiteit-detail", args=[self.slug])

    @property
    def kort_adres(self) -> str:
        """Its address on paper and in a QR code: whole, short, and in no language."""
        return settings.SITE_URL + reverse("kort-activiteit", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        check_transition(self, ACTIVITEIT_TRANSITIONS)
        if self.status != ActiviteitStatus.GEARCHIVEERD:
            self.weggehaald_at = None
        if self.status != ActiviteitStatus.GEPAUZEERD:
            self.pauze_tot = None
        elif self.pauze_tot is None:
            raise ValidationError({"pauze_tot": _("Schrijf tot welke datum de pauze duurt.")})
        if self.locatie and self.locatie.organisatie_id != self.organisatie_id:
            raise ValidationError({"locatie": _("Kies een locatie van deze organisatie.")})
        if self.bedrag is not None and self.kosten != Kosten.BEDRAG:
            raise ValidationError({"bedrag": _("Maak het bedrag leeg, of kies bij kosten: Kost geld.")})
        if None not in (self.leeftijd_van, self.leeftijd_tot) and self.leeftijd_van > self.leeftijd_tot:
            raise ValidationError({"leeftijd_tot": _("Deze leeftijd is lager dan de leeftijd vanaf.")})

    @property
    def plek(self) -> Plek | None:
        """The public side of its place: its own, or that of its first moment. None: not known."""
        if self.locatie:
            return self.locatie.plek
        return next((moment.plek for moment in self.momenten.all() if moment.plek), None)

    @property
    def waar_kort(self) -> str:
        """The place in a few words, or nothing when it is not known."""
        plek = self.plek
        return (plek.kort if plek else "") or self.waar

    @property
    def tijden(self) -> list[str]:
        """When it is, a line per set of days; without moments what is known of it, or nothing."""
        hours: dict[str, list[str]] = {}
        for moment in self.momenten.all():
            hours.setdefault(moment.dagen_in_woorden, []).append(moment.tijd_in_woorden)
        if lines := [herhaling.with_hours(days, found) for days, found in hours.items()]:
            return lines
        if self.wanneer:
            return [self.wanneer]
        return [] if self.planning == Planning.ONBEKEND else [str(Planning(self.planning).label)]

    @property
    def onbekend_in_woorden(self) -> str:
        """What a card cannot say, as one phrase: "wanneer, waar en kosten"; nothing when all of it is known."""
        facts = {
            gettext("wanneer"): bool(self.tijden),
            gettext("waar"): bool(self.waar_kort),
            gettext("kosten"): self.kosten != Kosten.ONBEKEND,
            gettext("hoeveel Nederlands"): self.niveau != Niveau.ONBEKEND,
        }
        return herhaling.enumeration([word for word, is_known in facts.items() if not is_known])

    @property
    def is_listed(self) -> bool:
        """Whether it stands in lists, as `listed()` says in a query."""
        return self.status in LISTED_STATUSES and self.organisatie.is_published

    @property
    def terug_tot(self) -> datetime | None:
        """Until when it can come back after it was taken away."""
        days = timedelta(days=settings.BEWAARTERMIJNEN["weggehaald"])
        return self.weggehaald_at and self.weggehaald_at + days

    @property
    def is_in_gebruik(self) -> bool:
        """Neither stopped nor put away: who edits it has something to keep right."""
        return self.status not in (ActiviteitStatus.GESTOPT, ActiviteitStatus.GEARCHIVEERD)

    @property
    def is_paused(self) -> bool:
        """Paused today. When the pause is over the activity is simply on again."""
        return self.status == ActiviteitStatus.GEPAUZEERD and self.pauze_tot > timezone.localdate()

    @property
    def is_on(self) -> bool:
        """Online and going on as always: neither full nor paused today."""
        is_over = self.status == ActiviteitStatus.GEPAUZEERD and not self.is_paused
        return is_over or self.status == ActiviteitStatus.GEPUBLICEERD

    @property
    def is_full(self) -> bool:
        return self.status == ActiviteitStatus.VOL

    @property
    def is_stopped(self) -> bool:
        return self.status == ActiviteitStatus.GESTOPT

    @property
    def is_free(self) -> bool:
        return self.kosten == Kosten.GRATIS

    @property
    def snel_weg(self) -> bool:
        """Whether its page has the button to leave quickly: one of its themes asks for it."""
        return any(thema.snel_weg for thema in (self.thema, *self.andere_themas.all()))

    @property
    def kosten_in_woorden(self) -> str:
        """What it costs, for a reader: "Gratis", "3 euro", "Onbekend: vraag het"."""
        if self.kosten != Kosten.BEDRAG:
            return Kosten(self.kosten).label
        if self.bedrag is None:
            return gettext("Kost geld: vraag hoeveel")
        whole = self.bedrag == self.bedrag.to_integral_value()
        return gettext("%(bedrag)s euro") % {"bedrag": number_format(self.bedrag, 0 if whole else 2)}

    @property
    def leeftijd_in_woorden(self) -> str:
        """The ages it is for: "vanaf 16 jaar", "van 4 tot en met 12 jaar", or nothing when it is for every age."""
        van, tot = self.leeftijd_van, self.leeftijd_tot
        if van is not None and tot is not None:
            return gettext("van %(van)s tot en met %(tot)s jaar") % {"van": van, "tot": tot}
        if van is not None:
            return gettext("vanaf %(van)s jaar") % {"van": van}
        return "" if tot is None else gettext("tot en met %(tot)s jaar") % {"tot": tot}

    @property
    def voor_wie(self) -> Vertaling:
        """For whom it is, in words. Nobody named means everybody."""
        groups = [groep.naam for groep in self.doelgroepen.all()]
        language = next((name.taal for name in groups if name.is_fallback), reader_language())
        groups[1:] = [name if name[:2].isupper() else name[:1].lower() + name[1:] for name in groups[1:]]
        who = herhaling.enumeration(groups) if groups else gettext("Iedereen")
        return Vertaling(f"{who}, {age}" if (age := self.leeftijd_in_woorden) else who, language)

    @property
    def stappen_lijst(self) -> list[str]:
        return [line.strip() for line in self.stappen.splitlines() if line.strip()]
