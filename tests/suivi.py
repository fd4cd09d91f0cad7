"""Cohorts for tests: built by the same actions as the screens."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.test import Client
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from analyses.models import Changement
from enquetes.actions.passations import deposer_passation
from enquetes.actions.suivi.cartes import CarteImprimee, emettre_cartes, passation_de
from enquetes.actions.suivi.cohortes import (
    ProjetCohorte,
    ProjetCritere,
    ProjetVague,
    creer_cohorte,
)
from enquetes.models import Carte, Cohorte, Collecte, Rang
from tests import builders

DEFINITION: dict[str, Any] = builders.UNE_DEFINITION | {
    "code": "suivi-essai",
    "titre": {"fr": "Ce que vous mangez"},
    "pages": [
        {
            "code": code,
            "questions": [{"code": code, "type": genre, "texte": {"fr": texte}}],
        }
        for code, genre, texte in [
            ("a3", "jours", "Combien de jours avez-vous mangé des légumes secs ?"),
            ("a11", "jours", "Combien de jours avez-vous cuisiné ?"),
            ("cu1", "confiance", "Sauriez-vous cuisiner un légume nouveau ?"),
            ("cu2", "confiance", "Sauriez-vous cuisiner avec des restes ?"),
            ("cu3", "confiance", "Sauriez-vous lire une étiquette ?"),
            ("oui1", "oui_non", "Avez-vous un jardin ?"),
        ]
    ],
}
MARGE = timedelta(days=10)
ECARTS = {Rang.ENTREE: 0, Rang.MI_PARCOURS: 60, Rang.SORTIE: 120, Rang.POST: 180}


def un_projet_de_cohorte(**changements) -> ProjetCohorte:
    """Return a cohort that begins today."""
    version = builders.une_version(DEFINITION)
    depart = timezone.localdate()
    cibles = {rang: depart + timedelta(days=jours) for rang, jours in ECARTS.items()}
    valeurs: dict[str, Any] = {
        "cle": uuid4(),
        "titre": _titre_libre(),
        "demandeur": "L’épicerie du Marché",
        "structure": builders.une_structure(builders.un_territoire()),
        "effectif": 70,
        "liste_papier": True,
        "coupe_le": depart + timedelta(days=400),
        "vagues": [
            ProjetVague(rang, version, cible, cible - MARGE, cible + MARGE)
            for rang, cible in cibles.items()
        ],
        "criteres": [
            ProjetCritere("Légumes secs", ("a3",), "hausse"),
            ProjetCritere("Cuisiner", ("cu1", "cu2", "cu3"), "hausse"),
        ],
    }
    return ProjetCohorte(**(valeurs | changements))


def _titre_libre() -> str:
    """Return a name that no other cohort has."""
    deja = Cohorte.objects.count()
    return f"Paniers et ateliers {deja + 1}" if deja else "Paniers et ateliers"


def une_cohorte(par=None, cartes: int = 1, **changements) -> Cohorte:
    """Return a cohort with cards."""
    par = par or builders.un_compte()
    vague = changements.pop("vague_du_jour", Rang.ENTREE)
    cohorte = creer_cohorte(projet=un_projet_de_cohorte(**changements), par=par)
    _laisser_passer(cohorte, vague)
    if cartes:
        emettre_cartes(cohorte=cohorte, nombre=cartes, a_partir=1, par=par)
    return cohorte


def _laisser_passer(cohorte: Cohorte, vague: Rang) -> None:
    """Let time go by until that wave is the one of today: nobody sets up a cohort in the past."""
    passes = timedelta(days=ECARTS[vague])
    cohorte.coupe_le -= passes
    cohorte.criteres_le -= passes
    cohorte.save(update_fields=["coupe_le", "criteres_le"])
    cohorte.vagues.update(cible=F("cible") - passes)
    avancer(cohorte, passes)


def avancer(cohorte: Cohorte, passes: timedelta, jusqu_a: Rang = Rang.POST) -> None:
    """Let so many days pass, the first wave first: on the way they never touch."""
    for vague in cohorte.vagues.filter(rang__lte=jusqu_a).order_by("rang"):
        Collecte.objects.filter(vague=vague).update(
            ouvre_le=F("ouvre_le") - passes, ferme_le=F("ferme_le") - passes
        )


def une_carte(cohorte: Cohorte, par=None) -> CarteImprimee:
    """Return one more card, with its code, as it is printed."""
    prochain = cohorte.cartes.count() + 1
    par = par or builders.un_compte()
    return emettre_cartes(cohorte=cohorte, nombre=1, a_partir=prochain, par=par)[0]


def lien_de_la_carte(client: Client, code: str, mode: str = "", page: Any = None) -> str:
    """Return where the card leads, its code typed in this browser."""
    lue = page or client.post("/carte/", {"code": code, "mode": mode})
    if lue.status_code == 302:
        assert code not in lue["Location"]
        lue = client.get(lue["Location"])
    trouve = re.search(r'href="(/r/[^"]+)"', lue.content.decode())
    assert trouve, lue.content.decode()
    return trouve[1]


def repondre(carte: Carte, rang: Rang, reponses: dict[str, Any]) -> UUID:
    """Send the answers of one card in one wave, by the action that phones use."""
    vague = carte.cohorte.vague(rang)
    identifiant = passation_de(carte, vague)
    collecte: Collecte = vague.collecte
    deposer_passation(
        passation_id=identifiant, acces=builders.lien_principal(collecte), reponses=reponses
    )
    return identifiant


def finir(cohorte: Cohorte, rang: Rang = Rang.POST) -> None:
    """Let every wave be over, up to that one: it ended yesterday, and those before it in their turn."""
    avancer(cohorte, timedelta(days=1000), rang)  # out of the way: days never touch
    hier = timezone.localdate() - timedelta(days=1)
    for vague in cohorte.vagues.filter(rang__lte=rang).order_by("-rang"):
        fin = hier - timedelta(days=30) * (rang - vague.rang)
        Collecte.objects.filter(vague=vague).update(
            ouvre_le=fin - timedelta(days=20), ferme_le=fin
        )


def un_changement(par) -> Changement:
    """Return the report, entrée to sortie, of a cohort that nobody answered."""
    cohorte = une_cohorte(par=par)
    finir(cohorte)
    return arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
