"""The times of an activity as its versions keep them: what was said of its days, in one column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db import models

from organisaties.models.momenten import Moment, Uitzondering

_OF_MOMENT = ("id", *Moment.FACTS, "laatste_on")


class MetRooster(models.Model):
    """A version that knows the times of then. `rooster` is None when it was stored before versions kept times."""

    rooster = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def momenten(self) -> list[tuple[Moment, list[Uitzondering]]]:
        """The times of then with their exceptions, as rows that are not stored."""
        return [
            (_row(Moment, facts), [_row(Uitzondering, each) for each in facts["uitzonderingen"]])
            for facts in self.rooster or ()
        ]


def rooster_of(activiteit: int) -> list[dict[str, Any]]:
    """The times that an activity, by id, has now, as a version keeps them. Two queries."""
    rows = Moment.objects.filter(activiteit=activiteit).order_by("pk").prefetch_related("uitzonderingen")
    return [
        _facts(moment, _OF_MOMENT)
        | {"uitzonderingen": [_facts(each, Uitzondering.FACTS) for each in moment.uitzonderingen.all()]}
        for moment in rows
    ]


def _facts(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, time)) else value


def _row(model: type[models.Model], facts: dict[str, Any]) -> Any:
    field_of = model._meta.get_field
    return model(**{name: field_of(name).to_python(facts[name]) for name in facts if name != "uitzonderingen"})
