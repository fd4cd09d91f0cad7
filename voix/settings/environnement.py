"""Typed reading of the environment: one place that knows how a setting is written outside."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

OPTIONS_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
        "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
    ),
}

SUR_DEMANDE = 1_000_000_000
"""Prepared statements only where the code asks for them (``enquetes.models.prepare``)."""


def texte(nom: str, defaut: str = "") -> str:
    return os.environ.get(nom, defaut)


def obligatoire(nom: str) -> str:
    valeur = os.environ.get(nom)
    if not valeur:
        raise RuntimeError(f"La variable d’environnement {nom} est obligatoire.")
    return valeur


def liste(nom: str, defaut: str = "") -> list[str]:
    return [morceau.strip() for morceau in texte(nom, defaut).split(",") if morceau.strip()]


def base_de_donnees(adresse: str, racine: Path) -> dict[str, Any]:
    """Turn ``sqlite:///file`` or ``postgres://user:secret@host:port/name`` into a Django entry."""
    if not adresse:
        adresse = f"sqlite:///{racine / 'donnees' / 'voix.sqlite3'}"
    morceaux = urlsplit(adresse)
    if morceaux.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": morceaux.path[1:] or ":memory:",
            "OPTIONS": dict(OPTIONS_SQLITE),
        }
    if morceaux.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(morceaux.path[1:]),
            "USER": unquote(morceaux.username or ""),
            "PASSWORD": unquote(morceaux.password or ""),
            "HOST": morceaux.hostname or "",
            "PORT": str(morceaux.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": False,
            "OPTIONS": {
                "prepare_threshold": None if texte("VOIX_SANS_PREPARATION") else SUR_DEMANDE
            },
        }
    raise RuntimeError("DATABASE_URL commence par sqlite:// ou postgres://.")
