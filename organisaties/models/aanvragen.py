"""Requests from outside: to join the network, or to work together with it."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisaties.choices import (
    AANVRAAG_TRANSITIONS,
    CLOSED_AANVRAAG,
    OPEN_AANVRAAG,
    STATUS_OF_ONE_SOORT,
    AanvraagSoort,
    AanvraagStatus,
    AfwijsReden,
    GebeurtenisSoort,
    Uitkomst,
    Verdenking,
)
from organisaties.fields import LineField, ProseField, WebAddressField
from organisaties.models.gebruikers import Gebruiker
from organisaties.models.organisaties import Organisatie, check_transition
from organisaties.models.taxonomie import Doelgroep, Stadsdeel, Thema
from organisaties.validators import validate_phone

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MAX_TEKST = 3000
"""How long an answer on the form may be, in characters: about a page."""


def make_kenmerk() -> str:
    """A reference that can be said over the telephone, such as "K7Q4-XM2P": no 0, O, 1, I, L or U."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _signer() -> Signer:
    return Signer(salt="organisaties.aanvraag", sep=".")


WAITING = Q(status__in=(AanvraagStatus.NIEUW, AanvraagStatus.BEHANDELING))
UNPROVED = Q(status=AanvraagStatus.ONBEVESTIGD, is_verdacht=False)
SUSPICIOUS = Q(status=AanvraagStatus.ONBEVESTIGD, is_verdacht=True)
CLOSED = Q(status__in=CLOSED_AANVRAAG)
"""Requests by what has to be done with them, for who selects or counts them."""


class AanvraagQuerySet(models.QuerySet["Aanvraag"]):
    def unproved(self) -> AanvraagQuerySet:
        """The address is not proved; the applicant has got a mail to do so."""
        return self.filter(UNPROVED)

    def suspicious(self) -> AanvraagQuerySet:
        """Held until a coordinator has looked: no mail went out."""
        return self.filter(SUSPICIOUS)

    def with_token(self, token: str) -> AanvraagQuerySet:
        """The request that the link of a mail to its applicant opens; none for a forged token."""
        try:
            return self.filter(kenmerk=_signer().unsign(token))
        except BadSignature:
            return self.none()


