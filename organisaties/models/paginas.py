"""Pages of text that coordinators edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisaties.choices import PaginaSleutel
from organisaties.fields import LineField, ProseField, Vertaalbaar, Vertaald


class Pagina(Vertaalbaar):
    """A page of text in both languages. Its key ties it to a place on the site."""

    sleutel = models.CharField(_("pagina"), max_length=30, choices=PaginaSleutel.choices, unique=True)
    titel_nl = LineField(_("titel (Nederlands)"), max_length=120)
    titel_en = LineField(_("titel (Engels)"), max_length=120, blank=True)
    inleiding_nl = LineField(_("inleiding (Nederlands)"), max_length=300, blank=True)
    inleiding_en = LineField(_("inleiding (Engels)"), max_length=300, blank=True)
    tekst_nl = ProseField(
        _("tekst (Nederlands)"),
        blank=True,
        help_text=_(
            "Een regel met ## ervoor is een kop. Een lege regel maakt een alinea. **Vet** mag, en - voor een lijst."
        ),
    )
    tekst_en = ProseField(_("tekst (Engels)"), blank=True)
    updated_at = models.DateTimeField(_("veranderd op"), auto_now=True)

    titel = Vertaald("titel")
    inleiding = Vertaald("inleiding")
    tekst = Vertaald("tekst")

    class Meta:
        verbose_name = _("pagina")
        verbose_name_plural = _("pagina's")
        ordering = ("sleutel",)

    def __str__(self) -> str:
        return self.titel_nl
