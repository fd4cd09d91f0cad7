"""A question on the wall of an atelier: three bands, proved safe beside all that was ever shown (§5).

Nothing is repaired and nothing is exact: each answer says « peu », « une partie » or « presque
tout le monde ». A question whose bands could be turned into somebody's answer is not shown at all,
nor one that fewer than ``n_min`` persons answered; which of the two it was is not told.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .assemblage import Dossier, assembler
from .attaque import attaquer
from .auditeur import auditer
from .ecriture import Decision, Ecriture
from .liens import concernees, est_trop_long
from .modele import Entiers, Probleme, nature_de
from .questions import Donnees, Question
from .registre import Registre
from .relecture import relire
from .resultats import (
    EFFECTIF_INSUFFISANT,
    INACHEVE,
    TROP_LIEE,
    Cloture,
    Refus,
    TableauRendu,
)
from .unites import Groupe

SENSIBLE_AU_MUR = "Une question sensible ne se montre pas au mur."
DEVINERAIT = (
    "Trop peu de personnes y ont répondu, ou un nombre, même vague, "
    "ferait deviner la réponse de quelqu’un."
)


@dataclass(frozen=True, slots=True)
class Silences:
    """What is not an answer: silence, refusal. They count in the base, and never as an agreement."""

    codes: Collection[str] = ()
    filtrees: Collection[str] = ()
    """Questions that not everybody is asked: there, silence tells what was answered before."""

    def rangs(self, question: Question) -> list[int]:
        """Return the ranks of a question's answers that are none."""
        return [rang for rang, code in enumerate(question.reponses) if code in self.codes]


SANS_SILENCE = Silences()


def exposer(
    donnees: Donnees,
    questions: list[Question],
    groupe: Groupe,
    registre: Registre,
    *,
    silences: Silences = SANS_SILENCE,
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
            avec = registre.avec(resultat.populations, resultat.cellules)
            dossier = assembler(donnees, question, {groupe: tous}, avec, cle, registre)
            essai = Cloture()
            motif = _exposer(essai, dossier, groupe, silences)
            avec = avec.avec(essai.populations, essai.cellules)
            liees = concernees(question.nom, questions)
            if not motif and not all(a.sur for _, a in relire(donnees, liees, avec, registre)):
                motif = DEVINERAIT  # beside what was shown of a question that it decides of
            if not motif:
                resultat.joindre(essai)
        if motif:
            resultat.refus.append(Refus(question.nom, ventilation, motif))
    return resultat


def _avant(question: Question, donnees: Donnees) -> str:
    """Return why a question is not even tried."""
    if question.parametres.profil != "ORDINAIRE":
        return SENSIBLE_AU_MUR
    if donnees.uids.size < question.parametres.n_min:
        return EFFECTIF_INSUFFISANT.format(n_min=question.parametres.n_min)
    return TROP_LIEE if est_trop_long(question) else ""


def _exposer(resultat: Cloture, dossier: Dossier, groupe: Groupe, silences: Silences) -> str:
    question = dossier.question
    bas, haut = _bandes(dossier)
    audit = attaquer(dossier, bas, haut)
    if not audit.sur:
        return INACHEVE if audit.inacheve else DEVINERAIT
    if not _assez_repondue(dossier, silences, bas, haut):
        return DEVINERAIT
    n, m = dossier.probleme.bases, question.parametres.m
    natures = [
        nature_de(b, h, t, m)
        for b, h, t in zip(bas.tolist(), haut.tolist(), n.tolist(), strict=True)
    ]
    ecrit = Ecriture(Decision(dossier, bas, haut, natures, audit))
    ventilation = tuple(axe.dimension for axe in groupe.axes)
    resultat.tableaux.append(
        TableauRendu(question.nom, ventilation, (ecrit.ligne(groupe),), (), (), ecrit.certificat())
    )
    resultat.populations += dossier.populations.values()
    resultat.cellules += ecrit.nouvelles()
    return ""


def _bandes(dossier: Dossier) -> tuple[Entiers, Entiers]:
    """Return the three bands, cell by cell; what was published says what it said."""
    p, m = dossier.probleme, dossier.question.parametres.m
    vrai, n = p.sommes(p.verite), p.bases
    bas = np.select([vrai < m, n - vrai < m], [0, n - m + 1], m).astype(np.int64)
    haut = np.select([vrai < m, n - vrai < m], [m - 1, n], n - m).astype(np.int64)
    fixes, dit = dossier.consigne.fixes, dossier.consigne
    return np.where(fixes, dit.bas, bas), np.where(fixes, dit.haut, haut)


def _assez_repondue(dossier: Dossier, silences: Silences, bas: Entiers, haut: Entiers) -> bool:
    """Return whether ``n_min`` persons answered, and whether the room, told so, still guesses nothing.

    That a question is shown says how many at most were silent: the bands are attacked again with it.
    That nobody was silent may be known, unless the question is not asked of everybody.
    """
    question, p = dossier.question, dossier.probleme
    rangs = silences.rangs(question)
    if not rangs:
        return True
    rang, partie = _salle(dossier), dossier.partie
    n = int(p.effectifs[rang])
    au_plus = n - question.parametres.n_min
    ici = p.groupes[[rang]].toarray()[0].astype(bool)
    if int(p.verite[ici][:, rangs].sum()) > au_plus:
        return False
    etats = partie.rangs(rangs)
    averti = _averti(partie.probleme, rang, etats)
    du_bas, du_haut = partie.bornes(bas, haut)
    audit = auditer(averti, np.append(du_bas, 0), np.append(du_haut, au_plus))
    if question.lien is not None or question.nom in silences.filtrees:
        return audit.sur
    sues = {*etats, len(averti.classes) - 1, *_toutes_les_autres(dossier, silences)}
    salle = set(np.flatnonzero(ici).tolist())
    return not audit.inacheve and all(
        fuite.classe in sues and salle.issuperset(fuite.morceaux) for fuite in audit.fuites
    )


def _toutes_les_autres(dossier: Dossier, silences: Silences) -> list[int]:
    """Return the answer of the problem, if there is one, that is « was not silent » and no more."""
    question, etats = dossier.question, dossier.partie.etats
    if etats is None or not question.seules <= set(silences.codes):
        return []
    return [place for place, (_, rang) in enumerate(etats.liste) if rang == etats.cochee]


def _salle(dossier: Dossier) -> int:
    """Return the row of the room among the groups."""
    (rang,) = {dossier.rangs[une.empreinte] for une in dossier.populations.values()}
    return rang


def _averti(p: Probleme, rang: int, etats: Sequence[int]) -> Probleme:
    """Return a problem with one cell more, the last: some answers or states, in one group."""
    classe = np.isin(np.arange(p.nb_reponses), etats).astype(np.int64)
    return replace(
        p,
        classes=np.vstack([p.classes, classe]),
        cellules=np.vstack([p.cellules, [rang, len(p.classes)]]),
        anciennes=None if p.anciennes is None else np.append(p.anciennes, np.False_),
    )
