"""The two groups of the desk: coordinators, who judge and let in, and moderators, who look after texts."""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.models import Q

COORDINATOREN, MODERATOREN = "Coördinatoren", "Moderatoren"
LOOK, CHANGE = ("view",), ("view", "change")
EVERYTHING = ("view", "add", "change", "delete")

# of everything else of the app, coordinators may do everything
LESS_FOR_COORDINATORS = {
    "gebruiker": LOOK,
    "aanvraag": CHANGE,
    "gebeurtenis": LOOK,
    "uitnodiging": LOOK,
    "bericht": CHANGE,
}
FOR_MODERATORS = dict.fromkeys(("organisatie", "activiteit", "locatie", "moment", "pagina", "thema"), CHANGE)


def _make_permissions(apps: Apps, alias: str) -> None:
    """On an empty database they are made after the last migration only."""
    for config in apps.get_app_configs():
        if config.label == "organisaties":
            config.models_module = True
            create_permissions(config, apps=apps, verbosity=0, using=alias)
            config.models_module = None


def make_groups(apps: Apps, schema_editor: Any) -> None:
    """Make both groups, or bring one of that name in line."""
    alias = schema_editor.connection.alias
    _make_permissions(apps, alias)
    models = {model._meta.model_name for model in apps.get_app_config("organisaties").get_models()}
    everything = dict.fromkeys(models, EVERYTHING)
    for name, rights in ((COORDINATOREN, everything | LESS_FOR_COORDINATORS), (MODERATOREN, FOR_MODERATORS)):
        allowed = Q(pk=None)
        for model, deeds in rights.items():
            allowed |= Q(content_type__model=model, codename__in=[f"{deed}_{model}" for deed in deeds])
        group, _is_new = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        permissions = apps.get_model("auth", "Permission").objects.using(alias)
        group.permissions.set(permissions.filter(allowed, content_type__app_label="organisaties"))


class Migration(migrations.Migration):
    dependencies = [
        ("organisaties", "0008_aanvragen"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
