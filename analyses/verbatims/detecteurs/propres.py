"""Names of the project itself: its structures, its places, its partners, its team (§7.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble, plier

_MOT: Final = re.compile(r"[^\W_]+")
_LONGUEUR_MAX: Final = 10
_COURT: Final = 3
_LIANTS: Final = ensemble("de du des d la le les l et a au aux en sur pour")


@dataclass(frozen=True, slots=True)
class NomsPropres:
    """Names by their first word, the longest first: each is its words, folded, and its type."""

    par_premier: Mapping[str, tuple[tuple[tuple[str, ...], Type], ...]]


AUCUN: Final = NomsPropres({})


def noms_propres(noms: Iterable[tuple[str, Type]], lexiques: Lexiques) -> NomsPropres:
    """Return names ready to be looked for; those that are one common word (« CCAS ») are left out.

    A family name is taken alone too: « Mme Vasseur » is « Vasseur » when people write.
    """
    retenus: dict[tuple[str, ...], Type] = {}
    for nom, type_ in noms:
        mots = tuple(_MOT.findall(plier(nom)))[:_LONGUEUR_MAX]
        if _parlant(mots, lexiques):
            retenus[mots] = type_
        if type_ is Type.NOM:
            seuls = ((mot,) for mot in mots if _parlant((mot,), lexiques))
            retenus.update(dict.fromkeys(seuls, type_))
    classes: dict[str, list[tuple[tuple[str, ...], Type]]] = {}
    for mots in sorted(retenus, key=len, reverse=True):
        classes.setdefault(mots[0], []).append((mots, retenus[mots]))
    return NomsPropres({premier: tuple(suites) for premier, suites in classes.items()})


def trouver(texte: Pliage, propres: NomsPropres) -> Iterator[Trouvaille]:
    """Yield the names of the project in a folded text, the longest at each place."""
    if not propres.par_premier:
        return
    mots = list(_MOT.finditer(texte.plie))
    textes = [mot.group() for mot in mots]
    for rang, premier in enumerate(textes):
        for suite, type_ in propres.par_premier.get(premier, ()):
            fin = rang + len(suite)
            if tuple(textes[rang:fin]) == suite:
                yield Trouvaille(mots[rang].start(), mots[fin - 1].end(), type_)
                break


def _parlant(mots: tuple[str, ...], lexiques: Lexiques) -> bool:
    """Return whether a name says which one: not « épicerie », not « CCAS », not « A »."""
    pleins = [mot for mot in mots if mot not in _LIANTS]
    if len(pleins) > 1:
        return True
    return bool(pleins) and len(pleins[0]) > _COURT and not lexiques.est_mot(pleins[0])
