"""The lists that entries choose from: themes, forms, groups, languages, districts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from organisaties.choices import StadsdeelSoort
from organisaties.fields import LineField, Vertaalbaar, Vertaald


class Term(Vertaalbaar):
    """One value of a list, in the order in which readers see it."""

    slug = models.SlugField(
        _("adres"), max_length=50, unique=True, help_text=_("Staat in webadressen. Verander dit niet.")
    )
    naam_nl = LineField(_("naam (Nederlands)"), max_length=80)
    naam_en = LineField(_("naam (Engels)"), max_length=80, blank=True)
    volgorde = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    naam = Vertaald("naam")

    class Meta:
        abstract = True
        ordering = ("volgorde", "naam_nl")

    def __str__(self) -> str:
        return self.naam_nl


class Thema(Term):
    """What an activity is about. The slug also picks its icon and colour."""

    omschrijving_nl = LineField(_("uitleg (Nederlands)"), max_length=200, blank=True)
    omschrijving_en = LineField(_("uitleg (Engels)"), max_length=200, blank=True)

    snel_weg = models.BooleanField(
        _("knop ‘Ga snel weg’"),
        default=False,
        help_text=_(
            "Zet dit aan als het gevaarlijk kan zijn dat iemand meekijkt, bijvoorbeeld bij geweld of mensenhandel. "
            "Op de bladzijden van dit thema komt dan een knop om snel weg te gaan. "
            "Zet het niet overal aan: de knop kan mensen ook bang maken."
        ),
    )

    omschrijving = Vertaald("omschrijving")

    class Meta(Term.Meta):
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")

    def get_absolute_url(self) -> str:
        return reverse("thema-detail", args=[self.slug])


class Vorm(Term):
    """How an activity works: drop-in, course, buddy ..."""

    class Meta(Term.Meta):
        verbose_name = _("vorm")
        verbose_name_plural = _("vormen")


class Doelgroep(Term):
    """For whom an activity is. An activity without one is for everybody."""

    class Meta(Term.Meta):
        verbose_name = _("voor wie")
        verbose_name_plural = _("voor wie")


class Taal(Term):
    """A language that people speak somewhere. Its slug is a BCP 47 code; its own name is how its speakers write it."""

    eigen_naam = LineField(_("eigen naam"), max_length=80)

    class Meta(Term.Meta):
        verbose_name = _("taal")
        verbose_name_plural = _("talen")

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        try:
            return get_language_info(self.slug)["bidi"]
        except KeyError:
            return False


class Stadsdeel(models.Model):
    """A district of Amsterdam. Its code is the city's own letter; its name is the same in every language."""

    code = models.CharField(_("code"), max_length=1, unique=True)
    slug = models.SlugField(_("adres"), max_length=50, unique=True)
    naam = LineField(_("naam"), max_length=50)
    soort = models.CharField(
        _("soort"), max_length=12, choices=StadsdeelSoort.choices, default=StadsdeelSoort.STADSDEEL
    )
    volgorde = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("stadsdeel")
        verbose_name_plural = _("stadsdelen")
        ordering = ("volgorde", "naam")

    def __str__(self) -> str:
        return self.naam
