"""Every address of the project, for every role, for anonymous and for another territoire.

An address that is not in the table fails the test: nobody adds a page without saying who opens it.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse

from analyses.actions.registres import creer_programme, definir_indicateur, enregistrer_ligne
from analyses.actions.registres.programmes import ProjetIndicateur
from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.collectes import arreter_releve
from tests import builders
from voix.comptes.models import Compte, Habilitation
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

COORDINATION = frozenset({Role.COORDINATION})
ANIMATION = frozenset({Role.COORDINATION, Role.AMBASSADEUR, Role.DIETETIQUE})
RESULTATS = frozenset({Role.COORDINATION, Role.EVALUATION})
TOUS = frozenset(Role)
RELECTURE = TOUS - {Role.EVALUATION}
PUBLIC, CONNECTE = "public", "connecté"

GENERALES: dict[str, Any] = {
    **dict.fromkeys(
        ["pages:accueil", "pages:aide", "pages:accessibilite", "pages:mentions"], PUBLIC
    ),
    **dict.fromkeys(["pages:vie_privee", "enquetes:effacer", "enquetes:lien_inconnu"], PUBLIC),
    **dict.fromkeys(["enquetes:bienvenue", "enquetes:merci", "enquetes:abandonner"], PUBLIC),
    **dict.fromkeys(
        ["enquetes:etape", "enquetes:rejoindre", "enquetes:envois", "enquetes:heure"], PUBLIC
    ),
    **dict.fromkeys(
        [
            f"enquetes:{nom}"
            for nom in [
                "service_worker",
                "ressource",
                "hors_ligne_langue",
                "preparer_appareil",
                "hors_ligne",
            ]
        ],
        PUBLIC,
    ),
    "comptes:espace": CONNECTE,
    **dict.fromkeys(["comptes:equipe", "comptes:inviter", "comptes:structure"], COORDINATION),
    **dict.fromkeys(["enquetes:questionnaires", "enquetes:ecrire_questionnaire"], COORDINATION),
    **dict.fromkeys(["enquetes:exemple_questionnaire"], COORDINATION),
    **dict.fromkeys(["enquetes:importer_questionnaire", "enquetes:questionnaire"], COORDINATION),
    **dict.fromkeys(["enquetes:apercu_page", "enquetes:nouvelle_collecte"], COORDINATION),
    "enquetes:collectes": TOUS,
    "enquetes:quarantaine": COORDINATION,
    **dict.fromkeys(["enquetes:seances", "enquetes:nouvelle_seance"], ANIMATION),
    "analyses:liste": RESULTATS,
    "analyses:a_relire": RELECTURE,
    **dict.fromkeys(
        [
            f"analyses:{nom}"
            for nom in [
                "indicateurs",
                "definitions",
                "verifier",
                "ajouter_indicateur",
                "registres",
                "registre",
            ]
        ],
        RESULTATS,
    ),
    **dict.fromkeys(
        [
            f"analyses:{nom}"
            for nom in [
                "ajouter_programme",
                "modele_registre",
                "importer_registre",
                "ajouter_ligne",
            ]
        ],
        COORDINATION,
    ),
}
"""Who opens a page that is not about something of one territoire."""

D_UN_TERRITOIRE: dict[str, frozenset[Role]] = {
    **dict.fromkeys(["comptes:role", "comptes:retirer"], COORDINATION),
    **dict.fromkeys(["enquetes:collecte", "enquetes:lien", "enquetes:apercu_accueil"], TOUS),
    **dict.fromkeys(
        [
            f"enquetes:{nom}"
            for nom in [
                "modifier_collecte",
                "ouvrir_collecte",
                "mettre_en_pause",
                "clore_collecte",
                "reprendre_collecte",
                "abandonner_collecte",
                "arreter_releve",
                "prolonger_collecte",
                "affiches",
                "ajouter_liens",
                "affiche",
                "qr",
                "fermer_lien",
                "rouvrir_lien",
                # A séance is its facilitator's and its territoire's coordination's.
                "seance",
                "ouvrir_seance",
                "clore_seance",
                "deplacer_seance",
                "annuler_seance",
                "rapport",
                "partie_rapport",
                "affiche_de_seance",
                "preparer_seance",
                "revoquer_appareil",
                "importer_scelle",
                "mains_levees",
                "main_levee",
                "enveloppe",
            ]
        ],
        COORDINATION,
    ),
    **dict.fromkeys(["analyses:resultats", "analyses:question", "analyses:textes"], RESULTATS),
    **dict.fromkeys(["analyses:preparer_textes", "analyses:liberer_textes"], COORDINATION),
    **dict.fromkeys(["analyses:relire", "analyses:attester"], RELECTURE),
    **dict.fromkeys(["analyses:texte", "analyses:changer_texte"], RELECTURE),
    **dict.fromkeys(["analyses:plan", "analyses:preparer"], RESULTATS),
    **dict.fromkeys(
        ["analyses:programme", "analyses:territoire", "analyses:ajouter_chiffre"], RESULTATS
    ),
    **dict.fromkeys(["analyses:evolution_programme", "analyses:evolution_territoire"], RESULTATS),
    "analyses:retirer_indicateur": RESULTATS,
    **dict.fromkeys(["analyses:modifier_ligne", "analyses:retirer_ligne"], COORDINATION),
}
"""Who opens a page about something: in its territoire, and nobody from another one."""


def adresses() -> Iterator[tuple[str, str]]:
    """Return the name of each address, and its pattern."""

    def visiter(resolveur: Any, espace: str, avant: str) -> Iterator[tuple[str, str]]:
        for motif in resolveur.url_patterns:
            if isinstance(motif, URLPattern):
                yield (
                    (f"{espace}:" if espace else "") + (motif.name or ""),
                    avant + str(motif.pattern),
                )
            else:
                yield from visiter(motif, motif.namespace or espace, avant + str(motif.pattern))

    return visiter(get_resolver(), "", "")


def est_d_allauth(nom: str) -> bool:
    return nom.startswith(("account_", "mfa_"))


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
    return {
        "jeton": acces.jeton,
        "identifiant": uuid.uuid4(),
        "step": "venu",
        "etape": "venu",
        "version": collecte.version.pk,
        "nom": collecte.nom,
        "lien": acces.pk,
        "code": "venu",
        "seance": seance.pk,
        "appareil": preparer_appareil(seance=seance, par=par)[0].pk,
        "enveloppe": builders.une_enveloppe(seance).pk,
        "partie": "presents",
        "verbatim": builders.un_verbatim(collecte).pk,
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
    }


def adresse_de(nom: str, objets: dict[str, Any]) -> str:
    motif = dict(adresses())[nom]
    if nom == "enquetes:lien_inconnu":
        return "/r/rien/du/tout/"
    voulues = {c: v for c, v in objets.items() if f":{c}>" in motif or f"<{c}>" in motif}
    if nom == "enquetes:ressource":
        return "/o/a/rien/document.js"
    return reverse(nom, kwargs=voulues)


def issue(page: Any) -> str:
    """Say in one word what became of a request."""
    if page.status_code == 302 and page["Location"].startswith("/compte/login/"):
        return "à la porte"
    assert page.status_code < 500
    return "refusé" if page.status_code in {403, 404} else "ouvert"


@pytest.mark.parametrize("nom", NOMS)
def test_anonymous_opens_public_pages_only(client, objets, nom):
    attendu = "ouvert" if GENERALES.get(nom) == PUBLIC else "à la porte"
    page = client.get(adresse_de(nom, objets))
    if GENERALES.get(nom) == PUBLIC:
        assert page.status_code in {200, 302, 404, 405}
        attendu = issue(page)
        assert attendu != "à la porte"
    assert issue(page) == attendu


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("nom", [n for n in NOMS if GENERALES.get(n) != PUBLIC])
def test_each_role_opens_its_pages_and_no_other(client, objets, nom, role):
    client.force_login(builders.un_compte(role=role, email=f"{role}@exemple.fr"))
    admis = GENERALES.get(nom) or D_UN_TERRITOIRE[nom]
    attendu = "ouvert" if admis == CONNECTE or role in admis else "refusé"
    assert issue(client.get(adresse_de(nom, objets))) == attendu


@pytest.mark.parametrize("nom", sorted(D_UN_TERRITOIRE))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("methode", ["get", "post"])
def test_another_territoire_opens_nothing_of_this_one(client, objets, nom, role, methode):
    ailleurs = builders.un_territoire("32")
    client.force_login(builders.un_compte(role=role, territoire=ailleurs, email="loin@exemple.fr"))
    assert issue(getattr(client, methode)(adresse_de(nom, objets))) == "refusé"


@pytest.mark.parametrize("nom", sorted({n for n, _ in adresses() if est_d_allauth(n)}))
def test_no_page_of_accounts_breaks_for_anyone(client, nom):
    adresse = adresse_de(nom, DE_COMPTE)
    assert client.get(adresse).status_code < 500
    client.force_login(builders.un_compte())
    assert client.get(adresse).status_code < 500


def test_an_account_without_role_opens_its_home_only(client, objets):
    client.force_login(builders.un_compte(role=None, email="nouveau@exemple.fr"))
    assert client.get("/espace/").status_code == 200
    for nom in NOMS:
        if GENERALES.get(nom) not in {PUBLIC, CONNECTE}:
            assert issue(client.get(adresse_de(nom, objets))) == "refusé", nom
