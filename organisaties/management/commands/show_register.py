"""Prints the register of personal data (AVG, article 30)."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from organisaties import register


class Command(BaseCommand):
    help = "Print the register of personal data as a table in Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--taal", choices=codes, default=settings.LANGUAGE_CODE, help="the language of the table")

    def handle(self, *args: Any, **options: Any) -> None:
        by_name = {model._meta.model_name: model for model in register.described_models()}
        with override(options["taal"]):
            head = (_("Gegeven"), _("Waarom"), _("Wie ziet het"), _("Grondslag"), _("Hoe lang"))
            self._row(head)
            self._row(["---"] * len(head))
            for name, row in register.REGISTER.items():
                model, _dot, field = name.partition(".")
                meta = by_name[model]._meta
                what = f"{meta.verbose_name}: {meta.get_field(field).verbose_name} (`{name}`)"
                self._row((what, row.waarom, row.wie, row.grondslag, row.hoe_lang))

    def _row(self, cells: Any) -> None:
        self.stdout.write(f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |")
