"""What a closing tells of how answers came: from which sources, and how many were set aside.

Sizes, not answers. Yet one closing less the one before must not tell of a few persons by which way
they came, and nobody's answer is the only one that was set aside.
"""

from collections.abc import Iterable, Mapping

from .protection import Sujet
from .publie import Montree, tableau_publie
from .regles import SENSIBLE
from .tableau import Colonne, TableauProtege, dire


def sources_dites(
    nombres: Mapping[str, int], changements: Iterable[Mapping[str, int]], n_min: int
) -> bool:
    """Return whether the sizes of all sources may be told; with the total known, it is all or none.

    ``changements``: for each earlier closing that told them, by source, how many persons came or
    left since (§5: a unit that changed by 1 to ``n_min`` - 1 persons is not told again).
    """
    return min(nombres.values(), default=0) >= n_min and not any(
        0 < nombre < n_min for changement in changements for nombre in changement.values()
    )


def ecartees_dites(nombre: int, deja: Iterable[int], m: int) -> tuple[int, int]:
    """Return the interval told of how many answers were set aside.

    ``deja``: the exact numbers told by earlier closings, in order. Under ``m``, zero included:
    « moins de m ». Nearer than ``m`` to an earlier one, the same number included: that one, give or
    take, so that not even « nobody since » is told.
    """
    if nombre < m:
        return 0, m - 1
    proches = [avant for avant in deja if abs(avant - nombre) < m]
    if not proches:
        return nombre, nombre
    return proches[-1] - m + 1, proches[-1] + m - 1


def dire_ecartees(bas: int, haut: int) -> str:
    """Return in French what is told of how many answers were set aside: they have no total."""
    return dire(bas, haut, haut + 1)


def tableau_des_sources(
    libelles: Mapping[str, str],
    nombres: Mapping[str, int],
    *,
    total: int,
    ecartees: str,
    arrete_le: str,
) -> TableauProtege:
    """Lay out what is told of the sources; ``nombres``: none when they may not be told."""
    return tableau_publie(
        Sujet(
            question="source",
            titre="D’où viennent les réponses\u00a0?",
            colonnes=tuple(Colonne(code, libelle) for code, libelle in libelles.items()),
            ou=(("mises_a_l_ecart", (ecartees,)),),
            arrete_le=arrete_le,
        ),
        (),
        {
            (): [
                Montree("", total, total, "exact"),
                *(Montree(code, n, n, "exact") for code, n in nombres.items()),
            ]
        },
        multiple=False,
        seuil=SENSIBLE.n_min,
    )
