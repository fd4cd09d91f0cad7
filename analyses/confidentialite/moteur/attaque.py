"""Everything shown of one question attacked anew."""

from collections.abc import Sequence

from .assemblage import Dossier
from .auditeur import auditer
from .cibles import Cibles
from .modele import Audit, Entiers


def attaquer(
    dossier: Dossier,
    bas: Entiers,
    haut: Entiers,
    cibles: Cibles | None = None,
    *,
    connues: Sequence[Entiers] = (),
) -> Audit:
    """Attack a question whose cells are shown between ``bas`` and ``haut`` (cell by cell).

    ``connues``: populations that others met; they count only once checked.
    """
    partie = dossier.partie
    return auditer(partie.probleme, *partie.bornes(bas, haut), cibles, connues=connues)
