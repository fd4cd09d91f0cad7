"""Scenarios of free texts: a collecte with texts, readers of two structures."""

from typing import Any

from analyses.actions.relectures import attester_presence, valider_verbatim
from analyses.actions.verbatims import preparer_relecture
from analyses.models import Verbatim
from enquetes.models import Collecte, Releve
from tests import builders
from voix.comptes.models import Compte, Habilitation, Structure
from voix.comptes.roles import Role

TEXTES = [
    "Ma fille Lina aime les légumes",
    "Merci à Karim du mardi",
    "Il faudrait ouvrir le samedi",
    "Appelez-moi au 06 12 34 56 78",
    "J’habite à Montreuil c’est loin",
    "Plus de viande halal",
]


def une_definition(profil: str = "sensible") -> dict[str, Any]:
    question = {"code": "avis", "type": "texte_long", "texte": {"fr": "Votre avis ?"}}
    if profil == "ordinaire":
        question["profil"] = "ordinaire"
    choix = [
        {"code": "oui", "texte": {"fr": "Oui"}},
        {"code": "autre", "texte": {"fr": "Autre"}, "precision": True},
    ]
    autre = {"code": "venu", "type": "choix_unique", "texte": {"fr": "Venu ?"}, "choix": choix}
    return builders.UNE_DEFINITION | {
        "code": f"textes-{profil}",
        "pages": [
            {"code": "p1", "questions": [question]},
            {"code": "p2", "questions": [autre]},
        ],
    }


def une_collecte_ecrite(
    nombre: int = 12, profil: str = "sensible", **changements: Any
) -> tuple[Collecte, Compte]:
    """Return a collecte of ``nombre`` answers counted together, the first of which hold a text."""
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(
        par=par,
        version=builders.une_version(une_definition(profil)),
        profil=profil,
        **changements,
    )
    releve = Releve.objects.create(
        collecte=collecte, numero=1, arrete_le=collecte.ouvre_le, nb_passations=nombre
    )
    for rang in range(nombre):
        reponses = {"avis": TEXTES[rang]} if rang < len(TEXTES) else {"venu": "oui"}
        builders.des_passations(collecte, 1, reponses=reponses, releve=releve)
    return collecte, par


def une_lectrice(email: str, structure: str = "", role: Role = Role.AMBASSADEUR) -> Compte:
    """Return somebody who reads: of a structure, or of the territoire."""
    if not structure:
        return builders.un_compte(role=role, email=email)
    compte = builders.un_compte(role=None, email=email)
    Habilitation.objects.create(
        compte=compte,
        role=role,
        structure=builders.une_structure(builders.un_territoire(), structure),
    )
    return compte


def une_structure(nom: str) -> Structure:
    return builders.une_structure(builders.un_territoire(), nom)


def prepares(collecte: Collecte, par: Compte, *lectrices: Compte) -> dict[str, Verbatim]:
    """Prepare the texts, let readers attest they were not there; return the texts by original."""
    preparer_relecture(nom=collecte.nom, par=par)
    for lectrice in lectrices:
        attester_presence(nom=collecte.nom, present=False, par=lectrice)
    return {verbatim.original: verbatim for verbatim in Verbatim.objects.all()}


def relire_deux_fois(verbatim: Verbatim, *lectrices: Compte) -> Verbatim:
    for lectrice in lectrices:
        verbatim = valider_verbatim(verbatim=verbatim, tour=verbatim.tour, par=lectrice)
    return verbatim
