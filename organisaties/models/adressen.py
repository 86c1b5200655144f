"""Web addresses that stay: a slug per entry, and the slugs that it had before."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisaties.models.vertalingen import Tweetalig


class Vindbaar(Tweetalig):
    """An entry with a page of its own. When its slug changes, the former address keeps leading to it."""

    slug = models.SlugField(
        _("adres"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_("Staat in het webadres. Leeg: gemaakt van de naam. Het oude adres blijft werken."),
    )

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        entry = super().from_db(db, field_names, values)
        entry._slug_before = entry.__dict__.get("slug", "")
        return entry

    def clean(self) -> None:
        super().clean()
        if self.slug and self._former_slugs().filter(slug=self.slug).exclude(**{self._owner: self.pk}).exists():
            raise ValidationError({"slug": _("Dit adres was eerder van iets anders. Kies een ander adres.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = getattr(self, "_slug_before", "")
        self.slug = self.slug or self._free_slug()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before and before != self.slug:
                self._former_slugs().filter(slug=self.slug).delete()
                self._former_slugs().get_or_create(slug=before, defaults={self._owner: self})
        self._slug_before = self.slug

    @property
    def _owner(self) -> str:
        return self._meta.model_name or ""

    def _former_slugs(self) -> "models.QuerySet[OudeSlug]":
        return OudeSlug.objects.filter(**{f"{self._owner}__isnull": False})

    def _free_slug(self) -> str:
        base = slugify(str(self))[:100] or self._owner
        taken = set(type(self)._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
        taken.update(self._former_slugs().filter(slug__startswith=base).values_list("slug", flat=True))
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


class OudeSlug(models.Model):
    """A former slug of an organisation or an activity. It redirects for ever."""

    slug = models.SlugField(_("oud adres"), max_length=120)
    organisatie = models.ForeignKey(
        "organisaties.Organisatie", models.CASCADE, null=True, blank=True, related_name="oude_slugs"
    )
    activiteit = models.ForeignKey(
        "organisaties.Activiteit", models.CASCADE, null=True, blank=True, related_name="oude_slugs"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("oud adres")
        verbose_name_plural = _("oude adressen")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisatie__isnull=True) ^ Q(activiteit__isnull=True), name="oude_slug_van_een"
            ),
            models.UniqueConstraint("slug", condition=Q(organisatie__isnull=False), name="oude_slug_organisatie"),
            models.UniqueConstraint("slug", condition=Q(activiteit__isnull=False), name="oude_slug_activiteit"),
        )

    def __str__(self) -> str:
        return self.slug
