"""Numbers that name somebody: bank, social security, family benefits, papers, plates."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

_E: Final = r"[\s.\-]{0,2}"
_NIR: Final = re.compile(
    rf"(?<![0-9])[123478]{_E}[0-9]{{2}}{_E}(?:0[1-9]|1[0-2]|[2-9][0-9]){_E}(?:[0-9]{{2}}|2[ab]){_E}"
    rf"[0-9]{{3}}{_E}[0-9]{{3}}(?:{_E}[0-9]{{2}})?(?![0-9])"
)
_LONGUEURS: Final = {
    "fr": 23, "be": 12, "de": 18, "es": 20, "it": 23, "pt": 21, "lu": 16, "ro": 20, "pl": 24,
    "gb": 18, "nl": 14, "ch": 17, "ua": 25, "bg": 18, "lt": 16, "mc": 23,
}  # fmt: skip
_IBAN: Final = re.compile(
    "|".join(
        rf"(?<![a-z0-9]){pays}\s?[0-9]{{2}}(?:[\s.\-]{{0,2}}[0-9a-z]){{{n}}}(?![0-9a-z])"
        for pays, n in _LONGUEURS.items()
    )
)
_IBAN_COUPE: Final = re.compile(
    r"(?<![a-z0-9])fr\s?[0-9]{2}(?:[\s.\-]{0,2}[0-9]{2,5}){2,7}(?![0-9])"
)
_CARTE: Final = re.compile(r"(?<![0-9])[0-9]{4}(?:[\s.\-]?[0-9]{4}){3}(?![0-9])")
_MOT: Final = re.compile(
    r"\b(?:allocataire|caf|msa|secu(?:rite sociale)?|dossier|beneficiaire|matricule|adherente?|client|"
    r"contrat|compte|carte|digicode|interphone|code(?! postal)|tapez?|taper|porte|siret|siren|fiscal|impots|pole emploi|france travail|identifiant|etrangere?|sejour|"
    r"recepisse|ofpra|ine|passeport|reference|ref|numero|num|rib|cni|permis|ameli|n°|no|ticket|facture|agdref)"
    r"(?![a-z])[^0-9\n.!?]{0,30}?"
    r"(?P<numero>(?:(?<![a-z])[a-z]{1,3}-?)?[0-9](?:[\s.\-/]{0,2}[0-9]){3,20}(?:[a-z](?![a-z])|\s[b-xz](?![a-z']))?)"
)
_FORT: Final = re.compile(
    r"digicode|interphone|code|tape|allocataire|matricule|dossier|n°|numero|identifiant|reference|passeport|siret|adherent|beneficiaire"
)
_CODE: Final = re.compile(
    r"\b(?:digicode|interphone|code(?! postal)|tapez?|taper)\b(?:\s(?:de la porte|d'entree|porte|cest|c'est|est|le|:)){0,2}\s{0,2}:?\s?"
    r"(?P<numero>(?=[a-z]{0,3}[0-9])[0-9a-z]{3,8})(?![a-z0-9])"
)
_MIXTE: Final = re.compile(r"(?<![a-z0-9@._/-])(?=[a-z]{0,4}[0-9])[a-z0-9]{7,20}(?![a-z0-9@_])")
_LONG: Final = re.compile(r"(?<![0-9+])[0-9](?:[\s.\-]?[0-9]){6,24}(?![0-9])")
_UNITE: Final = re.compile(
    r"\s{0,2}(?:€|euros?|eur\b|e\b|%|fois|personnes?|ans\b|habitants|kg|km|g\b|grammes|francs|fcfa|pas\b|dinars|calories|balles|colis|repas|kcal|ml\b|m2|metres)"
)
_SIV: Final = re.compile(r"(?<![a-z0-9])[a-z]{2}([\s\-.]?)[0-9]{3}([\s\-.]?)[a-z]{2}(?![a-z0-9])")
_FNI: Final = re.compile(
    r"(?<![a-z0-9])[0-9]{1,4}[\s\-]?[a-z]{2,3}[\s\-]?(?:[0-9]{2}|2[ab]|97[0-9])(?![a-z0-9])"
)
_VOITURE: Final = re.compile(
    r"\b(?:plaques?|immatricul[a-z]{1,8}|voiture|camion(?:nette)?|vehicule|scooter|moto|clio|twingo|kangoo|peugeot|renault|citroen|fourgon)\b"
)
_MOTS_DE_DEUX: Final = ensemble(
    "de le la et du un en au ce se ne je tu il on ou si ma sa ta kg km cl ml dl mg cm mm et ai as es eu "
    "ca va vu pr ds ac pa ki qu mn mr ya ni"
)


def trouver(texte: Pliage) -> Iterator[Trouvaille]:
    """Yield identifiers and number plates of a folded text."""
    plie = texte.plie
    for motif in (_IBAN, _NIR, _CARTE, _IBAN_COUPE):
        for trouve in motif.finditer(plie):
            minimum = 12 if motif is _IBAN else 8
            if sum(c.isdigit() for c in trouve.group()) >= minimum:
                yield Trouvaille(*trouve.span(), Type.NUMERO)
    yield from _annonces(plie)
    yield from _isoles(plie)
    yield from _plaques(texte)


def _annonces(plie: str) -> Iterator[Trouvaille]:
    for trouve in _MOT.finditer(plie):
        numero = trouve["numero"]
        chiffres = sum(c.isdigit() for c in numero)
        if _UNITE.match(plie, trouve.end("numero")) or re.fullmatch(r"(?:19|20)[0-9]{2}", numero):
            continue
        if re.fullmatch(r"[0-9]{1,3} [0-9]{5}", numero):
            continue  # « n° 3 62160 Bully »
        if re.match(r"[0-9]{1,2}[/.][0-9]{1,2}[/.]", numero):
            continue
        if chiffres >= 6 or _FORT.search(trouve.group()):
            yield Trouvaille(*trouve.span("numero"), Type.NUMERO)
    for trouve in _CODE.finditer(plie):
        lettres = sum(c.isalpha() for c in trouve["numero"])
        if (
            lettres
            and lettres + 2 <= len(trouve["numero"])
            and not _UNITE.match(plie, trouve.end())
        ):
            yield Trouvaille(*trouve.span("numero"), Type.NUMERO)


def _isoles(plie: str) -> Iterator[Trouvaille]:
    for trouve in _LONG.finditer(plie):
        if not _UNITE.match(plie, trouve.end()) and _d_un_tenant(trouve.group()):
            yield Trouvaille(*trouve.span(), Type.NUMERO, faible=True)
    for trouve in _MIXTE.finditer(plie):
        mot = trouve.group()
        chiffres = sum(c.isdigit() for c in mot)
        if chiffres < len(mot) and (chiffres >= 5 or (chiffres >= 4 and len(mot) == 9)):
            yield Trouvaille(*trouve.span(), Type.NUMERO, faible=True)


def _d_un_tenant(nombre: str) -> bool:
    """Refuse lists of small numbers (« 1 2 3 4 5 6 7 ») and large sums (« 1 200 000 »)."""
    if re.fullmatch(r"[0-9]{3,4}-[12][0-9]{3}", nombre):
        return False
    groupes = re.split(r"[\s.\-]", nombre)
    if len(groupes) == 1:
        return True
    if len(groupes) == 2 and len(groupes[0]) <= 5 and len(groupes[1]) == 5:
        return False  # « appt 14 13014 Marseille », « CS 70008 59777 Lille »
    if all(len(groupe) == 3 and groupe.endswith("00") for groupe in groupes[1:]):
        return False
    return sum(len(groupe) for groupe in groupes) / len(groupes) >= 2.5 or len(groupes) == 2


def _plaques(texte: Pliage) -> Iterator[Trouvaille]:
    plat, plie = texte.plat, texte.plie
    crie = plat.isupper()
    for motif, ancienne in ((_SIV, False), (_FNI, True)):
        for trouve in motif.finditer(plie):
            ecrit = plat[trouve.start() : trouve.end()]
            lettres = re.findall(r"[a-z]{2,3}", trouve.group())
            annonce = _VOITURE.search(plie, max(0, trouve.start() - 40), trouve.start())
            serre = not ancienne and ("-" in ecrit or " " not in ecrit)
            seule = not ancienne and ecrit == plat.strip(" .,!\n")
            capitales = ecrit.isupper() and (seule or not crie) and len(trouve.group()) >= 7
            mots = any(mot in _MOTS_DE_DEUX for mot in lettres)
            if annonce or ((serre or capitales) and not (mots and (crie or not capitales))):
                yield Trouvaille(*trouve.span(), Type.PLAQUE)
