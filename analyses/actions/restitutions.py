"""Write, publish and withdraw what those who answered are told (domaine §1.1, needs 16 and 30)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from analyses.extraction.lecture import colonnes_de, releves_de
from analyses.extraction.repondants import LANGUE_SOURCE, collectes_a_rendre
from analyses.models import (
    QUESTIONS_MAX,
    SUITES_MAX,
    EtatRestitution,
    Proposition,
    Publication,
    Restitution,
    SuiteDonnee,
)
from analyses.verbatims.detecteurs.chiffres_tapes import a_un_chiffre
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

LONGUEUR_MAX: Final = 400


@dataclass(frozen=True, slots=True)
class ProjetSuite:
    """What coordination writes of one thing that was said, and of what was done."""

    dit: Mapping[str, str]
    fait: Mapping[str, str]
    decision: str
    question: str = ""
    indicateur: str = ""
    proposition: Proposition | None = None


def _textes(textes: Mapping[str, str], quoi: str) -> dict[str, str]:
    """Return the texts that are written; French is there, and none holds a figure about persons."""
    gardes = {langue: texte.strip() for langue, texte in textes.items() if texte.strip()}
    if LANGUE_SOURCE not in gardes:
        raise SaisieInvalide(f"Écrivez {quoi} en français.")
    for texte in gardes.values():
        if len(texte) > LONGUEUR_MAX:
            raise SaisieInvalide(f"Écrivez {quoi} en {LONGUEUR_MAX} signes au plus.")
        exiger_sans_chiffre(texte, "choisissez plutôt une question, ses chiffres protégés")
    return gardes


def exiger_sans_chiffre(texte: str, plutot: str = "les chiffres protégés des tableaux") -> None:
    """Refuse a figure about persons, typed by hand: it would go round the protected tables."""
    if a_un_chiffre(texte):
        raise SaisieInvalide(
            f"N’écrivez pas de chiffre sur les personnes\u00a0: {plutot} seront montrés. Un jour, une "
            "heure, un prix ou un poids s’écrit."
        )


def _exiger_le_droit(collecte: Any, par: Compte) -> None:
    if collecte not in collectes_a_rendre(par):
        raise AccesRefuse(
            "Votre rôle ne permet pas d’écrire le retour de cette collecte. "
            "Demandez à la coordination de votre territoire."
        )


def _exiger_publiques(releve: Any, questions: Iterable[str]) -> None:
    """Refuse questions of persons told with the thresholds of an inner circle (ADR 0136)."""
    publication = Publication.du_releve(releve.pk)
    if publication is None:  # nothing is shown of it yet: publishing and reading look again
        return
    connues = {c.question: c.titre for c in colonnes_de(publication.collecte)}
    for question in questions:
        if question in connues and not publication.est_publique(question):
            raise SaisieInvalide(
                "Les seuils de cette question ont été abaissés\u00a0: ses chiffres sont pour un "
                f"cercle restreint, pas pour tout le monde ({connues[question]})."
            )


@transaction.atomic
def ecrire_restitution(
    *, collecte: Any, questions: Iterable[str], mot: Mapping[str, str], par: Compte
) -> Restitution:
    """Write the return of a collecte: a few words, and the questions whose figures are shown.

    Its figures are those of the latest relevé. Errors: ``EtatIncompatible`` before a relevé.
    """
    _exiger_le_droit(collecte, par)
    releves = releves_de(collecte)
    if not releves:
        raise EtatIncompatible(
            "Cette collecte n’a pas encore de relevé\u00a0: arrêtez-en un d’abord."
        )
    choisies = list(questions)
    if len(choisies) > QUESTIONS_MAX:
        raise SaisieInvalide(f"Choisissez {QUESTIONS_MAX} questions au plus.")
    _exiger_publiques(releves[0], choisies)
    ecrite, creee = Restitution.objects.update_or_create(
        collecte=collecte,
        defaults={
            "releve": releves[0],
            "questions": choisies,
            "mot": _textes(mot, "le mot d’introduction"),
        },
    )
    tracer(par=par, verbe="ecrire_restitution", objet=ecrite, creee=creee)
    return ecrite


@transaction.atomic
def ajouter_suite(*, restitution: Restitution, projet: ProjetSuite, par: Compte) -> SuiteDonnee:
    """Say what was said, and what was done of it."""
    _exiger_le_droit(restitution.collecte, par)
    lieu = restitution.collecte.territoire_id
    if projet.proposition is not None and projet.proposition.territoire_id != lieu:
        raise SaisieInvalide("Cette proposition est d’un autre territoire.")
    if restitution.suites.count() >= SUITES_MAX:
        raise SaisieInvalide(f"{SUITES_MAX} suites au plus\u00a0: retirez-en une d’abord.")
    suite = SuiteDonnee.objects.create(
        restitution=restitution,
        question=projet.question,
        indicateur=projet.indicateur,
        proposition=projet.proposition,
        dit=_textes(projet.dit, "ce qui a été dit"),
        fait=_textes(projet.fait, "ce qui a été fait"),
        decision=projet.decision,
    )
    tracer(par=par, verbe="ajouter_suite", objet=suite, decision=projet.decision)
    return suite


@transaction.atomic
def retirer_suite(*, suite: SuiteDonnee, par: Compte) -> None:
    """Take one thing away from a return."""
    _exiger_le_droit(suite.restitution.collecte, par)
    tracer(par=par, verbe="retirer_suite", objet=suite)
    suite.delete()


@transaction.atomic
def publier_restitution(*, restitution: Restitution, par: Compte) -> Restitution:
    """Let anybody read a return; respondents' last page then leads to it.

    Errors: ``EtatIncompatible`` when there is nothing to read in it.
    """
    _exiger_le_droit(restitution.collecte, par)
    if not restitution.questions and not restitution.suites.exists():
        raise EtatIncompatible(
            "Le retour est vide\u00a0: choisissez une question, ou dites ce qui a été fait."
        )
    _exiger_publiques(restitution.releve, restitution.questions)
    if restitution.publiee_le is None:
        restitution.publiee_le = timezone.localdate()
        restitution.publiee_par = par
    return _passer(restitution, EtatRestitution.PUBLIEE, "publier_restitution", par)


@transaction.atomic
def retirer_restitution(*, restitution: Restitution, par: Compte) -> Restitution:
    """Take a return away: its address says nothing any more."""
    _exiger_le_droit(restitution.collecte, par)
    if restitution.etat != EtatRestitution.PUBLIEE:
        raise EtatIncompatible("Ce retour n’est pas publié.")
    return _passer(restitution, EtatRestitution.RETIREE, "retirer_restitution", par)


def _passer(restitution: Restitution, etat: str, verbe: str, par: Compte) -> Restitution:
    restitution.etat = etat
    restitution.save(update_fields=["etat", "publiee_le", "publiee_par"])
    collecte = restitution.collecte
    # Read by every last page of respondents, which asks the database one thing only.
    montree = etat == EtatRestitution.PUBLIEE
    collecte.rendue_le = restitution.publiee_le if montree else None
    collecte.save(update_fields=["rendue_le"])
    tracer(par=par, verbe=verbe, objet=restitution)
    return restitution
