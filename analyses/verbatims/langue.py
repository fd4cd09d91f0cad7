"""Whether a text is in French. Another language tells who wrote it, where few speak it (§7.3)."""

import re
from typing import Final

from .lexiques import lexiques
from .pliage import ensemble, lire

_MOT: Final = re.compile(r"[^\W\d_]+")
_CROCHETS: Final = re.compile(r"\[[^\[\]]{1,12}\]")
_FRANCAIS: Final = ensemble(
    "je le les des du et un une pas c il elle on nous vous est pour que qui dans avec sur au aux ce ca mais ou j l d "
    "qu y ya mon ma mes son sa ses leur tres plus"
)
_AILLEURS: Final = ensemble(
    # English, Spanish, Italian, Portuguese, Romanian, Albanian: function words that French has not.
    "the and is are we you for with to this that very would like my of it they not have "
    "el los las por muy para con pero y mi una lo gracias que es no "
    "il di per molto sono con che questo piace grazie "
    "os um uma muito com nao obrigado obrigada meu minha "
    "pentru si este sunt foarte multumesc nu cu dhe per shume jane"
)
_AILLEURS_MIN: Final = 2
_MOTS_MIN: Final = 4
_PART_LATINE: Final = 0.7
_PART_FRANCAISE: Final = 0.45


def est_francais(texte: str) -> bool:
    """Return whether a text reads as French, badly written or not; very short ones in Latin signs do.

    Words badly written count as French when they sound like French ones.
    """
    plie = lire(_CROCHETS.sub(" ", texte)).plie
    lettres = [c for c in plie if c.isalpha()]
    if not lettres:
        return True
    if sum(c.isascii() for c in lettres) < _PART_LATINE * len(lettres):
        return False
    listes = lexiques()
    mots = [mot for mot in _MOT.findall(plie) if mot not in listes.prenoms or listes.est_mot(mot)]
    if len(mots) < _MOTS_MIN:
        return True
    ailleurs = sum(mot in _AILLEURS - _FRANCAIS for mot in mots)
    if ailleurs >= _AILLEURS_MIN and ailleurs > sum(mot in _FRANCAIS for mot in mots):
        return False
    connus = sum(listes.est_mot(mot) or len(mot) == 1 for mot in mots)
    sonnes = sum(listes.sonne_comme_un_mot(mot) or len(mot) == 1 for mot in mots)
    return connus >= _PART_FRANCAISE * len(mots) or sonnes >= (1 + _PART_FRANCAISE) / 2 * len(mots)
