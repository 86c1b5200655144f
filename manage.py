#!/usr/bin/env python
"""Django's command line for this project. A mistake of the operator is one line that says what to change."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netwerk.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except OperationalError as error:
        sys.exit(f"Database: {str(error).strip().splitlines()[0]}. Is it running, and is DATABASE_URL right?")
