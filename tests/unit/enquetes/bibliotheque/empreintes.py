"""The recorded hashes of the bundled questionnaires; run as a module, it records them again."""

import json
from pathlib import Path

from enquetes.bibliotheque import codes, lire
from enquetes.parcours.lecture import definition_depuis, empreinte

FICHIER = Path(__file__).with_name("empreintes.json")


def empreintes() -> dict[str, str]:
    return {code: empreinte(definition_depuis(lire(code))) for code in codes()}


if __name__ == "__main__":
    FICHIER.write_text(json.dumps(empreintes(), indent=2) + "\n", encoding="utf-8")
