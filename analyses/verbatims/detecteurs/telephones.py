"""Telephone numbers: digits however spaced, other countries, digits said in words."""

import re
from collections.abc import Iterator
from typing import Final

from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

_ENTRE: Final = r"[\s.\-/_,·*;:|]{0,3}"
_FRANCE: Final = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])"
    rf"(?:(?:\(?\s?(?:\+|0\s?0)\s?3\s?3\s?\)?{_ENTRE}(?:\(\s?0\s?\)|0)?{_ENTRE})|\(?[0o](?!,[0-9]){_ENTRE})"
    rf"[1-9]\)?(?:{_ENTRE}[0-9o]){{8}}(?![0-9])"
)
_MONDE: Final = re.compile(
    r"(?<![0-9+])(?:\+|00)\s?[1-9][0-9]{0,2}(?:[\s.\-/()]{0,2}[0-9]){6,12}(?![0-9])"
)
_SANS_ZERO: Final = re.compile(
    r"(?<![0-9][\s.\-])(?<![0-9])[67]([\s.\-])[0-9]{2}\1[0-9]{2}\1[0-9]{2}\1[0-9]{2}(?![0-9])"
)
_COUPE: Final = re.compile(
    r"(?<![0-9])0[1-9]([\s.\-])[0-9]{2}\1[0-9]{2}\1[0-9]{2}(?:\1[0-9x]{1,2})?(?![0-9])"
)
_ANNONCE: Final = re.compile(
    r"\b(?:tel(?:ephone)?|portable|whats\s?app|mobile|fixe|r?appele[rz](?:[ -]moi)?|r?apele[rz]?|appele[ -]moi|joindre|joignable|sms|numero)\b"
    r"(?P<entre>[^0-9+\n]{0,25})(?P<numero>[0-9](?:[\s.\-/]{0,2}[0-9]){6,13})(?![0-9])"
)
_AUTRE_NUMERO: Final = re.compile(
    r"alloc|caf|secu|dossier|etrang|carte|client|contrat|fiscal|siret|compte|adherent|ident|passeport|sejour|rib|iban|chambre|ticket"
)
_UNITES: Final = ensemble(
    "un une deux trois trois quatre quatres catre cinq sinq sank six sis sisse sept set cet huit uit "
    "neuf nef dix dis onze douze treize quatorze quinze seize vingt vint vingts trente trante quarante "
    "karante quarente cinquante cinquente sinquante soixante soissante swasante septante octante "
    "huitante nonante cent et"
)
_ZEROS: Final = frozenset(("zero", "zeros", "zerro", "zeto"))
_JETON: Final = re.compile(r"[a-z]{1,12}|[0-9]{1,10}|[^a-z0-9]")
_LIANTS: Final = frozenset(" -.,/':;_")
_DITS: Final = ensemble("puis ensuite point tiret virgule espace apres pi")
"""Said between two groups: « le 06, puis le 12 »."""
_CHIFFRES: Final = 10
_EN_LETTRES: Final = re.compile(
    r"zer|deux|trois|quat|quar|cinq|sinq|six|sept|huit|neuf|dix|onz|douz|treiz|seiz|vingt|trent|trant|soix|soiss"
)
_ANNONCE_AVANT: Final = re.compile(
    r"\b(?:tel|telephone|num(?:ero)?|portable|fixe|mobile|r?appele[rz]?|joindre)\b[^.!?\n]{0,20}$"
)
_MOT: Final = re.compile(r"[a-z]{2,9}")
_DIT: Final = re.compile(r"[0-9],?\s(?:puis|ensuite|point|tiret|virgule|espace|apres|pi)\s")
_MOTS_MIN: Final = 5


def trouver(texte: Pliage) -> Iterator[Trouvaille]:
    """Yield the telephone numbers of a folded text."""
    plie = texte.plie
    for motif in (_FRANCE, _MONDE, _SANS_ZERO, _COUPE):
        for trouve in motif.finditer(plie):
            if sum(c.isdigit() for c in trouve.group()) >= 7:
                yield Trouvaille(*trouve.span(), Type.TELEPHONE)
    for trouve in _ANNONCE.finditer(plie):
        annees = re.fullmatch(r"[0-9]{3,4}-[12][0-9]{3}", trouve["numero"])
        if annees or _AUTRE_NUMERO.search(trouve["entre"]):
            continue
        yield Trouvaille(*trouve.span("numero"), Type.TELEPHONE)
    if _EN_LETTRES.search(plie) or _DIT.search(plie):
        yield from _en_lettres(plie)


def _en_lettres(plie: str) -> Iterator[Trouvaille]:
    """Yield runs of digits said in words: « zéro six, douze, trente-quatre… »."""
    suite: list[tuple[int, int, str]] = []
    for jeton in _JETON.finditer(plie):
        mot = jeton.group()
        if mot == "o" and not suite:
            suite = [(jeton.start(), jeton.end(), "zero")]
        elif mot in _UNITES or mot in _ZEROS or (mot.isdigit() and len(mot) <= 2):
            suite.append((jeton.start(), jeton.end(), mot))
        elif mot not in _LIANTS and not (suite and mot in _DITS):
            yield from _suite(plie, suite)
            suite = []
    yield from _suite(plie, suite)


def _suite(plie: str, suite: list[tuple[int, int, str]]) -> Iterator[Trouvaille]:
    """Keep what begins like a number, and is long enough to be one."""
    while suite and suite[-1][2] in {"et", "une"}:
        suite = suite[:-1]
    annonce = suite and _ANNONCE_AVANT.search(plie, max(0, suite[0][0] - 40), suite[0][0])
    zeros = (rang for rang, (_, _, mot) in enumerate(suite) if _ouvre(mot))
    commence = 0 if annonce else next(zeros, None)
    if commence is None:
        return
    suite = suite[commence:]
    lettres = sum(not mot.isdigit() and mot != "et" for _, _, mot in suite)
    chiffres = sum(len(mot) for _, _, mot in suite if mot.isdigit())
    dits = (
        any(mot.group() in _DITS for mot in _MOT.finditer(plie, suite[0][0], suite[-1][1]))
        if suite
        else False
    )
    if len(suite) >= _MOTS_MIN and (lettres or (dits and chiffres == _CHIFFRES)):
        yield Trouvaille(suite[0][0], suite[-1][1], Type.TELEPHONE)


def _ouvre(mot: str) -> bool:
    """Return whether a number begins so: « zéro », « 06 »."""
    return mot in _ZEROS or (mot.startswith("0") and mot != "00")
