"""Where the name of a street ends: read word by word, since nobody writes commas on a telephone."""

import re
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.pliage import Pliage, ensemble

from .voies import (
    A_QUALIFIER,
    ARRETS,
    AVANT_UN_NOM,
    DE_LIEU,
    GENERIQUES,
    NOM,
    PIECE_APRES,
    SUITE,
    SUITE_LIEE,
    TITRES,
)

AVEC_LE_NUMERO: Final = 4
_APRES_L_ADRESSE: Final = re.compile(
    r"\s{0,2}(?:$|[,.;:!?()\n]|[0-9]|(?:et|a|au|c|cest|svp|merci|bat|batiment|appt|tel|ma|mon|je|mais)\b)"
)
"""« chemin de la croix rousse, » takes its second word; « rue pasteur super accueil » does not."""
_APRES_UNE_CHOSE: Final = ensemble(
    "avec avc ac chez pour pr sans on il elle ils ya y jai jsuis j depuis dpuis ki qui mes me sur est sont"
)
"""After « chemin des vignes hautes », which was said with an article."""
_LIE: Final = re.compile(r"(?:de la|de l|des|du|les?|la|l)[\s']")
_PLEIN: Final = re.compile(
    r"(?:saint|sainte|st|ste|general|marechal|docteur|president|capitaine|colonel|des|du|la)\s"
    r"(?P<mot>jean|docteur|president|abbe|capitaine|commandant|colonel|professeur|general|marechal)\s$"
)
"""« quartier saint jean bat 12 »: a word that goes before names may be one."""
_DE: Final = re.compile(r"\s(?P<lien>de la|de l|des|du|de|d|aux)[\s']")
_QUELQUES_MOTS: Final = re.compile(
    r"(?:[\s'\-](?!bat|appt|apt|esc|hall|cage|porte|bloc)[^\W\d_]{1,20}){1,4}?(?=\s(?:bat|bt|appt?|apt|appart|esc|hall|cage|bloc|tour|entree|porte))"
)
_LIANTS: Final = ensemble("de du des d la le les l aux a au et")
_POUR: Final = re.compile(
    r"\sa\s(?:la\s|l')?(?!cote|gauche|droite|pied|partir|cause|midi|minuit|louer|nouveau|peu|peine|mon|ma|mes|son|sa|ses|leur|"
    r"notre|votre|un|une|deux|trois|quatre|cinq|six|dix|la|le|les|l|chaque|ce|cette|cet|moi|toi|lui|elle|eux|tout|toute|tous|velo|bus|"
    r"pieds|bout|fond|jour|part|peine|moins|bien|plus|tres|pas|cet|entree|sortie|"
    r"attendre|faire)(?P<mot>[^\W\d_]{4,20})(?![^\W\d_])"
)
"""« rue du moulin à vent », « chemin du bac à l’aumône »."""
_A_FAIRE: Final = re.compile(r"a\s[^\W\d_]{2,20}(?:er|ir|re)(?![^\W\d_])")
"""« 2 rues à traverser »."""
_INFINITIF: Final = re.compile(r"(?:er|ir|re)$")
_DERNIER: Final = re.compile(r"[^\W\d_]+$")
_MOT: Final = re.compile(r"\s{0,2}([^\W\d_]+)")
_NOM_MIN: Final = 4
_ELIDES: Final = frozenset("sjldcmtn")
_APRES_L_ELISION: Final = 4


def capitale(texte: Pliage, place: int) -> bool:
    """Return whether a word has a capital that says something."""
    return texte.plat[place].isupper() and not texte.plat.isupper()


def fin_du_nom(texte: Pliage, place: int, lexiques: Lexiques, longueur: int) -> int:
    """Return where the name of a street ends, or 0 if there is none.

    The first word always counts; next ones while they have a capital, or are names.
    """
    nom = NOM.match(texte.plie, place)
    if nom is None or (not nom["jour"] and _A_FAIRE.match(texte.plie, place)):
        return 0
    fin = nom.end() if nom["jour"] else _premier_mot(texte, place, nom)
    if not fin or nom["jour"]:
        return fin
    avec_numero = longueur == AVEC_LE_NUMERO
    lie = _LIE.match(texte.plie, place) is not None
    for _ in range(longueur):
        suivante = _mot_suivant(texte, fin, lexiques, avec_numero=avec_numero, lie=lie)
        if suivante is None:
            break
        fin, continuer = suivante
        if not continuer:
            break
    return _jusqu_a_la_piece(texte.plie, fin)


def _jusqu_a_la_piece(plie: str, fin: int) -> int:
    """« résidence val fleuri bat A »: a building says that all before it was a name."""
    suite = _QUELQUES_MOTS.match(plie, fin)
    if suite is None or not PIECE_APRES.match(plie, suite.end()):
        return fin
    mots = set(re.findall(r"[^\W\d_]+", suite.group())) - _LIANTS
    return fin if mots & ARRETS else suite.end()


def _premier_mot(texte: Pliage, place: int, nom: re.Match[str]) -> int:
    """Return where the first word of a name ends; 0 when it is no name."""
    virgule = "," in texte.plie[max(0, place - 2) : place]
    if texte.plat[nom.start("mot")].isupper() or not (virgule or nom["mot"] in ARRETS):
        return nom.end()
    plein = _PLEIN.search(texte.plie, place, nom.start("mot"))
    return plein.end("mot") if plein and not virgule else 0


