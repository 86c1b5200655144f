"""Member organisations, their places, and where their facts came from."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisaties.choices import (
    LISTED_STATUSES,
    ORGANISATIE_TRANSITIONS,
    Bereik,
    JaNee,
    LocatieSoort,
    OrganisatieStatus,
)
from organisaties.fields import LineField, ProseField, Vertaald, WebAddressField
from organisaties.models.adressen import Vindbaar
from organisaties.models.gebruikers import Gebruiker
from organisaties.models.taxonomie import Doelgroep, Stadsdeel, Taal, Thema
from organisaties.models.vertalingen import Tweetalig
from organisaties.validators import validate_date_in_range, validate_phone, validate_postcode


def logo_path(organisatie: Organisatie, filename: str) -> str:
    """A random name for a stored logo. What the uploader called the file is never used."""
    return f"logos/{secrets.token_hex(16)}.webp"


class OrganisatieQuerySet(models.QuerySet["Organisatie"]):
    def published(self) -> OrganisatieQuerySet:
        return self.filter(status=OrganisatieStatus.GEPUBLICEERD)

    def editable_by(self, gebruiker: Gebruiker) -> OrganisatieQuerySet:
        """Those that this person edits, whatever their status."""
        return self.filter(beheerders__gebruiker=gebruiker)

    def with_cards(self) -> OrganisatieQuerySet:
        """Everything a card in a list shows, in a fixed number of queries."""
        listed = Q(activiteiten__status__in=LISTED_STATUSES)
        places = models.Prefetch("locaties", Locatie.objects.shown().select_related("stadsdeel"))
        return self.annotate(aantal=models.Count("activiteiten", listed, distinct=True)).prefetch_related(
            "themas", places
        )


class Organisatie(Vindbaar):
    """A member organisation. Its name is its own: shown as it is, in every language."""

    naam = LineField(_("naam"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=OrganisatieStatus.choices, default=OrganisatieStatus.CONCEPT
    )
    samenvatting_nl = LineField(_("in één zin (Nederlands)"), max_length=240, blank=True)
    samenvatting_en = LineField(_("in één zin (Engels)"), max_length=240, blank=True)
    omschrijving_nl = ProseField(_("wie zijn jullie? (Nederlands)"), blank=True)
    omschrijving_en = ProseField(_("wie zijn jullie? (Engels)"), blank=True)
    themas = models.ManyToManyField(Thema, verbose_name=_("thema's"), blank=True, related_name="organisaties")
    doelgroepen = models.ManyToManyField(
        Doelgroep,
        verbose_name=_("voor wie"),
        blank=True,
        help_text=_("Niets gekozen betekent: voor iedereen."),
    )
    talen = models.ManyToManyField(Taal, verbose_name=_("talen die jullie spreken"), blank=True)
    bereik = models.CharField(_("werkt in"), max_length=12, choices=Bereik.choices, default=Bereik.AMSTERDAM)
    opgericht_in = models.PositiveSmallIntegerField(
        _("begonnen in"), null=True, blank=True, validators=[MinValueValidator(1200), MaxValueValidator(2199)]
    )
    website = WebAddressField(_("website"), blank=True)
    email = models.EmailField(
        _("e-mailadres"),
        blank=True,
        help_text=_("Staat op de website. Gebruik een adres van de organisatie."),
    )
    telefoon = LineField(_("telefoon"), max_length=25, blank=True, validators=[validate_phone])
    logo = models.FileField(
        _("logo"),
        upload_to=logo_path,
        blank=True,
        validators=[FileExtensionValidator(["webp"])],
        editable=False,
    )
    logo_klein = models.FileField(upload_to=logo_path, blank=True, editable=False)
    logo_breedte = models.PositiveSmallIntegerField(null=True, editable=False)
    logo_hoogte = models.PositiveSmallIntegerField(null=True, editable=False)
    zoekt_vrijwilligers = models.CharField(
        _("zoekt vrijwilligers"), max_length=8, choices=JaNee.choices, default=JaNee.ONBEKEND
    )
    vrijwilligers_nl = LineField(_("over vrijwilligers (Nederlands)"), max_length=300, blank=True)
    vrijwilligers_en = LineField(_("over vrijwilligers (Engels)"), max_length=300, blank=True)
    bevestigd_op = models.DateField(_("gecontroleerd op"), null=True, blank=True, validators=[validate_date_in_range])
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    updated_at = models.DateTimeField(_("veranderd op"), auto_now=True)

    samenvatting = Vertaald("samenvatting")
    omschrijving = Vertaald("omschrijving")
    vrijwilligers = Vertaald("vrijwilligers")

    objects = OrganisatieQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[themas, doelgroepen, talen],
        excluded_fields=("logo", "logo_klein", "logo_breedte", "logo_hoogte", "created_at", "updated_at"),
        cascade_delete_history=True,
    )

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ("naam", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(naam=""), name="organisatie_heeft_naam"),
            models.CheckConstraint(condition=Q(status__in=OrganisatieStatus.values), name="organisatie_status_bestaat"),
            models.CheckConstraint(
                condition=Q(logo="", logo_klein="", logo_breedte=None, logo_hoogte=None)
                | (
                    ~Q(logo="")
                    & ~Q(logo_klein="")
                    & Q(logo_breedte__isnull=False, logo_hoogte__isnull=False, logo_breedte__gt=0, logo_hoogte__gt=0)
                ),
                name="organisatie_logo_heel",
            ),
        )
        indexes = (models.Index("status", "naam", "id", name="organisatie_lijst"),)

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("organisatie-detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        check_transition(self, ORGANISATIE_TRANSITIONS)

    @property
    def is_published(self) -> bool:
        return self.status == OrganisatieStatus.GEPUBLICEERD

    @property
    def plekken(self) -> list[Plek]:
        """The public side of its places, without those that are hidden or online."""
        return [locatie.plek for locatie in self.locaties.all() if locatie.soort == LocatieSoort.ADRES]

    @property
    def stadsdelen(self) -> list[Stadsdeel]:
        """The districts of its public places, each once."""
        return list(dict.fromkeys(plek.stadsdeel for plek in self.plekken if plek.stadsdeel))

    @property
    def website_naam(self) -> str:
        """The website as people say it: without scheme and "www."."""
        return urlsplit(self.website).netloc.removeprefix("www.")

    @property
    def telefoon_link(self) -> str:
        """The phone number for a `tel:` link, in E.164 when it is a Dutch number."""
        digits = "".join(c for c in self.telefoon if c.isdigit() or c == "+")
        return digits if digits.startswith("+") else f"+31{digits.removeprefix('0')}"

    @property
    def monogram(self) -> str:
        """One or two letters that stand in for a logo."""
        words = [w for w in self.naam.replace("/", " ").split() if w[0].isalnum()]
        words = [w for w in words if w.lower() not in ("stichting", "de", "het", "en", "van", "voor")] or words
        return "".join(w[0] for w in words[:2]).upper() or "?"


class LocatieQuerySet(models.QuerySet["Locatie"]):
    def shown(self) -> LocatieQuerySet:
        """Places that may be on a page or a map."""
        return self.exclude(soort=LocatieSoort.VERBORGEN)


@dataclass(frozen=True, slots=True)
class Plek:
    """What the public may know of a place. Of a hidden place that is only that it is hidden."""

    soort: str
    naam: str = ""
    straat: str = ""
    postcode: str = ""
    plaats: str = ""
    stadsdeel: Stadsdeel | None = None
    punt: tuple[Decimal, Decimal] | None = None
    uitleg: str = ""
    van: Tweetalig | None = field(default=None, compare=False, repr=False)
    """Whose directions these are. None: nobody may read them."""

    @property
    def vertaalmelding(self) -> str:
        """What a reader must know of the directions in the own language: "verouderd", "machine", or nothing."""
        return self.van.vertaalmelding if self.van else ""

    @property
    def is_online(self) -> bool:
        return self.soort == LocatieSoort.ONLINE

    @property
    def is_hidden(self) -> bool:
        return self.soort == LocatieSoort.VERBORGEN

    @property
    def kort(self) -> str:
        """The place in a few words: "Buurtzaal De Sluis, West"."""
        if self.is_online:
            return gettext("Online")
        if self.is_hidden:
            return gettext("Vraag het ons")
        return ", ".join(str(word) for word in (self.naam or self.straat, self.stadsdeel or self.plaats) if word)


class Locatie(Tweetalig):
    """A place of an organisation: an address, online, or hidden. Pages read it through `plek` and nowhere else."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="locaties")
    soort = models.CharField(
        _("soort"),
        max_length=10,
        choices=LocatieSoort.choices,
        default=LocatieSoort.ADRES,
        help_text=_("Van een verborgen plek staat niets op de website: geen naam, geen adres en geen stadsdeel."),
    )
    naam = LineField(_("naam"), max_length=120, blank=True, help_text=_("Bijvoorbeeld de naam van het buurthuis."))
    straat = LineField(_("straat en nummer"), max_length=120, blank=True)
    postcode = LineField(_("postcode"), max_length=7, blank=True, validators=[validate_postcode])
    plaats = LineField(_("plaats"), max_length=60, blank=True, default="Amsterdam")
    stadsdeel = models.ForeignKey(
        Stadsdeel, models.PROTECT, null=True, blank=True, related_name="locaties", verbose_name=_("stadsdeel")
    )
    breedtegraad = models.DecimalField(_("breedtegraad"), max_digits=8, decimal_places=6, null=True, blank=True)
    lengtegraad = models.DecimalField(_("lengtegraad"), max_digits=8, decimal_places=6, null=True, blank=True)
    uitleg_nl = LineField(_("hoe kom je er? (Nederlands)"), max_length=240, blank=True)
    uitleg_en = LineField(_("hoe kom je er? (Engels)"), max_length=240, blank=True)

    uitleg = Vertaald("uitleg")

    objects = LocatieQuerySet.as_manager()
    history = HistoricalRecords(cascade_delete_history=True)

    class Meta:
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")
        ordering = ("organisatie", "naam", "straat", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(soort__in=LocatieSoort.values), name="locatie_soort_bestaat"),
            models.CheckConstraint(
                condition=Q(breedtegraad__isnull=True, lengtegraad__isnull=True)
                | Q(
                    breedtegraad__isnull=False,
                    lengtegraad__isnull=False,
                    breedtegraad__range=(50, 54),
                    lengtegraad__range=(3, 8),
                ),
                name="locatie_punt_in_nederland",
            ),
            models.CheckConstraint(
                condition=~Q(soort=LocatieSoort.ONLINE)
                | Q(straat="", postcode="", stadsdeel=None, breedtegraad=None, lengtegraad=None),
                name="locatie_online_zonder_adres",
            ),
        )

    def __str__(self) -> str:
        words = [self.naam or self.straat or str(self.stadsdeel or self.get_soort_display())]
        if self.soort == LocatieSoort.VERBORGEN:
            words.append(f"({LocatieSoort.VERBORGEN.label})")
        return " ".join(words)

    def clean(self) -> None:
        super().clean()
        if (self.breedtegraad is None) != (self.lengtegraad is None):
            raise ValidationError(_("Vul de breedtegraad en de lengtegraad allebei in, of geen van beide."))
        if self.soort == LocatieSoort.ONLINE and (self.straat or self.postcode or self.stadsdeel_id):
            raise ValidationError(_("Een plek online heeft geen adres. Maak het adres leeg, of kies een andere soort."))

    @property
    def plek(self) -> Plek:
        if self.soort == LocatieSoort.VERBORGEN:
            return Plek(self.soort)
        if self.soort == LocatieSoort.ONLINE:
            return Plek(self.soort, uitleg=self.uitleg, van=self)
        punt = (self.breedtegraad, self.lengtegraad) if self.breedtegraad and self.lengtegraad else None
        address = (self.naam, self.straat, self.postcode, self.plaats, self.stadsdeel, punt)
        return Plek(self.soort, *address, uitleg=self.uitleg, van=self)


def check_transition(entry: models.Model, table: dict[str, set[str]]) -> None:
    """Refuse a change of status that the table does not allow. Raises ValidationError on the field `status`."""
    if entry.pk is None:
        return
    before = type(entry)._default_manager.filter(pk=entry.pk).values_list("status", flat=True).first()
    if before and before != entry.status and entry.status not in table[before]:
        labels = dict(entry._meta.get_field("status").flatchoices)
        raise ValidationError(
            {
                "status": _("Van “%(van)s” kun je niet naar “%(naar)s”.")
                % {"van": labels[before], "naar": labels.get(entry.status, entry.status)}
            }
        )


class Bron(models.Model):
    """Where facts of an entry came from, when nobody of the organisation has confirmed them."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="bronnen")
    activiteit = models.ForeignKey(
        "organisaties.Activiteit", models.CASCADE, null=True, blank=True, related_name="bronnen"
    )
    url = WebAddressField(_("webadres"))
    datum = LineField(_("datum of jaar"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.url

    @property
    def naam(self) -> str:
        """The host of the source, without "www."."""
        return urlsplit(self.url).netloc.removeprefix("www.")
