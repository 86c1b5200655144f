"""Sessions stand in a table of our own, which tells whose they are; and there are mails for logging in with a code.

Who was logged in before this, logs in again: the former sessions are removed.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def remove_former_sessions(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('organisaties', '0010_teksten_aansluiten'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sessie',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('apparaat', models.CharField(blank=True, max_length=60, verbose_name='apparaat')),
                ('begonnen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ingelogd op')),
                ('gezien_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='laatst gezien op')),
            ],
            options={
                'verbose_name': 'sessie',
                'verbose_name_plural': 'sessies',
                'ordering': ('-gezien_at', 'session_key'),
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='bericht',
            name='bericht_soort_bestaat',
        ),
        migrations.AlterField(
            model_name='bericht',
            name='soort',
            field=models.CharField(choices=[('bevestigen', 'Bevestig je adres'), ('ontvangen', 'Nieuwe aanvraag'), ('vraag', 'Vraag over een aanvraag'), ('geantwoord', 'Antwoord op een vraag'), ('uitnodiging', 'Uitnodiging'), ('welkom', 'Welkom, je hebt al een account'), ('gesprek', 'Wij praten graag met je'), ('afgewezen', 'Geen plek in het netwerk'), ('inlogcode', 'Code om in te loggen'), ('geen_account', 'Inloggen kan niet met dit adres')], max_length=12, verbose_name='soort'),
        ),
        migrations.AddConstraint(
            model_name='bericht',
            constraint=models.CheckConstraint(condition=models.Q(('soort__in', ['bevestigen', 'ontvangen', 'vraag', 'geantwoord', 'uitnodiging', 'welkom', 'gesprek', 'afgewezen', 'inlogcode', 'geen_account'])), name='bericht_soort_bestaat'),
        ),
        migrations.AddField(
            model_name='sessie',
            name='gebruiker',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessies', to=settings.AUTH_USER_MODEL, verbose_name='gebruiker'),
        ),
        migrations.RunPython(remove_former_sessions, migrations.RunPython.noop, elidable=True),
    ]
