"""Photos, and what coordinators may do with them."""

import django.core.validators
import django.db.models.deletion
import organisaties.fields
import organisaties.models.fotos
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def grant(apps, schema_editor):
    """Coordinators see photos and take one away; only editors send them."""
    alias = schema_editor.connection.alias
    for config in apps.get_app_configs():
        if config.label == "organisaties":
            config.models_module = True  # on an empty database they are made after the last migration only
            create_permissions(config, apps=apps, verbosity=0, using=alias)
            config.models_module = None
    rights = apps.get_model("auth", "Permission").objects.using(alias)
    of_fotos = rights.filter(content_type__app_label="organisaties", content_type__model="foto")
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name="Coördinatoren"):
        group.permissions.remove(*of_fotos)
        group.permissions.add(*of_fotos.filter(codename__in=("view_foto", "delete_foto")))


class Migration(migrations.Migration):

    dependencies = [
        ('organisaties', '0015_roosters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Foto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bestand', models.FileField(editable=False, upload_to=organisaties.models.fotos.foto_path, validators=[django.core.validators.FileExtensionValidator(['webp'])], verbose_name='foto')),
                ('klein', models.FileField(editable=False, upload_to=organisaties.models.fotos.foto_path)),
                ('breedte', models.PositiveSmallIntegerField(editable=False)),
                ('hoogte', models.PositiveSmallIntegerField(editable=False)),
                ('alt_nl', organisaties.fields.LineField(blank=True, max_length=200, verbose_name='wat zie je op de foto? (Nederlands)')),
                ('alt_en', organisaties.fields.LineField(blank=True, max_length=200, verbose_name='wat zie je op de foto? (Engels)')),
                ('activiteit', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='foto', to='organisaties.activiteit', verbose_name='activiteit')),
                ('organisatie', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='foto', to='organisaties.organisatie', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'foto',
                'verbose_name_plural': 'foto’s',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activiteit__isnull', True), ('organisatie__isnull', False)), models.Q(('activiteit__isnull', False), ('organisatie__isnull', True)), _connector='OR'), name='foto_van_een'), models.CheckConstraint(condition=models.Q(models.Q(('bestand', ''), _negated=True), models.Q(('klein', ''), _negated=True), ('breedte__gt', 0), ('hoogte__gt', 0)), name='foto_heel'), models.CheckConstraint(condition=models.Q(('alt_en', ''), ('alt_nl', ''), _negated=True), name='foto_heeft_alt')],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
