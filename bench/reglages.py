"""Voix as in production (DEBUG off, cached templates), over plain HTTP on the loopback."""

from voix.settings.base import *

SECRET_KEY = "banc-seulement"  # noqa: S105  (benchmark only)
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
WHITENOISE_USE_FINDERS = True
