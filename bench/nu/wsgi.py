"""WSGI entry of the bare wizard."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.nu.reglages"
application = get_wsgi_application()
