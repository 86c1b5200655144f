"""Pictures that editors send: a logo, and a photo with what can be seen on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from organisaties import wachtend
from organisaties.afbeeldingen import AfbeeldingFout, Beeld, foto_van, maak_foto, maak_logo
from organisaties.drukte import MEEST_BEELDEN
from organisaties.forms.stand import MetStand
from organisaties.forms.velden import Foutregels, RegelField, typed
from organisaties.models import Foto

_DRUK = _(
    "Jullie stuurden het afgelopen uur al %(aantal)s afbeeldingen. Meer kan niet. Wacht een uur, en kies het bestand "
    "dan opnieuw."
)
_KIES = _("Kies een foto: een JPEG, PNG of WebP van hooguit 5 MB.")
_AKKOORD = _(
    "Zet een vinkje als er geen mensen op de foto staan, of als zij het goed vinden. Kies anders een andere foto."
)
_WEG = _("Deze foto hebben wij niet meer. Kies de foto nog een keer.")


class BeeldField(forms.FileField):
    """A file that becomes a picture: the cleaned value is a `Beeld`, or None when no file was sent."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    is_druk = False
    """Too many came in the past hour: whatever comes now is refused unread."""

    def __init__(self, *, maak: Callable[[File], Beeld], **kwargs: Any) -> None:
        # an empty file gets our own sentence, from the same place as the others
        super().__init__(**{"allow_empty_file": True, **kwargs})
        self.maak = maak

    def to_python(self, data: Any) -> Beeld | None:
        if self.is_druk:
            raise ValidationError(_DRUK, code="druk", params={"aantal": MEEST_BEELDEN})
        bestand = super().to_python(data)
        if bestand is None:
            return None
        return _picture(self.maak, bestand)


def _picture(make: Callable[[Any], Beeld], data: File | bytes) -> Beeld:
    try:
        return make(data)
    except AfbeeldingFout as error:
        raise ValidationError(error.sentence, code=error.code) from error


def _vak() -> forms.FileInput:
    return forms.FileInput({**BeeldField.widget.attrs, "class": "invoer"})


class LogoForm(Foutregels):
    """A new logo."""

    logo = BeeldField(
        maak=maak_logo,
        label=_("Kies een logo"),
        help_text=_("PNG, JPEG of WebP, hooguit 5 MB. Geen logo? Dan maken wij een teken met jullie letters."),
        widget=_vak(),
        error_messages={"required": _("Kies een logo: een PNG, JPEG of WebP van hooguit 5 MB.")},
    )


class AltField(RegelField):
    """A line about a picture, in one language."""

    def __init__(self, *, taal: str, label: Any) -> None:
        longest = Foto._meta.get_field(f"alt_{taal}").max_length
        widget = forms.TextInput({"class": "invoer", "lang": taal, "dir": "auto"})
        super().__init__(label=label, required=False, max_length=longest, widget=widget)
        self.error_messages["max_length"] = _("Maak deze tekst korter: hooguit %(limit_value)d tekens.")

    def to_python(self, value: Any) -> str:
        return super().to_python(typed(value or ""))


class FotoForm(Foutregels, MetStand):
    """A photo and what can be seen on it. `wacht` is the token of a photo that was right while the rest was not.

    People on a photo can be recognised, so a new one comes with `akkoord`: theirs (P15).
    """

    foto = BeeldField(
        maak=maak_foto,
        label=_("Kies een foto"),
        help_text=_(
            "Laat de plek zien, of de deur. Zet geen mensen op de foto die dat niet willen. JPEG, PNG of WebP, "
            "hooguit 5 MB."
        ),
        required=False,
        widget=_vak(),
    )
    wacht = forms.CharField(required=False, widget=forms.HiddenInput)
    akkoord = forms.BooleanField(label=_("Er staan geen mensen op de foto, of zij vinden het goed."), required=False)
    alt_nl = AltField(taal="nl", label=_("Nederlands"))
    alt_en = AltField(taal="en", label=_("Engels"))

    field_order = ("foto", "akkoord", "alt_nl", "alt_en")

    class Meta:
        model = Foto
        fields = ("alt_nl", "alt_en")

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict | None = None, *, instance: Foto, van: str
    ) -> None:
        super().__init__(data, files, instance=instance)
        self.van = van
        self.beeld: Beeld | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            self.beeld = cleaned.get("foto") or self._waiting()
        except ValidationError as error:
            self.add_error("foto", error)
        if not self.beeld and self.instance.pk is None and "foto" not in self.errors:
            self.add_error("foto", _WEG if cleaned.get("wacht") else _KIES)
        if self.beeld and not cleaned.get("akkoord"):
            self.add_error("akkoord", _AKKOORD)
        if not (cleaned.get("alt_nl") or cleaned.get("alt_en") or self.errors.keys() & {"alt_nl", "alt_en"}):
            self.add_error("alt_nl", _("Schrijf wat je op de foto ziet. In één taal is genoeg."))
        return cleaned

    def _waiting(self) -> Beeld | None:
        """The photo that waits, if there is one; a token that opens nothing is not given back."""
        if data := wachtend.lees(self.cleaned_data.get("wacht", ""), van=self.van):
            return _picture(foto_van, data)
        self.data["wacht"] = ""
        return None

    @property
    def alts(self) -> list[forms.BoundField]:
        """The boxes for what can be seen on it."""
        return [self["alt_nl"], self["alt_en"]]

    @property
    def alt(self) -> dict[str, str]:
        """What can be seen on it, by language."""
        return {code: self.cleaned_data[f"alt_{code}"] for code in ("nl", "en")}

    def houd_vast(self) -> None:
        """Let a new photo that is right wait for the rest of the form."""
        if beeld := self.cleaned_data.get("foto"):
            self.laat_los()
            self.data["wacht"] = wachtend.bewaar(beeld.groot, van=self.van)

    def laat_los(self) -> None:
        """Forget the photo that waited: this one is stored, or another came in its place."""
        wachtend.vergeet(self.data.get("wacht", ""), van=self.van)


class FotoAdminForm(MetStand):
    """A photo within a form of the desk, where it can only go: the picture and its texts travel along."""

    class Meta:
        model = Foto
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = ("bestand", "alt_nl", "alt_en")
        self.initial |= {name: str(getattr(self.instance, name)) for name in seen}
        self.remember(seen)
