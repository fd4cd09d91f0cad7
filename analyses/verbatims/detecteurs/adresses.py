"""Postal addresses: with a number, without one, and what completes them (bâtiment, étage…)."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

from .noms_de_voies import AVEC_LE_NUMERO, capitale, fin_du_nom
from .voies import (
    A_LIER,
    A_QUALIFIER,
    AVEC_NUMERO,
    BATIMENT_NOMME,
    COMPLEMENT,
    COMPLEMENT_SEUL,
    DE_LIEU,
    ENSEMBLE_NOMME,
    ETAGE,
    ETAGE_DE_LA_TOUR,
    GENERIQUES,
    GRANDE_RUE,
    HABITER,
    LIEU_APRES,
    LOCUTIONS,
    LOGE,
    MOYEN,
    PIECE_APRES,
    REPERE,
    SANS_NUMERO,
    SUITE,
    SUREMENT,
    SUREMENT_ENTENDU,
)
from .voies_rares import trouver_etages, trouver_rares

_PAS_DE_VOIE: Final = ensemble(
    "rues mail porte lot cote montee cour carrefour chaussee rampe escalier escaliers"
)
"""With a number, streets only when a name in capitals says so: « 2 portes », « 12 mails »."""
_SOUVENT_COMPTES: Final = ensemble(
    "rues carrefour chaussee rampe escalier escaliers route cours place mail cote voie porte lot zone passage villa che montee cour galerie chalet moulin traverse levee"
)
_EN_LOCUTION: Final = ensemble("en sur au de mise prend ma sa notre leur votre")
_JOUR_DE_FETE: Final = re.compile(r"\b[0-9]{1,2}(?:er)?\s[a-z]{3,9}(?:\s[0-9]{4})?$")
"""« place du 8 mai 1945 », but « cours du 14 mars »."""
_NUMERO_APRES: Final = re.compile(
    r",?\s(?:n°\s?|numero\s)?[0-9]{1,4}(?:\s?(?:bis|ter))?\s{0,2}"
    r"(?:$|[,;.\n]|(?:au\s)?(?:premier|deuxieme|troisieme|dernier|[0-9]{1,2}\s?e(?:me)?)\b)"
)
_CODE_POSTAL: Final = re.compile(r"(?<![0-9])[0-9]{5}(?=\s[^\W\d_]{3})")
_NUMERO_DIT: Final = re.compile(r",?\s(?:au\s)?(?:n°|numero|num)\s?[0-9]{1,4}(?![0-9])")
_LIE: Final = re.compile(r"(?:de la|de l|des|du|d|les?|la|l|aux)\b")
_DE: Final = re.compile(r"(?:de|du|des|d)\b")
_DETERMINE: Final = re.compile(
    r"\b(?:le|la|les|l|un|une|ce|cette|mon|ma|mes|son|sa|leur|notre|votre|du|de|des|d|en|par|sur|quel|quelle|bon|meme|tout|autre|petit|grand)[\s']$"
)
"""« le chemin de la réussite »; « chemin des bruyères », without any article, is written on letters."""
_CODE_APRES: Final = re.compile(r"[\s,]{1,3}[0-9]{5}(?![0-9])")
_ECART: Final = re.compile(r"[\s,]{1,3}")
_MOT: Final = re.compile(r"\w{1,40}")
_LIANTS: Final = ensemble("de la l des du d le les a au aux")
_DEFINIES: Final = dict.fromkeys(
    ("montee", "cour", "chaussee", "rampe"), r"(?:des|du|de la|de l'|d')\s?\w"
) | {"lot": r"(?:les|la|l')\s?\w"}
"""Counted without an article: « 3 cour de français »; « 3 cour des miracles » is a place."""
_DEFINI: Final = re.compile(r"(?:du|de la|de l'|des)[\s']?")
_DE_PLACE: Final = ensemble("marche village ville ecole ecoles croix commune")
"""« 3 place du marché »; « 3 places de marché » are counted."""
_RUES: Final = ensemble(
    "rue avenue av boulevard bd impasse square ruelle residence hameau lotissement faubourg"
)
_MOMENTS: Final = ensemble(
    "urgence accueil hebergement retraite coup jour jours matin soir nuit retour temps fois mois annee semaine monde gens bonheur cote village quartier"
)
"""« à la rue du jour au lendemain »; « rue du marché » is a street."""
_PLURIELS: Final = ensemble("les des ces nos vos leurs mes ses aux")
_IMMEUBLES: Final = ensemble("bat batiment immeuble hlm lot")
_DEMEURES: Final = ensemble("ferme moulin chateau chalet manoir")
_UN_TOUR: Final = re.compile(r"\b(?:le|un|mon|son|fait|faire|fais|petit|chacun|leur)\s$")
_PIECE_DEVANT: Final = re.compile(
    r"(?<![a-z])(?:appt?|apt|appart\w{0,6}|logement|studio|chambre|bat(?:iment)?|porte|hall|bloc)\.?\s$"
)
"""« appartement 7 rue Paul Bert »: the number is the flat's, or the street's; both go."""
_SAINTS: Final = ensemble("saint sainte st ste notre")
_QUALIFIEES: Final = ensemble("rue ruelle impasse")
_PARTICIPES: Final = re.compile(r"(?:ees|és|ées)$")
_SANS_DE: Final = re.compile(r"(?:les?|la|l)[\s']")
_DE_MAGASIN: Final = ensemble(
    "magasin magasins supermarche frais surgeles conserves parc cimetiere centre milieu fond bas haut caisses"
)
_DEUX_ARTICLES: Final = ensemble("rue avenue allee place chemin route boulevard square quartier")
_LIEUX_DITS: Final = ensemble("lieu-dit lieudit ld") | {"lieu dit"}
_DE_VILLE: Final = ensemble(
    "route rte chemin place rue avenue av ave boulevard bd bvd blvd bld faubourg fbg quai chaussee"
)


def trouver(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    """Yield the addresses of a folded text, each to the end of its name and complements."""
    yield from _avec_numero(texte, lexiques)
    yield from _sans_numero(texte, lexiques)
    yield from _grandes_rues(texte, lexiques)
    for debut, fin in trouver_rares(texte, lexiques):
        yield Trouvaille(debut, _complements(texte, fin, lexiques), Type.ADRESSE)
    for debut, fin in trouver_etages(texte):
        yield Trouvaille(debut, fin, Type.ADRESSE)
    yield from _morceaux(texte, lexiques)
    for trouve in REPERE.finditer(texte.plie):
        if HABITER.search(texte.plie, max(0, trouve.start() - 40), trouve.start()):
            yield Trouvaille(*trouve.span(), Type.ADRESSE, "repère près d’un domicile")


def _avec_numero(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    for trouve in AVEC_NUMERO.finditer(texte.plie):
        fin = fin_du_nom(texte, trouve.end(), lexiques, longueur=AVEC_LE_NUMERO)
        if fin and not _est_une_quantite(texte, trouve, fin):
            piece = _PIECE_DEVANT.search(texte.plie, max(0, trouve.start() - 14), trouve.start())
            debut = piece.start() if piece else trouve.start()
            debut = _debut_nomme(texte, debut, virgule=True)
            yield Trouvaille(debut, _complements(texte, fin, lexiques), Type.ADRESSE)


def _sans_numero(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    for trouve in SANS_NUMERO.finditer(texte.plie):
        longueur = AVEC_LE_NUMERO if trouve["voie"] in _LIEUX_DITS else 3
        fin = fin_du_nom(texte, trouve.end(), lexiques, longueur=longueur)
        if fin:
            motif = _doute(texte, trouve, fin, lexiques)
            if motif is not None:
                debut = trouve.start()
                if not motif:
                    debut = _debut_nomme(texte, debut, virgule=True)
                    fin = _complements(texte, fin, lexiques)
                yield Trouvaille(debut, fin, Type.ADRESSE, motif)


def _grandes_rues(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    """« 45 grande rue », « Grand’Rue »: a name whole, to which another is added at times."""
    for trouve in GRANDE_RUE.finditer(texte.plie):
        suite = SUITE.match(texte.plie, trouve.end())
        nomme = suite is not None and capitale(texte, suite.start("mot"))
        nom = fin_du_nom(texte, trouve.end() + 1, lexiques, longueur=3) if nomme else 0
        chez_soi = HABITER.search(texte.plie, max(0, trouve.start() - 40), trouve.start())
        sur = trouve["numero"] or chez_soi or capitale(texte, trouve.start("voie"))
        fin = nom or trouve.end()
        bout = _complements(texte, fin, lexiques) if sur else fin
        yield Trouvaille(trouve.start(), bout, Type.ADRESSE, "" if sur else "lieu précis")


def _morceaux(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    """Yield what completes an address and stands alone: « appt 204 », « 3e droite », a room."""
    plie = texte.plie
    for motif in (COMPLEMENT_SEUL, LOGE):
        for trouve in motif.finditer(plie):
            if motif is LOGE and "," in trouve.group() and _a_un_nom(texte, trouve):
                continue  # « foyer Adoma, chambre 112 »: a structure, then a room
            debut = _debut_nomme(texte, trouve.start())
            yield Trouvaille(debut, _complements(texte, trouve.end(), lexiques), Type.ADRESSE)
    for trouve in _CODE_POSTAL.finditer(plie):
        debut = _debut_nomme(texte, trouve.start())
        if debut < trouve.start():
            yield Trouvaille(debut, trouve.start(), Type.ADRESSE)
    for trouve in ETAGE.finditer(plie):
        fin = _complements(texte, trouve.end(), lexiques)
        tour = ETAGE_DE_LA_TOUR.match(plie, trouve.end())
        if tour and (tour["nom"].isdigit() or capitale(texte, tour.start("nom"))):
            fin = max(fin, tour.end())
        suivie = AVEC_NUMERO.match(plie, fin + 2) if plie[fin : fin + 2] == ", " else None
        precis = suivie or trouve["cote"] or trouve["bas"] or fin > trouve.end()
        yield Trouvaille(trouve.start(), fin, Type.ADRESSE, "" if precis else "étage")


def _debut_nomme(texte: Pliage, fin: int, *, virgule: bool = False) -> int:
    """Return where « Les Terrasses de Bellevue, » begins, just before a piece or a postal code.

    ``virgule``: a comma must end it, as before a street: « La Petite Borde, route de Mazamet ».
    """
    if virgule and texte.plie[max(0, fin - 2) : fin] != ", ":
        return fin
    depart = max(0, fin - 90)
    trouve = ENSEMBLE_NOMME.search(texte.plie, depart, fin)
    if trouve is None or not capitale(texte, trouve.start("nom")):
        return fin
    avant = texte.plie[max(0, trouve.start() - 3) : trouve.start()]
    if trouve["genre"].startswith("ferme de") or (
        virgule and (avant == "de " or trouve["genre"].startswith("ferme"))
    ):
        return fin  # « ferme de la Tuilerie »: a structure that sells or gives, before its street
    suite = re.compile(r"[^\W\d_][\w\-]{1,25}$").search(
        texte.plie, trouve.start("suite"), trouve.end("suite")
    )
    return trouve.start() if suite is None or capitale(texte, suite.start()) else fin


def _a_un_nom(texte: Pliage, trouve: re.Match[str]) -> bool:
    suite = re.compile(r"\w{1,20}\s").match(texte.plie, trouve.start())
    return suite is not None and capitale(texte, suite.end())


def _est_une_quantite(texte: Pliage, trouve: re.Match[str], fin: int) -> bool:
    """Refuse « 2 cours de cuisine », « 10 places de cinéma », « 5 cents place »."""
    voie = trouve["voie"].rstrip(".")
    nom = texte.plie[trouve.end() : fin]
    if voie not in _SOUVENT_COMPTES:
        ferme = voie in _RUES and _PARTICIPES.search(nom) and " " not in nom
        return nom.startswith("de suite") or bool(ferme and not capitale(texte, trouve.end()))
    mots = re.findall(r"\w{1,40}", nom)
    pleins = [mot for mot in mots if mot not in _LIANTS] or mots
    generique = bool(pleins) and pleins[0] in GENERIQUES
    if voie == "place" and generique and _DEFINI.match(nom):
        return pleins[0] not in _DE_PLACE
    if voie in _PAS_DE_VOIE:
        majuscule = bool(mots) and capitale(texte, fin - len(mots[-1]))
        defini = voie in _DEFINIES and re.match(_DEFINIES[voie], nom) is not None
        return not majuscule and (generique or not defini)
    return generique


def _doute(texte: Pliage, trouve: re.Match[str], fin: int, lexiques: Lexiques) -> str | None:
    """Say why a street without a number is doubtful; empty when sure; ``None`` when it is none."""
    voie, plie = trouve["voie"], texte.plie
    if _JOUR_DE_FETE.search(plie, trouve.end(), fin):
        return None if voie in {"cours", "passage", "route", "chemin", "montee"} else ""
    if voie in _LIEUX_DITS:
        return ""
    mots = re.findall(r"[\w]{1,40}", plie[trouve.end() : fin])
    majuscule = any(
        capitale(texte, mot.start()) and mot.group() not in _LIANTS
        for mot in _MOT.finditer(plie, trouve.end(), fin)
    )
    chez_soi = bool(HABITER.search(plie, max(0, trouve.start() - 40), trouve.start()))
    if _dit_autre_chose(texte, trouve, mots, lexiques, majuscule=majuscule, chez_soi=chez_soi):
        return None
    if voie == "tour":
        complete = COMPLEMENT.match(plie, fin) is not None or chez_soi
        nommee = (
            majuscule
            or chez_soi
            or (_LIE.match(plie, trouve.end()) and not _UN_TOUR.search(plie[: trouve.start()]))
        )
        return "" if nommee and complete else None
    if majuscule:
        return None if voie in _DEMEURES else ""
    return _doute_sans_capitale(texte, trouve, fin, lexiques, chez_soi=chez_soi)


def _dit_autre_chose(
    texte: Pliage,
    trouve: re.Match[str],
    mots: list[str],
    lexiques: Lexiques,
    *,
    majuscule: bool,
    chez_soi: bool,
) -> bool:
    """« cours de cuisine », « mis en place au Canada », « à la rue », « le cours d’Olive »."""
    voie = trouve["voie"]
    avant = ["", "", *texte.plie[max(0, trouve.start() - 12) : trouve.start()].split()]
    communs = _MOMENTS if voie in _RUES and _DE.match(texte.plie, trouve.end()) else GENERIQUES
    if set(mots) & communs and not majuscule:
        return True
    if not majuscule and voie in {"allees", "rues"} and avant[-1] in _PLURIELS:
        return True
    if voie in LOCUTIONS and not chez_soi and avant[-1] in _EN_LOCUTION:
        return True
    if voie == "rue" and avant[-2:] == ["a", "la"] and not majuscule:
        return True
    if not majuscule and not chez_soi and _est_commune(texte, trouve, mots):
        return True
    if voie == "mas" and avant[-1] in {"tu", "te", "ne", "nous"}:
        return True
    return voie == "cours" and avant[-1] == "le" and mots[-1] in lexiques.prenoms


def _est_commune(texte: Pliage, trouve: re.Match[str], mots: list[str]) -> bool:
    """« dans mon allée les voisins », « l’allée du magasin »: an article, and no name."""
    voie = trouve["voie"]
    if not _DETERMINE.search(texte.plie, max(0, trouve.start() - 12), trouve.start()):
        return False
    if voie in _DEUX_ARTICLES and _SANS_DE.match(texte.plie, trouve.end()):
        return True
    return voie in {"allee", "allees"} and bool(set(mots) & _DE_MAGASIN)


def _doute_sans_capitale(
    texte: Pliage, trouve: re.Match[str], fin: int, lexiques: Lexiques, *, chez_soi: bool
) -> str | None:
    """Judge « rue pasteur » by what its name is, and by what is before and after."""
    voie, plie = trouve["voie"].rstrip("."), texte.plie
    if voie in _DEMEURES:
        dite = _DE.match(plie, trouve.end()) and (chez_soi or _suivie(texte, fin, lexiques))
        return "" if dite else None
    sure = voie in SUREMENT or SUREMENT_ENTENDU.fullmatch(voie) is not None
    rue = voie in MOYEN or sure or _NUMERO_DIT.match(plie, fin) is not None
    if voie in _IMMEUBLES:
        return "" if PIECE_APRES.match(plie, fin) or _NUMERO_DIT.match(plie, fin) else None
    if rue and _est_completee(plie, voie, fin):
        return ""
    if _est_nommee(plie, trouve, fin, lexiques, chez_soi=chez_soi and rue):
        return ""
    seule = not _DETERMINE.search(plie, max(0, trouve.start() - 12), trouve.start())
    if not _LIE.match(plie, trouve.end()):
        # « un réchaud rue traversière », never « dans la rue principale »
        return (
            ""
            if seule and voie in _QUALIFIEES and plie[trouve.end() : fin] in DE_LIEU | A_QUALIFIER
            else None
        )
    if voie in A_LIER and seule and _DE.match(plie, trouve.end()):
        return ""
    if sure or chez_soi or (voie in MOYEN and voie not in A_LIER):
        return ""
    return "lieu précis" if voie in MOYEN else None


def _est_completee(plie: str, voie: str, fin: int) -> bool:
    """« rue pasteur 17 », « résidence voltaire appt 3 »: what follows is of an address."""
    if _NUMERO_DIT.match(plie, fin) or _suivie_d_une_voie(plie, fin):
        return True
    if voie in {"quartier", "place"}:
        return False
    return bool(_NUMERO_APRES.match(plie, fin)) or (
        voie not in A_LIER and PIECE_APRES.match(plie, fin) is not None
    )


def _suivie(texte: Pliage, fin: int, lexiques: Lexiques) -> bool:
    """« ferme des quatre vents route de bergues », « moulin du roy bat 2 »."""
    if _suivie_d_une_voie(texte.plie, fin) or PIECE_APRES.match(texte.plie, fin):
        return True
    return bool(_autre_voie(texte, fin, lexiques)) or bool(_CODE_APRES.match(texte.plie, fin))


def _suivie_d_une_voie(plie: str, fin: int) -> bool:
    """« le clos fleuri 9 rue des acacias »."""
    ecart = _ECART.match(plie, fin)
    return ecart is not None and AVEC_NUMERO.match(plie, ecart.end()) is not None


def _est_nommee(
    plie: str, trouve: re.Match[str], fin: int, lexiques: Lexiques, *, chez_soi: bool
) -> bool:
    """« rue pasteur », « résidence jacques prévert », « rue de lille »: somebody's, or a town's."""
    voie = trouve["voie"].rstrip(".")
    mots = re.findall(r"[\w]{1,40}", plie[trouve.end() : fin])
    dernier = mots[-1]
    inconnu = not lexiques.est_mot(dernier)
    nom = any(mot in lexiques.noms or mot in lexiques.prenoms for mot in mots)
    sure = voie in SUREMENT or SUREMENT_ENTENDU.fullmatch(voie) is not None
    if inconnu and (nom or sure) and voie not in A_LIER:
        return True
    if mots[0] in _SAINTS and len(mots) > 1 and voie != "cours":
        return True  # « place saint martin »
    if voie in _DE_VILLE and mots[0] in {"de", "d"} and lexiques.commune_sure(" ".join(mots[1:])):
        return True
    return chez_soi and (
        inconnu
        or dernier in A_QUALIFIER
        or dernier in lexiques.noms
        or dernier in lexiques.prenoms
    )


def _complements(texte: Pliage, fin: int, lexiques: Lexiques) -> int:
    for _ in range(6):
        nomme = BATIMENT_NOMME.match(texte.plie, fin)
        suite = COMPLEMENT.match(texte.plie, fin)
        if suite is None and nomme and capitale(texte, nomme.start("nom")):
            suite = nomme
        lieu = LIEU_APRES.match(texte.plie, fin)
        if suite is None and lieu and capitale(texte, lieu.start() + 2):
            suite = lieu if capitale(texte, lieu.start("nom")) else None
        bout = suite.end() if suite else _autre_voie(texte, fin, lexiques)
        if not bout:
            return fin
        fin = bout
    return fin


def _autre_voie(texte: Pliage, fin: int, lexiques: Lexiques) -> int:
    """Return where a second street ends, said just after the first: « mas des oliviers route de nîmes »."""
    ecart = _ECART.match(texte.plie, fin)
    voie = SANS_NUMERO.match(texte.plie, ecart.end()) if ecart else None
    if voie is None or not _DE.match(texte.plie, voie.end()):
        return 0
    bout = fin_du_nom(texte, voie.end(), lexiques, longueur=3)
    mots = re.findall(r"[\w]{1,40}", texte.plie[voie.end() : bout])
    return 0 if set(mots) & GENERIQUES else bout
