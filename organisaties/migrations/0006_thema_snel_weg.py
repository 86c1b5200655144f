"""A button to leave quickly, on the themes where it may be dangerous that somebody looks along."""

from django.db import migrations, models

EERST_AAN = ("gezondheid", "recht")


def switch_on(apps, schema_editor):
    apps.get_model("organisaties", "Thema").objects.filter(slug__in=EERST_AAN).update(snel_weg=True)


class Migration(migrations.Migration):
    dependencies = (("organisaties", "0005_zoekindex_als_bitmaps"),)

    operations = (
        migrations.AddField(
            model_name="thema",
            name="snel_weg",
            field=models.BooleanField(
                default=False,
                help_text="Zet dit aan als het gevaarlijk kan zijn dat iemand meekijkt, bijvoorbeeld bij geweld of "
                "mensenhandel. Op de bladzijden van dit thema komt dan een knop om snel weg te gaan. Zet het niet "
                "overal aan: de knop kan mensen ook bang maken.",
                verbose_name="knop ‘Ga snel weg’",
            ),
        ),
        migrations.RunPython(switch_on, migrations.RunPython.noop),
    )
