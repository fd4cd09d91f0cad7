"""Kinds of streets that are first of all common words, and floors said without the word « étage ».

« voie des Sablons », « coron du moulin »: only a name in capitals, or somebody who lives there,
makes them an address. « voie libre », « le parc » and « la cour de l’école » stay as they are.
"""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.pliage import Pliage, ensemble

from .noms_de_voies import capitale, fin_du_nom
from .voies import AVEC_NUMERO, GENERIQUES, HABITER, PIECE_APRES, SANS_NUMERO

_RARE: Final = re.compile(
    r"(?<![a-z0-9])(?P<voie>voie|mail|cour|chaussee|rampe|galerie|carrefour|corons?|dreve|placette|ilot|barre|pavillon|courees?|beguinage|"
    r"val|vallon|parc|jardins|ilots?|bastide|logis|ruelles|contour|cavee|voyette|alle|allez|boucle|enclos|berge|coteaux?|terrasses?|bourg|"
    r"pont|port|porte|tour|grand[ -]place|butte|plateau|closerie|lices|rocade|ronde)\s(?P<lie>(?:de la|de l'|des|du|de|d'|d|les|la|l')\s?)?(?=[^\W\d_])"
)
_DEVANT: Final = re.compile(r"\b(?P<mot>[^\W\d_]{1,12})[\s']$")
_ARTICLES: Final = ensemble(
    "le la les l un une ce cette mon ma mes son sa leur notre votre du de des d en par sur quel quelle tout chaque au aux suis est ai a va y "
    "pas plus sans bon bonne petit petite grand grande etais etait sommes j pour et ou avec"
)
_A_DIRE: Final = ensemble("alle allez")
"""« je suis allé des fois » is no street: only right after a verb of moving house."""
_DEMENAGER: Final = re.compile(
    r"\b(?:demenage\w{0,2}|h?abit\w{0,4}|loge\w{0,2}|adresse|vis|vit|jabit\w{0,3})\s$"
)
_CELEBRES: Final = ensemble(
    "eiffel montparnasse pise babel france controle guet noel table role bel princes versailles cassation appel assises comptes"
)
_COMMUNS: Final = GENERIQUES | ensemble(
    "immeuble batiment magasin maison appartement appart hlm residence entree fond bas haut milieu bout chomage misere galere mer "
    "recre recreation recree etage escalier voisin voisine palier frigo garage cave balcon sortie secours service enfants gosses"
)
_ETAGE_DIT: Final = re.compile(
    r"(?<![a-z0-9])(?:au|du)\s(?P<etage>[0-9]{1,2}\s?(?:er|eme|ieme|em|e)|premier|deuxieme|second|troisieme|quatrieme|cinquieme|"
    r"sixieme|septieme|huitieme|neuvieme|dixieme|dernier|rdc|rez[ -]de[ -]chaussee)(?![a-z0-9])(?:\s(?:et dernier\s)?etage)?"
)
_RUES: Final = ensemble(
    "rue avenue av boulevard bd allee allees impasse residence cite square quai"
)
_BATIMENT: Final = re.compile(
    r"[\s,]{1,2}(?:du |de la |de l')?(?:bat(?:iment)?|tour|bloc|immeuble|hall|escalier)\s(?=[^\W\d_])"
)


def trouver_rares(texte: Pliage, lexiques: Lexiques) -> Iterator[tuple[int, int]]:
    """Yield the places of the streets whose kind is a common word."""
    for trouve in _RARE.finditer(texte.plie):
        debut_du_nom = trouve.start("lie") if trouve["lie"] else trouve.end()
        fin = fin_du_nom(texte, debut_du_nom, lexiques, longueur=3)
        if fin and _est_une_voie(texte, trouve, fin, lexiques):
            yield trouve.start(), fin


def _est_une_voie(texte: Pliage, trouve: re.Match[str], fin: int, lexiques: Lexiques) -> bool:
    plie, debut = texte.plie, trouve.start()
    mots = re.findall(r"[^\W\d_]{1,40}", plie[trouve.end() : fin])
    nomme = capitale(texte, trouve.end())
    if not mots or mots[0] in _CELEBRES or (set(mots) & _COMMUNS and not nomme):
        return False
    if trouve["voie"] in _A_DIRE:
        return bool(trouve["lie"] and _DEMENAGER.search(plie, max(0, debut - 25), debut))
    devant = _DEVANT.search(plie, max(0, debut - 14), debut)
    seule = devant is None or devant["mot"] not in _ARTICLES
    chez_soi = HABITER.search(plie, max(0, debut - 40), debut) is not None
    if trouve["voie"] == "tour":
        return (
            nomme
            and devant is not None
            and devant["mot"] == "la"
            and mots[0] not in lexiques.communes
        )
    if nomme:
        return chez_soi or (seule and bool(trouve["lie"]) and mots[0] not in lexiques.prenoms)
    return chez_soi and seule and bool(trouve["lie"])


def trouver_etages(texte: Pliage) -> Iterator[tuple[int, int]]:
    """Yield « quatrième » in « au quatrième bâtiment D », « 4e » in « du 4e rue Diderot »."""
    for trouve in _ETAGE_DIT.finditer(texte.plie):
        fin = trouve.end()
        nomme = _BATIMENT.match(texte.plie, fin)
        suivi = PIECE_APRES.match(texte.plie, fin) or (nomme and capitale(texte, nomme.end()))
        voie = re.compile(r",?\s(?:de la |du |de l')?").match(texte.plie, fin)
        if not suivi and voie:
            rue = SANS_NUMERO.match(texte.plie, voie.end())
            suivi = AVEC_NUMERO.match(texte.plie, voie.end()) or (
                rue if rue and rue["voie"] in _RUES else None
            )
        if suivi:
            yield trouve.start("etage"), fin
