"""From a text to its spans, and from spans to a masked text.

Detection is done again on the masked text until nothing is found: masking twice changes nothing.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from .detecteurs import (
    adresses,
    contacts,
    dates,
    lieux,
    nombres,
    personnes,
    propres,
    signalements,
    telephones,
)
from .lexiques import lexiques
from .modele import REMPLACEMENTS, Analyse, Signalement, Span, Trouvaille, Type
from .pliage import Pliage, lire

_DEJA: Final = re.compile(
    "|".join(re.escape(texte) for texte in sorted(set(REMPLACEMENTS.values())))
)
_TOURS: Final = 6
_PRIORITES: Final = (
    Type.EMAIL,
    Type.URL,
    Type.COMPTE_SOCIAL,
    Type.DATE,
    Type.PLAQUE,
    Type.TELEPHONE,
    Type.NUMERO,
    Type.ADRESSE,
    Type.CODE_POSTAL_VILLE,
    Type.STRUCTURE,
    Type.PRENOM,
    Type.NOM,
    Type.COMMUNE,
    Type.ROLE,
    Type.AGE,
    Type.TRAIT,
)
_RANGS: Final = {type_: rang for rang, type_ in enumerate(_PRIORITES)}


def analyser(texte: str, noms: propres.NomsPropres = propres.AUCUN) -> Analyse:
    """Return what is to be masked in a text, and what is doubtful.

    ``noms``: those of the project, found whatever they look like. Offsets are code points of
    ``texte`` as given. Any text is accepted, never an error.
    """
    tours: list[Span] = []
    masque, places = texte, list(range(len(texte) + 1))
    doutes: list[Signalement] = []
    for _ in range(_TOURS):
        surs, doutes = _un_tour(masque, noms)
        if not surs:
            break
        tours += [Span(places[s.debut], places[s.fin], s.type) for s in surs]
        masque, places = _remplacer(masque, places, surs)
    spans = tuple(sorted(tours, key=lambda span: span.debut))
    signales = tuple(Signalement(places[d.debut], places[d.fin], d.type, d.motif) for d in doutes)
    return Analyse(spans, signales)


def masquer(texte: str, spans: Sequence[Span]) -> str:
    """Return the text with each span replaced by its type.

    ``spans``: in order and not overlapping, as ``analyser`` gives them.
    Errors: ``ValueError`` when they overlap or go out of the text.
    """
    morceaux, place = [], 0
    for span in spans:
        if not place <= span.debut < span.fin <= len(texte):
            raise ValueError(f"span {span.debut}-{span.fin} of a text of {len(texte)}")
        morceaux += [texte[place : span.debut], REMPLACEMENTS[span.type]]
        place = span.fin
    return "".join([*morceaux, texte[place:]])


def _un_tour(texte: str, noms: propres.NomsPropres) -> tuple[list[Span], list[Signalement]]:
    """Return sure spans and doubtful ones of a text, none over a part already masked."""
    plie = lire(texte)
    occupe = bytearray(len(texte) + 1)
    for trouve in _DEJA.finditer(texte):
        occupe[trouve.start() : trouve.end()] = b"\x01" * (trouve.end() - trouve.start())
    trouvailles = list(_tout(plie, noms))
    surs = _retenir(plie, (t for t in trouvailles if t.sur), occupe)
    doutes = _retenir(plie, (t for t in trouvailles if not t.sur), occupe)
    return (
        [Span(debut, fin, t.type) for debut, fin, t in surs],
        [Signalement(debut, fin, t.type, t.motif) for debut, fin, t in doutes],
    )


def _tout(plie: Pliage, noms: propres.NomsPropres) -> Iterable[Trouvaille]:
    listes = lexiques()
    yield from propres.trouver(plie, noms)
    yield from contacts.trouver(plie)
    yield from telephones.trouver(plie)
    yield from nombres.trouver(plie)
    yield from dates.trouver(plie)
    yield from adresses.trouver(plie, listes)
    yield from lieux.trouver(plie, listes)
    yield from personnes.trouver(plie, listes)
    yield from signalements.trouver(plie)


def _retenir(
    plie: Pliage, trouvailles: Iterable[Trouvaille], occupe: bytearray
) -> list[tuple[int, int, Trouvaille]]:
    """Keep what overlaps nothing already kept: by type, then the longest, then the first."""
    retenues = []
    ordre = sorted(trouvailles, key=_ordre)
    for trouvaille in ordre:
        debut, fin = _serrer(plie, *plie.bornes(trouvaille.debut, trouvaille.fin))
        if debut < fin and not any(occupe[debut:fin]):
            occupe[debut:fin] = b"\x01" * (fin - debut)
            retenues.append((debut, fin, trouvaille))
    return sorted(retenues, key=lambda retenue: retenue[0])


def _serrer(plie: Pliage, debut: int, fin: int) -> tuple[int, int]:
    """Leave out the spaces around: the words before and after must stay apart once masked."""
    texte = plie.original
    while debut < fin and texte[debut].isspace():
        debut += 1
    while debut < fin and texte[fin - 1].isspace():
        fin -= 1
    return debut, fin


def _ordre(trouvaille: Trouvaille) -> tuple[int, bool, int, int, int]:
    rang = _RANGS[trouvaille.type]
    groupe = _RANGS[Type.TELEPHONE] if trouvaille.type is Type.NUMERO else rang
    return groupe, trouvaille.faible, trouvaille.debut - trouvaille.fin, rang, trouvaille.debut


def _remplacer(texte: str, places: list[int], spans: Sequence[Span]) -> tuple[str, list[int]]:
    """Return the masked text, and for each of its places the place in the original."""
    nouvelles: list[int] = []
    place = 0
    for span in spans:
        remplacement = REMPLACEMENTS[span.type]
        nouvelles += places[place : span.debut] + [places[span.debut]] * len(remplacement)
        place = span.fin
    return masquer(texte, spans), nouvelles + places[place:]
