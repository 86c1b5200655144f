"""Photos of organisations and activities."""

from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisaties.afbeeldingen import Beeld, new_files, remove_files
from organisaties.models import Activiteit, Foto, Organisatie

Entry = Organisatie | Activiteit

_WEG = _("Iemand anders haalde de foto weg. Kies een foto.")


def store_foto(entry: Entry, *, alt: dict[str, str], beeld: Beeld | None) -> None:
    """Give an entry a photo, and what can be seen on it by language; without `beeld` the photo of now stays.

    The files of the former one go when this is sure. Raises ValidationError when there is no photo to keep.
    """
    with new_files() as new, transaction.atomic():
        foto = _held(entry)
        if foto is None and beeld is None:
            raise ValidationError(_WEG)
        foto = foto or Foto(**{entry._meta.model_name: entry})
        foto.alt_nl, foto.alt_en = alt["nl"], alt["en"]
        if beeld:
            former = (foto.bestand.name, foto.klein.name)
            transaction.on_commit(partial(remove_files, former), robust=True)
            for field, data in ((foto.bestand, beeld.groot), (foto.klein, beeld.klein)):
                field.save("foto.webp", ContentFile(data), save=False)
                new.append(field.name)
            foto.breedte, foto.hoogte = beeld.breedte, beeld.hoogte
        foto.save()


def remove_foto(entry: Entry) -> None:
    """Take the photo of an entry away; its files go when this is sure (`receivers`)."""
    with transaction.atomic():
        if foto := _held(entry):
            foto.delete()


def _held(entry: Entry) -> Foto | None:
    """The photo as the database has it; what it is of is held until the transaction ends, so that there is one."""
    type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)
    return Foto.objects.filter(**{entry._meta.model_name: entry}).first()
