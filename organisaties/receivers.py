"""The only signals: what must follow a change, whoever makes it and however many at once."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from organisaties import sessies
from organisaties.afbeeldingen import remove_files
from organisaties.choices import Soort
from organisaties.models import (
    Activiteit,
    Begrip,
    Bron,
    Doelgroep,
    Foto,
    Gebruiker,
    Locatie,
    Moment,
    Organisatie,
    Stadsdeel,
    Taal,
    Thema,
    Uitzondering,
    Vorm,
)
from organisaties.models.roosters import MetRooster, rooster_of
from organisaties.zoeken import index

_TERMS = (Thema, Vorm, Doelgroep, Taal, Stadsdeel)


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: Gebruiker, **kwargs: Any) -> None:
    """However somebody logs in, the session knows since when and on what."""
    sessies.begin(request, user)


@receiver(pre_save, sender=Gebruiker)
def end_sessions_of_a_new_coordinator(instance: Gebruiker, **kwargs: Any) -> None:
    """A code or an invitation opened them; the desk asks for more than a mailbox."""
    if instance.is_staff and Gebruiker.objects.filter(pk=instance.pk, is_staff=False).exists():
        sessies.end(instance)


@receiver(post_delete, sender=Organisatie)
def remove_logo_files(instance: Organisatie, **kwargs: Any) -> None:
    """A deleted organisation leaves no files behind."""
    names = (instance.logo.name, instance.logo_klein.name)
    transaction.on_commit(partial(remove_files, names), robust=True)


@receiver(post_delete, sender=Foto)
def remove_foto_files(instance: Foto, **kwargs: Any) -> None:
    """A photo that is taken away, also along with what it was of, leaves no files behind."""
    names = (instance.bestand.name, instance.klein.name)
    transaction.on_commit(partial(remove_files, names), robust=True)


@receiver(pre_delete, sender=Organisatie)
@receiver(pre_delete, sender=Activiteit)
def forget_versions(instance: Organisatie | Activiteit, **kwargs: Any) -> None:
    """The library takes the versions of a deleted entry along, but not what they had chosen from lists."""
    versions = instance.history.model
    for field in versions._history_m2m_fields:
        chosen = getattr(versions, field.name).model
        chosen._default_manager.filter(history__in=instance.history.values("pk")).delete()


@receiver(pre_create_historical_record, sender=Activiteit.history.model)
def keep_times(instance: Activiteit, history_instance: MetRooster, **kwargs: Any) -> None:
    """A version of an activity knows the times of then, whoever stores it."""
    history_instance.rooster = rooster_of(instance.pk)


# --- what a reader sees of an activity is more than its own row


@receiver((post_save, pre_delete))
def touch_activiteiten(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Activities have changed too when one of their moments, a date of it or their place did: they are news.

    Before the index, which holds its one row from then on: whoever saves an activity takes both in this order.
    """
    if issubclass(sender, Moment):
        touched = Q(pk=instance.activiteit_id)
    elif issubclass(sender, Uitzondering):
        touched = Q(momenten=instance.moment_id)
    elif issubclass(sender, Locatie):
        touched = Q(locatie=instance.pk) | Q(momenten__locatie=instance.pk)
    else:
        return
    if not raw:
        Activiteit.objects.filter(touched).update(updated_at=timezone.now())


# --- the index of search follows the entries


@receiver((post_save, post_delete))
def index_entry(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Bring into the index what a saved or deleted row is part of."""
    if raw:
        return
    if issubclass(sender, Activiteit):
        before = getattr(instance, "organisatie_before", None)  # it may have moved to another organisation
        _index_activiteiten([instance.pk], {instance.organisatie_id, before} - {None})
    elif issubclass(sender, Moment):
        owners = Activiteit.objects.filter(pk=instance.activiteit_id).values_list("organisatie", flat=True)
        _index_activiteiten([instance.activiteit_id], owners)
    elif issubclass(sender, Uitzondering):
        index.changed(
            Soort.ACTIVITEIT, Moment.objects.filter(pk=instance.moment_id).values_list("activiteit", flat=True)
        )
    elif issubclass(sender, (Organisatie, Locatie)):
        owner = instance.pk if issubclass(sender, Organisatie) else instance.organisatie_id
        _index_activiteiten(_of_organisation(owner), [owner])
    elif issubclass(sender, _TERMS):
        _index_all()
    elif issubclass(sender, (Begrip, Bron, Foto)):
        index.pages_changed()


@receiver(m2m_changed)
def index_choices(sender: type[models.Model], instance: models.Model, action: str, **kwargs: Any) -> None:
    """Bring into the index the entry of which the themes, groups or languages were chosen."""
    if not action.startswith("post_"):
        return
    if isinstance(instance, Activiteit):
        _index_activiteiten([instance.pk], [instance.organisatie_id])
    elif isinstance(instance, Organisatie):
        index.changed(Soort.ORGANISATIE, [instance.pk])
    elif isinstance(instance, Begrip):
        index.pages_changed()


def _index_activiteiten(activiteiten: Iterable[int], organisaties: Iterable[int]) -> None:
    index.changed(Soort.ACTIVITEIT, activiteiten)
    index.changed(Soort.ORGANISATIE, organisaties)


def _of_organisation(pk: int) -> Iterable[int]:
    return Activiteit.objects.filter(organisatie=pk).values_list("pk", flat=True)


def _index_all() -> None:
    """A word of a list stands in many entries, and on every page."""
    index.changed(Soort.ACTIVITEIT, Activiteit.objects.listed().values_list("pk", flat=True))
    index.changed(Soort.ORGANISATIE, Organisatie.objects.published().values_list("pk", flat=True))
