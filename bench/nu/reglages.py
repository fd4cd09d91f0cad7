"""The bare wizard of comparison: Django + formtools and nothing else, sessions in signed cookies."""

SECRET_KEY = "banc-seulement"  # noqa: S105  (benchmark only)
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.nu.urls"
WSGI_APPLICATION = "bench.nu.wsgi.application"
INSTALLED_APPS = ["django.contrib.sessions", "formtools"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        (
                            "django.template.loaders.locmem.Loader",
                            {
                                "etape.html": (
                                    '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
                                    "<title>Question</title></head><body><main>"
                                    '<form method="post">{% csrf_token %}{{ wizard.management_form }}'
                                    "{{ wizard.form.as_div }}<button>Continuer</button></form>"
                                    "</main></body></html>"
                                ),
                                "merci.html": "<!doctype html><title>Merci</title><h1>Merci</h1>",
                            },
                        )
                    ],
                )
            ]
        },
    }
]
USE_I18N = False
