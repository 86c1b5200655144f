"""The sets of the index are written in another way; `rebuild_zoekindex` makes them anew from the entries."""

from django.db import migrations


def empty_the_index(apps, schema_editor):
    for name in ("Vermelding", "Zoekterm"):
        apps.get_model("organisaties", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("organisaties", "0004_zoekbegrippen"),)

    operations = (migrations.RunPython(empty_the_index, migrations.RunPython.noop),)
