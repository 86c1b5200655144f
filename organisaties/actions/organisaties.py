"""Logos, places and statuses of entries."""

from functools import partial
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisaties.actions.versies import hold, one_by_one, store_entry
from organisaties.afbeeldingen import Beeld, maak_logo, new_files, remove_files
from organisaties.models import Activiteit, Gebruiker, Locatie, Organisatie
from organisaties.zoeken import index

_LOGO_FIELDS = ("logo", "logo_klein", "logo_breedte", "logo_hoogte", "updated_at")


def replace_logo(organisatie: Organisatie, *, bestand: IO[bytes] | File) -> None:
    """Give an organisation the logo in a file that somebody sent. Raises AfbeeldingFout."""
    store_logo(organisatie, logo=maak_logo(bestand))


def store_logo(organisatie: Organisatie, *, logo: Beeld) -> None:
    """Give an organisation a logo that is made already; the files of the former one go when this is sure."""
    with new_files() as new, transaction.atomic():
        former = _stored_logo(organisatie)
        for field, data in ((organisatie.logo, logo.groot), (organisatie.logo_klein, logo.klein)):
            field.save("logo.webp", ContentFile(data), save=False)
            new.append(field.name)
        organisatie.logo_breedte, organisatie.logo_hoogte = logo.breedte, logo.hoogte
        organisatie.save_without_historical_record(update_fields=_LOGO_FIELDS)
        transaction.on_commit(partial(remove_files, former), robust=True)


def remove_logo(organisatie: Organisatie) -> None:
    """Take the logo of an organisation away; its files go when this is sure."""
    with transaction.atomic():
        former = _stored_logo(organisatie)
        organisatie.logo = organisatie.logo_klein = ""
        organisatie.logo_breedte = organisatie.logo_hoogte = None
        organisatie.save_without_historical_record(update_fields=_LOGO_FIELDS)
        transaction.on_commit(partial(remove_files, former), robust=True)


def _stored_logo(organisatie: Organisatie) -> tuple[str, str]:
    """The names of the files as the database has them, held until the transaction ends."""
    held = Organisatie.objects.select_for_update().only("logo", "logo_klein").get(pk=organisatie.pk)
    return held.logo.name, held.logo_klein.name


def remove_plek(plek: Locatie) -> None:
    """Take a place away. Raises ValidationError while an activity that is not taken away is there."""
    with index.together():
        one_by_one(plek)
        here = Q(locatie=plek) | Q(momenten__locatie=plek)
        if entry := Activiteit.objects.filter(here, weggehaald_at=None).first():
            raise ValidationError(_("Hier is nog “%(naam)s”. Kies daar eerst een andere plek.") % {"naam": entry.naam})
        plek.delete()


def change_status(entry: Organisatie | Activiteit, *, status: str, door: Gebruiker | None = None) -> bool:
    """Give an entry another status, as a version by `door`. Tells whether anything changed.

    Raises ValidationError when its present status does not allow it.
    """
    with transaction.atomic():
        held = hold(entry)
        if held.status == status:
            return False
        held.status = status
        held.clean()
        store_entry(held, door=door)
    entry.status = status
    return True
