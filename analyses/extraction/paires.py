"""Read, for one contrast of a cohort, how each card's answers changed. Needs the campaign's key.

This never leaves ``analyses.actions.changements``, which keeps it for the time of a protection.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum

from enquetes.actions.boite import ouvrir_avant_de_compter
from enquetes.actions.suivi.cartes import passation_de
from enquetes.actions.suivi.cohortes import criteres_possibles, exiger_sur_cohorte
from enquetes.actions.suivi.vagues import clore_les_vagues
from enquetes.bibliotheque.scores import MARQUE
from enquetes.bibliotheque.sens import sens_de
from enquetes.champs import champ
from enquetes.models import Carte, Cohorte, Critere, EtatCarte, Passation, Rang, Sens, Vague
from enquetes.parcours.definition import Question as QuestionPosee
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

from .scores import Niveau, ScoreSuivi, mesure_de, scores_de

PAS: Final = 30_000
"""Scores are whole parts of a point: means of two to six questions, and four decimals, stay exact."""
PART_REPONDUE: Final = 0.8
"""Share of a scale's questions that must be answered for its mean (domaine §2.2)."""
OUI_NON: Final = {"oui": 1, "non": 0}


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared between two waves: one question, or several read together."""

    code: str
    libelle: str
    questions: tuple[str, ...]
    baisse: bool
    declaree: bool
    binaire: bool
    mesure: str = ""
    score: ScoreSuivi | None = None
    orientee: bool = True
    """Whether one way is better: declared, or said by the module of the question."""
    etendue: tuple[float, float] | None = None
    """The first and the last point of its scale; nothing where it has no end."""

    @property
    def lues(self) -> tuple[str, ...]:
        """Return every question whose answers it is made of."""
        return self.questions if self.score is None else self.score.lues


@dataclass(frozen=True, slots=True)
class Appariees:
    """One contrast: each row is a card that answered both waves, in the order of its random number."""

    identifiants: tuple[str, ...]
    ecarts: dict[str, tuple[int | None, ...]]
    """By outcome: better is positive, in parts of a point; ``None`` when one answer is missing."""
    debuts: dict[str, tuple[bool | None, ...]]
    """By yes/no outcome: whether the first answer was « oui »."""
    niveaux: dict[str, tuple[tuple[Niveau, Niveau], ...]]
    """By score with levels: both waves' levels, where the change could be read."""


@dataclass(frozen=True, slots=True)
class Effectifs:
    """Sizes only: how many cards, how many answered each wave, what they received."""

    cartes: int
    """Those that a family used: spare ones are no family that left."""
    jamais_servies: int
    sans_suite: int
    par_vague: tuple[tuple[str, int], ...]
    paniers: int
    ateliers: int


def cohortes_lisibles(compte: Compte | AnonymousUser) -> QuerySet[Cohorte]:
    """Return the cohorts whose changes ``compte`` may read."""
    return Cohorte.visibles_par(compte, Droit.LIRE_CHANGEMENTS)


def exiger_de_compter(par: Compte, cohorte: Cohorte) -> None:
    """Refuse unless ``par`` follows this cohort: whoever only reads makes no report."""
    exiger_sur_cohorte(par, cohorte)


def ouvrir_les_envois(cohorte: Cohorte) -> None:
    """Open what tablets sent and the server has not opened yet: a report is made once."""
    ouvrir_avant_de_compter(acces__collecte__vague__cohorte=cohorte.pk)


def clore_les_vagues_lues(cohorte: Cohorte, rang: int) -> None:
    """Close what a report has counted: an answer that came later would be in no report."""
    clore_les_vagues(cohorte=cohorte, jusqu_a=rang)


def vagues_de(cohorte: Cohorte) -> list[Vague]:
    """Return the four waves, in order."""
    vagues = cohorte.vagues.select_related("collecte__version")
    return sorted(vagues, key=lambda vague: vague.rang)


