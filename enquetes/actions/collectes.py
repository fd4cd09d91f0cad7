"""Open, pause, close a collecte; count its answers together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from enquetes.droits import exiger_sur_collecte, exiger_sur_lieu
from enquetes.models import (
    Acces,
    Collecte,
    EtatCollecte,
    Releve,
    Unite,
    VersionQuestionnaire,
)
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.roles import Droit

NB_MIN_RELEVE = 11
"""Fewest new answers of persons that may be counted together (confidentialité §4.1, n_min)."""


@dataclass(frozen=True, slots=True)
class ProjetCollecte:
    """What coordination decides when it opens a collecte; nothing here is stored by itself."""

    nom: str
    titre: str
    version: VersionQuestionnaire
    territoire: Territoire
    public: str
    demandeur: str
    raison: str
    ouvre_le: date
    ferme_le: date
    structure: Structure | None = None
    unite: str = Unite.PERSONNE
    langues: tuple[str, ...] = ("fr",)
    modes: tuple[str, ...] = ("telephone",)
    profil: str = "sensible"
    conservation_mois: int = 24
    fictive: bool = False


@transaction.atomic
def preparer_collecte(*, projet: ProjetCollecte, par: Compte) -> Collecte:
    """Create the collecte and its main link; nobody can answer before it is opened."""
    exiger_sur_lieu(
        par, Droit.OUVRIR_COLLECTE, territoire=projet.territoire, structure=projet.structure
    )
    _exiger_coherence(projet)
    collecte = Collecte.objects.create(
        nom=projet.nom,
        titre=projet.titre,
        version=projet.version,
        territoire=projet.territoire,
        structure=projet.structure,
        unite=projet.unite,
        public=projet.public,
        demandeur=projet.demandeur,
        raison=projet.raison,
        langues=list(projet.langues),
        modes=list(projet.modes),
        profil=projet.profil,
        ouvre_le=projet.ouvre_le,
        ferme_le=projet.ferme_le,
        conservation_mois=projet.conservation_mois,
        fictive=projet.fictive,
        creee_par=par,
    )
    Acces.objects.create(
        collecte=collecte,
        territoire=projet.territoire,
        structure=projet.structure,
        principal=True,
    )
    tracer(par=par, verbe="preparer_collecte", objet=collecte, profil=projet.profil)
    return collecte


def _exiger_coherence(projet: ProjetCollecte) -> None:
    structure = projet.structure
    if structure is not None and not structure.territoire.chemin.startswith(
        projet.territoire.chemin
    ):
        raise SaisieInvalide(
            "Cette structure n’est pas dans le territoire choisi. Choisissez l’un ou l’autre."
        )
    if projet.ferme_le < projet.ouvre_le:
        raise SaisieInvalide(
            "La date de fermeture vient avant la date d’ouverture. Corrigez l’une des deux."
        )
    if not projet.langues:
        raise SaisieInvalide("Choisissez au moins une langue.")


@transaction.atomic
def ajouter_acces(
    *, collecte: Collecte, territoire: Territoire, par: Compte, structure: Structure | None = None
) -> Acces:
    """Add a link whose answers are told apart by their place; the same place keeps its link."""
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, collecte)
    if not territoire.chemin.startswith(collecte.territoire.chemin):
        raise SaisieInvalide("Ce territoire n’est pas dans celui de la collecte.")
    acces, cree = Acces.objects.get_or_create(
        collecte=collecte, territoire=territoire, structure=structure, principal=False
    )
    if cree:
        tracer(par=par, verbe="ajouter_acces", objet=acces)
    return acces


def _changer_etat(
    collecte: Collecte, par: Compte, depuis: Sequence[EtatCollecte], vers: EtatCollecte
) -> Collecte:
    verrouillee = Collecte.objects.select_for_update(of=("self",)).get(pk=collecte.pk)
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, verrouillee)
    if verrouillee.etat not in depuis:
        raise EtatIncompatible(
            f"La collecte est {verrouillee.get_etat_display()}\u00a0: cette action n’est plus possible. "
            "Rechargez la page pour voir où elle en est."
        )
    verrouillee.etat = vers
    return verrouillee


@transaction.atomic
def ouvrir_collecte(*, collecte: Collecte, par: Compte) -> Collecte:
    """Let people answer, within the period."""
    collecte = _changer_etat(collecte, par, [EtatCollecte.PREPARATION], EtatCollecte.OUVERTE)
    collecte.save(update_fields=["etat"])
    tracer(par=par, verbe="ouvrir_collecte", objet=collecte)
    return collecte


@transaction.atomic
def mettre_en_pause(*, collecte: Collecte, par: Compte) -> Collecte:
    """Stop new answers for a while; what people have begun is kept."""
    collecte = _changer_etat(collecte, par, [EtatCollecte.OUVERTE], EtatCollecte.EN_PAUSE)
    collecte.save(update_fields=["etat"])
    tracer(par=par, verbe="mettre_en_pause", objet=collecte)
    return collecte


@transaction.atomic
def reprendre_collecte(*, collecte: Collecte, par: Compte) -> Collecte:
    """Open again after a pause."""
    collecte = _changer_etat(collecte, par, [EtatCollecte.EN_PAUSE], EtatCollecte.OUVERTE)
    collecte.save(update_fields=["etat"])
    tracer(par=par, verbe="reprendre_collecte", objet=collecte)
    return collecte


@transaction.atomic
def clore_collecte(*, collecte: Collecte, par: Compte) -> Collecte:
    """Close for good and count the last answers together.

    Answers of persons that are too few to be counted (fewer than ``NB_MIN_RELEVE`` since the last
    relevé) stay uncounted: the closing page says how many.
    """
    collecte = _changer_etat(
        collecte,
        par,
        [EtatCollecte.PREPARATION, EtatCollecte.OUVERTE, EtatCollecte.EN_PAUSE],
        EtatCollecte.CLOSE,
    )
    collecte.close_le = timezone.now()
    collecte.close_par = par
    collecte.save(update_fields=["etat", "close_le", "close_par"])
    tracer(par=par, verbe="clore_collecte", objet=collecte)
    if collecte.passations.non_relevees().count() >= _nb_min(collecte):
        _relever(collecte, par)
    return collecte


@transaction.atomic
def arreter_releve(*, collecte: Collecte, par: Compte) -> Releve:
    """Count together every answer sent since the last relevé, while the collecte goes on.

    Two relevés never share a person, so their tables cannot be subtracted from each other.
    """
    collecte = Collecte.objects.select_for_update(of=("self",)).get(pk=collecte.pk)
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, collecte)
    nouvelles = collecte.passations.non_relevees().count()
    if nouvelles < _nb_min(collecte):
        raise EtatIncompatible(
            f"Trop peu de nouvelles réponses\u00a0: il en faut au moins {_nb_min(collecte)} "
            f"pour protéger les personnes, il y en a {nouvelles}. Réessayez plus tard."
        )
    return _relever(collecte, par)


def _nb_min(collecte: Collecte) -> int:
    return 1 if collecte.unite == Unite.ORGANISATION else NB_MIN_RELEVE


def _relever(collecte: Collecte, par: Compte) -> Releve:
    a_compter = collecte.passations.non_relevees()
    releve = Releve.objects.create(
        collecte=collecte,
        numero=collecte.releves.count() + 1,
        arrete_le=timezone.localdate(),
        arrete_par=par,
        nb_passations=0,
    )
    releve.nb_passations = a_compter.update(releve=releve)
    releve.save(update_fields=["nb_passations"])
    tracer(par=par, verbe="arreter_releve", objet=releve, nb_passations=releve.nb_passations)
    return releve
