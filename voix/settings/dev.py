"""A developer's machine and the demonstration: DEBUG on, SQLite, mail on the console."""

from .base import *

DEBUG = True
SECRET_KEY = "demonstration-seulement"  # noqa: S105  (public on purpose: prod reads its own)
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
MIDDLEWARE = [*MIDDLEWARE, "voix.pages.demonstration.PageIntrouvable"]