def questions_de(cohorte: Cohorte, apres: Vague) -> list[Question]:
    """Return what both waves ask: declared outcomes first, then the others, which are not judged."""
    entree = vagues_de(cohorte)[0].collecte.version.lue()
    possibles = criteres_possibles(entree, apres.collecte.version.lue())
    posees = {question.code: question for question in entree.questions()}
    genres = {code: question.type for code, question in posees.items()}
    scores = {
        MARQUE + score.code: score for score in scores_de(entree, apres.collecte.version.lue())
    }
    declares = [
        _declaree(critere, scores, genres)
        for critere in cohorte.criteres.order_by("rang")
        if tuple(critere.questions) in possibles
    ]
    deja = {question.questions for question in declares}
    autres = [
        _autre(codes, texte, sens_de(entree, codes), binaire=genres[codes[0]] == "oui_non")
        for codes, texte in possibles.items()
        if codes not in deja and len(codes) == 1 and codes[0] not in scores
    ]
    non_declares = [score for marque, score in scores.items() if (marque,) not in deja]
    suite = [*map(_score_suivi, non_declares), *autres]
    mesure = mesure_de(entree)
    return [
        replace(
            q,
            mesure=q.mesure or mesure,
            etendue=None if q.score else _etendue(posees[q.questions[0]]),
        )
        for q in (*declares, *suite)
    ]


def _etendue(question: QuestionPosee) -> tuple[float, float] | None:
    """Return between what and what an answer is; nothing of yes or no, nor of a number without a maximum."""
    nature = champ(question.type).nature
    if nature.mesure:
        mini, maxi = question.option("min", 0), question.option("max")
        return None if maxi is None else (mini, maxi)
    if not nature.numerique or not nature.codes:
        return None
    points = [int(code) for code in nature.codes]
    return min(points), max(points)


def _declaree(
    critere: Critere, scores: Mapping[str, ScoreSuivi], genres: Mapping[str, str]
) -> Question:
    """Return a declared outcome; a score goes the way that its scale says."""
    questions = tuple(critere.questions)
    score = scores.get(questions[0])
    return Question(
        code=f"critere{critere.rang}",
        libelle=critere.libelle,
        questions=questions,
        baisse=critere.sens == Sens.BAISSE if score is None else score.baisse,
        declaree=True,
        binaire=genres.get(questions[0]) == "oui_non",
        mesure="" if score is None else score.mesure,
        score=score,
    )


def _autre(codes: tuple[str, ...], texte: str, sens: str | None, *, binaire: bool) -> Question:
    """Return a question that nobody declared: only its module may say which way is better."""
    return Question(
        code=codes[0],
        libelle=texte,
        questions=codes,
        baisse=sens == Sens.BAISSE,
        declaree=False,
        binaire=binaire,
        orientee=sens is not None,
    )


def _score_suivi(score: ScoreSuivi) -> Question:
    """Return a score as an outcome that is not judged."""
    return Question(
        code=score.code,
        libelle=score.libelle,
        questions=(),
        baisse=score.baisse,
        declaree=False,
        binaire=False,
        mesure=score.mesure,
        score=score,
    )


def effectifs_de(cohorte: Cohorte, vagues: Sequence[Vague]) -> Effectifs:
    """Return sizes: known to all who know the group, never an answer."""
    cartes = Carte.objects.filter(cohorte=cohorte)
    sommes = cartes.aggregate(paniers=Sum("paniers"), ateliers=Sum("ateliers"))
    suivies = suivies_de(cohorte)
    nombres, servies = (
        {},
        {c.pk for c in suivies if c.paniers or c.ateliers or c.etat == EtatCarte.PARTIE},
    )
    for vague in vagues:
        # Whoever answered by the link, without a card, is in no pair and no retention.
        envoyees = Passation.objects.filter(collecte=vague.collecte).comptables().order_by()
        pks = set(envoyees.values_list("pk", flat=True))
        ont_repondu = {carte.pk for carte in suivies if passation_de(carte, vague) in pks}
        nombres[vague.pk] = len(ont_repondu)
        servies |= ont_repondu
    return Effectifs(
        cartes=len(servies),
        jamais_servies=len(suivies) - len(servies),
        sans_suite=cartes.filter(sans_suite=True).count(),
        par_vague=tuple((vague.get_rang_display(), nombres[vague.pk]) for vague in vagues),
        paniers=sommes["paniers"] or 0,
        ateliers=sommes["ateliers"] or 0,
    )


def suivies_de(cohorte: Cohorte) -> list[Carte]:
    """Return the cards whose answers are read together: one given after a broken pairing is in no pair."""
    suivies = list(Carte.objects.filter(cohorte=cohorte, sans_suite=False).order_by("pk"))
    for carte in suivies:
        carte.cohorte = cohorte
    return suivies


