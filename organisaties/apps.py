"""The one app: everything the site knows. And the desk, which is Django's with a door of our own."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class OrganisatiesConfig(AppConfig):
    name = "organisaties"
    verbose_name = "Netwerk Nieuwkomers"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        import_module("organisaties.checks")
        import_module("organisaties.receivers")


class BeheerConfig(admin_apps.AdminConfig):
    default_site = "organisaties.beheer.Beheer"
    default = False
