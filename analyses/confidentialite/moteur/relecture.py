"""The whole register attacked again, as it stands: what the nightly job runs (§6)."""

from collections.abc import Iterator, Sequence

from .assemblage import assembler
from .attaque import attaquer
from .modele import Audit
from .questions import Donnees, Question
from .registre import Registre


def relire(
    donnees: Donnees,
    questions: Sequence[Question],
    registre: Registre,
    passe: Registre | None = None,
) -> Iterator[tuple[str, Audit]]:
    """Iterate over the questions that something was shown of, with the verdict on all of it.

    ``donnees``: everybody whose answers are still there; those erased since are known by the
    register only, and what was shown of them still binds. ``passe``: the part of the register that
    was audited when it was written; all of it, if not told.
    """
    for question in questions:
        if registre.de_question(question.nom):
            dossier = assembler(donnees, question, {}, registre, passe=passe)
            consigne = dossier.consigne
            yield question.nom, attaquer(dossier, consigne.bas, consigne.haut)
