"""A PostgreSQL database of one's own for the time of a measure, and Voix in it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

BASE = os.environ.get("BANC_BASE", "voix_banc")
"""Two benches at once need two names."""
HOTE = os.environ.get("BANC_HOTE", "127.0.0.1")


def environnement(dossier: Path) -> dict[str, str]:
    """Return the environment in which Voix runs during a measure."""
    return os.environ | {
        "DATABASE_URL": os.environ.get("BANC_DATABASE_URL", f"postgres://root@{HOTE}:5432/{BASE}"),
        "VOIX_DONNEES": str(dossier),
        "DJANGO_SETTINGS_MODULE": "bench.reglages",
    }


def refaire_la_base(env: dict[str, str]) -> None:
    """Drop and make the scratch database again, with its tables."""
    subprocess.run(["dropdb", "--if-exists", "--force", "-h", HOTE, BASE], check=True)
    subprocess.run(["createdb", "-h", HOTE, BASE], check=True)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)


def dans_voix(env: dict[str, str], code: str) -> Any:
    """Run code in Voix and return what its last line of output says, as JSON."""
    commande = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    sortie = subprocess.run(commande, env=env, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(sortie.decode().strip().splitlines()[-1])
