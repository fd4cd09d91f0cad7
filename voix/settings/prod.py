"""Production: fails at start when something it needs is missing."""

from . import environnement
from .base import *

SECRET_KEY = environnement.obligatoire("SECRET_KEY")
ALLOWED_HOSTS = environnement.liste("ALLOWED_HOSTS")
environnement.obligatoire("DATABASE_URL")
EMAIL_HOST = environnement.texte("EMAIL_HOST", "localhost")
EMAIL_PORT = int(environnement.texte("EMAIL_PORT", "25"))
EMAIL_HOST_USER = environnement.texte("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environnement.texte("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST_USER)  # a secret never travels in clear
STATIC_ROOT = BASE_DIR / "staticfiles"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
