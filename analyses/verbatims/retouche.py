"""What a reader may do to a text: take away, generalise, correct the spelling. Never add (§7.3)."""

import re
from typing import Final

from .lexiques import son
from .pliage import ensemble, plier

MOT: Final = re.compile(r"\[[^\[\]]{1,12}\]|[^\W_]+(?:['’-][^\W_]+)*")
CACHE: Final = "[…]"
"""Put in place of a word that a reader hides, whatever it was."""

_GENERALES: Final = ensemble(
    "un une des le la les l l' d d' de du et ou ma mon mes sa son ses notre nos leur leurs "
    "personne personnes quelqu'un gens proche proches famille enfant enfants adulte adultes parent parents "
    "voisin voisine ami amie conjoint professionnel professionnelle benevole benevoles equipe structure "
    "association lieu endroit ville quartier pays ailleurs travail metier activite maladie sante probleme problemes "
    "jour mois annee annees longtemps quelque quelques temps autre autres plusieurs certains beaucoup"
)
_LETTRES_MIN: Final = 4


def mots_ajoutes(avant: str, apres: str) -> list[str]:
    """Return the words of ``apres`` that were not in ``avant``, in the order of the text.

    A word counts as the same when it sounds alike (spelling corrected), whatever its accents and
    case; a general word (« une personne ») or a label (« [lieu] ») is no addition. Words may not
    change place: what was said first stays first.
    """
    anciens = [plier(mot) for mot in MOT.findall(avant)]
    place, ajoutes = 0, []
    for mot in MOT.findall(apres):
        if mot.startswith("["):
            continue
        pli = plier(mot)
        suite = next((r for r in range(place, len(anciens)) if _le_meme(anciens[r], pli)), None)
        if suite is not None:
            place = suite + 1
        elif pli not in _GENERALES:
            ajoutes.append(mot)
    return ajoutes


def _le_meme(ancien: str, nouveau: str) -> bool:
    if ancien == nouveau:
        return True
    court = min(len(ancien), len(nouveau)) < _LETTRES_MIN
    return not court and son(ancien) == son(nouveau) != ""


def cacher(texte: str, rangs: set[int]) -> str:
    """Return the text with the words of these ranks replaced; neighbours hidden become one.

    ``rangs``: ranks among the words of ``MOT``. Errors: ``ValueError`` for a rank out of the text.
    """
    mots = list(MOT.finditer(texte))
    if not all(0 <= rang < len(mots) for rang in rangs):
        raise ValueError(f"{len(mots)} words")
    morceaux, place = [], 0
    for rang in sorted(rangs):
        suite_de = rang - 1 in rangs
        entre = texte[place : mots[rang].start()]
        morceaux.append("" if suite_de and not entre.strip() else entre)
        if not (suite_de and not entre.strip()):
            morceaux.append(CACHE)
        place = mots[rang].end()
    return "".join([*morceaux, texte[place:]])


def decouper(texte: str, douteux: list[tuple[int, int]]) -> list[tuple[str, int | None, bool]]:
    """Return the text in pieces: what is written, the rank of a word or nothing, whether doubtful.

    ``douteux``: spans to look at, in code points of ``texte``.
    """
    pieces: list[tuple[str, int | None, bool]] = []
    place = 0
    for rang, mot in enumerate(MOT.finditer(texte)):
        if mot.start() > place:
            pieces.append((texte[place : mot.start()], None, False))
        doute = any(debut < mot.end() and mot.start() < fin for debut, fin in douteux)
        pieces.append((mot.group(), rang, doute))
        place = mot.end()
    return [*pieces, (texte[place:], None, False)] if place < len(texte) else pieces
