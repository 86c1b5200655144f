"""The forms of activities and their moments."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from organisaties import herhaling
from organisaties.forms.stand import MetStand
from organisaties.models import Activiteit, Locatie, Moment
from organisaties.validators import FIRST_DATE

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def common_rules() -> Iterator[str]:
    """The rules that people mean most: every Monday ... every first Sunday of the month."""
    yield "FREQ=DAILY"
    yield "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    for pattern in ("FREQ=WEEKLY;BYDAY={}", "FREQ=WEEKLY;INTERVAL=2;BYDAY={}", "FREQ=MONTHLY;BYDAY=1{}"):
        for day in _DAYS:
            yield pattern.format(day)


class RegelInput(forms.TextInput):
    """A text box that suggests the common rules, each with its words."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}-regels"
        box = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        rules = ((rule, herhaling.in_words(rule, FIRST_DATE)) for rule in common_rules())
        options = format_html_join("", '<option value="{}">{}</option>', rules)
        return format_html('{}<datalist id="{}">{}</datalist>', box, list_id, options)


def own_locations(field: forms.ModelChoiceField, organisatie_id: Any) -> None:
    """Let a field offer the places of one organisation only."""
    field.queryset = Locatie.objects.filter(organisatie=organisatie_id).select_related("stadsdeel")


def _as_id(value: Any) -> int | None:
    return int(value) if str(value).isascii() and str(value).isdigit() and len(str(value)) < 19 else None


class ActiviteitAdminForm(MetStand):
    class Meta:
        model = Activiteit
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "locatie" in self.fields:
            own_locations(self.fields["locatie"], self._organisatie_id())

    def _organisatie_id(self) -> int | None:
        """The organisation that is being chosen now, else the stored one."""
        chosen = self.data.get(self.add_prefix("organisatie")) or self.initial.get("organisatie")
        return _as_id(getattr(chosen, "pk", chosen)) or self.instance.organisatie_id


class MomentAdminForm(MetStand):
    class Meta:
        model = Moment
        fields = "__all__"
        widgets = {"regel": RegelInput(attrs={"class": "vTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "locatie" in self.fields and "activiteit" in self.fields:
            own_locations(self.fields["locatie"], self._organisatie_id())

    def _organisatie_id(self) -> int | None:
        chosen = _as_id(self.data.get(self.add_prefix("activiteit")) or self.initial.get("activiteit"))
        activiteit = chosen or self.instance.activiteit_id
        return Activiteit.objects.filter(pk=activiteit).values_list("organisatie_id", flat=True).first()
