"""Postal addresses: with a number, without one, and what completes them (bâtiment, étage…)."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

_VOIE: Final = (
    r"(?:rues?|ru|r\.?|avenue?|boulevar[dt]?|boulvard|alle(?=\s(?:des?|du)\b)|av\.?|ave\.?|boulevard|boul|bvd|bd\.?|bld|blvd|allees?|al\.|chemin|ch\.|che|impasse|imp\.?|"
    r"place|pl\.?|square|sq\.|quai|cours|passage|pass\.|route|rte|ruelle|sentier|sente|voie|venelle|villa|cite|residence|res\.?|"
    r"lotissement|lot\.?|hameau|faubourg|fbg|fg|promenade|esplanade|rond[ -]point|traverse|montee|cote|"
    r"clos|domaine|parvis|mail|porte|quartier|zone|zac|zi)"
)
_LIANT: Final = r"(?:(?:de la|de l|des|du|de|d|la|le|les|l|aux|au|a|en|sur|sous|saint|sainte|st|ste|general|gal|mal|marechal|docteur|dr|president|pdt|abbe|capitaine|colonel|professeur|pr|jean|11|8|19|14)[\s'\-.]{1,2})"
_NUMERO: Final = (
    r"(?:n\s?°?\s?)?[0-9]{1,4}(?:\s?[-/]\s?[0-9]{1,4})?(?:\s?(?:bis|ter|quater|[a-d](?![a-z'])))?"
)
_AVEC_NUMERO: Final = re.compile(
    rf"(?<![0-9a-z.,/])(?P<numero>{_NUMERO})\s?[,;]?\s{{0,2}}(?:(?:dans|de) )?(?:la |l'|au )?(?P<voie>{_VOIE})(?![a-z])[\s,]{{1,2}}"
)
_SANS_NUMERO: Final = re.compile(
    r"(?<![a-z0-9])(?P<voie>rue|avenue|boulevard|bvd|bd|allee|allees|chemin|impasse|place|square|quai|ruelle|residence|lotissement|hlm|immeuble|tour|"
    r"hameau|faubourg|cite|quartier|lieu[ -]?dit|clos|domaine|cours|route|sentier|rond[ -]point|passage|esplanade|villa)(?![a-z])(?:\s(?:universitaire|sociale|etudiante|autonomie|seniors?|hlm))?\s{0,2}:?\s{1,2}"
)
_NOM: Final = re.compile(rf"{_LIANT}{{0,4}}(?P<mot>[^\W\d_][\w'\-]{{1,30}}|[0-9]{{1,4}})")
_SUITE: Final = re.compile(r"[\s\-']{1,2}(?P<mot>[^\W\d_][\w\-]{1,30})")
_SUITE_LIEE: Final = re.compile(
    r"\s(?:(?:de la|de l'|des|du|de|d'|et|la|le|les|l')\s?){1,2}(?P<mot>[^\W\d_][\w\-]{1,30})"
)
_COMPLEMENT: Final = re.compile(
    r"[\s,;:\-(]{1,3}(?:au\s|a la\s|a l'|le\s|dans la\s)?"
    r"(?:(?:bat(?:iment)?\.?|bt|tour|escalier|esc\.?|entree|ent\.|hall|appt?\.?|apt\.?|apart(?:ement)?|appartement|appart|porte|pte|"
    r"etage|chambre|ch\.?|lot|code|interphone|digicode|boite|bp|cs)\s?(?:n°|n|numero)?\s?:?\s?(?:[0-9]{1,5}(?:\s?[a-z](?![a-z0-9']))?(?![a-z0-9])|[a-z][0-9]{0,4}(?![a-z]))"
    r"|(?<=au )[0-9]{1,4}(?:\s?(?:bis|ter))?(?![0-9a-z])(?!\s?(?:h\b|euros|ans))"
    r"|(?:[0-9]{1,2}|premier|deuxieme|troisieme|quatrieme|cinquieme|sixieme|dernier|1er|rez)\s?(?:er|ere|e|eme|ieme|em)?\s?(?:de chaussee|etage)(?:\s(?:gauche|droite|droit|face|porte (?:gauche|droite)))?"
    r"|(?:residence|res\.?|cite|foyer|lotissement)\s(?:les?\s|la\s|l'|des\s|du\s)?[a-z][a-z\-]{2,25}(?:\s[a-z][a-z\-]{2,25})?"
    r"|[0-9]{1,2}\s?(?:er|eme|e)\s(?:gauche|droite|face)(?![a-z])|(?:porte\s)?(?:gauche|droite|rdc|rez de chaussee)(?![a-z]))"
)
_COMPLEMENT_SEUL: Final = re.compile(
    r"(?<![a-z0-9])chambre\s(?:n°|numero)?\s?[0-9]{1,4}(?![0-9a-z])"
    r"|(?<![a-z0-9])(?:bp|cs)\s?[0-9]{2,6}(?![0-9])|(?<![a-z0-9])tour\s[0-9a-z]{1,3}(?=[\s,]{1,2}(?:appt?|apt|etage|porte|esc))"
    r"|(?<![a-z0-9])(?:bat(?:iment)?|bt|escalier|esc|appt?|apt|apart(?:ement)?|appartement|appart|hall)\.?\s?(?:n°|n)?"
    r"(?:\s?[0-9]{1,4}\s?[a-z]?(?![a-z0-9])|\s[b-z][0-9]{0,3}(?![a-z0-9']))"
)
_ETAGE: Final = re.compile(
    r"(?<![a-z0-9])(?:[0-9]{1,2}|premier|deuxieme|troisieme|quatrieme|cinquieme|sixieme|1er)\s?"
    r"(?:ere|er|eme|ieme|em|e)?\s?etage(?P<cote>\s(?:gauche|droite|porte [a-z0-9]{1,4}))?"
)
_AVEC_LE_NUMERO: Final = 4
_APRES_L_ADRESSE: Final = re.compile(
    r"\s{0,2}(?:$|[,.;:!?()\n]|[0-9]|(?:et|a|au|c|cest|svp|merci|bat|batiment|appt|tel|ma|mon|je|mais)\b)"
)
"""« chemin de la croix rousse, » takes its second word; « rue pasteur super accueil » does not."""
_ARRETS: Final = ensemble(
    "et ou mais car donc je j tu il elle on nous vous ils elles c ce ca est a ai as ont suis sont etait merci "
    "qui que quand parce comme pour par avec sans dans chez depuis pendant pas plus tres trop ma mon mes sa "
    "son ses leur leurs me m se s ne n y en au aux un une bonjour svp stp tel telephone mail mob aide aider "
    "moi toi lui eux fait faut peut veut vient va vais porte bat batiment appt appartement etage escalier "
    "chambre hall esc apt appart code rdc rez residence cedex france code c'est juste derriere devant face pres cote entre vers sous sur jusqu la le les"
)
_GENERIQUES: Final = ensemble(
    # What follows « place » or « cours » when they are not streets.
    "temps fois jour jours nuit marche creche parking stationnement stage travail cuisine francais sport "
    "danse vie place pied soir matin monde gens bonheur travers distance attente formation "
    "sante chant couture yoga informatique langue langues langage math maths dessin natation guitare "
    "concert cinema theatre spectacle choix bus train metro rencontre parole jeux jeu aide croix ville commune village"
)
_LOCUTIONS: Final = ensemble("place cours route chemin passage domaine")
_SUREMENT: Final = ensemble(
    "residence lotissement impasse hameau lieu-dit lieudit faubourg boulevard avenue bd bvd"
)
_MOYEN: Final = ensemble(
    "rue quartier cite allee allees square ruelle quai chemin route place clos"
)


def trouver(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    """Yield the addresses of a folded text, each to the end of its name and complements."""
    plie = texte.plie
    for trouve in _AVEC_NUMERO.finditer(plie):
        fin = _fin_du_nom(texte, trouve.end(), lexiques, longueur=_AVEC_LE_NUMERO)
        if fin and not _est_une_quantite(plie, trouve, fin):
            yield Trouvaille(trouve.start(), _complements(plie, fin), Type.ADRESSE)
    for trouve in _SANS_NUMERO.finditer(plie):
        fin = _fin_du_nom(texte, trouve.end(), lexiques, longueur=3)
        if fin:
            motif = _doute(texte, trouve, fin)
            if motif is not None:
                bout = fin if motif else _complements(plie, fin)
                yield Trouvaille(trouve.start(), bout, Type.ADRESSE, motif)
    for trouve in _COMPLEMENT_SEUL.finditer(plie):
        yield Trouvaille(trouve.start(), _complements(plie, trouve.end()), Type.ADRESSE)
    for trouve in _ETAGE.finditer(plie):
        fin = _complements(plie, trouve.end())
        precis = trouve["cote"] or fin > trouve.end()
        yield Trouvaille(trouve.start(), fin, Type.ADRESSE, "" if precis else "étage")


def _fin_du_nom(texte: Pliage, place: int, lexiques: Lexiques, longueur: int) -> int:
    """Return where the name of a street ends, or 0 if there is none.

    The first word always counts; next ones while they have a capital, or are names.
    """
    nom = _NOM.match(texte.plie, place)
    if nom is None or (nom["mot"] in _ARRETS and not texte.plat[nom.start("mot")].isupper()):
        return 0
    fin = nom.end()
    for _ in range(longueur):
        suite = _SUITE.match(texte.plie, fin) or _SUITE_LIEE.match(texte.plie, fin)
        if suite is None or suite["mot"] in _ARRETS:
            break
        mot = suite["mot"]
        capitale = texte.plat[suite.start("mot")].isupper() and not texte.plat.isupper()
        nomme = mot in lexiques.prenoms or mot in lexiques.noms or not lexiques.est_mot(mot)
        if not capitale and mot in lexiques.communes and lexiques.commune_sure(mot):
            break
        if not capitale and (mot in lexiques.jamais or not nomme or "\n" in suite.group()):
            seul = longueur == _AVEC_LE_NUMERO and "\n" not in suite.group()
            return suite.end() if seul and _APRES_L_ADRESSE.match(texte.plie, suite.end()) else fin
        fin = suite.end()
    return fin


def _est_une_quantite(plie: str, trouve: re.Match[str], fin: int) -> bool:
    """Refuse « 2 cours de cuisine », « 10 places de cinéma »."""
    apres = plie[trouve.end() : fin].split()
    voie = trouve["voie"]
    if voie in {
        "cours",
        "place",
        "mail",
        "cote",
        "voie",
        "porte",
        "lot",
        "zone",
        "passage",
        "villa",
        "che",
    }:
        return bool(set(apres) & _GENERIQUES) or (voie in {"mail", "porte", "lot", "cote"})
    return False


def _doute(texte: Pliage, trouve: re.Match[str], fin: int) -> str | None:
    """Say why a street without a number is doubtful; empty when sure; ``None`` when it is none."""
    voie, plie = trouve["voie"], texte.plie
    avant = plie[max(0, trouve.start() - 12) : trouve.start()].split()
    mots = re.findall(r"[\w]{1,40}", plie[trouve.end() : fin])
    dernier = mots[-1]
    place = fin - len(dernier)
    capitale = texte.plat[place].isupper() and not texte.plat.isupper()
    if set(mots) & _GENERIQUES and not capitale:
        return None
    if (
        voie in _LOCUTIONS
        and avant[-1:]
        and avant[-1] in {"en", "sur", "au", "de", "mise", "prend"}
    ):
        return None  # « mis en place au Canada », « au cours de la Loire »
    if voie == "rue" and avant[-2:-1] == ["a"] and avant[-1:] == ["la"] and not capitale:
        return None
    if voie == "tour":
        return "" if capitale and _COMPLEMENT.match(plie, fin) else None
    if capitale or voie in {"lieu-dit", "lieu dit", "lieudit"}:
        return ""
    lie = bool(re.match(r"(?:de la|de l|des|du|les?|la)\b", plie[trouve.end() : trouve.end() + 8]))
    if (
        voie in _SUREMENT or (voie in _MOYEN and voie not in {"place", "chemin", "route", "clos"})
    ) and lie:
        return ""
    return "lieu précis" if voie in _MOYEN and lie else None


def _complements(plie: str, fin: int) -> int:
    for _ in range(5):
        suite = _COMPLEMENT.match(plie, fin)
        if suite is None:
            return fin
        fin = suite.end()
    return fin
