"""The one app: everything the site knows."""

from importlib import import_module

from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    name = "organisaties"
    verbose_name = "Netwerk Nieuwkomers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("organisaties.checks")
        import_module("organisaties.receivers")
