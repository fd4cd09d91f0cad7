"""A question on the wall of an atelier: three bands, proved safe beside all that was ever shown (§5).

Nothing is repaired and nothing is exact: each answer says « peu », « une partie » or « presque
tout le monde ». A question whose bands could be turned into somebody's answer is not shown at all.
"""

import numpy as np

from .assemblage import assembler
from .auditeur import auditer
from .ecriture import Decision, Ecriture
from .modele import nature_de
from .questions import Donnees, Question
from .registre import Registre
from .resultats import EFFECTIF_INSUFFISANT, INACHEVE, Cloture, Refus, TableauRendu
from .unites import Groupe

SENSIBLE_AU_MUR = "Une question sensible ne se montre pas au mur."
DEVINERAIT = "Même vague, un nombre ferait deviner la réponse de quelqu’un."


def exposer(
    donnees: Donnees,
    questions: list[Question],
    groupe: Groupe,
    registre: Registre,
    *,
    cle: bytes = b"",
) -> Cloture:
    """Return what a room may see of itself: ``groupe`` is everybody in ``donnees``.

    The caller stores the result in the register before anything is seen.
    """
    resultat = Cloture()
    ventilation = tuple(axe.dimension for axe in groupe.axes)
    tous = np.ones(donnees.uids.size, np.bool_)
    for question in questions:
        motif = _avant(question, donnees)
        if not motif:
            motif = _exposer(resultat, donnees, question, (groupe, tous), registre, cle)
        if motif:
            resultat.refus.append(Refus(question.nom, ventilation, motif))
    return resultat


def _avant(question: Question, donnees: Donnees) -> str:
    """Return why a question is not even tried."""
    if question.parametres.profil != "ORDINAIRE":
        return SENSIBLE_AU_MUR
    if donnees.uids.size < question.parametres.n_min:
        return EFFECTIF_INSUFFISANT.format(n_min=question.parametres.n_min)
    return ""


def _exposer(
    resultat: Cloture,
    donnees: Donnees,
    question: Question,
    salle: tuple[Groupe, np.typing.NDArray[np.bool_]],
    registre: Registre,
    cle: bytes,
) -> str:
    groupe, tous = salle
    dossier = assembler(donnees, question, {groupe: tous}, registre, cle)
    p, m = dossier.probleme, question.parametres.m
    vrai, n = p.sommes(p.verite), p.bases
    bas = np.select([vrai < m, n - vrai < m], [0, n - m + 1], m).astype(np.int64)
    haut = np.select([vrai < m, n - vrai < m], [m - 1, n], n - m).astype(np.int64)
    fixes = dossier.consigne.fixes
    bas, haut = (
        np.where(fixes, dossier.consigne.bas, bas),
        np.where(fixes, dossier.consigne.haut, haut),
    )
    audit = auditer(p, bas, haut)
    if not audit.sur:
        return INACHEVE if audit.inacheve else DEVINERAIT
    natures = [
        nature_de(b, h, t, m)
        for b, h, t in zip(bas.tolist(), haut.tolist(), n.tolist(), strict=True)
    ]
    ecrit = Ecriture(Decision(dossier, bas, haut, natures, audit))
    ventilation = tuple(axe.dimension for axe in groupe.axes)
    resultat.tableaux.append(
        TableauRendu(question.nom, ventilation, (ecrit.ligne(groupe),), (), (), ecrit.certificat())
    )
    resultat.populations += [
        une for une in dossier.populations.values() if une not in resultat.populations
    ]
    resultat.cellules += ecrit.nouvelles()
    return ""
