"""Rows within a form, when somebody else takes one away while the form is open (B6)."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext

from organisaties.forms.stand import MetStand, shown


@dataclass(frozen=True, slots=True)
class Weggehaald:
    """A row that somebody took away: what it is called, and what its boxes held when something was typed in them."""

    naam: str
    getypt: tuple[tuple[str, str], ...] | None = None


class Rijen(BaseInlineFormSet):
    """Rows of a MetStand form. One that is gone by now (`weggehaald`) is no row any more, and the rest is counted anew.

    When something was typed in it the form comes back, once, and says what.
    """

    def __init__(self, data: QueryDict | None = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.weggehaald: list[Weggehaald] = []
        if self.is_bound:
            self._forget_what_is_gone()

    def clean(self) -> None:
        super().clean()
        if any(each.getypt is not None for each in self.weggehaald):
            raise ValidationError(gettext("Iemand haalde hier iets weg. Bovenaan staat wat je erin typte."))

    def _forget_what_is_gone(self) -> None:
        known = {str(row.pk): row for row in self.get_queryset()}
        rows, gone = [], []
        for number in range(min(self.initial_form_count(), self.total_form_count())):
            if row := known.get(self.data.get(f"{self.add_prefix(number)}-{self.model._meta.pk.name}", "")):
                rows.append(row)
            else:
                gone.append(number)
                self._tell(number)
        # the page shows the rows beside the forms, so they stand in the order in which they were sent
        self._queryset = rows
        if gone:
            self.data = self._without(gone)
            del self.management_form

    def _tell(self, number: int) -> None:
        """Keep what is to be said of a row that is gone: nothing when it was to go, or when it has no boxes here."""
        row = self.model(**{self.fk.name: self.instance})
        form: MetStand = self.form(self.data, prefix=self.add_prefix(number), instance=row)
        boxes = [box for box in form.visible_fields() if box.html_name in self.data]
        if not boxes or (self.can_delete and form.add_prefix(DELETION_FIELD_NAME) in self.data):
            return
        if not form.is_typed_in:
            self.weggehaald.append(Weggehaald(str(form.instance)))
            return
        texts = ((capfirst(box.label), shown(box.field, box.value())) for box in boxes)
        name = capfirst(self.model._meta.verbose_name)
        self.weggehaald.append(Weggehaald(name, tuple((label, text) for label, text in texts if text)))

    def _without(self, gone: list[int]) -> QueryDict:
        """What was sent without these rows: the numbers of the rows after them close up."""
        data = QueryDict(mutable=True)
        for key, values in self.data.lists():
            named = [self._renumbered(value, gone) for value in values] if key == "botst" else values
            if (new := self._renumbered(key, gone)) is not None:
                data.setlist(new, [value for value in named if value is not None])
        for name in (INITIAL_FORM_COUNT, TOTAL_FORM_COUNT):
            data[self.management_form.add_prefix(name)] = self.management_form.cleaned_data[name] - len(gone)
        return data

    def _renumbered(self, name: str, gone: list[int]) -> str | None:
        """The new name of a box, None when its row is gone. Of other boxes the name stays."""
        found = re.fullmatch(rf"((?:kies_)?{re.escape(self.prefix)}-)([0-9]{{1,9}})(-.*)", name, re.DOTALL)
        if found is None:
            return name
        number = int(found[2])
        return None if number in gone else f"{found[1]}{number - bisect(gone, number)}{found[3]}"
