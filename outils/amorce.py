"""Make the virtual environment of Voix and install its locked packages. Run again, it does nothing.

    python3.11 outils/amorce.py [requirements.txt | requirements-dev.txt]

Needs nothing but Python: where Debian's python has neither venv nor pip, pip is taken from Debian's
own package of it. ``PIP=1`` installs with pip alone instead of uv.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parent.parent
VENV = RACINE / ".venv"
PYTHON = VENV / "bin" / "python"
AIDE = """
Il manque « pip » et rien ne permet de l’obtenir ici. Au choix :
  - en administrateur : apt-get install python3-venv
  - ou relancez cette commande en administrateur.
"""


def lancer(*commande: str | Path, **options: Any) -> bool:
    """Run a command; return whether it succeeded."""
    fini = subprocess.run([str(mot) for mot in commande], check=False, **options)
    return bool(fini.returncode == 0)


def pip_de_debian(dossier: Path) -> Path | None:
    """Return pip's wheel out of Debian's package; downloading a package needs no rights."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        lancer("apt-get", "update", "-qq")
    # Into a folder of ours, where apt's own account may not write: it would warn of it.
    nous = ("-o", "APT::Sandbox::User=root")
    if not lancer("apt-get", "download", "-qq", *nous, "python3-pip-whl", cwd=dossier):
        return None
    for paquet in dossier.glob("python3-pip-whl*.deb"):
        lancer("dpkg-deb", "-x", paquet, dossier)
    return next(dossier.glob("usr/share/python-wheels/pip-*.whl"), None)


def creer_venv() -> None:
    """Make ``.venv`` with pip in it, whatever Debian left out of its python."""
    if PYTHON.exists() and lancer(
        PYTHON, "-m", "pip", "--version", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        return
    if lancer(
        sys.executable,
        "-m",
        "venv",
        "--clear",
        VENV,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ):
        return
    if not lancer(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV):
        sys.exit(AIDE)
    with tempfile.TemporaryDirectory() as temporaire:
        roue = pip_de_debian(Path(temporaire))
        if roue is None or not lancer(
            PYTHON, roue / "pip", "install", "--quiet", "--no-index", roue
        ):
            sys.exit(AIDE)


def installer(verrou: Path) -> None:
    """Install exactly what the lock file says, hashes checked."""
    if os.environ.get("PIP") != "1" and lancer(
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        RACINE / "requirements-outils.txt",
    ):
        environnement = os.environ | {"VIRTUAL_ENV": str(VENV)}
        uv = VENV / "bin" / "uv"
        if lancer(
            uv, "pip", "install", "--quiet", "--require-hashes", "-r", verrou, env=environnement
        ):
            return
    if not lancer(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", verrou):
        sys.exit("L’installation a échoué : vérifiez le réseau, puis relancez la même commande.")


def main() -> None:
    verrou = RACINE / (sys.argv[1] if len(sys.argv) > 1 else "requirements.txt")
    temoin = VENV / f".{verrou.stem}"
    empreinte = hashlib.sha256(verrou.read_bytes()).hexdigest()
    if temoin.exists() and temoin.read_text() == empreinte and PYTHON.exists():
        return
    creer_venv()
    installer(verrou)
    temoin.write_text(empreinte)


if __name__ == "__main__":
    main()
