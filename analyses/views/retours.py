"""What those who answered read: the figures shown of a few questions, and what was done."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from analyses.confidentialite.tableau import Cellule, Ligne, Statut, TableauProtege, bornes_dites
from analyses.extraction.lecture import source
from analyses.extraction.plan import LIBELLES
from analyses.extraction.repondants import (
    TexteRendu,
    choisir_langue,
    contexte_de_langue,
    dans,
    mots_de_la_question,
    proteger,
    titre_dans,
)
from analyses.lectures import Lecture, lecture_du_releve
from analyses.models import DecisionRendue, Restitution, SuiteDonnee

DIRE: Final = {
    "exact": gettext_noop("%(bas)s sur %(base)s"),
    "moins": gettext_noop("moins de %(bas)s sur %(base)s"),
    "plus": gettext_noop("plus de %(bas)s sur %(base)s"),
    "entre": gettext_noop("entre %(bas)s et %(haut)s sur %(base)s"),
}
DECISIONS: Final = {
    DecisionRendue.FAIT: (gettext_noop("C’est fait"), "oui"),
    DecisionRendue.EN_COURS: (gettext_noop("C’est en cours"), "attente"),
    DecisionRendue.NON: (gettext_noop("Ce n’est pas possible"), "non"),
}
"""Its words, and its pictogram."""


@dataclass(frozen=True, slots=True)
class ReponseMontree:
    """One answer: in words how many gave it, and a bar: sure up to ``bas``, possible up to ``haut``.

    Both are percents of the base; what is not shown has no bar.
    """

    texte: TexteRendu
    combien: str
    exacte: bool
    bas: int
    haut: int

    @property
    def ecart(self) -> int:
        """Return how much of the bar is hatched."""
        return self.haut - self.bas

    @property
    def depuis_la_droite(self) -> int:
        """Return where the hatching begins in a language written from right to left."""
        return 100 - self.bas


@dataclass(frozen=True, slots=True)
class QuestionMontree:
    texte: TexteRendu
    reponses: tuple[ReponseMontree, ...]

    @property
    def est_vague(self) -> bool:
        """Return whether a number of it is not told exactly."""
        return not all(reponse.exacte for reponse in self.reponses)


@dataclass(frozen=True, slots=True)
class SuiteMontree:
    """« Vous avez dit, nous avons fait », in one language."""

    dit: TexteRendu
    fait: TexteRendu
    decision: str
    picto: str
    au_sujet: TexteRendu | None


def dire_combien(ligne: Ligne, cellule: Cellule) -> str:
    """Return what is known of a count and its base, in the language of the page."""
    if cellule.statut == Statut.MASQUE:
        return gettext("Pas montré, trop peu de personnes.")
    comment, bas, haut = bornes_dites(cellule.bas, cellule.haut, ligne.taille)
    return gettext(DIRE[comment]) % {"bas": bas, "haut": haut, "base": ligne.taille}


def _barre(ligne: Ligne, cellule: Cellule) -> tuple[int, int]:
    """Return from how much to how much of the base, in whole percents; nothing of what is hidden."""
    if cellule.statut == Statut.MASQUE:
        return 0, 0
    bas = 100 * cellule.bas // ligne.taille
    return bas, bas if cellule.bas == cellule.haut else -(-100 * cellule.haut // ligne.taille)


def _question(
    tableau: TableauProtege, restitution: Restitution, langue: str
) -> QuestionMontree | None:
    ligne = tableau.total
    if ligne is None:
        return None
    titre, mots = mots_de_la_question(restitution.collecte, tableau.question, langue)
    return QuestionMontree(
        titre,
        tuple(
            ReponseMontree(
                mots.get(colonne.code, TexteRendu(colonne.libelle, "fr")),
                dire_combien(ligne, cellule),
                cellule.statut != Statut.MASQUE and cellule.bas == cellule.haut,
                *_barre(ligne, cellule),
            )
            for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True)
            # Silence and refusal are part of the base, and nobody's wish.
            if colonne.code not in LIBELLES
        ),
    )


def _suite(suite: SuiteDonnee, restitution: Restitution, langue: str) -> SuiteMontree:
    decision, picto = DECISIONS[DecisionRendue(suite.decision)]
    sujet = None
    if suite.question:
        sujet, _mots = mots_de_la_question(restitution.collecte, suite.question, langue)
    return SuiteMontree(
        dans(suite.dit, langue), dans(suite.fait, langue), gettext(decision), picto, sujet
    )


def contenu(restitution: Restitution, langue: str) -> dict[str, Any]:
    """Return what a return says in one language; figures from displayed tables only."""
    lecture = lecture_du_releve(source(restitution.collecte, restitution.releve))
    montrees = [
        _question(lecture.tableau(code), restitution, langue)
        for code in restitution.questions
        if lecture is not None and lecture.a_la_question(code) and lecture.est_publique(code)
    ]
    questions = [question for question in montrees if question is not None]
    return {
        "collecte": restitution.collecte,
        "titre": titre_dans(restitution.collecte, langue),
        "mot": dans(restitution.mot, langue),
        "questions": questions,
        "vague": any(question.est_vague for question in questions),
        "suites": [_suite(s, restitution, langue) for s in restitution.suites.all()],
        "nombre": _nombre(lecture),
    }


def _nombre(lecture: Lecture | None) -> int | None:
    return lecture.nombre if lecture else None


def montrer(request: HttpRequest, restitution: Restitution) -> HttpResponse:
    """Render a return in the language of the phone, among those of the collecte."""
    langues = restitution.collecte.langues
    langue = choisir_langue(request, langues)
    with translation.override(langue):
        contexte = contexte_de_langue(langue, langues) | contenu(restitution, langue)
        return proteger(render(request, "analyses/retours/public.html", contexte))


@require_safe
def retour(request: HttpRequest, nom: str) -> HttpResponse:
    """Show a published return to anybody; one that is not published is not there."""
    restitution = Restitution.publique(nom)
    if restitution is None:
        raise Http404
    return montrer(request, restitution)
