"""Deterministic scenarios of the domain, shared by all tests."""

import time
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from analyses.models import Verbatim
from enquetes.actions.collectes import ProjetCollecte, ouvrir_collecte, preparer_collecte
from enquetes.actions.papier import Saisie, saisir_feuille
from enquetes.actions.seances import ProjetSeance, creer_seance
from enquetes.models import (
    Acces,
    Collecte,
    Enveloppe,
    FeuilleSaisie,
    Passation,
    Questionnaire,
    Seance,
    Unite,
    VersionQuestionnaire,
)
from enquetes.parcours.lecture import definition_depuis, empreinte
from voix.comptes.actions.jetons import Neuf, empreinte_du_jeton
from voix.comptes.models import (
    DEBUT,
    Compte,
    Habilitation,
    JetonPersonnel,
    Niveau,
    Portee,
    Structure,
    Territoire,
)
from voix.comptes.roles import Role

UNE_DEFINITION: dict[str, Any] = {
    "format": "voix-questionnaire/1",
    "code": "essai",
    "titre": {"fr": "Essai"},
    "langues": ["fr"],
    "pages": [],
}


def un_territoire(code: str = "11", parent: Territoire | None = None, nom: str = "") -> Territoire:
    chemin = f"{parent.chemin if parent else '/'}{code}/"
    territoire, _ = Territoire.objects.get_or_create(
        chemin=chemin,
        defaults={
            "code": code,
            "nom": nom or f"Territoire {code}",
            "niveau": Niveau.COMMUNE if parent else Niveau.REGION,
            "parent": parent,
        },
    )
    return territoire


def une_structure(territoire: Territoire, nom: str = "Épicerie du Marché") -> Structure:
    structure, _ = Structure.objects.get_or_create(
        territoire=territoire, nom=nom, defaults={"type": "epicerie"}
    )
    return structure


def un_compte(
    role: Role | None = Role.COORDINATION,
    territoire: Territoire | None = None,
    email: str = "coordination@exemple.fr",
) -> Compte:
    compte = Compte.objects.filter(email=email).first() or Compte.objects.create_user(email)
    if role is not None:
        Habilitation.objects.get_or_create(
            compte=compte, role=role, territoire=territoire or un_territoire()
        )
    return compte


def verifie(compte: Compte) -> Compte:
    """Say that the account proved its address, as a code received there does."""
    EmailAddress.objects.filter(user=compte, email=compte.email).update(verified=True)
    return compte


def entrer(client: Client, compte: Compte, il_y_a: float = 0) -> None:
    """Sign in as with a code received so many seconds ago: ``force_login`` leaves no trace of it."""
    client.force_login(compte, backend="allauth.account.auth_backends.AuthenticationBackend")
    seance = client.session
    preuve = {"method": "code", "at": time.time() - il_y_a}
    seance[AUTHENTICATION_METHODS_SESSION_KEY] = [preuve]
    seance["account_authentication_methods_user"] = str(compte.pk)
    seance.save()


def un_jeton(compte: Compte, *portees: Portee, **champs) -> Neuf:
    """Return a token of every scope, whatever its owner may read; any field may be given."""
    jour, cle = timezone.localdate(), uuid4()
    valeur = f"voix_{cle.hex}"
    jeton = JetonPersonnel.objects.create(
        **{
            "pk": cle,
            "compte": compte,
            "nom": "Carnet",
            "portees": [p.value for p in portees or Portee],
            "empreinte": empreinte_du_jeton(valeur),
            "debut": valeur[:DEBUT],
            "cree_le": jour - timedelta(days=400),
            "expire_le": jour + timedelta(days=30),
        }
        | champs
    )
    return Neuf(jeton, valeur)


def une_version(definition: dict[str, Any] | None = None) -> VersionQuestionnaire:
    definition = definition or UNE_DEFINITION
    questionnaire, _ = Questionnaire.objects.get_or_create(
        code=definition["code"],
        origine=Questionnaire.Origine.BIBLIOTHEQUE,
        territoire=None,
        defaults={"titre": definition["titre"]["fr"]},
    )
    version = questionnaire.versions.filter(definition=definition).first()
    return version or VersionQuestionnaire.objects.create(
        questionnaire=questionnaire,
        numero=questionnaire.versions.count() + 1,
        # The true hash: definitions are read once a process, by their hash.
        empreinte=empreinte(definition_depuis(definition)),
        definition=definition,
    )


