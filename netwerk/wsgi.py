"""The door for a WSGI server such as gunicorn."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netwerk.settings")

try:
    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - loads all pages now, so that no visitor waits for it
except ImproperlyConfigured as error:
    sys.exit(f"Settings: {error}")
