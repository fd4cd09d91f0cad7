"""Load the tree of territoires from a CSV file of official codes."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from voix.commun.erreurs import SaisieInvalide
from voix.comptes.models import Niveau, Territoire

from .traces import tracer

FICHIER = Path(__file__).parent.parent / "donnees" / "territoires.csv"
"""The territoires that ship with Voix: ``chemin;niveau;nom``, codes of the INSEE and SIREN."""

COLONNES = ("chemin", "niveau", "nom")
_CHEMIN = re.compile(r"/(?:[0-9A-Z]{1,16}/)+")


@dataclass(frozen=True, slots=True)
class Chargement:
    """What a file changed."""

    nb_crees: int
    nb_corriges: int
    nb_lus: int


@transaction.atomic
def charger_territoires(*, par: str, fichier: Path = FICHIER) -> Chargement:
    """Create the territoires that are missing and correct names; nothing is ever removed.

    The file is refused as a whole, with every defect and its line.
    """
    lignes = _lire(fichier)
    connus = {territoire.chemin: territoire for territoire in Territoire.objects.all()}
    defauts = list(_defauts(lignes, connus))
    if defauts:
        raise SaisieInvalide("\n".join(defauts))
    crees = corriges = 0
    for ligne in sorted(lignes, key=lambda ligne: ligne["chemin"]):
        territoire = connus.get(ligne["chemin"])
        if territoire is None:
            connus[ligne["chemin"]] = _creer(ligne, connus, par)
            crees += 1
        elif territoire.nom != ligne["nom"]:
            tracer(par=par, verbe="renommer_territoire", objet=territoire, avant=territoire.nom)
            territoire.nom = ligne["nom"]
            territoire.save(update_fields=["nom"])
            corriges += 1
    return Chargement(nb_crees=crees, nb_corriges=corriges, nb_lus=len(lignes))


def _creer(ligne: dict[str, str], connus: dict[str, Territoire], par: str) -> Territoire:
    territoire = Territoire.objects.create(
        code=_code(ligne["chemin"]),
        nom=ligne["nom"],
        niveau=ligne["niveau"],
        parent=connus.get(_parent(ligne["chemin"])),
        chemin=ligne["chemin"],
    )
    tracer(par=par, verbe="creer_territoire", objet=territoire)
    return territoire


def _code(chemin: str) -> str:
    return chemin.rstrip("/").rsplit("/", 1)[-1]


def _parent(chemin: str) -> str:
    return chemin.rstrip("/").rsplit("/", 1)[0] + "/"


def _lire(fichier: Path) -> list[dict[str, str]]:
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        lecteur = csv.DictReader(flux, delimiter=";", restval="")
        if tuple(lecteur.fieldnames or ()) != COLONNES:
            raise SaisieInvalide(f"La première ligne doit être\u00a0: {';'.join(COLONNES)}.")
        return [{nom: (brute[nom] or "").strip() for nom in COLONNES} for brute in lecteur]


def _defauts(lignes: list[dict[str, str]], connus: dict[str, Territoire]) -> Iterator[str]:
    codes = {(t.niveau, t.code): t.chemin for t in connus.values()}
    chemins = {ligne["chemin"] for ligne in lignes} | set(connus)
    vus: set[str] = set()
    for numero, ligne in enumerate(lignes, start=2):
        chemin, niveau = ligne["chemin"], ligne["niveau"]
        if not _CHEMIN.fullmatch(chemin):
            yield f"Ligne {numero}\u00a0: le chemin s’écrit comme /11/93/93010/."
            continue
        if chemin in vus:
            yield f"Ligne {numero}\u00a0: ce chemin est déjà plus haut dans le fichier."
        vus.add(chemin)
        if niveau not in Niveau.values:
            yield f"Ligne {numero}\u00a0: le niveau est l’un de {', '.join(Niveau.values)}."
        if not ligne["nom"]:
            yield f"Ligne {numero}\u00a0: écrivez le nom."
        if _parent(chemin) not in {"/"} | chemins:
            yield f"Ligne {numero}\u00a0: {_parent(chemin)} n’existe pas. Ajoutez-le au fichier."
        ailleurs = codes.setdefault((niveau, _code(chemin)), chemin)
        if ailleurs != chemin:
            yield f"Ligne {numero}\u00a0: {_deja(ailleurs, connus.get(ailleurs))}"


def _deja(chemin: str, connu: Territoire | None) -> str:
    """Say where a code is already: in the tree, or higher up in the file."""
    if connu is None:
        return f"ce code est déjà à {chemin}, plus haut dans le fichier."
    return f"{connu.nom} est déjà à {chemin}. Voix ne déplace pas un territoire\u00a0: gardez ce chemin."
