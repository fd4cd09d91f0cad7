"""Where those who left started from, beside those who stayed: one protected table an outcome."""

from collections.abc import Sequence
from typing import Any, Final

from analyses.extraction.paires import Cohorte, Departs, Question
from voix.commun.cles import empreinte_a_cle

MOITIES: Final = ("bas", "haut", "sans")
GROUPES: Final = ("restees", "parties")


def montrer_departs(
    cohorte: Cohorte, vue: Departs, questions: Sequence[Question]
) -> list[dict[str, Any]]:
    """Return the rows that the engine lets out of each outcome; nothing where groups are too small.

    No test is made: « not different » would be read as « alike » (domaine §4.3).
    """
    import numpy as np

    from analyses.confidentialite.moteur.cloture import cloturer
    from analyses.confidentialite.moteur.questions import Donnees
    from analyses.confidentialite.moteur.questions import Question as QuestionMoteur
    from analyses.confidentialite.moteur.unites import Dimension, Personnes

    if not vue.identifiants or not questions:
        return []
    dimension = Dimension("parcours", GROUPES)
    donnees = Donnees(
        Personnes({"parcours": dimension}, {"parcours": np.array(vue.parties, dtype=np.int64)}),
        np.array(vue.identifiants, dtype=np.str_),
        {q.code: np.array(vue.moities[q.code], dtype=np.int64) for q in questions},
    )
    resultat = cloturer(
        donnees,
        [QuestionMoteur(q.code, MOITIES) for q in questions],
        [("parcours",)],
        cle=empreinte_a_cle("departs", str(cohorte.cle)),
    )
    lignes: dict[str, dict[str, Any]] = {}
    for tableau in resultat.tableaux:  # the whole, then the two groups
        for ligne in tableau.lignes:
            if ligne.cellules:
                rendue = _ligne(ligne)
                lignes.setdefault(tableau.question, {})[rendue["groupe"]] = rendue
    return [
        {"code": q.code, "libelle": q.libelle, "lignes": list(lignes[q.code].values())}
        for q in questions
        if set(GROUPES) <= set(lignes.get(q.code, {}))
    ]


def _ligne(ligne: Any) -> dict[str, Any]:
    axes = ligne.groupe.axes
    return {
        "groupe": axes[0].codes[0] if axes else "TOTAL",
        "n": ligne.effectif,
        "cases": [
            [
                cellule.reponses[0],
                max(0, cellule.bas),
                min(ligne.effectif, cellule.haut),
                str(cellule.nature),
            ]
            for cellule in ligne.cellules
        ],
    }
