"""Since when somebody is in: an invitation may be opened by a session of elsewhere, without logging in again.

Ties that are there get a moment when something shows that their person came in: a used invitation, a version of
something of that organisation, or a login since being let in. The earliest of these counts.

Others stay empty, also when their person once logged in elsewhere. Perhaps such a person did open the page, and then
one more visit puts it right. Filling them would show the name of an account to whoever typed its address, and let the
last editor leave an organisation to somebody who may not know of it.
"""

from django.db import migrations, models

# where versions tell who wrote them, and the column with the organisation
VERSIES = {"HistoricalOrganisatie": "id", "HistoricalActiviteit": "organisatie_id", "HistoricalLocatie": "organisatie_id"}


def fill(apps, schema_editor):
    def rows(name):
        return apps.get_model("organisaties", name).objects.using(schema_editor.connection.alias)

    for tie in rows("Beheerder").select_related("gebruiker"):
        used = rows("Uitnodiging").filter(beheerder_id=tie.pk, gebruikt_at__isnull=False)
        moments = [used.aggregate(models.Min("gebruikt_at"))["gebruikt_at__min"], tie.gebruiker.last_login]
        for name, column in VERSIES.items():
            own = {column: tie.organisatie_id, "history_user_id": tie.gebruiker_id}
            written = rows(name).filter(history_date__gte=tie.created_at, **own)
            moments.append(written.aggregate(models.Min("history_date"))["history_date__min"])
        tie.binnen_at = min((each for each in moments if each and each >= tie.created_at), default=None)
        tie.save(update_fields=("binnen_at",))


class Migration(migrations.Migration):

    dependencies = [
        ('organisaties', '0018_naam_in_uitnodiging'),
    ]

    operations = [
        migrations.AddField(
            model_name='beheerder',
            name='binnen_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='binnen sinds'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
