"""The wall of an atelier: a page for who runs it, and one for the room, projected or on a phone."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from analyses import cube as cubes
from analyses.actions.murs import PERSONNES_AU_MOINS, montrables, publier_mur
from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.salle import Salle, salle_du_lien, salle_visible
from analyses.models import Publication
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

ATTENTE: Final = 20
"""Seconds after which a page that waits asks again by itself."""


@dataclass(frozen=True, slots=True)
class QuestionAuMur:
    """What the room reads of one question: bands, or that nearly everybody agrees (G3)."""

    titre: str
    accord: bool
    bandes: tuple[tuple[str, str], ...]
    """Each answer, in the order of the questionnaire, and in words how many gave it."""


def question_au_mur(tableau: TableauProtege) -> QuestionAuMur:
    """Return a question as the room reads it: no figure at all when (nearly) all agree."""
    (ligne,) = tableau.groupes()
    if any(c.bas > 0 and c.haut == ligne.taille for c in ligne.cellules):
        return QuestionAuMur(tableau.titre, accord=True, bandes=())
    bandes = tuple(
        (colonne.libelle, ligne.dire(cellule))
        for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True)
    )
    return QuestionAuMur(tableau.titre, accord=False, bandes=bandes)


def _montrees(salle: Salle) -> tuple[list[QuestionAuMur], int] | None:
    """Return what was frozen for this room and of how many persons; nothing before that."""
    publication = Publication.du_mur(salle.pk)
    if publication is None:
        return None
    tableaux = cubes.mur(cubes.cube_de(publication))
    return [question_au_mur(tableau) for tableau in tableaux], publication.nombre


def _contexte(salle: Salle) -> dict[str, object]:
    montrees = _montrees(salle)
    questions, nombre = montrees or ([], 0)
    return {
        "salle": salle,
        "montre": montrees is not None,
        "questions": questions,
        "nombre": nombre,
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
        contexte |= {"montre": False, "questions": []}
    page = render(request, "analyses/mur/salle.html", contexte)
    page["Cache-Control"] = "no-store"
    page["X-Robots-Tag"] = "noindex, nofollow"
    if not contexte["montre"] and not salle.est_passee:
        page["Refresh"] = str(ATTENTE)
    return page
