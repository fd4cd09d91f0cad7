"""Programmes, indicators of one's own, and figures typed in by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from analyses.droits import exiger_sur_territoire
from analyses.extraction.questions import reponses_publiees
from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.formule.arbre import ErreurFormule, Mesure
from analyses.indicateurs.indicateur import IndicateurInvalide
from analyses.indicateurs.personnes import codes_lus, question_lue
from analyses.indicateurs.pourcentages import lire_pourcent
from analyses.models import IndicateurPropre, MesureSaisie, Programme
from voix.commun.erreurs import SaisieInvalide
from voix.commun.proches import vouliez_vous
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit


@transaction.atomic
def creer_programme(
    *,
    nom: str,
    titre: str,
    territoire: Territoire,
    territoires: Iterable[Territoire],
    par: Compte,
    fictif: bool = False,
) -> Programme:
    """Gather territoires under the one that carries the programme; the same name is the same one.

    Called again, it adds the territoires that are missing.
    """
    exiger_sur_territoire(par, Droit.TENIR_REGISTRES, territoire)
    membres = list(territoires)
    if not membres:
        raise SaisieInvalide("Choisissez au moins un territoire.")
    for membre in membres:
        exiger_sur_territoire(par, Droit.TENIR_REGISTRES, membre)
    programme, cree = Programme.objects.get_or_create(
        nom=nom,
        defaults={"titre": titre, "territoire": territoire, "fictif": fictif, "cree_par": par},
    )
    if not cree and programme.territoire_id != territoire.pk:
        raise SaisieInvalide("Un autre programme porte déjà ce nom court. Choisissez-en un autre.")
    deja = set(programme.territoires.values_list("pk", flat=True))
    neufs = [membre for membre in membres if membre.pk not in deja]
    programme.territoires.add(*neufs)
    if cree or neufs:
        tracer(par=par, verbe="creer_programme", objet=programme, territoires=len(neufs))
    return programme


@dataclass(frozen=True, slots=True)
class ProjetIndicateur:
    """What an evaluator writes of an indicator; nothing here is stored by itself."""

    code: str
    nom: str
    definition: str
    formule: str
    forme: str = "part"
    objectif: int | None = None
    sens: str = "au_moins"
    origine: str = ""
    mise_en_commun: str = "ensemble"
    intervalle: str = "recensement"
    base_min: int = 10


@transaction.atomic
def definir_indicateur(
    *, territoire: Territoire, projet: ProjetIndicateur, par: Compte
) -> IndicateurPropre:
    """Add an indicator, or rewrite the one of the same code.

    Errors: ``SaisieInvalide`` with the reason, and the place in the formula.
    """
    exiger_sur_territoire(par, Droit.DEFINIR_INDICATEURS, territoire)
    if projet.code in {i.code for i in catalogue()}:
        raise SaisieInvalide(
            f"«\u00a0{projet.code}\u00a0» est un indicateur fourni. Choisissez un autre code."
        )
    champs: dict[str, Any] = {nom: getattr(projet, nom) for nom in ProjetIndicateur.__slots__}
    propre = IndicateurPropre(territoire=territoire, **champs)
    try:
        propre.verifie()
    except (ErreurFormule, IndicateurInvalide) as erreur:
        raise SaisieInvalide(str(erreur)) from erreur
    for mesure in propre.lu().lue.mesures:
        _exiger_reponses(mesure)
    del champs["code"]
    propre, cree = IndicateurPropre.objects.update_or_create(
        territoire=territoire,
        code=projet.code,
        defaults=champs,
        create_defaults=champs | {"cree_par": par},
    )
    tracer(par=par, verbe="definir_indicateur", objet=propre, nouveau=cree)
    return propre


def _exiger_reponses(mesure: Mesure) -> None:
    """Refuse answers that no published questionnaire has: they would be counted as nobody."""
    lue = question_lue(mesure) if mesure.table == "reponses" else None
    if lue is None:
        return
    questionnaire, question = lue
    questions = reponses_publiees(questionnaire)
    if not questions:
        raise SaisieInvalide(
            f"Aucun questionnaire publié n’a le code «\u00a0{questionnaire}\u00a0». Vérifiez-le, ou publiez-le."
        )
    _exiger_parmi(
        question, list(questions), f"une question qui se compte de «\u00a0{questionnaire}\u00a0»"
    )
    for code in sorted(codes_lus(mesure)):
        _exiger_parmi(code, list(questions[question]), f"une réponse à «\u00a0{question}\u00a0»")


def _exiger_parmi(ecrit: str, connus: list[str], quoi: str) -> None:
    if ecrit not in connus:
        non = f"«\u00a0{ecrit}\u00a0» n’est pas {quoi}."
        tous = f"Choisissez parmi\u00a0: {', '.join(connus)}."
        raise SaisieInvalide(" ".join(filter(None, (non, vouliez_vous(ecrit, connus), tous))))


@transaction.atomic
def retirer_indicateur(*, propre: IndicateurPropre, par: Compte) -> None:
    """Take an indicator of one's own away."""
    exiger_sur_territoire(par, Droit.DEFINIR_INDICATEURS, propre.territoire)
    tracer(par=par, verbe="retirer_indicateur", objet=propre, code=propre.code)
    propre.delete()


@dataclass(frozen=True, slots=True)
class ChiffreLu:
    """A figure read somewhere, as it was written."""

    code: str
    pourcent: str
    origine: str
    du: date
    k: int | None = None
    n: int | None = None


@transaction.atomic
def ajouter_mesure(*, programme: Programme, chiffre: ChiffreLu, par: Compte) -> MesureSaisie:
    """Keep a figure typed in by hand. An impossible one is kept too, and flagged where it is shown."""
    exiger_sur_territoire(par, Droit.DEFINIR_INDICATEURS, programme.territoire)
    try:
        lire_pourcent(chiffre.pourcent)
    except ValueError as erreur:
        raise SaisieInvalide("Écrivez un pourcentage, par exemple 74 ou 73,8.") from erreur
    mesure, _ = MesureSaisie.objects.update_or_create(
        programme=programme,
        code=chiffre.code,
        du=chiffre.du,
        origine=chiffre.origine,
        defaults={"pourcent": chiffre.pourcent, "k": chiffre.k, "n": chiffre.n},
        create_defaults={
            "pourcent": chiffre.pourcent,
            "k": chiffre.k,
            "n": chiffre.n,
            "saisie_par": par,
        },
    )
    tracer(par=par, verbe="ajouter_mesure", objet=mesure, code=chiffre.code)
    return mesure
