"""What must hold before the site runs: the register of personal data is whole, and terms are terms."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from organisaties import register


@checks.register(checks.Tags.models)
def register_is_whole(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every personal field has a row in the register or a reason why it is not personal, and every row a field (P8)."""
    found = register.described_models()
    for config in app_configs or ():
        found += [model for model in config.get_models() if config.label == "organisaties" and model not in found]
    missing = [
        checks.Error(
            f"{name} may hold something about a person, and the register does not know it.",
            hint="Add a row to REGISTER in organisaties/register.py, or a reason to NIET_PERSOONLIJK.",
            obj=name,
            id="organisaties.E001",
        )
        for name in register.unregistered(found)
    ]
    extra = [
        checks.Error(
            f"{name} stands in the register, but there is no such field.",
            hint="Take it out of organisaties/register.py, or give it the name that the field has now.",
            obj=name,
            id="organisaties.E002",
        )
        for name in register.unknown(found)
    ]
    return missing + extra


@checks.register
def terms_are_terms(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A term of less than a day would remove what is still being looked at, and the cap on mail counts sent rows."""
    return [
        checks.Error(f"BEWAAR_{name.upper()} is at least 1 day.", obj=name, id="organisaties.E003")
        for name, days in settings.BEWAARTERMIJNEN.items()
        if days < 1
    ]
