"""One deed is one version: what is stored with its history, and putting a former version back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from organisaties.models import Activiteit, Gebruiker, Locatie, Moment, Organisatie, Uitzondering
from organisaties.models.roosters import rooster_of
from organisaties.models.vertalingen import Tweetalig
from organisaties.zoeken import index

Entry = Organisatie | Activiteit | Locatie

_KEPT = {"id", "slug", "status", "pauze_tot", "organisatie", "bevestigd_op", "vertaald"}
"""What putting a version back leaves as it is now."""


def store_entry(entry: Entry, *, door: Gebruiker | None, keuzes: Callable[[], None] | None = None) -> None:
    """Store an entry of which fields were set, as one version by `door` in its history.

    `keuzes` stores what belongs to it, such as what was chosen from lists (a form's `save_m2m`) or its times; that
    becomes part of the same version.
    """
    with transaction.atomic(), index.together():
        one_by_one(entry)
        _begin_history(entry)
        if keuzes:
            entry.skip_history_when_saving = True
            if entry.pk is None:
                entry.save()
            keuzes()
            del entry.skip_history_when_saving
        _store(entry, door)


def _store(entry: Entry, door: Gebruiker | None) -> None:
    entry._history_user = door
    entry.save()


def one_by_one(*entries: Entry) -> None:
    """Let the changes within an organisation wait for each other until the transaction ends.

    Who gives an activity a place would else not see that a colleague takes that place away. Comes before any row of
    that organisation is held: two people who hold in another order wait for each other for ever.
    """
    owners = {entry.pk if isinstance(entry, Organisatie) else entry.organisatie_id for entry in entries}
    list(Organisatie.objects.select_for_update(no_key=True).filter(pk__in=owners).order_by("pk").values_list("pk"))


def hold(entry: Entry) -> Entry:
    """The row of an entry as it is now, held until the transaction ends. Raises DoesNotExist when it is gone."""
    one_by_one(entry)
    return type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)


@contextmanager
def changing_times(*activiteiten: int, door: Gebruiker) -> Iterator[list[Activiteit]]:
    """These activities (by id) with their moments, locked until the deed inside is done.

    Where that gives an activity other times, or another `planning`, it is stored as one version by `door`. Raises
    DoesNotExist when one of them is gone.
    """
    with index.together():
        rows = Activiteit.objects.prefetch_related("momenten__uitzonderingen").filter(pk__in=activiteiten)
        one_by_one(*Activiteit.objects.filter(pk__in=activiteiten).only("organisatie"))
        held = list(rows.select_for_update(of=("self",)).order_by("pk"))
        if len(held) < len(set(activiteiten)):
            raise Activiteit.DoesNotExist
        for each in held:
            _begin_history(each)
        before = [(rooster_of(each.pk), each.planning) for each in held]
        yield held
        for each, former in zip(held, before, strict=True):
            if (rooster_of(each.pk), each.planning) != former:
                _store(each, door)


def _begin_history(entry: Entry) -> None:
    """What stood here before the first version that somebody wrote is a version too, by nobody.

    The last version is what stands here now. When it was stored before versions kept times it gets those of now, and
    also when nobody wrote it: an import stores the times after it.
    """
    last = entry.history.first() if entry.pk else None
    if entry.pk and last is None:
        stored = type(entry).objects.get(pk=entry.pk)
        stored._history_date = getattr(stored, "updated_at", None) or stored.organisatie.updated_at
        stored._history_user = None
        stored.save(update_fields=[stored._meta.concrete_fields[1].name])
    elif isinstance(entry, Activiteit) and last and (last.rooster is None or last.history_user_id is None):
        entry.history.filter(history_id=last.history_id).update(rooster=rooster_of(entry.pk))


def put_version_back(entry: Entry, *, versie: int, door: Gebruiker) -> None:
    """Bring the texts, answers, choices and times of a former version back; its status stays as it is now.

    Raises DoesNotExist (of the history) when this entry has no such version.
    """
    with transaction.atomic():
        held = hold(entry)
        former = held.history.get(history_id=versie)
        kept = _KEPT if _knows_times(former) else _KEPT | {"planning"}
        for field in former.tracked_fields:
            if field.name not in kept:
                setattr(held, field.attname, getattr(former, field.attname))
        if isinstance(held, Tweetalig):
            held.zet_terug(former.vertaald)
        _drop_what_is_gone(held)
        store_entry(held, door=door, keuzes=lambda: _put_along(held, former))


def _knows_times(former: Any) -> bool:
    return getattr(former, "rooster", None) is not None


def _drop_what_is_gone(entry: Entry) -> None:
    """A place, a theme or a form that is no longer there cannot come back: that of now stays."""
    now = type(entry).objects.get(pk=entry.pk)
    for field in entry._meta.concrete_fields:
        if field.is_relation and (key := getattr(entry, field.attname)):
            rows = field.related_model._default_manager.filter(pk=key)
            if field.name == "locatie":
                rows = rows.filter(organisatie=entry.organisatie_id)
            if not rows.exists():
                setattr(entry, field.attname, getattr(now, field.attname))


def _put_along(entry: Entry, former: Any) -> None:
    """What was chosen from lists in a former version, and its times when it knows them."""
    for field in former._history_m2m_fields:
        target = field.related_model
        keys = getattr(former, field.name).values_list(f"{target._meta.model_name}_id", flat=True)
        getattr(entry, field.name).set(target.objects.filter(pk__in=list(keys)))
    if _knows_times(former):
        _put_times_back(entry, former.momenten)


def _put_times_back(activiteit: Activiteit, former: list[tuple[Moment, list[Uitzondering]]]) -> None:
    """Give an activity the times of then, under the numbers that calendars know them by.

    A time that is still there keeps what was said of dates that are over; one that came later goes.
    """
    now = {moment.pk: moment for moment in activiteit.momenten.prefetch_related("uitzonderingen")}
    places = set(Locatie.objects.filter(organisatie=activiteit.organisatie_id).values_list("pk", flat=True))
    elsewhere = Moment.objects.filter(pk__in=[moment.pk for moment, _ in former]).exclude(activiteit=activiteit)
    lost = set(elsewhere.values_list("pk", flat=True))
    for moment in now.values():
        if moment.pk not in {each.pk for each, _ in former}:
            moment.delete()
    for moment, exceptions in former:
        known = now.get(moment.pk)
        moment.pk = None if moment.pk in lost else moment.pk
        moment.activiteit = activiteit
        moment.locatie_id = moment.locatie_id if moment.locatie_id in places else None
        moment.save()
        _put_exceptions_back(moment, exceptions, known)


def _put_exceptions_back(moment: Moment, former: list[Uitzondering], known: Moment | None) -> None:
    today = timezone.localdate()
    for each in known.uitzonderingen.all() if known else ():
        if each.laatste_dag >= today:
            each.delete()
    for each in former:
        if known is None or each.laatste_dag >= today:
            each.moment = moment
            each.save()
