"""File fictitious respondents from a file, and erase them on the day that the file says."""

import re
import unicodedata
from datetime import date
from uuid import uuid4

from django.db import transaction

from enquetes.actions.effacements import VIDE
from enquetes.echanges.microdonnees import Description, Personne, definition_de
from enquetes.models import (
    Acces,
    Collecte,
    EffacementPrevu,
    EtatCollecte,
    EtatPassation,
    Mode,
    Passation,
    Questionnaire,
    VersionQuestionnaire,
)
from enquetes.parcours.lecture import definition_depuis, empreinte, en_json
from enquetes.signaux import reponses_effacees
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Territoire
from voix.comptes.models.territoire import Niveau

LIEU_FICTIF = "fictif"
PAQUET = 2_000


@transaction.atomic
def importer_microdonnees(
    *, description: Description, personnes: list[Personne], par: str
) -> Collecte:
    """Create a collecte marked « données fictives » that holds these persons.

    Its codes are those of the file, which no phone shows: the definition is not held to the rules
    of an author's, and its link is closed. ``par`` is the name of a command.
    """
    version = _version(description)
    jours = [personne.recueillie_le for personne in personnes]
    lieu = _lieu_fictif()
    collecte = Collecte.objects.create(
        nom=_nom_libre(description.questionnaire),
        titre=description.questionnaire,
        version=version,
        territoire=lieu,
        public="personnes fictives",
        demandeur="Voix",
        raison="Essayer la protection des chiffres.",
        langues=["fr"],
        modes=[Mode.IMPORT],
        profil="ordinaire",  # the profile of each question decides
        etat=EtatCollecte.OUVERTE,
        ouvre_le=min(jours),
        ferme_le=max(jours),
        fictive=True,
    )
    acces = Acces.objects.create(collecte=collecte, territoire=lieu, principal=True, ouvert=False)
    _deposer(collecte, acces, personnes)
    tracer(par=par, verbe="importer_microdonnees", objet=collecte, nombre=len(personnes))
    return collecte


def _version(description: Description) -> VersionQuestionnaire:
    definition = definition_depuis(definition_de(description))
    questionnaire, _ = Questionnaire.objects.get_or_create(
        code="microdonnees",
        territoire=_lieu_fictif(),  # in no library: nobody would choose it
        defaults={"titre": "Microdonnées fictives", "origine": Questionnaire.Origine.IMPORT},
    )
    version = questionnaire.versions.filter(empreinte=empreinte(definition)).first()
    return version or VersionQuestionnaire.objects.create(
        questionnaire=questionnaire,
        numero=questionnaire.versions.count() + 1,
        empreinte=empreinte(definition),
        definition=en_json(definition),
    )


def _lieu_fictif() -> Territoire:
    lieu, _ = Territoire.objects.get_or_create(
        chemin=f"/{LIEU_FICTIF}/",
        defaults={"code": LIEU_FICTIF, "nom": "Lieu fictif", "niveau": Niveau.PAYS},
    )
    return lieu


def _nom_libre(titre: str) -> str:
    sans_accents = unicodedata.normalize("NFD", titre).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", sans_accents).strip("-")[:48] or "microdonnees"
    pris = set(Collecte.objects.filter(nom__startswith=base).values_list("nom", flat=True))
    noms = [base, *(f"{base}-{rang}" for rang in range(2, len(pris) + 3))]
    return next(nom for nom in noms if nom not in pris)


def _deposer(collecte: Collecte, acces: Acces, personnes: list[Personne]) -> None:
    passations = [
        Passation(
            pk=uuid4(),
            collecte=collecte,
            version=collecte.version,
            acces=acces,
            territoire=collecte.territoire,
            etat=EtatPassation.TERMINEE,
            mode=Mode.IMPORT,
            langue="fr",
            jour=personne.recueillie_le,
            reponses=dict(personne.valeurs),
        )
        for personne in personnes
    ]
    Passation.objects.bulk_create(passations, batch_size=PAQUET)
    EffacementPrevu.objects.bulk_create(
        (
            EffacementPrevu(passation=passation, le=personne.effacee_le)
            for passation, personne in zip(passations, personnes, strict=True)
            if personne.effacee_le
        ),
        batch_size=PAQUET,
    )


@transaction.atomic
def effacer_prevues(*, collecte: Collecte, au: date, par: str) -> int:
    """Erase the fictitious persons whose day has come by ``au``; return how many."""
    dues = Passation.objects.filter(
        collecte=collecte, etat=EtatPassation.TERMINEE, effacement_prevu__le__lte=au
    )
    nombre = dues.update(**VIDE)
    if nombre:
        reponses_effacees.send(sender=Passation)
        tracer(par=par, verbe="effacer_prevues", objet=collecte, nombre=nombre)
    return nombre
