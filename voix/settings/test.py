"""Tests: as production where it matters, fast where it does not."""

from .base import *

SECRET_KEY = "essais-seulement"  # noqa: S105  (tests only)
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CHANTIERS_A_PART = OUVREUR_A_PART = (
    False  # another process would not see the transaction of a test
)
CRISPY_FAIL_SILENTLY = False
WHITENOISE_USE_FINDERS = True
# A file, not memory: the threads of the live server each need their own connection.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DOSSIER_DONNEES / "essais.sqlite3")}
