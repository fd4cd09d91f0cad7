"""Everything shown of one question attacked anew, part after part."""

from collections.abc import Sequence

from .assemblage import Dossier
from .auditeur import auditer, reunir
from .cibles import Cibles, cibles_de
from .modele import Audit, Entiers


def attaquer(
    dossier: Dossier,
    bas: Entiers,
    haut: Entiers,
    cibles: Cibles | None = None,
    *,
    connues: Sequence[Sequence[Entiers]] = (),
) -> Audit:
    """Attack a question whose cells are shown between ``bas`` and ``haut`` (cell by cell).

    ``connues``: by part, populations that others met; they count only once checked.
    """
    p = dossier.probleme
    cibles = cibles or cibles_de(p.groupes, p.tailles, p.parametres.n_min)
    return reunir(
        [
            auditer(
                partie.probleme,
                *partie.bornes(bas, haut),
                cibles,
                connues=[connues[rang]] if connues else (),
            )
            for rang, partie in enumerate(dossier.parties)
        ]
    )
