"""Make the report of a contrast: pair, protect, judge, write once. The only door to pairs.

A pair table is a distribution like any other (confidentialité §4.5): it goes through the engine, and
every sentence is made from what the engine lets out.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from analyses.changements.couples import (
    CASES,
    OUI_NON,
    Couples,
    intervalle_de_newcombe,
    partage_de,
)
from analyses.changements.verdict import (
    MIN_CHANGES,
    Partage,
    epreuve_de,
    p_signes,
    part_nette,
    verdicts,
)
from analyses.confidentialite.regles import SENSIBLE
from analyses.extraction.expositions import expositions_de
from analyses.extraction.paires import (
    PAS,
    Appariees,
    Cohorte,
    Question,
    Vague,
    apparier,
    clore_les_vagues_lues,
    contraste_de,
    effectifs_de,
    exiger_de_compter,
    mois_de,
    ouvrir_les_envois,
    questions_de,
    vagues_de,
)
from analyses.models import Changement
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .conjoint import accorder, dossier_de
from .departs import montrer_departs
from .exposition import Base, Moities, ajouter_expositions

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.resultats import CelluleRendue

REPERES_MAX: Final = 8
TAILLE_MIN: Final = 30
"""Fewest complete pairs for a typical change and its interval (confidentialité §4.5)."""
DECIMALES: Final = (1, 0)
"""Of a mean number of benchmarks reached, and of those that could be evaluated."""
JUGE: Final = 3
"""The wave of the declared contrast. Only there are starting points told: told of two contrasts,
the difference of two groups would tell where the few families between them started."""


def arreter_changement(*, cohorte: Cohorte, rang: int, par: Compte | str) -> Changement:
    """Publish what changed between entrée and this wave; asked again, it is left as it is.

    Errors: ``EtatIncompatible`` before the last day of the wave, ``CleDetruite`` once the link is cut.
    """
    if isinstance(par, Compte):
        exiger_de_compter(par, cohorte)
    deja = Changement.de(cohorte.pk).get(rang)
    if deja is not None:
        return deja
    if contraste_de(rang) is None:
        raise SaisieInvalide("Choisissez une vague qui vient après l’entrée.")
    vagues = vagues_de(cohorte)
    apres = next(vague for vague in vagues if vague.rang == rang)
    if timezone.localdate() <= apres.collecte.ferme_le:
        raise EtatIncompatible(
            f"Des familles peuvent encore répondre jusqu’au {apres.collecte.ferme_le:%d/%m/%Y}. "
            "Le rapport se fait le lendemain."
        )
    ouvrir_les_envois(cohorte)
    questions = questions_de(cohorte, apres)
    paires = apparier(cohorte, apres, questions)
    contenu = _contenu(cohorte, vagues, apres, questions, paires)
    faits = Changement.de(cohorte.pk)
    imprimes = {autre: fait.contenu for autre, fait in faits.items()}
    dossier = dossier_de(cohorte, rang, faits)
    contenu = accorder(dossier, questions, contenu, imprimes)
    moities: Moities = {}
    if rang == JUGE:
        declarees = [question for question in questions if question.declaree]
        base = Base(declarees, paires, dossier, imprimes)
        recu = expositions_de(cohorte, base.numeros())
        contenu, moities = ajouter_expositions(cohorte, base, recu, contenu)
    _juger(contenu, rang, questions, paires)
    return _ecrire(cohorte, apres, contenu, moities, paires, par)


def _ecrire(
    cohorte: Cohorte,
    apres: Vague,
    contenu: dict[str, Any],
    moities: Moities,
    paires: Appariees,
    par: Compte | str,
) -> Changement:
    """Close the waves and write the report; refuse when they changed while it was being proved."""
    nombre = len(paires.identifiants)
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False)
    try:
        with transaction.atomic():
            changement = Changement.objects.create(
                cohorte_id=cohorte.pk,
                rang=apres.rang,
                arrete_le=timezone.localdate(),
                nombre=nombre,
                contenu=contenu,
                moities=moities or None,
                empreinte=sha256(texte.encode()).hexdigest(),
            )
            clore_les_vagues_lues(cohorte, apres.rang)
            if apparier(cohorte, apres, questions_de(cohorte, apres)) != paires:
                raise EtatIncompatible(
                    "Des réponses sont arrivées pendant la préparation du rapport. "
                    "Faites-le à nouveau\u00a0: il les comptera."
                )
            tracer(par=par, verbe="arreter_changement", objet=changement, nombre=nombre)
            return changement
    except IntegrityError as erreur:
        raise EtatIncompatible("Ce rapport vient d’être fait. Rechargez la page.") from erreur


def _contenu(
    cohorte: Cohorte,
    vagues: list[Vague],
    apres: Vague,
    questions: list[Question],
    paires: Appariees,
) -> dict[str, Any]:
    effectifs = effectifs_de(cohorte, vagues[: apres.rang])
    entree, sortie = mois_de(vagues[0]), mois_de(apres)
    return {
        "inscrites": effectifs.cartes,
        "jamais_servies": effectifs.jamais_servies,
        "sans_suite": effectifs.sans_suite,
        "par_vague": [list(ligne) for ligne in effectifs.par_vague],
        "paniers": effectifs.paniers,
        "ateliers": effectifs.ateliers,
        "entree": [jour.isoformat() for jour in entree],
        "apres": [jour.isoformat() for jour in sortie],
        "criteres": _criteres(cohorte, apres.rang, questions, paires),
        **_departs(cohorte, apres, questions),
    }


def _departs(cohorte: Cohorte, apres: Vague, questions: list[Question]) -> dict[str, Any]:
    """Where those who left started, where a scale has halves; couples say it of a yes/no outcome."""
    if apres.rang != JUGE:
        return {"departs": []}
    degres = [q for q in questions if q.declaree and not q.binaire and q.etendue is not None]
    return montrer_departs(cohorte, apres, degres)


@dataclass(frozen=True, slots=True)
class _Montre:
    """One outcome as the engine lets it out."""

    question: Question
    cellules: "dict[str, CelluleRendue]"
    partage: Partage | None
    couples: Couples | None = None


def _proteger(
    cohorte: Cohorte, rang: int, questions: list[Question], paires: Appariees
) -> list[_Montre]:
    """Send every split through the engine, together."""
    import numpy as np

    from analyses.confidentialite.moteur.cloture import cloturer
    from analyses.confidentialite.moteur.questions import Donnees
    from analyses.confidentialite.moteur.questions import Question as QuestionMoteur
    from analyses.confidentialite.moteur.unites import Dimension, Personnes

    n = len(paires.identifiants)
    if not n:
        return [_Montre(question, {}, None) for question in questions]
    ensemble = Dimension("ensemble", ("ensemble",))
    donnees = Donnees(
        Personnes({"ensemble": ensemble}, {"ensemble": np.zeros(n, dtype=np.int64)}),
        np.array(paires.identifiants, dtype=np.str_),
        {q.code: np.array(_cases(q, rang, paires)) for q in questions},
    )
    resultat = cloturer(
        donnees,
        [QuestionMoteur(q.code, OUI_NON if _a_couples(q, rang) else CASES) for q in questions],
        [()],
        cle=empreinte_a_cle("changement", str(cohorte.cle)),
    )
    rendus = {
        tableau.question: {c.reponses[0]: c for ligne in tableau.lignes for c in ligne.cellules}
        for tableau in resultat.tableaux
    }
    return [_montre(question, rendus.get(question.code, {}), n) for question in questions]


def _a_couples(question: Question, rang: int) -> bool:
    return question.binaire and rang == JUGE


def _montre(question: Question, cellules: "dict[str, CelluleRendue]", n: int) -> _Montre:
    vues = {case: (max(0, c.bas), min(n, c.haut)) for case, c in cellules.items()}
    if set(vues) == set(OUI_NON):
        couples = Couples(n, *(vues[case] for case in OUI_NON)).resserre()
        return _Montre(question, cellules, partage_de(couples, baisse=question.baisse), couples)
    if set(vues) != set(CASES):
        return _Montre(question, {}, None)
    return _Montre(question, cellules, Partage(n, *(vues[case] for case in CASES)).resserre())


def _cases(question: Question, rang: int, paires: Appariees) -> list[int]:
    """Return the row of the pair table where each card stands."""
    ecarts = paires.ecarts[question.code]
    if not _a_couples(question, rang):
        return [_case(ecart) for ecart in ecarts]
    suites = zip(paires.debuts[question.code], ecarts, strict=True)
    return [OUI_NON.index(_couple(oui, ecart)) for oui, ecart in suites]


def _couple(oui: bool | None, ecart: int | None) -> str:  # noqa: FBT001  (an answer, not an option)
    if ecart is None:
        return "manquent"
    if ecart:
        return "oui_non" if oui else "non_oui"
    return "oui_oui" if oui else "non_non"


def _case(ecart: int | None) -> int:
    if ecart is None:
        return 3
    return 0 if ecart > 0 else 1 if ecart == 0 else 2


def _criteres(
    cohorte: Cohorte, rang: int, questions: list[Question], paires: Appariees
) -> list[dict[str, Any]]:
    """Return what may be told of each outcome by itself, without any conclusion yet."""
    montres = _proteger(cohorte, rang, questions, paires)
    return [
        _en_json(m, paires) | ({"moyennes": _moyennes(m, paires)} if rang == JUGE else {})
        for m in montres
    ]


def _juger(
    contenu: dict[str, Any], rang: int, questions: list[Question], paires: Appariees
) -> None:
    """Write the conclusions, of what is shown in the end and of nothing else."""
    par_code = {q.code: q for q in questions}
    juges = [c for c in contenu["criteres"] if c["declaree"] and rang == JUGE and _juge(c)]
    partages = [_partage(c) for c in juges]
    tests = [_test(par_code[c["code"]], paires.ecarts[c["code"]]) for c in juges]
    mots = verdicts(partages, [p for p, _ in tests], [sens for _, sens in tests])
    for critere, partage, mot in zip(juges, partages, mots, strict=True):
        critere["verdict"] = mot.value
        if critere["montre"]:
            critere["epreuve"] = epreuve_de(partage, binaire=critere["binaire"]).value
            critere["p_signes"] = p_signes(partage)


def _juge(critere: dict[str, Any]) -> bool:
    return bool(critere["montre"] or critere.get("retenu"))


def _partage(critere: dict[str, Any]) -> Partage:
    """Return the split as it is shown; what is withdrawn says nothing."""
    n = critere["n"]
    cotes = critere["connus"] if critere["montre"] else dict.fromkeys(CASES, (0, n))
    return Partage(n, *(tuple(cotes[case]) for case in CASES))


def _test(question: Question, ecarts: tuple[int | None, ...]) -> tuple[float | None, int]:
    """Return the exact p-value and its way, or nothing when too few changed to show anything."""
    import numpy as np

    from analyses.statistiques.paires import mcnemar
    from analyses.statistiques.rangs import rangs_signes

    lus = [ecart for ecart in ecarts if ecart is not None]
    plus, moins = sum(e > 0 for e in lus), sum(e < 0 for e in lus)
    if plus + moins < MIN_CHANGES:
        return None, 0
    if question.binaire:
        return mcnemar(plus, moins), (plus > moins) - (plus < moins)
    rangs = rangs_signes(np.array(lus, dtype=np.int64))
    return rangs.p, (rangs.w_plus > rangs.w_moins) - (rangs.w_plus < rangs.w_moins)


def _en_json(montre: _Montre, paires: Appariees) -> dict[str, Any]:
    question, partage = montre.question, montre.partage
    commun = {
        "code": question.code,
        "questions": list(question.questions),
        "lues": list(question.lues),
        "mesure": question.mesure,
        "libelle": question.libelle,
        "declaree": question.declaree,
        "baisse": question.baisse,
        "orientee": question.orientee,
        "binaire": question.binaire,
        "n": len(paires.identifiants),
        "verdict": "",
        "montre": partage is not None,
    }
    if partage is None:
        return commun
    cases = {case: [c.bas, c.haut, str(c.nature)] for case, c in montre.cellules.items()}
    connus = {case: list(getattr(partage, case)) for case in CASES}
    nette = part_nette(partage)
    return commun | {
        "cases": cases,
        "connus": connus,
        "couples": _couples(montre.couples),
        "nette": [list(nette[0]), list(nette[1])] if nette else None,
        "repondu": list(partage.repondu),
        "taille": _taille(question, partage, paires.ecarts[question.code]),
        "etendue": list(question.etendue) if question.etendue else None,
    }


def _taille(
    question: Question, partage: Partage, ecarts: tuple[int | None, ...]
) -> list[float] | None:
    """Return the Hodges-Lehmann estimate and its interval, in half points, for large groups only.

    Only beside a split whose counts are all told: it is made of every true change, and whoever tries
    each split of a display keeps only those that give the same three figures (ADR 0076).
    """
    import numpy as np

    from analyses.statistiques.rangs import hodges_lehmann

    cache = not partage.est_exact or partage.n - partage.manquent[1] < TAILLE_MIN
    if question.binaire or cache:
        return None
    lus = np.array([ecart for ecart in ecarts if ecart is not None], dtype=np.int64)
    estime = hodges_lehmann(lus)
    if estime.bas is None or estime.haut is None:
        return None
    # To half points; the interval outwards, so that it is never told narrower than it is.
    return [
        round(2 * estime.estimation / PAS) / 2,
        floor(2 * estime.bas / PAS) / 2,
        ceil(2 * estime.haut / PAS) / 2,
    ]


def _couples(couples: Couples | None) -> dict[str, Any] | None:
    if couples is None:
        return None
    return {case: list(getattr(couples, case)) for case in OUI_NON} | {
        "newcombe": intervalle_de_newcombe(couples)
    }


def _moyennes(montre: _Montre, paires: Appariees) -> list[float] | None:
    """Return mean benchmarks reached and evaluated, before then after, for large groups only.

    Only beside a split whose counts are all told: two means subtracted narrow a hidden count.

    Confidentialité §4.5: one decimal, ``TAILLE_MIN`` families, and as many as a hidden count allows
    at neither end, so that a mean never says « all » or « none ». Evaluable ones to the whole number: a
    tenth of thirty families would tell that one to four of them skipped a question.
    """
    niveaux = paires.niveaux.get(montre.question.code, ())
    exact = montre.partage is not None and montre.partage.est_exact
    if not exact or len(niveaux) < TAILLE_MIN:
        return None
    for vague in (0, 1):
        atteints = [niveau[vague][0] for niveau in niveaux]
        if min(sum(a > 0 for a in atteints), sum(a < REPERES_MAX for a in atteints)) < SENSIBLE.m:
            return None
    return [
        round(sum(niveau[vague][i] for niveau in niveaux) / len(niveaux), DECIMALES[i])
        for vague in (0, 1)
        for i in (0, 1)
    ]
