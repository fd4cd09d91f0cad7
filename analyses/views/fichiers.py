"""Files of a collecte's results: exactly what the pages of results show."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from analyses.exports.formats import FORMATS, PAR_CODE, Format
from analyses.extraction.lecture import Source
from analyses.fichiers import (
    Etape,
    fabrication_de,
    jeu_du_releve,
    lancer,
    nom_des_fichiers,
    resume_du_releve,
)
from analyses.lectures import Lecture
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .envoi import envoyer, envoyer_le_fichier
from .resultats import lue


@droit_requis(Droit.LIRE_RESULTATS)
def fichiers(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Offer the formats, each with what it is for; those that are long to write say so."""
    contexte, prise, lecture = lue(request, nom)
    if lecture is None or prise is None:
        return render(request, "analyses/attente.html", contexte)
    resume = resume_du_releve(prise, lecture)
    offerts = [{"format": f, "long": f.est_long(resume.cellules)} for f in FORMATS]
    contexte |= {"formats": offerts, "nb_lignes": resume.nb_lignes}
    return render(request, "analyses/fichiers.html", contexte)


@droit_requis(Droit.LIRE_RESULTATS)
def fichier(request: RequeteEquipe, nom: str, fichier: str) -> HttpResponse:
    """Send one file; nothing is sent again while it has not changed."""
    contexte, voulu = _voulu(request, nom, fichier)
    if voulu is None:
        return render(request, "analyses/attente.html", contexte)
    prise, lecture, format_ = voulu
    resume = resume_du_releve(prise, lecture)
    nom_du_fichier = format_.fichier(
        nom_des_fichiers(prise, lecture), fictif=prise.collecte.fictive
    )
    if not format_.est_long(resume.cellules):
        contenu = format_.ecrire(jeu_du_releve(prise, lecture))
        return envoyer(request, contenu, format_.type, nom_du_fichier)
    fait = fabrication_de(resume, format_).fichier
    if fait is None:
        return redirect(f"{request.path}preparation/?{request.GET.urlencode()}")
    return envoyer_le_fichier(request, fait, format_.type, nom_du_fichier)


@droit_requis(Droit.LIRE_RESULTATS)
def preparation(request: RequeteEquipe, nom: str, fichier: str) -> HttpResponse:
    """Start writing a long file, or say how far it is; the page looks again by itself."""
    contexte, voulu = _voulu(request, nom, fichier)
    if voulu is None:
        return render(request, "analyses/attente.html", contexte)
    prise, lecture, format_ = voulu
    if request.method == "POST":
        lancer(prise, lecture, format_)
        return redirect(request.get_full_path())
    resume = resume_du_releve(prise, lecture)
    fabrication = fabrication_de(resume, format_)
    contexte |= {"format": format_, "fabrication": fabrication, "nb_lignes": resume.nb_lignes}
    page = render(request, "analyses/preparation.html", contexte)
    if fabrication.etape == Etape.EN_COURS:
        page["Refresh"] = "2"
    return page


def _voulu(
    request: RequeteEquipe, nom: str, code: str
) -> tuple[dict[str, Any], tuple[Source, Lecture, Format] | None]:
    """Return what is asked for; nothing while its tables are not prepared."""
    contexte, prise, lecture = lue(request, nom)
    format_ = PAR_CODE.get(code)
    if format_ is None:
        raise Http404
    if lecture is None or prise is None:
        return contexte, None
    return contexte, (prise, lecture, format_)
