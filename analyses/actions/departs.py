"""Where those who left started from, and their age bands, beside those who stayed: protected tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from analyses.confidentialite.composition import SANS
from analyses.confidentialite.traits import AGE
from analyses.extraction.departs import AGES, departs
from analyses.extraction.paires import Cohorte, Question, Vague
from voix.commun.cles import empreinte_a_cle

MOITIES: Final = ("bas", "haut", "sans")
GROUPES: Final = ("restees", "parties")


TRANCHES: Final = (*(classe.code for classe in AGES), SANS)


def montrer_departs(
    cohorte: Cohorte, apres: Vague, questions: Sequence[Question]
) -> dict[str, Any]:
    """Return what the engine lets out of those who left and of those who stayed: outcomes, then ages.

    ``questions``: those that have a scale. No test is made: « not different » would be read as
    « alike » (domaine §4.3).
    """
    vue = departs(cohorte, apres, questions)
    reponses: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
        q.code: (MOITIES, vue.moities[q.code]) for q in questions
    }
    if vue.ages:
        reponses[AGE.code] = TRANCHES, vue.ages
    lignes = _proteger(cohorte, vue.identifiants, vue.parties, reponses)
    dits = {
        code: list(siennes.values())
        for code, siennes in lignes.items()
        if set(GROUPES) <= set(siennes)
    }
    return {
        "departs": [
            {"code": q.code, "libelle": q.libelle, "lignes": dits[q.code]}
            for q in questions
            if q.code in dits
        ],
        "ages": {"demande": bool(vue.ages), "lignes": dits.get(AGE.code, [])},
    }


def _proteger(
    cohorte: Cohorte,
    identifiants: Sequence[str],
    parties: Sequence[bool],
    reponses: Mapping[str, tuple[tuple[str, ...], tuple[int, ...]]],
) -> dict[str, dict[str, Any]]:
    """Send every table through the engine, together; return the rows that it lets out, by group."""
    import numpy as np

    from analyses.confidentialite.moteur.cloture import cloturer
    from analyses.confidentialite.moteur.questions import Donnees
    from analyses.confidentialite.moteur.questions import Question as QuestionMoteur
    from analyses.confidentialite.moteur.unites import Dimension, Personnes

    if not identifiants or not reponses:
        return {}
    dimension = Dimension("parcours", GROUPES)
    donnees = Donnees(
        Personnes({"parcours": dimension}, {"parcours": np.array(parties, dtype=np.int64)}),
        np.array(identifiants, dtype=np.str_),
        {code: np.array(rangs, dtype=np.int64) for code, (_, rangs) in reponses.items()},
    )
    resultat = cloturer(
        donnees,
        [QuestionMoteur(code, cases) for code, (cases, _) in reponses.items()],
        [("parcours",)],
        cle=empreinte_a_cle("departs", str(cohorte.cle)),
    )
    lignes: dict[str, dict[str, Any]] = {}
    for tableau in resultat.tableaux:  # the whole, then the two groups
        for ligne in tableau.lignes:
            if ligne.cellules:
                rendue = _ligne(ligne)
                lignes.setdefault(tableau.question, {})[rendue["groupe"]] = rendue
    return lignes


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
