"""Files of results: what they hold, and a process of its own for those that are long to write.

As a closing does (ADR 0065): a locked file says that it runs, and how far it is. A file is named after
what it holds, so that one which is out of date is never found (ADR 0085).
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache

from analyses.exports.formats import Format
from analyses.exports.jeu import Jeu
from analyses.exports.lignes import jeu_de_tableaux
from analyses.extraction.lecture import Source
from analyses.lectures import Lecture
from voix.commun import a_part

GARDE: Final = 24 * 3600
"""Seconds that a file which was made waits for whoever asked for it."""
_LIEUX: Final = ("territoire", "structure", "mois")


class Etape(StrEnum):
    """Where a file is."""

    RIEN = "rien"
    EN_COURS = "en_cours"
    INTERROMPUE = "interrompue"
    PRETE = "prete"


@dataclass(frozen=True, slots=True)
class Fabrication:
    """A file that is made apart, as its page shows it."""

    etape: Etape
    pourcent: int = 0
    fichier: Path | None = None

    @property
    def octets(self) -> int:
        """Return how long the file is."""
        return self.fichier.stat().st_size if self.fichier else 0


def nom_des_fichiers(prise: Source, lecture: Lecture) -> str:
    """Return how the files of a relevé are named."""
    return f"{prise.collecte.nom}-releve-{lecture.numero}"


def jeu_du_releve(prise: Source, lecture: Lecture) -> Jeu:
    """Return every table that the pages of results show of this relevé."""
    tableaux = []
    for ensemble in lecture.tous():
        tableaux.append(ensemble)
        for par, _titre in lecture.groupements(ensemble.question):
            # Of organisations, nothing is hidden: any two questions cross, and files would swell.
            if lecture.personnes or par in _LIEUX:
                tableaux.append(lecture.tableau(ensemble.question, par))
    collecte = prise.collecte
    return jeu_de_tableaux(
        tableaux,
        nom=nom_des_fichiers(prise, lecture),
        titre=collecte.titre,
        arrete_le=lecture.arrete_le.isoformat(),
        fictif=collecte.fictive,
        methode=_methode(prise, lecture),
    )


@dataclass(frozen=True, slots=True)
class Resume:
    """What is asked of the files of a relevé before any is written."""

    empreinte: str
    nb_lignes: int
    cellules: int


def resume_du_releve(prise: Source, lecture: Lecture) -> Resume:
    """Return it, remembered: with a thousand territoires, every table takes seconds to read."""
    dit = json.dumps([lecture.cle, lecture.arrete_le.isoformat(), _methode(prise, lecture)])
    cle = f"fichiers-{sha256(dit.encode()).hexdigest()}"
    trouve: Resume | None = cache.get(cle)
    if trouve is None:
        jeu = jeu_du_releve(prise, lecture)
        trouve = Resume(jeu.empreinte, len(jeu.rangees), jeu.cellules)
        cache.set(cle, trouve, GARDE)
    return trouve


def fabrication_de(jeu: Jeu | Resume, format_: Format) -> Fabrication:
    """Return where the making of a file is."""
    fait = _fait(jeu, format_)
    if fait.exists():
        return Fabrication(Etape.PRETE, 100, fait)
    try:
        with _etat(jeu, format_).open("r+", encoding="utf-8") as ouvert:
            libre = a_part.verrouiller(ouvert.fileno())
            lu = ouvert.read()
    except FileNotFoundError:
        return Fabrication(Etape.RIEN)
    if fait.exists():  # It ended between the two looks.
        return Fabrication(Etape.PRETE, 100, fait)
    return Fabrication(Etape.INTERROMPUE if libre else Etape.EN_COURS, _lu(lu))


def lancer(prise: Source, lecture: Lecture, format_: Format) -> None:
    """Start making a file, unless it is being made or is there."""
    resume = resume_du_releve(prise, lecture)
    if fabrication_de(resume, format_).etape in {Etape.EN_COURS, Etape.PRETE}:
        return
    _balayer()
    verrou = a_part.prendre(_etat(resume, format_), essais=20)
    if verrou is None:
        return
    if not settings.CHANTIERS_A_PART:
        fabriquer(jeu_du_releve(prise, lecture), format_, verrou=verrou)
        return
    quoi = ["--collecte", prise.collecte.nom, "--releve", str(prise.releve.numero)]
    a_part.lancer(["fabriquer", *quoi, "--format", format_.code], verrou=verrou)


def fabriquer(jeu: Jeu, format_: Format, *, verrou: int) -> Path:
    """Write a file, telling how far it is in the locked one; return where it is."""
    with os.fdopen(verrou, "r+", encoding="utf-8") as ouvert:
        total = max(1, len(jeu.rangees) * format_.lectures)
        fait = _fait(jeu, format_)
        provisoire = fait.with_suffix(".partiel")
        provisoire.write_bytes(
            format_.ecrire(replace(jeu, suivi=_compteur(ouvert.fileno(), total)))
        )
        provisoire.replace(fait)
        _etat(jeu, format_).unlink(missing_ok=True)
        return fait


def _compteur(descripteur: int, total: int) -> Callable[[int], None]:
    lues = 0

    def dire(nombre: int) -> None:
        nonlocal lues
        lues += nombre
        # Always as many signs: a page that reads at the same time finds a whole one.
        os.pwrite(descripteur, json.dumps({"pourcent": f"{100 * lues // total:3d}"}).encode(), 0)

    return dire


def _lu(ecrit: str) -> int:
    try:
        return min(99, int(json.loads(ecrit)["pourcent"]))
    except (ValueError, KeyError, TypeError):
        return 0


def _balayer() -> None:
    """Forget the files that nobody came for; what is being made stays locked, and young."""
    for fichier in _anciens():
        with suppress(FileNotFoundError):
            fichier.unlink()


def _anciens() -> Iterator[Path]:
    limite = time.time() - GARDE
    for fichier in _dossier().glob("*.*"):
        with suppress(FileNotFoundError):
            if fichier.stat().st_mtime < limite:
                yield fichier


def _etat(jeu: Jeu | Resume, format_: Format) -> Path:
    return _dossier() / f"{jeu.empreinte}-{format_.code}.json"


def _fait(jeu: Jeu | Resume, format_: Format) -> Path:
    return _dossier() / f"{jeu.empreinte}-{format_.code}.fichier"


def _dossier() -> Path:
    return Path(settings.DOSSIER_DONNEES) / "fichiers"


def _recueil(lecture: Lecture) -> Iterator[tuple[str, str]]:
    """Yield where answers come from and how many were set aside, as results print it."""
    dites = "\u00a0; ".join(f"{libelle}\u00a0: {dit}" for libelle, dit in lecture.sources())
    if dites:
        yield "D’où viennent les réponses", dites
    if lecture.ecartees():
        yield "Réponses mises à l’écart", lecture.ecartees()


def _methode(prise: Source, lecture: Lecture) -> tuple[tuple[str, str], ...]:
    collecte = prise.collecte
    secret = (
        "Un groupe de moins de 11 personnes n’est jamais montré seul. Un nombre trop petit est "
        "dit «\u00a0moins de tant\u00a0», ou «\u00a0entre tant et tant\u00a0». Tout ce qui est montré "
        "est vrai."
        if lecture.personnes
        else "Des organisations ou des territoires ont répondu\u00a0: rien n’est masqué."
    )
    formules = (
        "Dans le CSV «\u00a0tableur\u00a0», une apostrophe précède un texte qui commence comme "
        "une formule."
    )
    sujets = (
        ("Collecte", f"{collecte.titre}, {collecte.lieu} ({collecte.public})"),
        ("Relevé", f"Relevé {lecture.numero}, arrêté le {lecture.arrete_le:%d/%m/%Y}"),
        *_recueil(lecture),
        ("Nombre de réponses", f"{lecture.nombre}"),
        ("Règle de secret", secret),
        ("Ce que contient le fichier", "Ce que montrent les pages de résultats, rien de plus."),
        ("Formules", formules),
    )
    fictif = ("Données fictives", "Ces réponses sont inventées pour la démonstration.")
    return (fictif, *sujets) if collecte.fictive else sujets
