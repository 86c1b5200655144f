"""Says at `check --deploy` when the mail of a real site cannot leave, or would travel readable."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

_HERE = ("localhost", "127.0.0.1", "::1")


@checks.register(checks.Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
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
