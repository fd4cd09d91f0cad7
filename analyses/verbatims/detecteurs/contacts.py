"""E-mail addresses, links, accounts of social networks and telephone numbers, however written."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

_AROBASE: Final = re.compile(
    r"\s{0,2}(?:@{1,2}|[(\[{<]\s?(?:at|arr?oba[sz]e?|a|chez)\s?[)\]}>])\s{0,2}"
    r"|\s{1,2}(?:arr?obas{1,2}e?|arobaze?|at|chez)\s{1,2}(?=[a-z0-9-]{2,40}\s?(?:[.,]|\(point\)|point|dot|pt)\s?(?:fr|com|org|net|eu|info|ua|ru|ro|pt|it|es|be|de|ch|me|io)\b)"
    r"|\s{1,2}arr?oba[sz]{1,2}e?\s{1,2}"
)
_AVANT: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+-]{0,63})"
    r"(?:\s?(?:\bpoint\b|\btiret(?: du bas)?\b|\bunderscore\b|\bdot\b|[(\[{<]\s?(?:point|dot|\.)\s?[)\]}>])\s?[a-z0-9._%+-]{1,30}){0,3}$"
)
_POINT: Final = (
    r"\s{0,2}(?:\.|,|[(\[{<]\s?(?:point|dot|pt|\.)\s?[)\]}>]|\bpoint\b|\bdot\b|\bpt\b)\s{0,2}"
)
_DOMAINE: Final = re.compile(
    rf"[a-z0-9-]{{1,40}}(?:{_POINT}[a-z0-9-]{{2,30}}(?![a-z0-9-])){{0,3}}"
)
_FOURNISSEUR: Final = re.compile(
    r"(?<![a-z0-9])(?:gmail|hotmail|outlook|yahoo|laposte|wanadoo|icloud|protonmail|ymail|aol)"
    rf"(?:{_POINT}|\s)(?:com|fr|net|org|ua|ru)\b"
    rf"|(?<![a-z0-9])(?:orange|free|sfr|live|bbox|neuf|msn){_POINT}(?:com|fr|net)\b"
)
_AVANT_FOURNISSEUR: Final = re.compile(r"[a-z0-9][a-z0-9._+-]{1,63}\s{0,2}(?:\b(?:a|at|chez)\s)?$")
_FOURNISSEURS: Final = (
    r"(?:gmail|hotmail|outlook|yahoo|laposte|wanadoo|icloud|proton|orange|free|sfr|live|bbox)"
)
_EXTENSIONS: Final = ensemble("fr com org net eu info gouv io asso be ch de ru ua ro pt it es")
_URL: Final = re.compile(
    r"(?:https?\s?:\s?//|www\.)[^\s<>\"']{2,300}"
    r"|(?<![a-z0-9@.-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{2,62}){0,4}"
    r"\.(?:(?:fr|com|org|net|eu|info|gouv|ua)(?![a-z0-9-])(?:/[^\s<>\"']{0,300})?"
    r"|(?:io|me|be|ly|gl|app|co|tv|ru|ro|ch|de)/[^\s<>\"']{1,300})"
)
_POINT_FR: Final = re.compile(
    r"(?<![a-z0-9])(?:www\s|w w w\s)?[a-z0-9-]{2,40}\s(?:point|dot)\s(?:fr|com|org|net)\b"
    r"|(?<![a-z0-9])www\s?\.?\s?[a-z0-9-]{2,60}\s?\.\s?(?:fr|com|org|net|eu)\b"
)
_ENTREE: Final = re.compile(r"(?<![a-z0-9_@.])@[a-z0-9_](?:[a-z0-9_.]{0,38}[a-z0-9_])")
_RESEAU: Final = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik\s?tok|facebook|face\s?book|fb|twitter|telegram|discord|skype|"
    r"messenger|linkedin|pseudo)\b(?P<lien>\s{0,2}(?::|=|c'?\s?est|cest|c\b|est|sous|au nom de|le|mon|pseudo|,|-|\s){0,3}\s{0,2})"
    r"(?P<compte>[a-z0-9_](?:[a-z0-9_.-]{1,38}[a-z0-9_]))"
)
_FIN_DE_PHRASE: Final = ".,;:!?)»]}'\""


def trouver(texte: Pliage) -> Iterator[Trouvaille]:
    """Yield e-mail addresses, links and accounts of a folded text."""
    yield from _emails(texte.plie)
    yield from _liens(texte.plie)
    for trouve in _ENTREE.finditer(texte.plie):
        yield Trouvaille(*trouve.span(), Type.COMPTE_SOCIAL)
    for trouve in _RESEAU.finditer(texte.plie):
        compte = trouve["compte"]
        if re.search(r"[0-9_]|[a-z]\.[a-z]", compte) and not compte.isdigit():
            yield Trouvaille(*trouve.span("compte"), Type.COMPTE_SOCIAL)


def _emails(plie: str) -> Iterator[Trouvaille]:
    for signe in _AROBASE.finditer(plie):
        debut = max(0, signe.start() - 100)
        avant = _AVANT.search(plie, debut, signe.start())
        apres = _DOMAINE.match(plie, signe.end(), signe.end() + 120)
        if avant and apres and _est_adresse(signe.group(), apres.group()):
            yield Trouvaille(avant.start(), _fin_domaine(plie, apres), Type.EMAIL)
    for domaine in _FOURNISSEUR.finditer(plie):
        avant = _AVANT_FOURNISSEUR.search(plie, max(0, domaine.start() - 70), domaine.start())
        if avant:
            yield Trouvaille(avant.start(), domaine.end(), Type.EMAIL)


def _est_adresse(signe: str, domaine: str) -> bool:
    """Refuse « rdv @ 14h » and « @ la maison »: a space on the right needs a domain."""
    pointe = bool(re.search(rf"{_POINT}[a-z]", domaine))
    if signe[0].isspace() and signe[-1] == "@":
        morceaux = re.findall(r"[a-z0-9]{1,40}", domaine)
        return len(morceaux) > 1 and morceaux[-1] in _EXTENSIONS
    if "chez" in signe and signe.strip() != "chez":  # « (chez) moi, point »
        return any(m in _EXTENSIONS for m in re.findall(r"[a-z0-9]{2,40}", domaine)[1:])
    if "oba" in signe and re.match(_FOURNISSEURS, domaine):
        return True
    return pointe or (
        not signe[-1].isspace() and "@" in signe and re.match(r"[a-z]{3}", domaine) is not None
    )


def _fin_domaine(plie: str, apres: re.Match[str]) -> int:
    """Stop at the extension: « gmail.com, merci » ends at « com »."""
    place = apres.start()
    for morceau in re.finditer(r"[a-z0-9-]{1,40}", apres.group()):
        if morceau.start() and morceau.group() in _EXTENSIONS:
            place = apres.start() + morceau.end()
            suite = re.match(r"\.(?:fr|com|org|net)\b", plie[place : place + 6])
            return place + (suite.end() if suite else 0)
    pointe = re.match(r"[a-z0-9-]{1,40}(?:\.[a-z0-9-]{2,30})*", apres.group())
    return apres.start() + (pointe.end() if pointe else len(apres.group()))


def _liens(plie: str) -> Iterator[Trouvaille]:
    for trouve in _URL.finditer(plie):
        fin = trouve.end()
        while fin > trouve.start() + 1 and plie[fin - 1] in _FIN_DE_PHRASE:
            fin -= 1
        yield Trouvaille(trouve.start(), fin, Type.URL)
    for trouve in _POINT_FR.finditer(plie):
        yield Trouvaille(*trouve.span(), Type.URL)
