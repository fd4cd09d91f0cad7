"""The bilan of a programme or of a territoire: its words, its PDF, its page for a notice board."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from analyses.actions.registres import ecrire_bilan
from analyses.droits import peut_sur_territoire
from analyses.figures.objectifs import objectifs
from analyses.forms.bilans import BilanForm
from analyses.mesures import (
    MesureDite,
    Perimetre,
    mesurer_tout,
    niveaux_par_moment,
    par_groupe,
    perimetre_du_programme,
    perimetre_du_territoire,
    reperes_de,
)
from analyses.models import Programme, TexteDeBilan
from analyses.models.participation.lieux import territoires_lus
from analyses.rapports.bilan import bilan_pdf, en_clair_pdf
from voix.commun.erreurs import ErreurVoix
from voix.commun.francais import jour_en_mots
from voix.comptes.models import Territoire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

Lieu = Programme | Territoire


def _programme(request: RequeteEquipe, nom: str) -> Programme:
    trouve: Programme = get_object_or_404(Programme.visibles_par(request.user), nom=nom)
    return trouve


def _territoire(request: RequeteEquipe, pk: int) -> Territoire:
    return get_object_or_404(territoires_lus(request.user), pk=pk)


def _perimetre(lieu: Lieu) -> Perimetre:
    if isinstance(lieu, Programme):
        return perimetre_du_programme(lieu)
    return perimetre_du_territoire(lieu)


def _adresse(quoi: str, lieu: Lieu) -> str:
    if isinstance(lieu, Programme):
        return reverse(f"analyses:{quoi}_programme", args=[lieu.nom])
    return reverse(f"analyses:{quoi}_territoire", args=[lieu.pk])


def _ecrire(request: RequeteEquipe, lieu: Lieu) -> HttpResponse:
    """Show the blocks of text, keep what is written, lead to the two files."""
    porteur = lieu.territoire if isinstance(lieu, Programme) else lieu
    peut_ecrire = peut_sur_territoire(request.user, Droit.DEFINIR_INDICATEURS, porteur)
    deja = TexteDeBilan.de(lieu)
    formulaire = BilanForm(request.POST if request.method == "POST" else None, initial=deja)
    if peut_ecrire and formulaire.is_valid():
        try:
            ecrire_bilan(lieu=lieu, textes=formulaire.cleaned_data, par=request.user)
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, "Les textes du bilan sont gardés.")
            return redirect(_adresse("bilan", lieu))
    contexte = {
        "titre": str(lieu),
        "form": formulaire,
        "peut_ecrire": peut_ecrire,
        "pdf": _adresse("bilan_pdf", lieu),
        "en_clair": _adresse("en_clair", lieu),
        "retour": reverse("analyses:programme", args=[lieu.nom])
        if isinstance(lieu, Programme)
        else reverse("analyses:territoire", args=[lieu.pk]),
    }
    return render(request, "analyses/indicateurs/bilan.html", contexte)


def _entete(perimetre: Perimetre) -> dict[str, Any]:
    jour = jour_en_mots(timezone.localdate())
    nombre = len(perimetre.territoires)
    return {
        "titre": f"Bilan\u00a0: {perimetre.titre}",
        "sous_titre": f"{nombre} territoire{'s' if nombre > 1 else ''}. Chiffres du {jour}.",
        "pied": f"{perimetre.titre} · {jour}",
        "fictive": perimetre.fictif,
    }


def _fichier(pdf: bytes, nom: str) -> HttpResponse:
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}.pdf"'},
    )


def _pdf(lieu: Lieu) -> HttpResponse:
    perimetre = _perimetre(lieu)
    dites = [MesureDite(mesure) for mesure in mesurer_tout(perimetre)]
    dessins = {
        groupe: figure
        for groupe, siennes in par_groupe(dites).items()
        if (figure := objectifs([dite.mesure for dite in siennes])) is not None
    }
    pdf = bilan_pdf(
        dites,
        entete=_entete(perimetre),
        textes=TexteDeBilan.de(lieu),
        moments=niveaux_par_moment(perimetre),
        reperes=reperes_de(perimetre),
        dessins=dessins,
    )
    return _fichier(pdf, f"bilan-{_nom(lieu)}")


def _en_clair(lieu: Lieu) -> HttpResponse:
    perimetre = _perimetre(lieu)
    dites = [MesureDite(mesure) for mesure in mesurer_tout(perimetre)]
    pdf = en_clair_pdf(dites, entete=_entete(perimetre), textes=TexteDeBilan.de(lieu))
    return _fichier(pdf, f"bilan-en-clair-{_nom(lieu)}")


def _nom(lieu: Lieu) -> str:
    return lieu.nom if isinstance(lieu, Programme) else lieu.code


@droit_requis(Droit.LIRE_REGISTRES)
def bilan_programme(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Show the bilan of a programme."""
    return _ecrire(request, _programme(request, programme))


@droit_requis(Droit.LIRE_REGISTRES)
def bilan_territoire(request: RequeteEquipe, territoire: int) -> HttpResponse:
    """Show the bilan of a territoire."""
    return _ecrire(request, _territoire(request, territoire))


@droit_requis(Droit.LIRE_REGISTRES)
def bilan_pdf_programme(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Send the bilan of a programme."""
    return _pdf(_programme(request, programme))


@droit_requis(Droit.LIRE_REGISTRES)
def bilan_pdf_territoire(request: RequeteEquipe, territoire: int) -> HttpResponse:
    """Send the bilan of a territoire."""
    return _pdf(_territoire(request, territoire))


@droit_requis(Droit.LIRE_REGISTRES)
def en_clair_programme(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Send the page for a notice board, of a programme."""
    return _en_clair(_programme(request, programme))


@droit_requis(Droit.LIRE_REGISTRES)
def en_clair_territoire(request: RequeteEquipe, territoire: int) -> HttpResponse:
    """Send the page for a notice board, of a territoire."""
    return _en_clair(_territoire(request, territoire))
