"""The wall of an atelier: a page for who runs it, and one for the room, projected or on a phone."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from analyses import cube as cubes
from analyses.actions.murs import PERSONNES_AU_MOINS, montrables, publier_mur
from analyses.confidentialite.tableau import Cellule, TableauProtege
from analyses.extraction.plan import LIBELLES
from analyses.extraction.salle import Salle, salle_du_lien, salle_visible
from analyses.models import Publication
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

ATTENTE: Final = 20
"""Seconds after which a page that waits asks again by itself."""


PEU, PARTIE, PRESQUE = "peu ou personne", "une partie", "presque tout le monde"
"""The three bands of confidentialité §5, BAS, MILIEU and HAUT, as a room reads them."""


@dataclass(frozen=True, slots=True)
class QuestionAuMur:
    """What the room reads of one question: bands, or that nearly everybody agrees (G3)."""

    titre: str
    accord: bool
    bandes: tuple[tuple[str, str], ...]
    """Each answer, in the order of the questionnaire, and in words how many gave it."""


def question_au_mur(tableau: TableauProtege) -> QuestionAuMur | None:
    """Return a question as the room reads it: no figure at all when (nearly) all agree.

    Silence and refusal are no answer: nobody agrees by them, and a question that nearly all left is
    not shown, whatever was frozen of it before that was known.
    """
    (ligne,) = tableau.groupes()
    dites: list[tuple[str, Cellule]] = []
    muettes: list[tuple[str, Cellule]] = []
    for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True):
        (muettes if colonne.code in LIBELLES else dites).append((colonne.libelle, cellule))
    if any(_en_mots(c, ligne.taille) in {PRESQUE, ""} for _, c in muettes):
        return None
    bandes = tuple((libelle, _en_mots(c, ligne.taille)) for libelle, c in dites)
    if PRESQUE in dict(bandes).values():
        return QuestionAuMur(tableau.titre, accord=True, bandes=())
    return QuestionAuMur(tableau.titre, accord=False, bandes=bandes)


def _en_mots(cellule: Cellule, taille: int) -> str:
    """Return which band a cell is in; nothing of one that says nothing."""
    if cellule.bas > 0:
        return PRESQUE if cellule.haut == taille else PARTIE
    return PEU if cellule.haut < taille else ""


@dataclass(frozen=True, slots=True)
class Mur:
    """What was frozen for a room."""

    questions: list[QuestionAuMur]
    tues: list[str]
    """Titles of the ordinary questions that are not shown; why is told of all of them together."""
    nombre: int


def _fige(salle: Salle) -> Mur | None:
    """Return what was frozen for this room and of how many persons; nothing before that."""
    publication = Publication.du_mur(salle.pk)
    if publication is None:
        return None
    cube = cubes.cube_de(publication)
    lues = {t.question: question_au_mur(t) for t in cubes.mur(cube)}
    profils = publication.parametres.get("profils", {})
    tues = [
        colonne.titre
        for colonne in cube.colonnes
        if lues.get(colonne.question) is None and profils.get(colonne.question) == "ordinaire"
    ]
    return Mur([q for q in lues.values() if q is not None], tues, publication.nombre)


def _contexte(salle: Salle) -> dict[str, object]:
    fige = _fige(salle)
    return {
        "salle": salle,
        "montre": fige is not None,
        "mur": fige,
        "montrables": montrables(salle.collecte) if salle.personnes else [],
        "minimum": PERSONNES_AU_MOINS,
    }


@droit_requis(Droit.ANIMER_SEANCE)
def mur(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Show once what the room answered: one button, after the séance is closed."""
    salle = salle_visible(request.user, seance)
    if salle is None:
        raise Http404
    refus = ""
    if request.method == "POST":
        try:
            publier_mur(salle=salle, par=request.user)
        except EtatIncompatible as erreur:
            refus = erreur.message
        else:
            return redirect("analyses:mur", seance)
    contexte = _contexte(salle) | {"refus": refus}
    statut = 409 if refus else 200
    return render(request, "analyses/mur/animer.html", contexte, status=statut)


@require_safe
def mur_de_la_salle(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the count by steps of five while the séance is open, then what was frozen, until its end.

    ``?ecran=1``: for a projector.
    """
    salle = salle_du_lien(jeton)
    if salle is None:
        raise Http404
    contexte = _contexte(salle) | {"grand": "ecran" in request.GET}
    if salle.est_passee:
        contexte |= {"montre": False, "mur": None}
    page = render(request, "analyses/mur/salle.html", contexte)
    page["Cache-Control"] = "no-store"
    page["X-Robots-Tag"] = "noindex, nofollow"
    if not contexte["montre"] and not salle.est_passee:
        page["Refresh"] = str(ATTENTE)
    return page
