"""The index is written in another way: sets, and names as bytes. `rebuild_zoekindex` makes it anew from the entries."""

from django.db import migrations, models

import organisaties.fields


def empty_the_index(apps, schema_editor):
    for name in ("Vermelding", "Zoekterm"):
        apps.get_model("organisaties", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("organisaties", "0004_zoekbegrippen"),)

    operations = (
        migrations.RunPython(empty_the_index, migrations.RunPython.noop),
        migrations.AlterField(model_name="vermelding", name="naam", field=models.BinaryField()),
        migrations.AlterField(
            model_name="begrip",
            name="woorden_nl",
            field=organisaties.fields.ProseField(
                help_text="Woorden die hetzelfde zijn, met een komma ertussen. Wie er één typt, vindt ze allemaal. "
                "Zet het gewoonste woord vooraan: dat telt het zwaarst.",
                verbose_name="woorden (Nederlands)",
            ),
        ),
    )
