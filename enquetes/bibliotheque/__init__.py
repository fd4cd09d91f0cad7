"""The questionnaires that come with Voix, as data: one readable YAML file each."""

from pathlib import Path
from typing import Any

import yaml

DOSSIER = Path(__file__).parent
# Written in C where the library was built with it: eight times quicker.
_LECTEUR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def fichiers() -> list[Path]:
    """Return the files of the bundled questionnaires, in the order of their codes."""
    return sorted(DOSSIER.glob("*.yaml"))


def codes() -> list[str]:
    """Return the codes of the bundled questionnaires; a file carries the code as its name."""
    return [fichier.stem for fichier in fichiers()]


def lire(code: str) -> dict[str, Any]:
    """Return the bundled definition of that code; raise ``KeyError`` when there is none."""
    if code not in codes():
        raise KeyError(code)
    texte = (DOSSIER / f"{code}.yaml").read_text(encoding="utf-8")
    donnees = yaml.load(texte, Loader=_LECTEUR)  # noqa: S506  (both loaders are safe ones)
    if not isinstance(donnees, dict):
        raise TypeError(f"{code}.yaml")
    if "modules" in donnees:
        donnees["pages"] = [page for module in donnees.pop("modules") for page in _pages(module)]
    return donnees


def _pages(ecrit: str) -> list[dict[str, Any]]:
    """Return the pages of a module inside a longer questionnaire; its questions keep their codes.

    « profil.age » is one page of it: a module is not always asked in full.
    """
    module, _, seule = ecrit.partition(".")
    return [
        page | {"code": f"{module}-{page['code']}"}
        for page in lire(module)["pages"]
        if seule in ("", page["code"])
    ]
