"""Change beside baskets and workshops: added to a report only where all it prints stays safe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyses.changements.exposition import MOINS, PLUS, par_cinq
from analyses.changements.imprime import Contenu, coupes, enonces
from analyses.changements.mondes import Dossier, Suivi
from analyses.confidentialite.regles import SENSIBLE
from analyses.extraction.expositions import Exposition
from analyses.extraction.paires import Appariees, Cohorte, Question
from voix.commun.cles import empreinte_a_cle

MOITIES = (MOINS, PLUS)
Moities = dict[str, list[int]]
"""By count, the numbers of the cards that received more than the median: what later audits need."""


@dataclass(frozen=True, slots=True)
class Base:
    """What the report was made from."""

    questions: Sequence[Question]
    """Declared outcomes, in their order."""
    paires: Appariees
    dossier: Dossier
    deja: Mapping[int, Contenu]
    """The reports of the same cohort that are already printed, by wave."""

    def numeros(self) -> list[int]:
        """Return the numbers of the cards that are compared, in the order of the pairs."""
        par_identifiant = {f.identifiant: f.numero for f in self.dossier.familles}
        return [par_identifiant[i] for i in self.paires.identifiants]


def ajouter_expositions(
    cohorte: Cohorte, base: Base, expositions: Sequence[Exposition], contenu: Contenu
) -> tuple[Contenu, Moities]:
    """Return the report with what each half did, outcome by outcome, and whose halves were printed.

    Declared outcomes only, baskets before workshops; what would leak beside the rest is not printed
    (ADR 0092), and each count says whether it was too small, or withheld.
    """
    gardees: Moities = {}
    contenu = {**contenu, "expositions": []}
    for exposition in expositions:
        cotes = [int(numero in exposition.plus) for numero in base.numeros()]
        petits = min(cotes.count(0), cotes.count(1)) < SENSIBLE.n_min
        vues = {} if petits else _proteger(cohorte, base, exposition.quoi, cotes)
        plus = {**gardees, exposition.quoi: sorted(exposition.plus)}
        dite = {"quoi": exposition.quoi, "seuil": exposition.seuil, "petits": petits}
        gardes = _garder(base, plus, contenu, dite, vues)
        contenu["expositions"].append({**dite, "criteres": gardes})
        if gardes:
            gardees = plus
    return contenu, gardees


def _garder(
    base: Base, plus: Moities, contenu: Contenu, dite: dict[str, Any], vues: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the outcomes that may be told by halves, those printed before them staying printed."""
    montres = {c["code"] for c in contenu["criteres"] if c["montre"]}
    gardes: list[dict[str, Any]] = []
    for question in base.questions:
        if question.code not in vues or question.code not in montres:
            continue
        essai = [*gardes, vues[question.code]]
        propose = {
            **contenu,
            "expositions": [*contenu["expositions"], {**dite, "criteres": essai}],
        }
        if _est_sur(question, base, plus, propose):
            gardes = essai
    return gardes


def _est_sur(question: Question, base: Base, plus: Moities, contenu: Contenu) -> bool:
    """Return whether nothing leaks of one outcome when its halves are printed beside all the rest."""
    from analyses.confidentialite.moteur.conjoint import Auditeur

    cle = question.questions or (question.code,)
    suivi = Suivi(question, base.dossier.coupe(plus, coupes([contenu], cle)))
    tous = [(base.dossier.nouveau, contenu), *base.deja.items()]
    baisse = question.baisse
    dits = [e for r, c in tous for e in enonces(c, r, cle, suivi.places, baisse=baisse)]
    try:
        return not Auditeur(suivi.monde()).examiner(dits, limite=1)
    except ArithmeticError:
        return False


def _proteger(
    cohorte: Cohorte, base: Base, quoi: str, cotes: list[int]
) -> dict[str, dict[str, Any]]:
    """Return, by outcome, what the engine lets out of the two halves, told by fives."""
    import numpy as np

    from analyses.confidentialite.moteur.cloture import cloturer
    from analyses.confidentialite.moteur.questions import Donnees
    from analyses.confidentialite.moteur.questions import Question as QuestionMoteur
    from analyses.confidentialite.moteur.unites import Dimension, Personnes

    donnees = Donnees(
        Personnes({quoi: Dimension(quoi, MOITIES)}, {quoi: np.array(cotes, dtype=np.int64)}),
        np.array(base.paires.identifiants, dtype=np.str_),
        {
            q.code: np.array(
                [int(not (e is not None and e > 0)) for e in base.paires.ecarts[q.code]]
            )
            for q in base.questions
        },
    )
    resultat = cloturer(
        donnees,
        [QuestionMoteur(q.code, ("progressent", "autres")) for q in base.questions],
        [(quoi,)],
        cle=empreinte_a_cle("exposition", f"{cohorte.cle}|{quoi}"),
    )
    lignes: dict[str, list[dict[str, Any]]] = {}
    for tableau in resultat.tableaux:
        for ligne in tableau.lignes:
            if ligne.cellules and ligne.groupe.axes:
                lignes.setdefault(tableau.question, []).append(_ligne(ligne))
    return {
        code: {"code": code, "lignes": siennes}
        for code, siennes in lignes.items()
        if len(siennes) == len(MOITIES)
    }


def _ligne(ligne: Any) -> dict[str, Any]:
    progressent = next(c for c in ligne.cellules if c.reponses[0] == "progressent")
    n = ligne.effectif
    bas, haut = par_cinq(max(0, progressent.bas), min(n, progressent.haut), n)
    return {"groupe": ligne.groupe.axes[0].codes[0], "n": n, "bas": bas, "haut": haut}
