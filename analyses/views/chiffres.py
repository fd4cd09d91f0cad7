"""Files of indicators: what the page of a programme or of a territoire shows, in every format."""

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from analyses.exports.formats import FORMATS, PAR_CODE
from analyses.exports.jeu import Jeu
from analyses.exports.mesures import jeu_de_mesures
from analyses.mesures import MesureDite, Perimetre, mesurer_tout
from analyses.rapports.bilan import LIMITES, METHODE
from voix.comptes.views.acces import RequeteEquipe

from .envoi import envoyer
from .lieux import (
    Lieu,
    adresse,
    des_deux,
    nom_de_fichier,
    perimetre_du_lieu,
)


def _offrir(request: RequeteEquipe, lieu: Lieu) -> HttpResponse:
    """Offer the files of a place."""
    offerts = [{"format": f, "adresse": adresse("fichier", lieu, f.code)} for f in FORMATS]
    contexte = {
        "titre": str(lieu),
        "retour": adresse("", lieu),
        "fictif": perimetre_du_lieu(lieu).fictif,
        "formats": offerts,
    }
    return render(request, "analyses/indicateurs/fichiers.html", contexte)


def _envoyer(request: RequeteEquipe, lieu: Lieu, fichier: str) -> HttpResponse:
    """Send one file: a few dozen rows, whatever the number of territoires."""
    format_ = PAR_CODE.get(fichier)
    if format_ is None:
        raise Http404
    jeu = _jeu(perimetre_du_lieu(lieu), f"indicateurs-{nom_de_fichier(lieu)}")
    return envoyer(
        request, format_.ecrire(jeu), format_.type, format_.fichier(jeu.nom, fictif=jeu.fictif)
    )


DANS_LES_COLONNES: Final = "Chaque indicateur a une définition, une base, un objectif et une source\u00a0: une colonne pour chacun."


def _jeu(perimetre: Perimetre, nom: str) -> Jeu:
    nombre = len(perimetre.territoires)
    sujets = [
        ("Où", f"{perimetre.titre}\u00a0: {nombre} territoire{'s' if nombre > 1 else ''}"),
        *(("Comment c’est fait", phrase) for phrase in (DANS_LES_COLONNES, *METHODE)),
        *(("Ce que cela ne dit pas", phrase) for phrase in LIMITES),
    ]
    if perimetre.fictif:
        sujets.insert(0, ("Données fictives", "Ces chiffres sont inventés pour la démonstration."))
    return jeu_de_mesures(
        [MesureDite(mesure) for mesure in mesurer_tout(perimetre)],
        nom=nom,
        titre=perimetre.titre,
        le=timezone.localdate(),
        fictif=perimetre.fictif,
        methode=tuple(sujets),
    )


fichiers_programme, fichiers_territoire = des_deux(_offrir)
fichier_programme, fichier_territoire = des_deux(_envoyer)
