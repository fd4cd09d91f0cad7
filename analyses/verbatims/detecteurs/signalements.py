"""What names nobody and yet tells who it is among those present: an age, a rare trait, a role."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage

_AGE: Final = re.compile(
    r"(?<![0-9])[0-9]{1,3}\s?ans\b|(?<![0-9])[0-9]{1,2}\s?mois\b(?=\s(?:et demi|de grossesse))"
)
_DUREE: Final = re.compile(
    r"\b(?:depuis|pendant|fait|durant|dans|pour|en|les|ces|y a|ya)\s(?:\w{1,6}\s)?$"
)
_TRAITS: Final = {
    "santé": r"cancer|tumeur|leucemie|sida|vih|sep|sclerose|schizophren\w{0,4}|bipolaire|autis\w{0,4}|trisom\w{0,4}|epilep\w{0,5}|"
    r"dialys\w{0,3}|handicap\w{0,4}|invalid\w{0,4}|amput\w{0,3}|aveugle|malvoyant\w?|sourde?|fauteuil roulant|greffe\w?|alzheimer|parkinson|"
    r"chimio\w{0,8}|avortement|fausse couche|toxicoman\w{0,2}|alcoolique|methadone|hopital psy\w{0,10}|tentative de suicide",
    "naissances multiples": r"jumeaux|jumelles?|triplees?|triples",
    "justice": r"prison|incarcere\w?|detention|detenue?|bracelet electronique|garde a vue|casier judiciaire|condamnee?|tribunal",
    "exil": r"refugiee?s?|demandeu\w{1,4} d'asile|asile|sans[ -]papiers?|exil\w{0,3}|apatride|fui la guerre|clandestin\w?|oqtf|passeur",
    "violences": r"viol\b|violee?|battue|violences? conjugales?|excise\w?|excision|proxenet\w{0,3}|prostitu\w{0,5}|femicide",
    "deuil": r"veufs?|veuves?|orphelin\w{0,2}|decedee?|suicide\w?",
    "métier": r"ancien\w{0,2} (?:avocate?|medecin|professeur|militaire|gendarme|policier|ingenieur|journaliste|infirmiere?|notaire|architecte)",
    "croyance ou opinion": r"temoins? de jehovah|converti\w?|evangelique|syndicaliste|delegue syndical",
    "orientation": r"homosexuel\w{0,2}|lesbienne|gay|transgenre|trans\b|transition",
}
_TRAIT: Final = {nom: re.compile(rf"\b(?:{motif})(?!\w)") for nom, motif in _TRAITS.items()}
_QUI: Final = r"(?:il|elle|mari|femme|pere|mere|beau-pere|belle-mere|fils|frere|copain|conjoint|compagnon|concubin|voisin|ex|proprietaire|patron)"
_DANGER: Final = re.compile(
    r"\b(?:me tuer|me suicider|me foutre en l'air|en finir avec (?:la vie|tout)|plus envie de vivre|envie de mourir|(?:veux|voudrais) mourir|"
    r"me faire du mal|me scarifie\w?|"
    rf"{_QUI} (?:me|nous|la|le|les) (?:bat|frappe|tape|cogne|menace|viole|etrangle|enferme|sequestre)|"
    rf"{_QUI} (?:frappe|tape|bat) (?:ma|mon|mes|sa|son|ses|les|la|le) (?:enfants?|fille|fils|gosses?|petits?|petite|bebe|femme|mere)|"
    r"(?:suis|est|sont|ete|fait|etait) (?:battue?s?|frappee?s?|violee?s?|tabassee?s?|enfermee?s?|sequestree?s?|menacee?s? de mort)|"
    r"attouchements?|mariage force|abus sexuel\w{0,2}|agression sexuelle|peur de (?:lui|mon mari|mon ex|mon pere|mon conjoint|mon compagnon)|"
    r"(?:rien|pas|plus) mange depuis|dor(?:t|s|mons|ment) dehors avec|enfants? (?:seuls?|enfermes?) la nuit)(?!\w)"
)
DANGER: Final = "danger possible"
_ROLE: Final = re.compile(
    r"\b(?:la|le|l'|notre|mon|ma)\s?(?:directrice|directeur|presidente?|maire|adjointe?|responsable|dieteticienne?|coordinat\w{3,5}|"
    r"assistante sociale|assistant social|tutrice|tuteur|curatrice|curateur|gardienn?e?|imam|pretre|pasteur|juge|referente?)\b"
)


def trouver(texte: Pliage) -> Iterator[Trouvaille]:
    """Yield what a reader should look at; nothing here is ever masked by itself."""
    plie = texte.plie
    for trouve in _AGE.finditer(plie):
        if not _DUREE.search(plie, max(0, trouve.start() - 16), trouve.start()):
            yield Trouvaille(*trouve.span(), Type.AGE, "âge exact")
    for trouve in _DANGER.finditer(plie):
        yield Trouvaille(*trouve.span(), Type.TRAIT, DANGER)
    for nom, motif in _TRAIT.items():
        for trouve in motif.finditer(plie):
            yield Trouvaille(*trouve.span(), Type.TRAIT, f"trait rare\u00a0: {nom}")
    for trouve in _ROLE.finditer(plie):
        yield Trouvaille(*trouve.span(), Type.ROLE, "rôle d’une seule personne")
