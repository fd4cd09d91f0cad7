"""Every address of the project, for every role, for anonymous and for another territoire.

An address that is not in the table fails the test: nobody adds a page without saying who opens it.
"""

import uuid
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from analyses.actions.registres import creer_programme, definir_indicateur, enregistrer_ligne
from analyses.actions.registres.programmes import ProjetIndicateur
from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.collectes import arreter_releve
from enquetes.actions.seances import ouvrir_seance
from tests import builders
from tests.integration.adresses import (
    API,
    adresse_de,
    adresses,
    entrer,
    est_d_allauth,
    issue,
)
from tests.integration.qui_ouvre import CONNECTE, D_UN_TERRITOIRE, GENERALES, PUBLIC
from tests.retours import un_retour
from tests.suivi import un_changement, une_cohorte
from voix.comptes.models import Compte, Habilitation
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

NOMS = sorted({nom for nom, _ in adresses() if not est_d_allauth(nom)})
DE_COMPTE: dict[str, Any] = {"key": "inconnue", "uidb36": "a", "pk": 1}
"""What the addresses of accounts are about."""


def test_every_address_is_in_the_table():
    assert set(NOMS) == set(GENERALES) | set(D_UN_TERRITOIRE)
    assert not set(GENERALES) & set(D_UN_TERRITOIRE)


@pytest.fixture
def objets() -> dict[str, Any]:
    """Return what addresses are about: a collecte with a relevé, its link, a role."""
    definition = builders.UNE_DEFINITION | {
        "pages": [
            {
                "code": "venu",
                "questions": [
                    {
                        "code": "venu",
                        "type": "oui_non",
                        "profil": "ordinaire",
                        "texte": {"fr": "Venu ?"},
                    }
                ],
            }
        ]
    }
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(definition))
    builders.des_passations(collecte, 12, reponses={"venu": "oui"})
    arreter_releve(collecte=collecte, par=par)
    acces = builders.lien_principal(collecte)
    seance = builders.une_seance(collecte=collecte, par=par)
    builders.une_feuille(ouvrir_seance(seance=seance, par=par), {"venu": "non"}, par=par)
    return {
        "suite": un_retour(collecte, par).pk,
        "jeton": acces.jeton,
        "identifiant": uuid.uuid4(),
        "step": "venu",
        "etape": "venu",
        "version": collecte.version.pk,
        "nom": collecte.nom,
        "fichier": "ods",
        "guide": "animer",
        "chemin": "resultats.png",
        "lien": acces.pk,
        "code": "venu",
        "gabarit": "fies",
        "seance": seance.pk,
        "appareil": preparer_appareil(seance=seance, par=par)[0].pk,
        "enveloppe": builders.une_enveloppe(seance).pk,
        "partie": "presents",
        "question": "venu",
        "cle": builders.un_jeton(par).jeton.pk,
        "ecart": collecte.ecarts.create(motif="essai", raison="essai", decide_le="2026-01-01").pk,
        "verbatim": builders.un_verbatim(collecte).pk,
        "demande": collecte.demandes.create(
            croisement=["mois"], motif="essai", demandee_le="2026-01-01"
        ).pk,
        "cohorte": un_changement(par).cohorte_id,
        "rang": 3,
        "par": "structure",
        "lieu": une_cohorte(par=par, cartes=0).structure_id,
        "numero": 1,
        "langue": "fr",
        "empreinte": "rien",
        "pk": Habilitation.objects.get(compte=par).pk,
    } | des_registres(par)


def des_registres(par: Compte) -> dict[str, Any]:
    """Return a programme, a row of a register and an indicator, all of the territoire of ``par``."""
    ici = builders.un_territoire()
    programme = creer_programme(
        nom="essai", titre="Essai", territoire=ici, territoires=[ici], par=par
    )
    valeurs = {"type": "probleme", "atteint": False, "le": None, "preuve": "", "texte": ""}
    ligne = enregistrer_ligne(nom="jalons", territoire=ici, valeurs=valeurs, par=par)
    projet = ProjetIndicateur("V1", "Jalons", "Jalons.", "nombre(jalons)", forme="nombre")
    propre = definir_indicateur(territoire=ici, projet=projet, par=par)
    return {
        "programme": programme.nom,
        "territoire": ici.pk,
        "registre": "jalons",
        "ligne": ligne.pk,
        "propre": propre.pk,
        "trait": "age",
    }


def demander(
    nom: str, objets: dict[str, Any], compte: Compte | None = None, methode: str = "get"
) -> Any:
    """Return the page of an address, as if it were asked for first and alone."""
    with transaction.atomic():
        client = Client()
        if compte:
            entrer(client, compte, nom)
        page = getattr(client, methode)(adresse_de(nom, objets))
        transaction.set_rollback(True)
    return page


def issues(noms: Iterable[str], objets: dict[str, Any], compte: Compte) -> dict[str, str]:
    """Return what becomes of each address for an account."""
    return {nom: issue(demander(nom, objets, compte)) for nom in noms}


def test_anonymous_opens_public_pages_only(objets):
    publiques = {nom for nom in NOMS if GENERALES.get(nom) == PUBLIC}
    pages = {nom: demander(nom, objets) for nom in NOMS}
    assert {nom for nom, page in pages.items() if issue(page) != "à la porte"} == publiques
    assert {pages[nom].status_code for nom in publiques} <= {200, 302, 303, 404, 405}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_pages_and_no_other(objets, role):
    compte = builders.un_compte(role=role, email=f"{role}@exemple.fr")
    noms = [nom for nom in NOMS if GENERALES.get(nom) != PUBLIC]
    admis = {nom: GENERALES.get(nom) or D_UN_TERRITOIRE[nom] for nom in noms}
    attendues = {
        nom: "ouvert" if admis[nom] == CONNECTE or role in admis[nom] else "refusé" for nom in noms
    }
    assert issues(noms, objets, compte) == attendues


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("methode", ["get", "post"])
def test_another_territoire_opens_nothing_of_this_one(objets, role, methode):
    ailleurs = builders.un_territoire("32")
    compte = builders.un_compte(role=role, territoire=ailleurs, email="loin@exemple.fr")
    for nom in D_UN_TERRITOIRE:
        page = demander(nom, objets, compte, methode)
        if nom.startswith(API) and methode == "post":
            assert page.status_code == 405, nom  # nothing is written there, by anybody
        else:
            assert issue(page) == "refusé", nom


@pytest.mark.parametrize("nom", sorted({n for n, _ in adresses() if est_d_allauth(n)}))
def test_no_page_of_accounts_breaks_for_anyone(client, nom):
    adresse = adresse_de(nom, DE_COMPTE)
    assert client.get(adresse).status_code < 500
    client.force_login(builders.un_compte())
    assert client.get(adresse).status_code < 500


def test_an_account_without_role_opens_its_home_only(objets):
    compte = builders.un_compte(role=None, email="nouveau@exemple.fr")
    assert issues(["comptes:espace"], objets, compte) == {"comptes:espace": "ouvert"}
    fermees = [nom for nom in NOMS if GENERALES.get(nom) not in {PUBLIC, CONNECTE}]
    assert issues(fermees, objets, compte) == dict.fromkeys(fermees, "refusé")
