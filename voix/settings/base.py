"""Settings that hold everywhere."""

from pathlib import Path

from voix.commun import inclus

from . import environnement

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# What is written at run time: the SQLite file, the keys, the snapshots of answers.
DOSSIER_DONNEES = Path(environnement.texte("VOIX_DONNEES", str(BASE_DIR / "donnees")))
DOSSIER_DONNEES.mkdir(parents=True, exist_ok=True)

# Key of the stored fingerprints of codes; empty: a file of the data folder, made at first use.
VOIX_CLE = environnement.texte("VOIX_CLE")

# Addresses of the proxies whose « X-Forwarded-For » is believed; none unless it is said.
RELAIS_DE_CONFIANCE = environnement.liste("VOIX_RELAIS_DE_CONFIANCE")

# Who answers for the site (French law asks for it); told by /mentions/ where it is filled in.
MENTIONS = {
    nom: environnement.texte(f"VOIX_{nom.upper()}")
    for nom in ("editeur", "directeur", "hebergeur", "contact")
}

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "voix.urls"
WSGI_APPLICATION = "voix.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "comptes.Compte"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's page of passkeys loads it
    "formtools",
    "crispy_forms",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "voix.commun",
    "voix.comptes",
    "voix.pages",
    "enquetes",
    "analyses",
]

MIDDLEWARE = [
    "voix.commun.politique.RedirectionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # A page of 12 KB leaves as 4: its budget holds without a proxy in front (it hides its length).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "voix.comptes.intergiciels.Session",
    "enquetes.views.passation.secours.SecoursMiddleware",
    "django.middleware.common.CommonMiddleware",
    "voix.commun.politique.PolitiqueMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "voix.comptes.intergiciels.Compte",
    "allauth.account.middleware.AccountMiddleware",
    "voix.comptes.intergiciels.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "voix.pages.intergiciels.MethodeRefuseeMiddleware",
    "voix.comptes.intergiciels.SessionFinie",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["voix.commun.templatetags.francais"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "voix.comptes.menu.espace_menu",
            ],
        },
    },
]

DATABASES = {
    "default": environnement.base_de_donnees(environnement.texte("DATABASE_URL"), BASE_DIR)
}

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "nom")},
    },
]
LOGIN_REDIRECT_URL = "/espace/"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "/"

# Staff only: no sign-up, an account comes from an invitation.
DEFAULT_FROM_EMAIL = environnement.texte("DEFAULT_FROM_EMAIL", "Voix <voix@localhost>")
ACCOUNT_ADAPTER = "voix.comptes.adaptateur.Adaptateur"
ACCOUNT_FORMS = {
    "login": "voix.comptes.forms.entree.EntreeForm",
    "add_email": "voix.comptes.forms.adresses.AjoutAdresseForm",
    "reauthenticate": "voix.comptes.forms.confirmer.MotDePasseForm",
    "request_login_code": "voix.comptes.forms.essais.DemandeCodeForm",
    "reset_password": "voix.comptes.forms.essais.MotDePasseOublieForm",
    "set_password": "voix.comptes.forms.entree.PremierMotDePasseForm",
    "change_password": "voix.comptes.forms.entree.AutreMotDePasseForm",
}
# « key » would be the address alone: anybody, from anywhere, could then keep a colleague outside.
# « message_demande » counts an address and a network together (as do wrong passwords: the adapter).
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    "message_demande": "3/m/key",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up, and Voix writes to its staff only
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = (
    600  # what touches security asks for a proof of the last ten minutes
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Voix"
MFA_FORMS = {
    "authenticate": "voix.comptes.forms.confirmer.SecondeEtapeForm",
    "reauthenticate": "voix.comptes.forms.confirmer.SecondFacteurForm",
    "add_webauthn": "voix.comptes.forms.cles.AjoutCleForm",
    "edit_webauthn": "voix.comptes.forms.cles.NomCleForm",
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English"), ("ar", "العربية"), ("uk", "українська")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT: Path | None = None  # production collects; elsewhere the finders serve
STATICFILES_DIRS = [BASE_DIR / "voix" / "static"]

CRISPY_ALLOWED_TEMPLATE_PACKS = ["voix"]
CRISPY_TEMPLATE_PACK = "voix"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A closing can last a minute: it runs in a process of its own, that no page waits for.
CHANTIERS_A_PART = True
# Sealed answers are opened by a process of its own, so that taking them in waits for nothing.
OUVREUR_A_PART = True

# Nothing leaves the site, as with « no-referrer »; but with that one browsers send
# « Origin: null » with every form, and CSRF refuses every POST (seen in Chromium).
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
CSRF_FAILURE_VIEW = "enquetes.views.passation.secours.refus_csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sans_liens": {"()": "voix.commun.journal.SansLiens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["sans_liens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django’s own handlers would write the whole address.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}

# Nothing third-party at run time; respondents' style and script are allowed by their hash.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", inclus.source_csp(inclus.script())],
        "style-src": [
            "'self'",
            inclus.source_csp(inclus.style()),
            inclus.source_csp(inclus.style_de_question()),
        ],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    }
}
