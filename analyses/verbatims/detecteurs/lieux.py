"""Communes, with their postal code or alone, and named places (schools, centres, associations)."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

from .expressions import places_neutres

_MOT: Final = re.compile(r"[^\W\d_]+")
_CODE: Final = re.compile(
    r"(?<![0-9a-z])(?:f-)?(?P<code>[0-9]{2}\s?[0-9]{3})(?![0-9a-z])(?!\s?[.\-]?[0-9])"
)
_PAS_UN_CODE: Final = re.compile(
    r"\s{0,2}(?:€|euros?|eur\b|e\b|%|fois|personnes?|familles?|habitants|kg|km|g\b|grammes|francs|fcfa|pas\b|dinars|balles|repas|colis|metres|m2|calories|balles)"
)
_CEDEX: Final = re.compile(
    r"\s(?:cedex(?:\s[0-9]{1,2})?|[0-9]{1,2}(?:er|e|eme)(?:\sarrondissement)?)(?![a-z0-9])"
)
_DEVANT: Final = re.compile(
    r"(?:\b(?:(?<!y )a|sur|vers|habite|vis|vit|vivre|loge|logee|ville|commune|mairie|quartier|pres|arrive[es]?|demenage[es]?|installe[es]?|"
    r"originaire|gare|hopital|ccas|marche|prefecture|caf|centre|loin)\s(?:(?:de|d|a|sur|vers|en)[\s'])?|\b(?:habite|viens?|venons|venu|venue|vis|cote|bord)\sde?\s|[(])$"
)
_APRES_UNE_ADRESSE: Final = re.compile(r"\[adresse\][\s,]{1,2}(?:a )?$")
_ALIMENTS: Final = re.compile(
    r"\b(?:savon|moutarde|saucisses?|jambon|champignons?|choux?|eau|piment|lentilles|haricots|pruneaux|brie|vin|"
    r"fromage|fraises?|pommes?|poulet|volaille|noix|oignons?|roquefort|pate|huile|beurre|sel|lait|yaourts?|melon|"
    r"chocolat|carottes?|radis|foie|tripes|calissons|betises|bieres?|cidre|coquelicot|bouteille|verre|pont)\s(?:de |d'|du )?$"
)
_LONGUEUR_MAX: Final = 6
_APRES_LE_CODE: Final = re.compile(r"[\s,\-:(]{1,3}(?:a\s)?")
_DEPARTEMENT: Final = re.compile(r"0[1-9]|[1-8][0-9]|9[0-578]")
_SAINTS: Final = ensemble("saint sainte st ste le la les l de")
_CODE_COURT: Final = 3
_NOM_MIN: Final = 5
_SEUILS: Final = {
    (True, True): 0,
    (True, False): 2_000,
    (False, True): 1_000,
    (False, False): 10_000,
}
"""Inhabitants from which a commune is masked: with a capital or not, after « à », « habite »… or not."""
_PETITE, _CONNUE, _GRANDE = 500, 5_000, 20_000
_STRUCTURE: Final = re.compile(
    r"(?<![a-z])(?P<genre>ecole(?: primaire| maternelle| elementaire)?|maternelle|college|lycee|creche|halte[ -]garderie|hopital|clinique|"
    r"centre (?:social|medical|culturel|maternel|d'hebergement|communal)|centre social et culturel|epicerie(?: sociale| solidaire)?|association|asso|"
    r"mosquee|eglise|paroisse|temple|foyer|ehpad|maison de (?:quartier|retraite|sante|la solidarite)|"
    r"maison (?:departementale )?(?:des |de la |de l'|du |de |d')(?:solidarites?|familles?|habitants?|associations?|jeunes|enfance|autonomie|parentalite|services publics|projet)|mjc|espace|mediatheque|bibliotheque|"
    r"ludotheque|gymnase|stade|ccas|mission locale|chrs|cada|pmi|resto du coeur|restos du coeur|secours (?:populaire|catholique|islamique)|banque alimentaire|"
    r"croix[ -]rouge|emmaus|hotel|pharmacie|cabinet|theatre|cinema|jardin|ferme|supermarche|boulangerie|boucherie)(?![a-z])"
)
_LIEN_STRUCTURE: Final = re.compile(
    r"\s{1,2}(?:(?P<lien>de la|de l'|de|des|du|d'|le|la|les|l')\s?(?:(?:la|le|les|l')\s?)?)?(?P<nom>[^\W\d_][\w\-]{1,30})"
)
_PARTIE: Final = re.compile(
    r"(?:[\s\-]|\s?(?:de la|de l'|des|du|de|d'|et|l'|la|les|le)\s?|['])(?P<nom>[^\W\d_][\w\-]{1,30})"
)
_GENERIQUES: Final = ensemble(
    "francais francaise rural rurale municipal municipale social sociale medical medicale solidaire alimentaire local "
    "locale national departemental ville dieu quartier partage partagee bio catholique protestante evangelique france "
    "ouvert ouverte ferme fermee maternelle primaire elementaire public publique prive privee populaire bebe"
)
"""« Secours populaire Français », « Hôtel de Ville »: no place in particular."""


def trouver(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    """Yield the communes, postal codes and structures of a folded text."""
    mots = list(_MOT.finditer(texte.plie))
    lieux = list(_communes(texte, mots, lexiques))
    yield from _codes(texte, mots, lexiques)
    yield from lieux
    yield from _structures(texte, lexiques)


def _nom_long(
    plie: str, mots: list[re.Match[str]], rang: int, lexiques: Lexiques
) -> tuple[str, int] | None:
    """Return the longest commune that begins at a word, with the rank after its last word."""
    trouve = None
    nom = ""
    for suivant in range(rang, min(len(mots), rang + _LONGUEUR_MAX)):
        mot = mots[suivant].group()
        if nom:
            entre = plie[mots[suivant - 1].end() : mots[suivant].start()]
            if entre not in {" ", "-", "'", " - ", "  "}:
                break
            # « villeneuve d ascq »
            nom += "'" if entre == "'" or (entre == " " and nom[-2:] in {" d", " l"}) else " "
        nom += {"st": "saint", "ste": "sainte"}.get(mot, mot)
        if nom in lexiques.communes:
            trouve = nom, suivant + 1
    return trouve


def _codes(texte: Pliage, mots: list[re.Match[str]], lexiques: Lexiques) -> Iterator[Trouvaille]:
    plie = texte.plie
    debuts = {mot.start(): rang for rang, mot in enumerate(mots)}
    for trouve in _CODE.finditer(plie):
        if _PAS_UN_CODE.match(plie, trouve.end()):
            continue
        code = trouve["code"].replace(" ", "")
        apres = _APRES_LE_CODE.match(plie, trouve.end())
        rang = debuts.get(apres.end()) if apres else None
        fin = trouve.end() if rang is None else _fin_de_la_ville(texte, mots, rang, lexiques)
        fin = max(fin, trouve.end())
        connu = code in lexiques.codes_postaux or re.fullmatch(r"(?:75|13|69)[0-9]{3}", code)
        if not connu and (fin == trouve.end() or not _DEPARTEMENT.match(code)):
            continue
        cedex = _CEDEX.match(plie, fin)
        fin = cedex.end() if cedex and fin > trouve.end() else fin
        avant = _nom_avant(plie, trouve.start(), lexiques) if fin == trouve.end() else None
        debut = trouve.start() if avant is None else avant
        sur = fin > trouve.end() or debut < trouve.start() or not code.endswith("000")
        yield Trouvaille(debut, fin, Type.CODE_POSTAL_VILLE, "" if sur else "code postal ?")


def _fin_de_la_ville(
    texte: Pliage, mots: list[re.Match[str]], rang: int, lexiques: Lexiques
) -> int:
    """Return where the town after a postal code ends: in the list, or written with capitals."""
    nomme = _nom_long(texte.plie, mots, rang, lexiques)
    connue = mots[nomme[1] - 1].end() if nomme else 0
    if not nomme and _ville_inconnue(mots[rang].group(), lexiques):
        connue = mots[rang].end()
    fin = 0
    for suivant in range(rang, min(len(mots), rang + _LONGUEUR_MAX)):
        mot = mots[suivant]
        if fin and texte.plie[fin : mot.start()] not in {" ", "-", "'"}:
            break
        capitale = texte.plat[mot.start()].isupper() and not texte.plat.isupper()
        lien = bool(fin) and texte.plie[fin : mot.start()] == "-"
        if not lien and (not capitale or (not fin and _est_un_mot(mot.group(), lexiques))):
            break
        fin = mot.end()
    return max(fin, connue)


def _ville_inconnue(mot: str, lexiques: Lexiques) -> bool:
    """« 59260 hellemmes »: no commune any more, and nothing else either."""
    return len(mot) >= _NOM_MIN and not lexiques.sonne_comme_un_mot(mot)


def _est_un_mot(mot: str, lexiques: Lexiques) -> bool:
    """Return whether the word after five digits is no name of a town: « 12345 Merci »."""
    if mot in _SAINTS or not lexiques.est_mot(mot):
        return False
    return mot in lexiques.jamais or not (mot in lexiques.noms or mot in lexiques.prenoms)


def _nom_avant(plie: str, debut: int, lexiques: Lexiques) -> int:
    """Return where the commune written before a postal code begins: « Bagnolet (93170) »."""
    fenetre = plie[max(0, debut - 60) : debut]
    lie = re.search(r"[\s,(\-]{1,3}$", fenetre)
    mots = list(_MOT.finditer(fenetre))
    if lie is None or not mots or mots[-1].end() != lie.start():
        return debut
    for rang in range(max(0, len(mots) - _LONGUEUR_MAX), len(mots)):
        nomme = _nom_long(fenetre, mots, rang, lexiques)
        if nomme and nomme[1] == len(mots) and len(nomme[0]) > _CODE_COURT:
            return debut - len(fenetre) + mots[rang].start()
    return debut


def _communes(
    texte: Pliage, mots: list[re.Match[str]], lexiques: Lexiques
) -> Iterator[Trouvaille]:
    rang = 0
    neutres = places_neutres(texte.plie)
    while rang < len(mots):
        nomme = _nom_long(texte.plie, mots, rang, lexiques)
        suivant = rang + 1
        neutre = mots[rang].start() in neutres
        if nomme and not neutre:
            trouvaille = _juger(
                texte, mots[rang].start(), mots[nomme[1] - 1].end(), nomme[0], lexiques
            )
            if trouvaille:
                yield trouvaille
                suivant = nomme[1]
        rang = suivant


def _juger(texte: Pliage, debut: int, fin: int, nom: str, lexiques: Lexiques) -> Trouvaille | None:
    """Decide of a commune by how it is written, what is before it, and how many live there."""
    plie = texte.plie
    if _n_est_pas_un_lieu(plie, debut, nom):
        return None
    capitale = texte.plat[debut].isupper() and not texte.plat.isupper()
    devant = bool(_DEVANT.search(plie, max(0, debut - 30), debut))
    habitants = lexiques.communes[nom]
    if _APRES_UNE_ADRESSE.search(plie, max(0, debut - 12), debut) and lexiques.commune_sure(nom):
        return Trouvaille(debut, fin, Type.COMMUNE)
    prenom = lexiques.prenoms.get(nom, "v") in "cp" or nom in lexiques.surs
    if prenom or (nom in lexiques.noms and habitants < _CONNUE):
        seuil = _GRANDE if devant and lexiques.commune_sure(nom) else None
    elif lexiques.commune_sure(nom):
        seuil = _SEUILS[capitale, devant]
        if not capitale and not devant and lexiques.fait_de_mots(nom):
            return None
    else:
        seuil = _SEUILS[True, False] if capitale and devant else None
    if seuil is not None and habitants >= seuil:
        return Trouvaille(debut, fin, Type.COMMUNE)
    doute = devant or (habitants >= _PETITE and not _commence(plie, debut) and not prenom)
    if capitale and doute and nom not in lexiques.jamais:
        return Trouvaille(debut, fin, Type.COMMUNE, "nom de commune, ou mot")
    return None


def _n_est_pas_un_lieu(plie: str, debut: int, nom: str) -> bool:
    """Refuse « eu », « la Saint-Jean », « moutarde de Dijon »."""
    feter = nom.startswith("saint") and plie[max(0, debut - 3) : debut] == "la "
    return (
        len(nom) <= len("eu") or feter or bool(_ALIMENTS.search(plie, max(0, debut - 20), debut))
    )


def _commence(plie: str, debut: int) -> bool:
    """Return whether a place is the first of a sentence."""
    avant = plie[max(0, debut - 10) : debut].rstrip(" \"'«(-")
    return not avant or avant[-1] in ".!?\n"


def _structures(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    plie, crie = texte.plie, texte.plat.isupper()
    for trouve in _STRUCTURE.finditer(plie):
        nom = _LIEN_STRUCTURE.match(plie, trouve.end())
        if nom is None:
            continue
        capitale = texte.plat[nom.start("nom")].isupper() and not crie
        if nom["nom"] in _GENERIQUES:
            continue
        if not capitale:
            nomme = nom["nom"] in lexiques.prenoms and not lexiques.est_mot(nom["nom"])
            if nomme and trouve["genre"].startswith(("ecole", "college", "lycee")):
                yield Trouvaille(trouve.start(), nom.end(), Type.STRUCTURE)
            continue
        fin = nom.end()
        for _ in range(4):
            partie = _PARTIE.match(plie, fin)
            if partie is None or not texte.plat[partie.start("nom")].isupper():
                break
            fin = partie.end()
        yield Trouvaille(trouve.start(), fin, Type.STRUCTURE)
