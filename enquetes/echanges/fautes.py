"""What is said of a line that is badly written: what is wrong with it, and how to write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from enquetes.parcours.verification_base import ecrivez, pluriel

from .reparation import Reparation

MAL_ECRITE: Final = "Cette ligne est mal écrite."
ENTIER_FICHIER: Final = 0


@dataclass(frozen=True, slots=True)
class DefautDeFichier:
    """One error of an author, where they wrote it."""

    ligne: int
    """From 1; 0 when it is about the file as a whole."""
    extrait: str
    message: str
    conseil: str


def extrait(lignes: Sequence[str], ligne: int) -> str:
    """Return a line as it is quoted beside what is said of it."""
    return lignes[ligne - 1].strip()[:200] if 0 < ligne <= len(lignes) else ""


TABULATIONS: Final = "Remplacez les tabulations du début de la ligne par des espaces."
_A_CITER: Final = (
    (
        "mapping values are not allowed",
        'Ce texte contient «\u00a0:\u00a0». Mettez-le entre guillemets droits\u00a0: "…".',
    ),
    (
        "but got '?'",
        'Entre accolades, un texte qui contient «\u00a0?\u00a0» se met entre guillemets droits\u00a0: "…".',
    ),
)
_CONSEILS: Final = (
    ("alias", "Les raccourcis «\u00a0*nom\u00a0» ne sont pas permis. Recopiez le texte."),
    ("'\\t'", TABULATIONS),
    *_A_CITER,
    ("expected the node content", "Il manque quelque chose après le tiret ou les deux points."),
    ("unexpected end of stream", "Un guillemet ouvert n’est pas fermé."),
    ("expected <block end>", "Alignez cette ligne avec celles du même niveau, avec des espaces."),
    (
        "a single document",
        "Un seul questionnaire par fichier\u00a0: enlevez la ligne «\u00a0---\u00a0».",
    ),
    ("unhashable key", "Avant les deux points, écrivez un mot et non une liste."),
    ("constructor", "Enlevez ce qui commence par «\u00a0!\u00a0»."),
)


def a_reecrire(
    lignes: list[str], erreur: yaml.YAMLError, reparation: Reparation
) -> DefautDeFichier:
    avant, ecrire = extrait(lignes, reparation.ligne), reparation.ecrire.strip()
    if "\t" in lignes[reparation.ligne - 1].lstrip():
        conseil = f"Remplacez les tabulations par des espaces. {ecrivez(ecrire)}"
    elif avant == ecrire[:200]:  # only its margin was wrong
        marge = len(reparation.ecrire) - len(reparation.ecrire.lstrip(" "))
        espaces = f"Mettez {pluriel(marge, 'espace')} au début de la ligne."
        tabulee = "\t" in lignes[reparation.ligne - 1]
        conseil = f"{TABULATIONS} {espaces}" if tabulee else espaces
    else:
        guillemets = next((c for signe, c in _A_CITER if signe in str(erreur)), "")
        conseil = f"{guillemets} {ecrivez(ecrire)}" if '"' in ecrire else ecrivez(ecrire)
    return DefautDeFichier(
        reparation.ligne,
        avant,
        f"{MAL_ECRITE} Le reste du fichier a été vérifié quand même.",
        conseil.strip(),
    )


def _conseil(erreur: yaml.YAMLError) -> str:
    return next(
        (dire for signe, dire in _CONSEILS if signe in str(erreur)),
        "Vérifiez les espaces du début de la ligne, les tirets et les guillemets.",
    )


def illisible(lignes: list[str], erreur: yaml.YAMLError) -> DefautDeFichier:
    """Say a fault of writing that nothing mends for sure: what comes after it cannot be read."""
    marque = getattr(erreur, "problem_mark", None) or getattr(erreur, "context_mark", None)
    ligne = min(marque.line + 1, len(lignes)) if marque is not None else ENTIER_FICHIER
    message = (
        "Cette ligne est mal écrite, et la suite n’a pas pu être lue. Corrigez-la, puis vérifiez de "
        "nouveau\u00a0: le reste du fichier sera vérifié alors."
    )
    return DefautDeFichier(ligne, extrait(lignes, ligne), message, _conseil(erreur))
