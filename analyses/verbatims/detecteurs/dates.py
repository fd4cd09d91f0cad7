"""Full dates, which tell a birth or an event; a day without its year is only signalled."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage

_MOIS: Final = (
    r"(?:janvie[rt]?|janv|jan|fevri(?:er|e[zt]?)|fevr|fev|mars?|avril?|avr|mai|juin|juill?et?|juill|juil|aout|out|se[pt]?te[mn]bre|sept|"
    r"oc?tobre|oct|nove[mn]bre|nov|dece[mn]bre|dec)\.?"
)
_JOUR: Final = (
    r"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:er|\s?ieme|eme)?|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|"
    r"treize|quatorze|quinze|seize|vingt|trente)"
)
_AN: Final = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2}(?![0-9]))"
_AN_EN_MOTS: Final = (
    r"(?:deux mille|mille neuf cents?|dix[- ]neuf cents?)(?:[ -](?:et|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|"
    r"treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante)(?![a-z])){0,5}"
)
_CHIFFRES: Final = re.compile(
    r"(?<![0-9])(?<![0-9][./\-])(?:0?[1-9]|[12][0-9]|3[01])\s?([/.\-])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9]|\s?[/.\-]\s?[0-9])"
    r"|(?<![0-9])(?:0[1-9]|[12][0-9]|3[01])\s(?:0[1-9]|1[0-2])\s(?:19|20)[0-9]{2}(?!\s?[0-9])"
    r"|(?<![0-9])(?:19|20)[0-9]{2}[/.\-](?:0[1-9]|1[0-2])[/.\-](?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_SUITE_DE_NOMBRES: Final = re.compile(r"[0-9]\s?[./\-]\s?$")
"""« 04 . 78 . 03 . 10 . 42 » is a telephone."""
_LETTRES: Final = re.compile(
    rf"(?<![a-z0-9])(?P<jour>{_JOUR})\s{{1,2}}(?P<mois>{_MOIS})(?![a-z])(?P<an>\s{{1,2}}(?:{_AN}|{_AN_EN_MOTS}))?"
)
_COURTE: Final = re.compile(r"\ble\s(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])(?![0-9/])")
_NAISSANCE: Final = re.compile(
    r"\bne{1,2}s?\s(?:(?:le|en|au|vers)\s){0,2}$|\bnaissance\b[^.!?\n]{0,15}$|\banniversaire\b[^.!?\n]{0,15}$|\bnait le\s$"
)
_VOIE: Final = re.compile(
    r"(?:\b(?:rue|avenue|place|boulevard|allee|square|quai|cours|pont|impasse|esplanade|bvd|bld|route)|\b(?:av|bd|pl|r)\.?)\s(?:de l[a']?\s?|du\s|de\s|d')?$"
)
"""« 12 rue du 8 mai 1945 » is an address, and no date."""
_ANNEE: Final = re.compile(r"\bne{1,2}s?\s(?:en|vers)\s(?P<an>(?:19|20)[0-9]{2})(?![0-9])")


def trouver(texte: Pliage) -> Iterator[Trouvaille]:
    """Yield the dates of a folded text."""
    plie = texte.plie
    for trouve in _CHIFFRES.finditer(plie):
        if not _SUITE_DE_NOMBRES.search(plie, max(0, trouve.start() - 5), trouve.start()):
            yield Trouvaille(*trouve.span(), Type.DATE)
    for trouve in _LETTRES.finditer(plie):
        if _VOIE.search(plie, max(0, trouve.start() - 24), trouve.start()):
            continue
        naissance = _NAISSANCE.search(plie, max(0, trouve.start() - 40), trouve.start())
        motif = "" if trouve["an"] or naissance else "jour précis"
        yield Trouvaille(*trouve.span(), Type.DATE, motif)
    for trouve in _COURTE.finditer(plie):
        yield Trouvaille(trouve.start() + 3, trouve.end(), Type.DATE, "jour précis")
    for trouve in _ANNEE.finditer(plie):
        yield Trouvaille(*trouve.span("an"), Type.DATE, "année de naissance")
