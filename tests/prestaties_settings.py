"""The settings of the site, with the static files of production in the directory that STATIC_ROOT names."""

import os

from netwerk.settings import *  # noqa: F403 - all of them are meant

STATIC_ROOT = os.environ["STATIC_ROOT"]
