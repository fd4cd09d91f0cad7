"""The bilan of a programme or of a territoire: its words, its PDF, its page for a notice board."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from analyses.actions.registres import ecrire_bilan
from analyses.droits import peut_sur_territoire
from analyses.figures.objectifs import objectifs
from analyses.forms.bilans import BilanForm
from analyses.mesures import (
    MesureDite,
    Perimetre,
    entendus,
    mesurer_tout,
    niveaux_par_moment,
    par_groupe,
    reperes_de,
)
from analyses.models import Programme, TexteDeBilan
from analyses.rapports.bilan import Autour, bilan, bilan_pdf, bilan_word, en_clair_pdf
from voix.commun.erreurs import ErreurVoix
from voix.commun.francais import jour_en_mots
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe

from .lieux import (
    Lieu,
    adresse,
    des_deux,
    nom_de_fichier,
    perimetre_du_lieu,
)

PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
            return redirect(adresse("bilan", lieu))
    contexte = {
        "titre": str(lieu),
        "form": formulaire,
        "peut_ecrire": peut_ecrire,
        "pdf": adresse("bilan_pdf", lieu),
        "word": adresse("bilan_word", lieu),
        "en_clair": adresse("en_clair", lieu),
        "retour": adresse("", lieu),
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


def _fichier(contenu: bytes, nom: str, perimetre: Perimetre, *, type_: str = PDF) -> HttpResponse:
    """Send a report; its name says that the figures are invented, as files of figures do."""
    extension = "pdf" if type_ == PDF else "docx"
    nom = f"{'fictif-' if perimetre.fictif else ''}{nom}"
    return HttpResponse(
        contenu,
        content_type=type_,
        headers={"Content-Disposition": f'attachment; filename="{nom}.{extension}"'},
    )


def _bilan(lieu: Lieu, perimetre: Perimetre) -> dict[str, Any]:
    """Return what the bilan of a place says today, whatever prints it."""
    dites = [MesureDite(mesure) for mesure in mesurer_tout(perimetre)]
    dessins = {
        groupe: figure
        for groupe, siennes in par_groupe(dites).items()
        if (figure := objectifs([dite.mesure for dite in siennes])) is not None
    }
    return bilan(
        dites,
        entete=_entete(perimetre),
        textes=TexteDeBilan.de(lieu),
        autour=Autour(
            moments=niveaux_par_moment(perimetre),
            reperes=reperes_de(perimetre),
            entendus=entendus(perimetre),
        ),
        dessins=dessins,
    )


def _pdf(_request: RequeteEquipe, lieu: Lieu) -> HttpResponse:
    """Send the bilan as a PDF."""
    perimetre = perimetre_du_lieu(lieu)
    pdf = bilan_pdf(_bilan(lieu, perimetre))
    return _fichier(pdf, f"bilan-{nom_de_fichier(lieu)}", perimetre)


def _word(_request: RequeteEquipe, lieu: Lieu) -> HttpResponse:
    """Send the bilan as a Word file."""
    perimetre = perimetre_du_lieu(lieu)
    word = bilan_word(_bilan(lieu, perimetre))
    return _fichier(word, f"bilan-{nom_de_fichier(lieu)}", perimetre, type_=WORD)


def _en_clair(_request: RequeteEquipe, lieu: Lieu) -> HttpResponse:
    """Send the page for a notice board."""
    perimetre = perimetre_du_lieu(lieu)
    dites = [MesureDite(mesure) for mesure in mesurer_tout(perimetre)]
    pdf = en_clair_pdf(dites, entete=_entete(perimetre), textes=TexteDeBilan.de(lieu))
    return _fichier(pdf, f"bilan-en-clair-{nom_de_fichier(lieu)}", perimetre)


bilan_programme, bilan_territoire = des_deux(_ecrire)
bilan_pdf_programme, bilan_pdf_territoire = des_deux(_pdf)
bilan_word_programme, bilan_word_territoire = des_deux(_word)
en_clair_programme, en_clair_territoire = des_deux(_en_clair)
