"""Publish a definition: from then on it never changes and stays answerable."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from enquetes.bibliotheque import codes, lire
from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES
from enquetes.droits import exiger_sur_lieu
from enquetes.models import Questionnaire, VersionQuestionnaire
from enquetes.parcours.definition import Definition
from enquetes.parcours.lecture import definition_depuis, empreinte, en_json
from enquetes.parcours.verification import graves, verifier
from voix.commun.erreurs import SaisieInvalide
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
    return definition_depuis(definition)


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
