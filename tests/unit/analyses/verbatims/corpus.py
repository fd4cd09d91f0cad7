"""Reads the invented verbatims: one a line, what they hold between braces."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analyses.verbatims.masquage import analyser as analyser_un_texte
from analyses.verbatims.modele import Analyse

DOSSIER = Path(__file__).parent
analyser = cache(analyser_un_texte)  # five tests look at each text; what was found in it is frozen
_MARQUE = re.compile(r"\{(\??)([a-z_]+)\|([^}]*)\}")


@dataclass(frozen=True)
class Attendu:
    debut: int
    fin: int
    type: str
    sur: bool


@dataclass(frozen=True)
class Verbatim:
    texte: str
    attendus: tuple[Attendu, ...]

    @property
    def propre(self) -> bool:
        return not any(attendu.sur for attendu in self.attendus)


def lire_ligne(ligne: str) -> Verbatim:
    texte, attendus, place = "", [], 0
    ligne = ligne.replace("\\n", "\n")
    for marque in _MARQUE.finditer(ligne):
        texte += ligne[place : marque.start()]
        debut = len(texte)
        texte += marque[3]
        attendus.append(Attendu(debut, len(texte), marque[2], not marque[1]))
        place = marque.end()
    return Verbatim(texte + ligne[place:], tuple(attendus))


def lire(nom: str) -> list[Verbatim]:
    lignes = (DOSSIER / f"{nom}.txt").read_text(encoding="utf-8").splitlines()
    return [lire_ligne(ligne) for ligne in lignes if ligne and not ligne.startswith("#")]


def masque(verbatim: Verbatim, attendu: Attendu, analyse: Analyse) -> bool:
    """Return whether every letter of what was expected is masked, at least partly by its type."""
    lettres = {
        place for place in range(attendu.debut, attendu.fin) if verbatim.texte[place].isalnum()
    }
    for span in analyse.spans:
        lettres -= set(range(span.debut, span.fin))
    nomme = any(
        span.type.value == attendu.type and span.debut < attendu.fin and span.fin > attendu.debut
        for span in analyse.spans
    )
    return nomme and not lettres


def rappels(verbatims: list[Verbatim]) -> dict[str, tuple[int, int]]:
    """Return for each type how many were masked, of how many."""
    comptes: dict[str, tuple[int, int]] = {}
    for verbatim in verbatims:
        analyse = analyser(verbatim.texte)
        for attendu in verbatim.attendus:
            if attendu.sur:
                vus, tous = comptes.get(attendu.type, (0, 0))
                vu = masque(verbatim, attendu, analyse)
                comptes[attendu.type] = (vus + vu, tous + 1)
    return comptes


def faux_masques(verbatims: list[Verbatim]) -> list[str]:
    """Return what is masked where nothing should be."""
    return [
        f"{verbatim.texte[span.debut : span.fin]!r} ({span.type}) dans {verbatim.texte!r}"
        for verbatim in verbatims
        for span in analyser(verbatim.texte).spans
        if not any(
            span.debut < attendu.fin and span.fin > attendu.debut
            for attendu in verbatim.attendus
            if attendu.sur
        )
    ]
