"""What is said of a line that is badly written: what is wrong with it, and how to write it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from enquetes.parcours.verification_base import LANGUES, ecrivez, pluriel

from .accolades import redressee
from .corrections import TEXTES, TIRET_COLLE, sans_remarque
from .oublis import OUBLI, sans_deux_points
from .reparation import Reparation, dit, est_un_second_document

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
TABULATIONS_DEDANS: Final = "Remplacez les tabulations par des espaces."
TIRET: Final = "Mettez une espace après le tiret."
RACCOURCIS: Final = (
    "Les raccourcis «\u00a0&nom\u00a0» et «\u00a0*nom\u00a0» ne sont pas permis. Recopiez le texte, ou "
    "mettez-le entre guillemets droits."
)
ETIQUETTES: Final = (
    "Enlevez ce qui commence par «\u00a0!\u00a0», ou mettez le texte entre guillemets droits."
)
DIESE: Final = "Ce qui suit «\u00a0#\u00a0» n’est lu qu’entre guillemets droits."
SUITE_LUE: Final = "Le reste du fichier a été vérifié quand même."
SUITE_PERDUE: Final = (
    "la suite n’a pas pu être lue. Corrigez-la, puis vérifiez de nouveau\u00a0: le reste du fichier sera "
    "vérifié alors."
)
NON_FERME: Final = "Un guillemet ouvert n’est pas fermé."
A_VERIFIER: Final = "Vérifiez les espaces du début de la ligne, les tirets et les guillemets."
_DEFENDUES: Final = (
    ("alias", RACCOURCIS),
    ("anchor", RACCOURCIS),
    ("constructor", ETIQUETTES),
    ("a tag", ETIQUETTES),
)
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
    *_DEFENDUES,
    *_A_CITER,
    ("expected the node content", "Il manque quelque chose après le tiret ou les deux points."),
    ("unexpected end of stream", NON_FERME),
    ("expected <block end>", "Alignez cette ligne avec celles du même niveau, avec des espaces."),
    ("unhashable key", "Avant les deux points, écrivez un mot et non une liste."),
)
_CODE_CITE: Final = re.compile(r'([\w.-]+)\s*:\s+"[*]')


def a_reecrire(
    lignes: list[str], erreur: yaml.YAMLError, reparation: Reparation
) -> DefautDeFichier:
    """Say a line that was mended to go on, and how to write it."""
    ligne = reparation.ligne
    if est_un_second_document(erreur):
        return _second_document(lignes, reparation)
    if reparation.laissee:
        conseil = _conseil(erreur, lignes[ligne - 1])
        return DefautDeFichier(ligne, extrait(lignes, ligne), f"{MAL_ECRITE} {SUITE_LUE}", conseil)
    avant, apres = lignes[ligne - 1], str(reparation.ecrire)
    conseil = " ".join(filter(None, (*_marge(avant, apres), *_mots(avant, apres, erreur))))
    return DefautDeFichier(ligne, extrait(lignes, ligne), f"{MAL_ECRITE} {SUITE_LUE}", conseil)


def _second_document(lignes: list[str], reparation: Reparation) -> DefautDeFichier:
    seul = "Un seul questionnaire par fichier\u00a0: enlevez la ligne «\u00a0---\u00a0»"
    if reparation.ecrire is None:
        message = "Un second questionnaire commence ici, et n’a pas été lu."
        seul += " et ce qui la suit, ou mettez-les dans un autre fichier"
    else:
        message = f"{MAL_ECRITE} {SUITE_LUE}"
    return DefautDeFichier(
        reparation.ligne, extrait(lignes, reparation.ligne), message, f"{seul}."
    )


def _marge(avant: str, apres: str) -> Iterator[str]:
    """Yield what is said of the start of a line, and of its tabulations."""
    devant = avant[: len(avant) - len(avant.lstrip())]
    if "\t" in avant.lstrip():
        yield TABULATIONS_DEDANS
    elif "\t" in devant:
        yield TABULATIONS
    marge = len(apres) - len(apres.lstrip(" "))
    if "\t" in devant or (len(devant) != marge and avant.strip() == apres.strip()):
        yield f"Mettez {pluriel(marge, 'espace')} au début de la ligne."


def _mots(avant: str, apres: str, erreur: yaml.YAMLError) -> Iterator[str]:
    """Yield what is said of the words of a line, then how to write them."""
    ecrire = apres.strip()
    if avant.strip() == ecrire and "\t" not in avant.lstrip():
        return
    yield next((c for signe, c in _DEFENDUES if signe in dit(erreur)), "")
    if TIRET_COLLE.match(avant) and not TIRET_COLLE.match(apres):
        yield TIRET
    elif sans_deux_points(avant) and not sans_deux_points(apres):
        yield OUBLI
    elif '"' in ecrire:
        corps = sans_remarque(ecrire)[0]
        yield DIESE if " #" in corps else next((c for s, c in _A_CITER if s in dit(erreur)), "")
    # A shortcut in the place of a code stands for one that only the author knows.
    if all(cle in {*TEXTES, *LANGUES} for cle in _CODE_CITE.findall(ecrire)):
        yield ecrivez(ecrire)


def redressees(
    lues: list[str], lignes: list[str], fausses: set[int]
) -> dict[int, tuple[str, DefautDeFichier]]:
    """Return how to write the lines that YAML read as something else, by line, with what is said.

    Only among those of which something is said, and that nothing else has changed.
    """
    toutes = {}
    for ligne in sorted(fausses):
        avant = lues[ligne - 1] if 0 < ligne <= len(lues) else ""
        if not avant.strip() or extrait(lignes, ligne) != extrait(lues, ligne):
            continue
        corps, remarque = sans_remarque(avant)
        apres, raisons = redressee(corps)
        if raisons:
            conseil = " ".join((*raisons, ecrivez(f"{apres}{remarque}".strip())))
            dite = DefautDeFichier(
                ligne, extrait(lignes, ligne), f"{MAL_ECRITE} {SUITE_LUE}", conseil
            )
            toutes[ligne] = (f"{apres}{remarque}", dite)
    return toutes


def insecables(lignes: list[str], ligne: int, ecrire: str) -> DefautDeFichier:
    """Say the spaces of a margin that look like the others and are not."""
    marge = len(ecrire) - len(ecrire.lstrip(" "))
    conseil = "Remplacez les espaces insécables du début de la ligne par des espaces ordinaires."
    if ecrire.strip():
        conseil += f" Mettez {pluriel(marge, 'espace')} au début de la ligne."
    return DefautDeFichier(ligne, extrait(lignes, ligne), f"{MAL_ECRITE} {SUITE_LUE}", conseil)


def tabulee(lignes: list[str], tabulees: list[int], largeur: int | None) -> DefautDeFichier:
    """Say once the tabulations of a file that is indented with them, and how wide they are."""
    combien = f"{len(tabulees)} lignes commencent par des tabulations"
    if largeur is None:
        message = f"{combien}, et {SUITE_PERDUE.replace('Corrigez-la', 'Corrigez-les')}"
        conseil = "Dans votre éditeur, remplacez les tabulations par des espaces, deux par niveau."
    else:
        message = f"{combien}. {SUITE_LUE}"
        conseil = (
            "Dans votre éditeur, remplacez chaque tabulation par "
            f"{pluriel(largeur, 'espace')}, d’un coup."
        )
    return DefautDeFichier(tabulees[0], extrait(lignes, tabulees[0]), message, conseil)


def illisible(lignes: list[str], erreur: yaml.YAMLError) -> DefautDeFichier:
    """Say a fault of writing that nothing mends for sure: what comes after it cannot be read."""
    marque = getattr(erreur, "problem_mark", None) or getattr(erreur, "context_mark", None)
    ligne = min(marque.line + 1, len(lignes)) if marque is not None else ENTIER_FICHIER
    message = f"Cette ligne est mal écrite, et {SUITE_PERDUE}"
    ecrite = lignes[ligne - 1] if 0 < ligne <= len(lignes) else ""
    return DefautDeFichier(ligne, extrait(lignes, ligne), message, _conseil(erreur, ecrite))


def _conseil(erreur: yaml.YAMLError, ecrite: str) -> str:
    if "\t" in ecrite:
        return TABULATIONS if "\t" not in ecrite.lstrip() else TABULATIONS_DEDANS
    if ecrite.count('"') % 2:
        return NON_FERME
    return next((dire for signe, dire in _CONSEILS if signe in dit(erreur)), A_VERIFIER)