def un_projet(**changements) -> ProjetCollecte:
    """Return the project of a collecte open today; any field may be given."""
    aujourdhui: date = timezone.localdate()
    valeurs: dict[str, Any] = {
        "nom": "essai",
        "titre": "Votre avis sur l’épicerie",
        "public": "les personnes qui viennent à l’épicerie",
        "demandeur": "L’épicerie du Marché",
        "raison": "Pour mieux choisir les produits.",
        "ouvre_le": aujourdhui - timedelta(days=1),
        "ferme_le": aujourdhui + timedelta(days=30),
    } | changements
    if "territoire" not in valeurs:
        valeurs["territoire"] = un_territoire()
    if "version" not in valeurs:
        valeurs["version"] = une_version()
    if valeurs.get("unite") == Unite.ORGANISATION:  # only asked with a questionnaire made for them
        definition = valeurs["version"].definition
        valeurs["version"] = une_version(definition | {"repondants": "organisations"})
    return ProjetCollecte(**valeurs)


def une_collecte_ouverte(par: Compte | None = None, **changements) -> Collecte:
    """Return a collecte that accepts answers, prepared and opened by a coordination account."""
    projet = un_projet(**changements)
    par = par or un_compte(territoire=projet.territoire)
    return ouvrir_collecte(collecte=preparer_collecte(projet=projet, par=par), par=par)


def lien_principal(collecte: Collecte) -> Acces:
    return collecte.acces.get(principal=True)


def des_passations(collecte: Collecte, nombre: int, **champs) -> list[Passation]:
    """File ``nombre`` finished passations straight into the table (for counting, not for the path)."""
    acces = lien_principal(collecte)
    return Passation.objects.bulk_create(
        Passation(
            **(
                {
                    "collecte": collecte,
                    "version": collecte.version,
                    "acces": acces,
                    "territoire": acces.territoire,
                    "etat": "terminee",
                    "langue": "fr",
                    "jour": timezone.localdate(),
                    "reponses": {},
                }
                | champs
            )
        )
        for _ in range(nombre)
    )


def une_enveloppe(seance: Seance) -> Enveloppe:
    """Return an envelope in quarantine, as if a device had sent nonsense."""
    return Enveloppe.objects.create(
        pk=uuid4(),
        acces=seance.acces,
        empreinte="0" * 64,
        brute="{}",
        jour=timezone.localdate(),
        etat="quarantaine",
        motif="contenu",
    )


def une_seance(
    collecte: Collecte | None = None, par: Compte | None = None, **changements
) -> Seance:
    """Return a séance planned now: it can be opened; any field of its project may be given."""
    territoire = collecte.territoire if collecte else un_territoire()
    valeurs: dict[str, Any] = {
        "cle": uuid4(),
        "genre": "atelier",
        "titre": "Atelier, épicerie du Marché",
        "territoire": territoire,
        "prevue_le": timezone.now(),
        "collecte": collecte,
    } | changements
    return creer_seance(projet=ProjetSeance(**valeurs), par=par or un_compte())


def un_verbatim(collecte: Collecte, texte: str = "Ouvrir le samedi") -> Verbatim:
    """Return a text of the first passation of a collecte, ready to be read."""
    passation = collecte.passations.terminees().order_by("pk")[0]
    return Verbatim.objects.create(
        collecte=collecte,
        passation=passation,
        question="avis",
        profil="sensible",
        territoire=passation.territoire,
        original=texte,
        texte=texte,
        etat="masque_propose",
    )


def une_feuille(seance: Seance, reponses: dict[str, Any], par: Compte) -> FeuilleSaisie:
    """Type in one sheet of paper of an open séance."""
    saisie = Saisie(reponses, ())
    return saisir_feuille(seance=seance, cle=uuid4(), saisie=saisie, langue="fr", par=par)
