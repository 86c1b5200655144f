"""The only signals: what must follow a deletion, whoever deletes and however many at once."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from organisaties.afbeeldingen import remove_files
from organisaties.models import Organisatie


@receiver(post_delete, sender=Organisatie)
def remove_logo_files(instance: Organisatie, **kwargs: Any) -> None:
    """A deleted organisation leaves no files behind."""
    names = (instance.logo.name, instance.logo_klein.name)
    transaction.on_commit(partial(remove_files, names), robust=True)
