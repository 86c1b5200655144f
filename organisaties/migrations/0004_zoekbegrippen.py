"""The first search concepts. Coordinators change them in the administration; what they changed is left alone."""

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "gegevens" / "begrippen.json"
OTHER = ("ar", "uk", "ti", "tr", "fa", "es", "ru")


def load(apps, schema_editor):
    Begrip = apps.get_model("organisaties", "Begrip")
    themas = {thema.slug: thema for thema in apps.get_model("organisaties", "Thema").objects.all()}
    for entry in json.loads(FILE.read_text(encoding="utf-8")):
        begrip, is_new = Begrip.objects.get_or_create(
            slug=entry["slug"],
            defaults={
                "naam_nl": entry["naam_nl"],
                "naam_en": entry["naam_en"],
                "woorden_nl": ", ".join(entry["nl"]),
                "woorden_en": ", ".join(entry["en"]),
                "woorden_anders": ", ".join(word for code in OTHER for word in entry[code]),
                "zie_ook": ", ".join(entry["zie_ook"]),
            },
        )
        if is_new:
            begrip.themas.set([themas[slug] for slug in entry["themas"]])


def remove(apps, schema_editor):
    slugs = [entry["slug"] for entry in json.loads(FILE.read_text(encoding="utf-8"))]
    apps.get_model("organisaties", "Begrip").objects.filter(slug__in=slugs).delete()


class Migration(migrations.Migration):
    dependencies = (("organisaties", "0003_zoeken"),)
    operations = (migrations.RunPython(load, remove),)
