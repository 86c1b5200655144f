"""Fields for text that people typed, and the descriptor that reads a translated text in the reader's language."""

import unicodedata
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import get_language, get_language_info

from organisaties.validators import validate_no_controls, validate_one_line


def _clean(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


class LineField(models.CharField):
    """One line of text: stored as NFC, without invisible controls and line breaks."""

    default_validators = (validate_no_controls, validate_one_line)

    def to_python(self, value: Any) -> Any:
        return _clean(super().to_python(value))


class ProseField(models.TextField):
    """A longer text: stored as NFC, without invisible controls."""

    default_validators = (validate_no_controls,)

    def to_python(self, value: Any) -> Any:
        return _clean(super().to_python(value))


class WebAddressField(models.URLField):
    """A web address that is safe to link to: http or https, nothing else."""

    default_validators = (URLValidator(schemes=["http", "https"]), validate_no_controls)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class Vertaling(str):
    """A text that knows in which language it is, so that a page can say so."""

    __slots__ = ("taal",)

    taal: str

    def __new__(cls, value: str, taal: str) -> Self:
        text = super().__new__(cls, value)
        text.taal = taal
        return text

    @property
    def is_fallback(self) -> bool:
        """Whether the text is in another language than the reader asked for."""
        return bool(self) and self.taal != reader_language()

    @property
    def is_rtl(self) -> bool:
        return get_language_info(self.taal)["bidi"]


class Vertaald:
    """Read `naam_nl` or `naam_en` as `naam`: in the reader's language, else in Dutch. The columns stay explicit."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        language = reader_language()
        if text := getattr(instance, f"{self.name}_{language}", ""):
            return Vertaling(text, language)
        return Vertaling(getattr(instance, f"{self.name}_{settings.LANGUAGE_CODE}"), settings.LANGUAGE_CODE)


def reader_language() -> str:
    """The code of the language in which the page is being made, such as `nl`."""
    return get_language() or settings.LANGUAGE_CODE


class Vertaalbaar(models.Model):
    """A model with translated texts."""

    class Meta:
        abstract = True

    def is_translated(self, language: str) -> bool:
        """Whether every text that is there in Dutch is there in `language` (a code such as `en`) too."""
        if language == settings.LANGUAGE_CODE:
            return True
        names = [v.name for cls in type(self).__mro__ for v in vars(cls).values() if isinstance(v, Vertaald)]
        return all(
            getattr(self, f"{name}_{language}", "")
            for name in names
            if getattr(self, f"{name}_{settings.LANGUAGE_CODE}")
        )
