"""What the data referent decides, with a reason, and what follows from it."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from analyses.droits import exiger_referent
from analyses.extraction.groupes import dimensions_possibles
from analyses.extraction.lecture import Collecte, colonnes_de
from analyses.models import Abaissement, Demande, EtatDemande, PlanAnalyse
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.commun.francais import lire_texte
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .plans import croisements_valides, ecrire_plan, exiger_groupables, plan_en_vigueur

RAISON_AU_PLUS: Final = 1000


@transaction.atomic
def demander_ventilation(
    *, collecte: Collecte, croisement: Sequence[str], motif: str, par: Compte
) -> Demande:
    """Ask the referent for a grouping; the same one that waits is asked for once.

    Errors: ``SaisieInvalide`` when the plan has it, or may not have it at all.
    """
    plan = plan_en_vigueur(collecte=collecte, par=par)
    dimensions = dimensions_possibles(collecte)
    connues = {str(d["nom"]) for d in [*dimensions, *plan.dimensions]}
    exiger_groupables(collecte, set(croisement) - connues)
    noms = croisements_valides([*dimensions, *plan.dimensions], [croisement])[-1]
    if not noms:
        raise SaisieInvalide("Choisissez selon quoi comparer.")
    if any(set(noms) == set(c) for c in plan.croisements):
        raise SaisieInvalide("Cette comparaison est déjà dans le plan d’analyse.")
    if not motif.strip():
        raise SaisieInvalide("Dites à quoi servira cette comparaison.")
    for attend in Demande.objects.filter(collecte=collecte, etat=EtatDemande.TRANSMISE):
        if set(attend.croisement) == set(noms):
            return attend
    demande = Demande.objects.create(
        collecte=collecte,
        croisement=noms,
        motif=motif.strip(),
        demandee_le=timezone.localdate(),
        demandee_par=par,
    )
    tracer(par=par, verbe="demander_ventilation", objet=demande, croisement=noms)
    return demande


@transaction.atomic
def decider_demande(*, demande: Demande, accepter: bool, raison: str, par: Compte) -> Demande:
    """Accept a grouping, which the plan then has, or refuse it.

    What is published of it is another matter: the next closing audits it with all that was shown.
    Errors: ``AccesRefuse``; ``EtatIncompatible`` when it is decided already; ``SaisieInvalide``.
    """
    prise = Demande.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    exiger_referent(par, prise.collecte)
    if prise.demandee_par_id == par.pk:
        raise AccesRefuse("Une autre personne que vous doit décider de votre demande.")
    if prise.etat != EtatDemande.TRANSMISE:
        raise EtatIncompatible("Cette demande a déjà reçu sa réponse.")
    dite = lire_texte(raison, limite=RAISON_AU_PLUS, vide="Écrivez la raison de votre décision.")
    prise.etat = EtatDemande.ACCEPTEE if accepter else EtatDemande.REFUSEE
    prise.raison, prise.decidee_le, prise.decidee_par = dite, timezone.localdate(), par
    prise.save()
    if accepter:
        _elargir(prise, plan_en_vigueur(collecte=prise.collecte, par=par), par)
    tracer(par=par, verbe="decider_demande", objet=prise, etat=str(prise.etat))
    return prise


def _elargir(demande: Demande, plan: PlanAnalyse, par: Compte) -> None:
    """Write the plan again, with one grouping more."""
    connues = {str(d["nom"]) for d in plan.dimensions}
    possibles = dimensions_possibles(demande.collecte)
    nouvelles = [d for d in possibles if d["nom"] in set(demande.croisement) - connues]
    ecrire_plan(
        collecte_id=demande.collecte_id,
        dimensions=[*plan.dimensions, *nouvelles],
        croisements=[*plan.croisements, demande.croisement],
        par=par,
    )


@transaction.atomic
def abaisser_profil(*, collecte: Collecte, question: str, raison: str, par: Compte) -> Abaissement:
    """Let a sensitive question of a collecte be told with the thresholds of an ordinary one.

    Closings to come only: what was shown stays, and binds. Errors: ``AccesRefuse``;
    ``SaisieInvalide`` for a question that is not there, or without a reason.
    """
    exiger_referent(par, collecte)
    if question not in {c.question for c in colonnes_de(collecte)}:
        raise SaisieInvalide("Cette question n’est pas dans la collecte.")
    vide = "Écrivez pourquoi cette question n’est pas sensible ici."
    dite = lire_texte(raison, limite=RAISON_AU_PLUS, vide=vide)
    abaissement, neuf = Abaissement.objects.get_or_create(
        collecte=collecte,
        question=question,
        defaults={
            "raison": dite,
            "decide_le": timezone.localdate(),
            "decide_par": par,
        },
    )
    if neuf:
        tracer(par=par, verbe="abaisser_profil", objet=abaissement, question=question)
    return abaissement
