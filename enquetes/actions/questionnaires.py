"""Publish a definition: from then on it never changes and stays answerable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from enquetes.bibliotheque import codes, lire
from enquetes.bibliotheque.echelles import echelle_de
from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES
from enquetes.droits import exiger_sur_lieu
from enquetes.echanges.fichier import ECHELLE_ENTIERE
from enquetes.models import Questionnaire, VersionQuestionnaire
from enquetes.parcours.definition import Definition
from enquetes.parcours.lecture import definition_depuis, empreinte, en_json
from enquetes.parcours.verification import graves, verifier
from voix.commun.erreurs import AccesRefuse, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit


@transaction.atomic
def publier_version(
    *,
    definition: Mapping[str, Any],
    origine: str,
    territoire: Territoire | None,
    par: Compte | str,
) -> VersionQuestionnaire:
    """Store a definition as the next version of its questionnaire; the same one is stored once.

    ``par`` is an account that may import on ``territoire``, or the name of a command.
    """
    if isinstance(par, Compte):
        if territoire is None:
            raise SaisieInvalide("Choisissez le territoire de ce questionnaire.")
        exiger_sur_lieu(par, Droit.IMPORTER_QUESTIONNAIRE, territoire=territoire, structure=None)
    lue = _exiger_juste(definition)
    questionnaire, _ = Questionnaire.objects.get_or_create(
        code=lue.code,
        territoire=territoire,
        defaults={"titre": lue.titre.dans("fr").texte, "origine": origine},
    )
    # One writer at a time on a questionnaire, so that two imports never take the same number.
    questionnaire = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    version = questionnaire.versions.filter(empreinte=empreinte(lue)).first()
    if version is None:
        derniere = questionnaire.versions.order_by("-numero").first()
        version = VersionQuestionnaire.objects.create(
            questionnaire=questionnaire,
            numero=derniere.numero + 1 if derniere else 1,
            empreinte=empreinte(lue),
            definition=en_json(lue),
            publiee_par=par if isinstance(par, Compte) else None,
        )
        # The identity is called as its newest version is.
        questionnaire.titre = lue.titre.dans("fr").texte
        questionnaire.save(update_fields=["titre"])
        tracer(par=par, verbe="publier_version", objet=version, empreinte=version.empreinte)
    return version


def _exiger_juste(definition: Mapping[str, Any]) -> Definition:
    defauts = graves(verifier(definition, NATURES, frozenset(PICTOGRAMMES)))
    if defauts:
        premier = defauts[0]
        reste = f" Il y a {len(defauts)} choses à corriger." if len(defauts) > 1 else ""
        raise SaisieInvalide(f"{premier.message} {premier.conseil}{reste}")
    lue = definition_depuis(definition)
    if lue.echelle and echelle_de(lue) is None:
        raise SaisieInvalide(" ".join(ECHELLE_ENTIERE))
    return lue


@transaction.atomic
def retirer_version(
    *, version: VersionQuestionnaire, raison: str, par: Compte | str
) -> VersionQuestionnaire:
    """Offer a version to nobody new, because of a fault; twice is the same as once.

    Whoever has begun ends, devices still send, and what was answered is told apart (ADR 0089).
    """
    version = _a_retirer(version, par)
    if not raison.strip():
        raise SaisieInvalide("Dites pourquoi cette version est retirée.")
    if version.est_retiree:
        return version
    qui = par if isinstance(par, Compte) else None
    return _noter(
        version, "retirer_version", par, le=timezone.now(), qui=qui, raison=raison.strip()[:200]
    )


@transaction.atomic
def remettre_version(*, version: VersionQuestionnaire, par: Compte | str) -> VersionQuestionnaire:
    """Offer again a version that was withdrawn; the trace keeps both decisions."""
    version = _a_retirer(version, par)
    if not version.est_retiree:
        return version
    return _noter(version, "remettre_version", par, le=None, qui=None, raison="")


def _a_retirer(version: VersionQuestionnaire, par: Compte | str) -> VersionQuestionnaire:
    territoire = version.questionnaire.territoire
    if isinstance(par, Compte):
        if territoire is None:
            raise AccesRefuse(
                "Ce questionnaire est celui de Voix, le même pour tous. "
                "Demandez à la personne qui a installé Voix."
            )
        exiger_sur_lieu(par, Droit.IMPORTER_QUESTIONNAIRE, territoire=territoire, structure=None)
    return VersionQuestionnaire.objects.select_for_update(of=("self",)).get(pk=version.pk)


def _noter(
    version: VersionQuestionnaire,
    verbe: str,
    par: Compte | str,
    *,
    le: datetime | None,
    qui: Compte | None,
    raison: str,
) -> VersionQuestionnaire:
    # Not « save »: the definition never changes, and a version refuses to be saved again.
    VersionQuestionnaire.objects.filter(pk=version.pk).update(
        retiree_le=le, retiree_par=qui, raison_retrait=raison
    )
    tracer(par=par, verbe=verbe, objet=version, empreinte=version.empreinte, raison=raison)
    version.refresh_from_db(fields=["retiree_le", "retiree_par", "raison_retrait"])
    return version


def charger_bibliotheque(*, par: Compte | str) -> list[VersionQuestionnaire]:
    """Publish every bundled questionnaire that is not published yet."""
    nom = par if isinstance(par, str) else f"compte:{par.pk}"
    return [
        publier_version(
            definition=lire(code),
            origine=Questionnaire.Origine.BIBLIOTHEQUE,
            territoire=None,
            par=nom,
        )
        for code in codes()
    ]