class Aanvraag(models.Model):
    """A request from outside. What the applicant wrote stays as it is; what happens stands in `gebeurtenissen`."""

    kenmerk = models.CharField(_("kenmerk"), max_length=9, unique=True, default=make_kenmerk, editable=False)
    sleutel = models.CharField(
        _("sleutel van het formulier"), max_length=64, unique=True, editable=False, help_text=_("Tegen dubbel sturen.")
    )
    soort = models.CharField(_("hoe wil je meedoen?"), max_length=12, choices=AanvraagSoort.choices)
    status = models.CharField(
        _("status"), max_length=12, choices=AanvraagStatus.choices, default=AanvraagStatus.ONBEVESTIGD
    )
    taal = models.CharField(_("taal"), max_length=7)
    versie = models.PositiveIntegerField(default=1, editable=False)

    organisatie_naam = LineField(_("naam van de organisatie"), max_length=200)
    website = WebAddressField(_("website"), blank=True)
    omschrijving = ProseField(_("wat doen jullie?"), max_length=MAX_TEKST)
    themas = models.ManyToManyField(Thema, verbose_name=_("thema's"), blank=True, related_name="+")
    stadsdelen = models.ManyToManyField(Stadsdeel, verbose_name=_("waar in de stad"), blank=True, related_name="+")
    doelgroepen = models.ManyToManyField(Doelgroep, verbose_name=_("voor wie"), blank=True, related_name="+")
    werkwijze = ProseField(_("hoe werken jullie met nieuwkomers?"), max_length=MAX_TEKST, blank=True)
    bericht = ProseField(_("wat wil je nog zeggen?"), max_length=MAX_TEKST, blank=True)
    naam = LineField(_("naam"), max_length=200)
    email = models.EmailField(_("e-mailadres"), max_length=254)
    telefoon = LineField(_("telefoon"), max_length=25, blank=True, validators=[validate_phone])

    is_verdacht = models.BooleanField(_("eerst nakijken"), default=False)
    verdenkingen = models.JSONField(_("waarom nakijken"), default=list, blank=True)
    behandelaar = models.ForeignKey(
        Gebruiker, models.SET_NULL, null=True, blank=True, related_name="aanvragen", verbose_name=_("behandelaar")
    )
    organisatie = models.ForeignKey(
        Organisatie, models.SET_NULL, null=True, blank=True, related_name="aanvragen", verbose_name=_("organisatie")
    )
    afwijsreden = models.CharField(_("reden"), max_length=20, choices=AfwijsReden.choices, blank=True)
    uitkomst = models.CharField(_("uitkomst"), max_length=12, choices=Uitkomst.choices, blank=True)
    created_at = models.DateTimeField(_("verstuurd op"), default=timezone.now, editable=False)
    bevestigd_at = models.DateTimeField(_("adres bevestigd op"), null=True, blank=True, editable=False)
    afgerond_at = models.DateTimeField(_("afgerond op"), null=True, blank=True, editable=False)
    wacht_sinds_at = models.DateTimeField(_("wacht sinds"), default=timezone.now, editable=False)

    objects = AanvraagQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvraag")
        verbose_name_plural = _("aanvragen")
        ordering = ("wacht_sinds_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(soort__in=AanvraagSoort.values), name="aanvraag_soort_bestaat"),
            models.CheckConstraint(condition=Q(status__in=AanvraagStatus.values), name="aanvraag_status_bestaat"),
            models.CheckConstraint(
                condition=~Q(status=AanvraagStatus.GOEDGEKEURD) | Q(soort=AanvraagSoort.LIDMAATSCHAP),
                name="aanvraag_lid_na_lidmaatschap",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(AanvraagStatus.GESPREK, AanvraagStatus.AFGESPROKEN))
                | Q(soort=AanvraagSoort.SAMENWERKING),
                name="aanvraag_gesprek_na_samenwerking",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED_AANVRAAG, afgerond_at__isnull=False)
                | (~Q(status__in=CLOSED_AANVRAAG) & Q(afgerond_at__isnull=True)),
                name="aanvraag_afgerond_met_tijd",
            ),
        )
        indexes = (models.Index("status", "wacht_sinds_at", name="aanvraag_werklijst"),)

    def __str__(self) -> str:
        return f"{self.organisatie_naam} ({self.kenmerk})"

    def get_absolute_url(self) -> str:
        return reverse("aanvraag-verstuurd", args=[self.kenmerk])

    def clean(self) -> None:
        super().clean()
        check_transition(self, AANVRAAG_TRANSITIONS)
        if STATUS_OF_ONE_SOORT.get(self.status, self.soort) != self.soort:
            raise ValidationError({"status": _("Deze status past niet bij deze soort aanvraag.")})

    @property
    def token(self) -> str:
        """What stands in the links that go to the applicant: whoever has it can read the mail of that address."""
        return _signer().sign(self.kenmerk)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_AANVRAAG

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED_AANVRAAG

    @property
    def may_become(self) -> set[str]:
        """The statuses that it can get now, by the table of transitions and its kind."""
        return {
            status
            for status in AANVRAAG_TRANSITIONS[self.status]
            if STATUS_OF_ONE_SOORT.get(status, self.soort) == self.soort
        }

    @property
    def verdenkingen_in_woorden(self) -> list[str]:
        labels = dict(Verdenking.choices)
        return [str(labels.get(code, code)) for code in self.verdenkingen]


_HAPPENED = {
    AanvraagStatus.ONBEVESTIGD: _("Aanvraag verstuurd"),
    AanvraagStatus.NIEUW: _("Adres bevestigd"),
}
"""What happened when a request got its first statuses; of the others the name says it."""


class Gebeurtenis(models.Model):
    """Something that happened to a request: a change of status, a question, an answer, a note. It never changes."""

    aanvraag = models.ForeignKey(Aanvraag, models.CASCADE, related_name="gebeurtenissen")
    soort = models.CharField(_("soort"), max_length=10, choices=GebeurtenisSoort.choices)
    tekst = ProseField(_("tekst"), max_length=MAX_TEKST, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=AanvraagStatus.choices, blank=True)
    door = models.ForeignKey(
        Gebruiker,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("door"),
        help_text=_("Leeg: de aanvrager, of de website zelf."),
    )
    created_at = models.DateTimeField(_("wanneer"), default=timezone.now)

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(soort__in=GebeurtenisSoort.values), name="gebeurtenis_soort_bestaat"),
            models.CheckConstraint(
                condition=(Q(soort=GebeurtenisSoort.STATUS) & ~Q(status=""))
                | (~Q(soort=GebeurtenisSoort.STATUS) & ~Q(tekst="")),
                name="gebeurtenis_zegt_iets",
            ),
        )

    def __str__(self) -> str:
        label = self.get_status_display() if self.status else self.get_soort_display()
        return str(_HAPPENED.get(self.status, label))