def _mot_suivant(
    texte: Pliage, fin: int, lexiques: Lexiques, *, avec_numero: bool, lie: bool
) -> tuple[int, bool] | None:
    """Return where the next word of a name ends and whether others may follow; ``None`` if none."""
    liee = SUITE_LIEE.match(texte.plie, fin)
    suite = liee if liee and capitale(texte, liee.start("mot")) else SUITE.match(texte.plie, fin)
    suite = suite or liee
    entiere = _suite_entiere(texte, fin, liee, lexiques, lie=lie)
    if entiere:
        return entiere
    if suite is None or _s_arrete(texte, fin, suite, liee):
        return None
    mot = suite["mot"]
    if capitale(texte, suite.start("mot")):
        return suite.end(), True
    if liee and _continue_lie(texte, fin, liee, lexiques):
        return liee.end(), True
    if (mot in lexiques.communes and lexiques.commune_sure(mot)) or "\n" in suite.group():
        return None
    if _continue(texte, fin, mot, lexiques):
        return suite.end(), True
    if not avec_numero and not (lie and mot in DE_LIEU):
        return None
    return _dernier_mot(texte.plie, liee, suite, lie=lie)


def _suite_entiere(
    texte: Pliage, fin: int, liee: re.Match[str] | None, lexiques: Lexiques, *, lie: bool
) -> tuple[int, bool] | None:
    """« 2 RUE PIERRE ET MARIE CURIE », « rue du moulin à vent »."""
    deux = liee is not None and liee.group().startswith(" et ") and liee["mot"] in lexiques.prenoms
    if liee and deux and texte.plat[fin - 1].isupper() and texte.plat.isupper():
        return liee.end(), True
    pour = _POUR.match(texte.plie, fin) if lie else None
    if pour and lexiques.est_mot(pour["mot"]) and not _INFINITIF.search(pour["mot"]):
        return pour.end(), False
    return None


def _s_arrete(texte: Pliage, fin: int, suite: re.Match[str], liee: re.Match[str] | None) -> bool:
    """Return whether what follows is no part of a name: a staircase, a word that says something."""
    if PIECE_APRES.match(texte.plie, fin):
        return True
    return suite["mot"] in ARRETS and not (suite["mot"] == "aux" and liee)


def _continue_lie(texte: Pliage, fin: int, liee: re.Match[str], lexiques: Lexiques) -> bool:
    """« rue du fort de noyelles », « rue jeanne d’arc », « la motte aux bois »."""
    plie = texte.plie
    lien, mot = _DE.match(liee.group()), liee["mot"]
    if lien is None or mot in ARRETS | GENERIQUES or "\n" in liee.group():
        return False
    if lien["lien"] == "aux" or _continue(texte, liee.start("mot"), mot, lexiques):
        return True
    avant = _DERNIER.search(plie, max(0, fin - 20), fin)
    if avant is not None and avant.group() in A_QUALIFIER:
        return True  # « rue basse du château »
    seul = lien["lien"] in {"d", "de"}
    if not seul or avant is None:
        return False
    return lexiques.commune_sure(mot) or avant.group() in lexiques.prenoms


def _continue(texte: Pliage, fin: int, mot: str, lexiques: Lexiques) -> bool:
    """Return whether a word goes on with a name: a name itself, or what a title bears.

    After a name in capitals, a word of the dictionary without one does not: « rue Voltaire refuse ».
    """
    avant = _DERNIER.search(texte.plie, max(0, fin - 20), fin)
    if avant and avant.group() in TITRES | AVANT_UN_NOM:
        return True
    if avant and capitale(texte, avant.start()) and lexiques.est_mot(mot):
        return False
    if avant and mot not in GENERIQUES and lexiques.prenoms.get(avant.group(), "v") in "cp":
        return len(mot) >= _NOM_MIN  # « louis pasteur »
    if mot in lexiques.jamais:
        return False
    if mot in lexiques.prenoms or mot in lexiques.noms:
        return True
    return not lexiques.est_mot(mot) and not _colle(mot, lexiques)


def _colle(mot: str, lexiques: Lexiques) -> bool:
    """Return whether an unknown word is a known one with its elision: « sappelle », « jattends »."""
    return mot[0] in _ELIDES and len(mot) > _APRES_L_ELISION and lexiques.est_mot(mot[1:])


def _dernier_mot(
    plie: str, liee: re.Match[str] | None, suite: re.Match[str], *, lie: bool
) -> tuple[int, bool] | None:
    """Return the end of a common word that may be the last of a name, by what comes after it."""
    dernier = liee if liee and _DE.match(liee.group()) else suite
    mot = dernier["mot"]
    if mot in GENERIQUES - {"ville", "croix"} or mot.endswith("ez"):
        return None
    apres = _MOT.match(plie, dernier.end())
    entier = mot in DE_LIEU or _APRES_L_ADRESSE.match(plie, dernier.end()) is not None
    if not entier and lie and apres:
        entier = apres[1] in _APRES_UNE_CHOSE
    return (dernier.end(), False) if entier else None
