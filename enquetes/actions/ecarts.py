"""What looks odd is told to coordination; people decide, with a reason, and may change their mind.

Nothing here shows an answer. What was counted is out of reach: setting it aside afterwards would
tell it by difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.actions.ressemblances import RESSEMBLANCES, Vue
from enquetes.droits import exiger_sur_collecte
from enquetes.models import (
    Acces,
    Collecte,
    Ecart,
    Enveloppe,
    Passation,
    Signe,
    VersionQuestionnaire,
)
from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import jour_en_mots
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte
from voix.comptes.roles import Droit


@dataclass(frozen=True, slots=True)
class Lot:
    """Answers that share a sign and a link; how many, and nothing of what they say."""

    cle: str
    motif: str
    membres: tuple[UUID, ...]

    @property
    def nombre(self) -> int:
        """Return how many answers it holds."""
        return len(self.membres)


def signaler_passation(*, passation_id: UUID, acces: Acces, signes: Iterable[str]) -> None:
    """Flag what was just sent; the person is never told, and nothing is refused."""
    dits = ",".join(sorted(signes))
    if dits:
        Passation.objects.filter(pk=passation_id, acces=acces).update(signes=dits)


def lots_a_verifier(collecte: Collecte) -> list[Lot]:
    """Return what looks odd among the answers that are not counted yet, link by link."""
    lots: dict[str, Lot] = {}

    def ajouter(cle: str, motif: str, membres: Iterable[UUID]) -> None:
        tous = tuple(membres)
        if tous:
            lots[cle] = Lot(cle, motif, tous)

    for acces in collecte.acces.select_related("territoire", "structure", "seance"):
        lues = _a_compter(collecte, acces)
        ou = _source(acces)
        for signe in Signe:
            ajouter(
                f"{signe.value}-{acces.pk}",
                f"{ou}\u00a0: {signe.label}",
                lues.filter(signes__contains=signe.value).values_list("pk", flat=True),
            )
        for jour, du_jour in _jours_de_rafale(lues):
            dit = f"toutes celles reçues ce jour-là, le {jour_en_mots(jour)}, rafale comprise"
            ajouter(f"jour-{acces.pk}-{jour:%Y%m%d}", f"{ou}\u00a0: {dit}", du_jour)
        ajouter(
            f"retiree-{acces.pk}",
            f"{ou}\u00a0: questionnaire retiré à cause d’un défaut",
            lues.filter(version__retiree_le__isnull=False).values_list("pk", flat=True),
        )
        vues = _vues(lues)
        for cle, (dit, trouver) in RESSEMBLANCES.items():
            ajouter(f"{cle}-{acces.pk}", f"{ou}\u00a0: {dit}", trouver(vues))
        for appareil, revoque in _appareils_revoques(acces):
            ajouter(
                f"appareil-{appareil}",
                f"{ou}\u00a0: envoyées par un appareil retiré, le jour même ou après",
                lues.filter(
                    pk__in=Enveloppe.objects.filter(appareil=appareil, jour__gte=revoque).values(
                        "pk"
                    )
                ).values_list("pk", flat=True),
            )
    return list(lots.values())


def _jours_de_rafale(lues: QuerySet[Passation]) -> list[tuple[date, Iterable[UUID]]]:
    """Return the days of a flood, each with all that came: its first 120 look like the others."""
    en_rafale = lues.filter(signes__contains=Signe.RAFALE).values_list("jour", flat=True)
    return [
        (jour, lues.filter(jour=jour).values_list("pk", flat=True))
        for jour in sorted(set(en_rafale))
    ]


def _source(acces: Acces) -> str:
    if acces.seance is not None:  # two séances of one place, or of one day, have one title
        return acces.seance.nom_entier
    genre = "Feuilles" if acces.par_feuille else "Lien ouvert"
    return f"{genre}, {acces.lieu}"


def _a_compter(collecte: Collecte, acces: Acces) -> QuerySet[Passation]:
    return collecte.passations.non_relevees().filter(acces=acces).order_by("pk")


def _vues(lues: QuerySet[Passation]) -> list[Vue]:
    """Return the answers to be compared, each with the version that it answers."""
    versions = VersionQuestionnaire.objects.in_bulk(
        set(lues.order_by().values_list("version", flat=True).distinct())
    )
    return [
        Vue(cle, versions[version], reponses)
        for cle, version, reponses in lues.values_list("pk", "version", "reponses")
    ]


def _appareils_revoques(acces: Acces) -> list[tuple[int, object]]:
    if acces.seance is None:
        return []
    return [
        (appareil.pk, timezone.localdate(appareil.revoque_le))
        for appareil in acces.seance.appareils.filter(revoque_le__isnull=False)
    ]


@transaction.atomic
def ecarter(*, collecte: Collecte, cle: str, raison: str, par: Compte) -> Ecart:
    """Set a lot aside; pressed twice, the second finds nothing left in it.

    Errors: ``SaisieInvalide`` without a reason, or when the lot is empty now.
    """
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, collecte)
    if not raison.strip():
        raise SaisieInvalide("Dites pourquoi ces réponses sont mises à l’écart.")
    lot = next((un for un in lots_a_verifier(collecte) if un.cle == cle), None)
    if lot is None:
        raise SaisieInvalide("Il n’y a plus rien à mettre à l’écart ici.")
    ecart = Ecart.objects.create(
        collecte=collecte,
        motif=lot.motif[:200],
        raison=raison.strip()[:300],
        decide_le=timezone.localdate(),
        decide_par=par,
    )
    nombre = collecte.passations.non_relevees().filter(pk__in=lot.membres).update(ecart=ecart)
    tracer(par=par, verbe="ecarter", objet=ecart, nombre=nombre, raison=ecart.raison)
    return ecart


@transaction.atomic
def lever_ecart(*, ecart: Ecart, par: Compte) -> Ecart:
    """Count these answers again, in the next relevé; the decision and its reason stay written."""
    ecart = Ecart.objects.select_for_update(of=("self",)).get(pk=ecart.pk)
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, ecart.collecte)
    if ecart.leve_le is None:
        nombre = ecart.passations.update(ecart=None)
        ecart.leve_le, ecart.leve_par = timezone.localdate(), par
        ecart.save(update_fields=["leve_le", "leve_par"])
        tracer(par=par, verbe="lever_ecart", objet=ecart, nombre=nombre)
    return ecart


def nb_ecartees(collecte: Collecte) -> int:
    """Return how many answers are set aside now: printed beside results."""
    return collecte.passations.filter(ecart__isnull=False).count()
