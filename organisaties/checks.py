"""What must hold before the site runs: the register of personal data is whole, terms are terms, mail can leave."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from organisaties import register

_HERE = ("localhost", "127.0.0.1", "::1")


@checks.register(checks.Tags.models)
def register_is_whole(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every personal field has a row in the register or a reason why it is not personal, and every row a field (P8)."""
    found = register.described_models()
    for config in app_configs or ():
        found += [model for model in config.get_models() if config.label == "organisaties" and model not in found]
    missing = "%s may hold something about a person, and the register does not know it."
    mend = "Add a row to REGISTER in organisaties/register.py, or a reason to NIET_PERSOONLIJK."
    extra = "%s stands in the register, but there is no such field."
    rename = "Take it out of organisaties/register.py, or give it the name that the field has now."
    return [
        *(checks.Error(missing % n, mend, n, id="organisaties.E001") for n in register.unregistered(found)),
        *(checks.Error(extra % n, rename, n, id="organisaties.E002") for n in register.unknown(found)),
    ]


@checks.register
def terms_are_terms(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """A term of less than a day would remove what is still being looked at, and the cap on mail counts sent rows."""
    return [
        checks.Error(f"BEWAAR_{name.upper()} is at least 1 day.", obj=name, id="organisaties.E003")
        for name, days in settings.BEWAARTERMIJNEN.items()
        if days < 1
    ]


@checks.register(checks.Tags.security, deploy=True)
def mail_can_leave(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warnings about the settings of mail; none in development and in a demonstration, from which nothing leaves."""
    if settings.DEBUG or settings.DEMONSTRATIE:
        return []
    if not settings.EMAIL_HOST:
        return [
            checks.Warning(
                "EMAIL_HOST is empty, so no mail leaves: nobody can prove an address, and nobody can join.",
                hint="Set EMAIL_HOST and run send_berichten. See .env.example and the README.",
                id="berichten.W001",
            )
        ]
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in _HERE):
        return [
            checks.Warning(
                "Mail goes to EMAIL_HOST without encryption; its links let whoever reads along act as the reader.",
                hint="Take EMAIL_USE_TLS=0 out of the environment.",
                id="berichten.W002",
            )
        ]
    return []