def apparier(cohorte: Cohorte, apres: Vague, questions: Sequence[Question]) -> Appariees:
    """Return the cards that answered both waves and what changed; a card in two rows never happens.

    Errors: ``CleDetruite`` once the link is cut.
    """
    avant = vagues_de(cohorte)[0]
    reponses = {
        vague.pk: dict(
            Passation.objects.filter(collecte=vague.collecte)
            .comptables()
            .order_by()
            .values_list("pk", "reponses")
        )
        for vague in (avant, apres)
    }
    paires: list[tuple[UUID, dict[str, Any], dict[str, Any]]] = []
    for carte in suivies_de(cohorte):
        premiere, seconde = passation_de(carte, avant), passation_de(carte, apres)
        if premiere in reponses[avant.pk] and seconde in reponses[apres.pk]:
            paires.append((premiere, reponses[avant.pk][premiere], reponses[apres.pk][seconde]))
    paires.sort(key=lambda paire: paire[0].bytes)
    return Appariees(
        tuple(identifiant.hex for identifiant, _, _ in paires),
        {q.code: tuple(ecart_de(q, a, b) for _, a, b in paires) for q in questions},
        {
            q.code: tuple(None if (lu := score_de(q, a)) is None else lu > 0 for _, a, _ in paires)
            for q in questions
            if q.binaire
        },
        {
            q.code: tuple(
                (q.score.niveau(a), q.score.niveau(b))
                for _, a, b in paires
                if q.score.ecart(a, b) is not None
            )
            for q in questions
            if q.score is not None and q.score.niveau is not None
        },
    )


def ecart_de(question: Question, avant: Mapping[str, Any], apres: Mapping[str, Any]) -> int | None:
    """Return what changed for one card, better being positive; nothing when an answer is missing."""
    if question.score is not None:
        ecart = question.score.ecart(avant, apres)
        signe = -PAS if question.baisse else PAS
        return None if ecart is None else round(signe * ecart)
    premier, second = score_de(question, avant), score_de(question, apres)
    if premier is None or second is None:
        return None
    return premier - second if question.baisse else second - premier


def score_de(question: Question, reponses: Mapping[str, Any]) -> int | None:
    """Return the score in parts of a point; never a value for an answer that is missing or refused."""
    lus = [nombre_de(reponses.get(code)) for code in question.questions]
    valeurs = [valeur for valeur in lus if valeur is not None]
    if not valeurs or len(valeurs) < PART_REPONDUE * len(lus):
        return None
    return round(PAS * sum(valeurs) / len(valeurs))


def nombre_de(reponse: Any) -> float | None:
    """Return what an answer is worth on its scale, decimals too; nothing when it is no number."""
    if reponse in OUI_NON:
        return OUI_NON[reponse]
    try:
        lu = float(reponse)
    except (TypeError, ValueError):
        return None
    return lu if isfinite(lu) else None


def milieu_de(question: Any) -> float:
    """Return the middle of a scale, in parts of a point: between its least and its greatest answer."""
    if champ(question.type).nature.mesure:
        bornes: list[float] = [question.option("min", 0), question.option("max", 14)]
    else:
        codes = [nombre_de(choix.code) for choix in champ(question.type).modalites(question)]
        bornes = [code for code in codes if code is not None]
    return PAS * (min(bornes) + max(bornes)) / 2


def moitie_de(score: int | None, milieu: float) -> int:
    """Return which half of its scale a score is in: 0 low, 1 high, 2 without an answer."""
    return 2 if score is None else int(score > milieu)


def mois_de(vague: Vague) -> tuple[date, date]:
    """Return the days of a wave: the season is read in them."""
    return vague.collecte.ouvre_le, vague.collecte.ferme_le


def contraste_de(rang: int) -> Rang | None:
    """Return a wave that is compared with entrée, or nothing."""
    return Rang(rang) if rang in {Rang.MI_PARCOURS, Rang.SORTIE, Rang.POST} else None


__all__ = [
    "PAS",
    "Appariees",
    "Cohorte",
    "Effectifs",
    "Question",
    "Vague",
    "apparier",
    "clore_les_vagues_lues",
    "cohortes_lisibles",
    "contraste_de",
    "ecart_de",
    "effectifs_de",
    "exiger_de_compter",
    "milieu_de",
    "mois_de",
    "moitie_de",
    "nombre_de",
    "ouvrir_les_envois",
    "questions_de",
    "score_de",
    "suivies_de",
    "vagues_de",
]
