"""Open, pause, close a collecte; count its answers together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from enquetes.actions.arrivees import PAS
from enquetes.actions.boite import ouvrir_avant_de_compter
from enquetes.actions.echeances import exiger_jour_proche
from enquetes.actions.suivi.vagues import exiger_des_vagues_a_part
from enquetes.droits import exiger_sur_collecte, exiger_sur_lieu
from enquetes.models import (
    Acces,
    Collecte,
    Entree,
    Enveloppe,
    EtatCollecte,
    Releve,
    Unite,
    Vague,
    VersionQuestionnaire,
)
from enquetes.models.melange import melanger
from enquetes.parcours.definition import Repondants
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.roles import Droit

NB_MIN_RELEVE = 11
"""Fewest new answers of persons that may be counted together (confidentialité §4.1, n_min)."""


DEPUIS: dict[str, frozenset[EtatCollecte]] = {
    "ouvrir_collecte": frozenset({EtatCollecte.PREPARATION}),
    "mettre_en_pause": frozenset({EtatCollecte.OUVERTE}),
    "reprendre_collecte": frozenset({EtatCollecte.EN_PAUSE}),
    "clore_collecte": frozenset(
        {EtatCollecte.PREPARATION, EtatCollecte.OUVERTE, EtatCollecte.EN_PAUSE}
    ),
}
"""From which states each action may start."""


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
    traductions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    langues: tuple[str, ...] = ("fr",)
    entree: str = Entree.LIEN
    modes: tuple[str, ...] = ("telephone",)
    garde_incompletes: bool = False
    profil: str = "sensible"
    conservation_mois: int = 24
    fictive: bool = False


@transaction.atomic
def preparer_collecte(*, projet: ProjetCollecte, par: Compte) -> Collecte:
    """Create the collecte and its main link; nobody can answer before it is opened.

    Sending the same project twice (double tap, reload) prepares one collecte.
    """
    exiger_sur_lieu(
        par, Droit.OUVRIR_COLLECTE, territoire=projet.territoire, structure=projet.structure
    )
    _exiger_coherence(projet, par)
    collecte, creee = Collecte.objects.get_or_create(
        nom=projet.nom, defaults=_champs(projet) | {"creee_par": par}
    )
    if not creee:
        return _la_meme(collecte, projet, par)
    Acces.objects.create(
        collecte=collecte,
        territoire=projet.territoire,
        structure=projet.structure,
        principal=True,
        ouvert=projet.entree == Entree.LIEN,
    )
    tracer(par=par, verbe="preparer_collecte", objet=collecte, profil=projet.profil)
    return collecte


@transaction.atomic
def modifier_collecte(*, collecte: Collecte, projet: ProjetCollecte, par: Compte) -> Collecte:
    """Correct a collecte that is not open yet.

    Once it is open, what people have read stays what they agreed to: only its end may move.
    """
    collecte = _verrouiller(collecte, par)
    if collecte.etat != EtatCollecte.PREPARATION:
        raise EtatIncompatible(
            "La collecte a déjà été ouverte\u00a0: ce que les personnes ont lu ne change plus. "
            "Vous pouvez seulement changer sa date de fin."
        )
    exiger_sur_lieu(
        par, Droit.OUVRIR_COLLECTE, territoire=projet.territoire, structure=projet.structure
    )
    _exiger_coherence(projet, par)
    champs = _champs(projet)
    for nom, valeur in champs.items():
        setattr(collecte, nom, valeur)
    collecte.save(update_fields=list(champs))
    collecte.acces.filter(principal=True).update(
        territoire=projet.territoire,
        structure=projet.structure,
        ouvert=projet.entree == Entree.LIEN,
    )
    tracer(par=par, verbe="modifier_collecte", objet=collecte, profil=projet.profil)
    return collecte


@transaction.atomic
def abandonner_collecte(*, collecte: Collecte, par: Compte) -> None:
    """Remove a collecte that was prepared and never opened: nobody can have answered."""
    collecte = _verrouiller(collecte, par)
    if collecte.etat != EtatCollecte.PREPARATION:
        raise EtatIncompatible(
            "La collecte a déjà été ouverte\u00a0: elle ne peut plus être supprimée. "
            "Vous pouvez la clore."
        )
    tracer(par=par, verbe="abandonner_collecte", objet=collecte, nom=collecte.nom)
    collecte.delete()


@transaction.atomic
def prolonger_collecte(*, collecte: Collecte, ferme_le: date, par: Compte) -> Collecte:
    """Move the last day of the collecte, earlier or later, never into the past."""
    collecte = _verrouiller(collecte, par)
    if collecte.etat == EtatCollecte.CLOSE:
        raise EtatIncompatible("La collecte est close\u00a0: sa date de fin ne change plus.")
    if ferme_le == collecte.ferme_le:
        return collecte
    if ferme_le < max(collecte.ouvre_le, timezone.localdate()):
        raise SaisieInvalide("Cette date est passée. Choisissez aujourd’hui ou un jour à venir.")
    exiger_jour_proche(ferme_le)
    exiger_des_vagues_a_part(collecte, ferme_le)
    collecte.ferme_le = ferme_le
    collecte.save(update_fields=["ferme_le"])
    tracer(par=par, verbe="prolonger_collecte", objet=collecte, ferme_le=str(ferme_le))
    return collecte


def _champs(projet: ProjetCollecte) -> dict[str, Any]:
    """Return what is stored of the project; its name is given once and never changes."""
    champs = {champ.name: getattr(projet, champ.name) for champ in fields(projet)}
    del champs["nom"]
    return champs | {"langues": list(projet.langues), "modes": list(projet.modes)}


def _la_meme(collecte: Collecte, projet: ProjetCollecte, par: Compte) -> Collecte:
    if collecte.creee_par_id != par.pk or collecte.version_id != projet.version.pk:
        raise SaisieInvalide(
            "Une autre collecte porte déjà ce nom. Rechargez la page, puis recommencez."
        )
    return collecte


def _exiger_coherence(projet: ProjetCollecte, par: Compte) -> None:
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
    exiger_jour_proche(projet.ferme_le)
    _exiger_langues(projet)
    _exiger_offerte(projet.version)
    _exiger_unite(projet)
    if not projet.version.questionnaire.est_visible_par(par):
        raise AccesRefuse(
            "Ce questionnaire n’est pas celui de votre territoire. Choisissez-en un autre."
        )


def _exiger_unite(projet: ProjetCollecte) -> None:
    """Refuse to show in full what a questionnaire for persons asks: one tick would expose them."""
    repondants = projet.version.definition.get("repondants", Repondants.PERSONNES)
    if projet.unite == Unite.ORGANISATION and repondants == Repondants.PERSONNES:
        raise SaisieInvalide(
            "Ce questionnaire s’adresse à des personnes\u00a0: leurs réponses restent protégées. "
            "Pour des organisations, prenez un questionnaire écrit pour elles "
            "(«\u00a0repondants: organisations\u00a0»)."
        )


def _exiger_langues(projet: ProjetCollecte) -> None:
    if not projet.langues:
        raise SaisieInvalide("Choisissez au moins une langue.")
    absentes = set(projet.langues) - set(projet.version.definition.get("langues", []))
    if absentes:
        raise SaisieInvalide(
            "Le questionnaire n’est pas écrit dans toutes les langues choisies. "
            "Choisissez seulement les langues du questionnaire."
        )


def _exiger_offerte(version: VersionQuestionnaire) -> None:
    if version.est_retiree:
        raise EtatIncompatible(
            "Cette version du questionnaire a été retirée, car elle a un défaut. "
            "Choisissez-en une autre."
        )


def _verrouiller(collecte: Collecte, par: Compte) -> Collecte:
    verrouillee = Collecte.objects.select_for_update(of=("self",)).get(pk=collecte.pk)
    exiger_sur_collecte(par, Droit.OUVRIR_COLLECTE, verrouillee)
    return verrouillee


def _changer_etat(collecte: Collecte, par: Compte, vers: EtatCollecte, verbe: str) -> Collecte:
    """Move to ``vers``; already there is done already, so a double tap is no error."""
    verrouillee = _verrouiller(collecte, par)
    if verrouillee.etat == vers:
        return verrouillee
    if verrouillee.etat not in DEPUIS[verbe]:
        raise EtatIncompatible(
            f"La collecte est {verrouillee.get_etat_display()}\u00a0: cette action n’est plus possible. "
            "Rechargez la page pour voir où elle en est."
        )
    verrouillee.etat = vers
    if vers == EtatCollecte.CLOSE:
        verrouillee.close_le = timezone.now()
        verrouillee.close_par = par
    verrouillee.save(update_fields=["etat", "close_le", "close_par"])
    tracer(par=par, verbe=verbe, objet=verrouillee)
    return verrouillee


@transaction.atomic
def ouvrir_collecte(*, collecte: Collecte, par: Compte) -> Collecte:
    """Let people answer, within the period."""
    _exiger_offerte(collecte.version)
    return _changer_etat(collecte, par, EtatCollecte.OUVERTE, "ouvrir_collecte")


@transaction.atomic
def mettre_en_pause(*, collecte: Collecte, par: Compte) -> Collecte:
    """Stop new answers for a while; what people have begun is kept."""
    return _changer_etat(collecte, par, EtatCollecte.EN_PAUSE, "mettre_en_pause")


@transaction.atomic
def reprendre_collecte(*, collecte: Collecte, par: Compte) -> Collecte:
    """Open again after a pause."""
    return _changer_etat(collecte, par, EtatCollecte.OUVERTE, "reprendre_collecte")


@transaction.atomic
def clore_collecte(*, collecte: Collecte, par: Compte) -> Collecte:
    """Close for good and count the last answers together.

    Answers of persons that are too few to be counted (fewer than ``NB_MIN_RELEVE`` since the last
    relevé) stay uncounted: :func:`bilan_de_cloture` says how many, before.
    """
    _refuser_vague(collecte)
    avant = _verrouiller(collecte, par).etat
    ouvrir_avant_de_compter(acces__collecte=collecte)
    collecte = _changer_etat(collecte, par, EtatCollecte.CLOSE, "clore_collecte")
    if avant == EtatCollecte.CLOSE:
        return collecte
    if bilan_de_cloture(collecte).nb_a_compter:
        _relever(collecte, par)
    # What is too little to be counted, or set aside, lies in its order of arrival too (ADR 0119).
    melanger(collecte.passations.filter(releve__isnull=True))
    melanger(Enveloppe.objects.filter(acces__collecte=collecte))
    return collecte


@transaction.atomic
def arreter_releve(*, collecte: Collecte, par: Compte, numero: int | None = None) -> Releve:
    """Count together every answer sent since the last relevé, while the collecte goes on.

    ``numero`` is the one the asker expects: asking twice for the same one makes it once. It
    adds its newcomers to everybody counted before: too few of them are refused, since the tables
    of two relevés differ by them.
    """
    _refuser_vague(collecte)
    collecte = _verrouiller(collecte, par)
    deja = collecte.releves.filter(numero=numero).first() if numero else None
    if deja is not None:
        return deja
    ouvrir_avant_de_compter(acces__collecte=collecte)
    nouvelles = collecte.passations.non_relevees().count()
    if nouvelles < nb_min_releve(collecte):
        raise EtatIncompatible(
            f"Trop peu de nouvelles réponses\u00a0: il en faut au moins {nb_min_releve(collecte)} "
            f"pour protéger les personnes, il y en a {nouvelles}. Réessayez plus tard."
        )
    releve = _relever(collecte, par)
    melanger(Enveloppe.objects.filter(acces__collecte=collecte))
    return releve


def _refuser_vague(collecte: Collecte) -> None:
    """Refuse to count a wave by itself: beside the pairs of its report, it would give persons away."""
    if Vague.objects.filter(collecte=collecte).exists():
        raise EtatIncompatible(
            "Cette collecte est une vague d’un suivi\u00a0: elle se compte dans le rapport du suivi, "
            "avec les autres vagues."
        )


@dataclass(frozen=True, slots=True)
class BilanCloture:
    """What closing would count, told before it is done."""

    nb_deja_comptees: int
    nb_a_compter: int
    nb_non_comptees: int
    en_cours: str
    """How many questionnaires are begun and not sent, in words; empty when none is on the server."""


def bilan_de_cloture(collecte: Collecte) -> BilanCloture:
    """Return what closing now would count, and what would stay uncounted for ever."""
    nouvelles = collecte.passations.non_relevees().count()
    assez = nouvelles >= nb_min_releve(collecte)
    return BilanCloture(
        nb_deja_comptees=sum(collecte.releves.values_list("nb_passations", flat=True)),
        nb_a_compter=nouvelles if assez else 0,
        nb_non_comptees=0 if assez else nouvelles,
        en_cours=_en_cours(collecte.passations.brouillons().count()),
    )


def _en_cours(nombre: int) -> str:
    """Say how many by steps of five, as before every closing (ADR 0138)."""
    atteint = nombre - nombre % PAS
    if atteint:
        return f"{atteint}\u00a0questionnaires ou plus sont commencés"
    return f"Moins de {PAS}\u00a0questionnaires sont commencés" if nombre else ""


def nb_min_releve(collecte: Collecte) -> int:
    """Return the fewest new answers that may be counted together in this collecte."""
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
    if releve.nb_passations < nb_min_releve(collecte):
        raise EtatIncompatible("Une réponse vient d’être effacée par la personne. Recommencez.")
    releve.save(update_fields=["nb_passations"])
    melanger(releve.passations.all())
    tracer(par=par, verbe="arreter_releve", objet=releve, nb_passations=releve.nb_passations)
    return releve
