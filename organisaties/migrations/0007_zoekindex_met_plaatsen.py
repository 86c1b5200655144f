"""The index knows where entries are. `rebuild_zoekindex` makes it anew from the entries."""

from django.db import migrations


def empty_the_index(apps, schema_editor):
    for name in ("Vermelding", "Zoekterm"):
        apps.get_model("organisaties", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("organisaties", "0006_thema_snel_weg"),)

    operations = (migrations.RunPython(empty_the_index, migrations.RunPython.noop),)
