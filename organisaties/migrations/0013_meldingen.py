"""Reports of readers, what coordinators may do with them, and what the page about privacy says of them."""

import hashlib
from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
import organisaties.fields
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


PAGINAS = Path(__file__).resolve().parent.parent / "gegevens" / "paginas"

# the SHA-256 of the former texts, as in 0010: a text that coordinators have changed stays as it is
VROEGER = {
    "nl": "f4c5a0799b8ae59fb11292d295c5d3eefe20850ef9100060bfef63bc070f76a5",
    "en": "29fd540bf7651e7fd1b1759390642a076a6f3946bcf14df18f3931060b8626d0",
}


def renew_privacy(apps, schema_editor):
    objects = apps.get_model("organisaties", "Pagina").objects.using(schema_editor.connection.alias)
    for taal, former in VROEGER.items():
        columns = [f"{column}_{taal}" for column in ("titel", "inleiding", "tekst")]
        for pagina in objects.filter(sleutel="privacy"):
            text = "\n\n".join(getattr(pagina, column) for column in columns)
            if hashlib.sha256(text.encode()).hexdigest() == former:
                file = (PAGINAS / f"privacy.{taal}.md").read_text(encoding="utf-8")
                for column, value in zip(columns, file.removeprefix("# ").strip().split("\n\n", 2)):
                    setattr(pagina, column, value)
                pagina.save()


def grant(apps, schema_editor):
    """Coordinators see reports and close them; nobody makes one at the desk, and none is thrown away by hand."""
    alias = schema_editor.connection.alias
    for config in apps.get_app_configs():
        if config.label == "organisaties":
            config.models_module = True  # on an empty database they are made after the last migration only
            create_permissions(config, apps=apps, verbosity=0, using=alias)
            config.models_module = None
    rights = apps.get_model("auth", "Permission").objects.using(alias)
    of_meldingen = rights.filter(content_type__app_label="organisaties", content_type__model="melding")
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name="Coördinatoren"):
        group.permissions.remove(*of_meldingen)
        group.permissions.add(*of_meldingen.filter(codename__in=("view_melding", "change_melding")))


class Migration(migrations.Migration):

    dependencies = [
        ('organisaties', '0012_versies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Melding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.CharField(editable=False, help_text='Tegen dubbel sturen.', max_length=64, unique=True, verbose_name='sleutel van het formulier')),
                ('wat', models.CharField(choices=[('tijd', 'De dag of de tijd klopt niet'), ('plek', 'Het adres of de plek klopt niet'), ('gestopt', 'Dit is er niet meer'), ('contact', 'De telefoon, de mail of de website klopt niet'), ('tekst', 'De tekst of de taal klopt niet'), ('anders', 'Er klopt iets anders niet')], max_length=10, verbose_name='wat klopt er niet?')),
                ('tekst', organisaties.fields.ProseField(blank=True, max_length=1000, verbose_name='uitleg')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mailadres van de lezer')),
                ('taal', models.CharField(max_length=7, verbose_name='taal')),
                ('status', models.CharField(choices=[('open', 'Open'), ('beantwoord', 'Beantwoord'), ('hersteld', 'Hersteld'), ('gesloten', 'Gesloten zonder antwoord')], default='open', max_length=10, verbose_name='status')),
                ('antwoord', organisaties.fields.ProseField(blank=True, max_length=1000, verbose_name='antwoord')),
                ('is_verdacht', models.BooleanField(default=False, verbose_name='eerst nakijken')),
                ('verdenkingen', models.JSONField(blank=True, default=list, verbose_name='waarom nakijken')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='verstuurd op')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='afgesloten op')),
            ],
            options={
                'verbose_name': 'melding',
                'verbose_name_plural': 'meldingen',
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='bericht',
            name='bericht_soort_bestaat',
        ),
        migrations.AlterField(
            model_name='bericht',
            name='soort',
            field=models.CharField(choices=[('bevestigen', 'Bevestig je adres'), ('ontvangen', 'Nieuwe aanvraag'), ('vraag', 'Vraag over een aanvraag'), ('geantwoord', 'Antwoord op een vraag'), ('uitnodiging', 'Uitnodiging'), ('welkom', 'Welkom, je hebt al een account'), ('gesprek', 'Wij praten graag met je'), ('afgewezen', 'Geen plek in het netwerk'), ('inlogcode', 'Code om in te loggen'), ('geen_account', 'Inloggen kan niet met dit adres'), ('melding', 'Melding van een lezer'), ('beantwoord', 'Antwoord op een melding'), ('hersteld', 'Een melding is hersteld')], max_length=12, verbose_name='soort'),
        ),
        migrations.AddField(
            model_name='melding',
            name='activiteit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='meldingen', to='organisaties.activiteit', verbose_name='activiteit'),
        ),
        migrations.AddField(
            model_name='melding',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgesloten door'),
        ),
        migrations.AddField(
            model_name='melding',
            name='organisatie',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meldingen', to='organisaties.organisatie', verbose_name='organisatie'),
        ),
        migrations.AddField(
            model_name='bericht',
            name='melding',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='berichten', to='organisaties.melding', verbose_name='melding'),
        ),
        migrations.AddConstraint(
            model_name='bericht',
            constraint=models.CheckConstraint(condition=models.Q(('soort__in', ['bevestigen', 'ontvangen', 'vraag', 'geantwoord', 'uitnodiging', 'welkom', 'gesprek', 'afgewezen', 'inlogcode', 'geen_account', 'melding', 'beantwoord', 'hersteld'])), name='bericht_soort_bestaat'),
        ),
        migrations.AddIndex(
            model_name='melding',
            index=models.Index(models.F('organisatie'), models.F('status'), name='melding_werklijst'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('wat__in', ['tijd', 'plek', 'gestopt', 'contact', 'tekst', 'anders'])), name='melding_wat_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('wat', 'anders'), _negated=True), models.Q(('tekst', ''), _negated=True), _connector='OR'), name='melding_anders_met_uitleg'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('status', 'open')), models.Q(('closed_at__isnull', False), ('email', ''), ('status__in', ('beantwoord', 'hersteld', 'gesloten'))), _connector='OR'), name='melding_dicht_met_tijd_zonder_adres'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'beantwoord'), models.Q(('antwoord', ''), _negated=True)), models.Q(models.Q(('status', 'beantwoord'), _negated=True), ('antwoord', '')), _connector='OR'), name='melding_beantwoord_met_antwoord'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('is_verdacht', False), ('status__in', ('open', 'gesloten')), _connector='OR'), name='melding_verdacht_zonder_antwoord'),
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(renew_privacy, migrations.RunPython.noop),
    ]
