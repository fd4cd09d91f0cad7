"""Free texts from the answers to the door: prepared for readers, released together, forgotten (§7)."""

import secrets
from collections import defaultdict
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from analyses.droits import exiger_liberation
from analyses.extraction.verbatims import (
    collectes_a_oublier,
    nb_repondants,
    noms_du_projet,
    seuils_du,
    textes_nouveaux,
)
from analyses.models import LONGUEUR_MAX, EtatVerbatim, LotVerbatims, Verbatim
from analyses.verbatims.detecteurs.propres import NomsPropres
from analyses.verbatims.langue import est_francais
from analyses.verbatims.masquage import analyser, masquer
from voix.commun.erreurs import EtatIncompatible
from voix.commun.francais import sans_sens
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

LOT_MIN: Final = 5
"""Fewest verbatims of one question and one territoire that leave, and they leave together."""
GARDE_ORIGINAL: Final = timedelta(days=30)
"""How long what was received is kept after the decision."""
_PAQUET: Final = 500


def texte_masque(original: str, noms: NomsPropres) -> str:
    """Return a text with all that the detectors are sure of replaced by its type.

    Signs that turn the reading around go first: they could hide a name from the detectors too.
    """
    lu = sans_sens(original)
    return masquer(lu, analyser(lu, noms).spans)


@transaction.atomic
def preparer_relecture(*, nom: str, par: Compte) -> int:
    """Take the new texts of a collecte and propose their masking; return how many.

    Twice is the same as once: a text already under review is left as it is.
    """
    collecte = exiger_liberation(par, nom)
    neufs = [
        Verbatim(
            collecte=collecte,
            passation_id=texte.passation_id,
            question=texte.question,
            profil=texte.profil,
            territoire_id=texte.territoire_id,
            structure_id=texte.structure_id,
            original=texte.texte,
        )
        for texte in textes_nouveaux(collecte)
    ]
    Verbatim.objects.bulk_create(neufs, batch_size=_PAQUET, ignore_conflicts=True)
    nombre = proposer_masquage(nom=nom, par=par)
    if nombre:
        tracer(par=par, verbe="preparer_relecture", objet=collecte, nombre=nombre)
    return nombre


@transaction.atomic
def proposer_masquage(*, nom: str, par: Compte) -> int:
    """Let the detectors speak on the texts that wait for them; return how many.

    Texts agreed on in which the detectors now see more (``VALIDE_2``) go back to readers.
    """
    collecte = exiger_liberation(par, nom)
    textes = collecte.verbatims.select_for_update().filter(
        etat__in=[EtatVerbatim.A_RELIRE, EtatVerbatim.VALIDE_2]
    )
    proposes, noms = [], noms_du_projet(collecte)
    for texte in textes:
        if texte.etat == EtatVerbatim.VALIDE_2:
            texte.tour += 1
        texte.texte = texte_masque(texte.texte or texte.original, noms)
        texte.etat = EtatVerbatim.MASQUE_PROPOSE
        proposes.append(texte)
    Verbatim.objects.bulk_update(proposes, ["texte", "etat", "tour"], batch_size=_PAQUET)
    return len(proposes)


@transaction.atomic
def liberer_lots(*, nom: str, par: Compte) -> list[LotVerbatims]:
    """Let leave, question by question and territoire by territoire, what may leave together.

    A group leaves whole, once as many as the threshold have answered there and at least
    ``LOT_MIN`` texts are agreed on; in a random order. What is left over waits for the next ones.
    """
    collecte = exiger_liberation(par, nom)
    groupes: defaultdict[tuple[str, int], list[Verbatim]] = defaultdict(list)
    publiables = (
        collecte.verbatims.presents()
        .select_for_update(of=("self",))
        .filter(etat=EtatVerbatim.PUBLIABLE, lot__isnull=True, passation__releve__isnull=False)
    )
    noms = noms_du_projet(collecte)
    for texte in publiables:
        if publiable(texte.texte, noms):
            groupes[texte.question, texte.territoire_id].append(texte)
        else:
            _rouvrir(texte)
    lots = []
    for (question, territoire), textes in sorted(groupes.items()):
        minimum = max(seuils_du(collecte, texte.profil).n_min for texte in textes)
        if len(textes) >= LOT_MIN and nb_repondants(collecte, territoire) >= minimum:
            lots.append(_liberer(collecte.pk, question, territoire, textes, par))
    if not lots:
        raise EtatIncompatible(
            f"Rien ne peut encore sortir\u00a0: il faut au moins {LOT_MIN} textes relus deux fois pour une "
            "même question et un même territoire, et assez de réponses comptées."
        )
    return lots


def _rouvrir(texte: Verbatim) -> None:
    """Take back a text in which the detectors of the day see more than those of its readers did."""
    texte.etat, texte.decide_le = EtatVerbatim.VALIDE_2, None
    texte.original = texte.original or texte.texte
    texte.save(update_fields=["etat", "decide_le", "original"])


def _liberer(
    collecte_id: int, question: str, territoire_id: int, textes: list[Verbatim], par: Compte
) -> LotVerbatims:
    lot = LotVerbatims.objects.create(
        collecte_id=collecte_id,
        question=question,
        territoire_id=territoire_id,
        nombre=len(textes),
        libere_le=timezone.localdate(),
        libere_par=par,
    )
    secrets.SystemRandom().shuffle(textes)
    for rang, texte in enumerate(textes, start=1):
        texte.lot, texte.rang = lot, rang
    Verbatim.objects.bulk_update(textes, ["lot", "rang"])
    tracer(par=par, verbe="liberer_lot", objet=lot, nombre=lot.nombre)
    return lot


@transaction.atomic
def oublier_originaux(*, au: date, par: str) -> int:
    """Erase what was received, thirty days after the decision; of a refused text, all. Return how many."""
    nombre, limite = oublier_effaces(), au - GARDE_ORIGINAL
    for collecte in collectes_a_oublier(limite):
        echus = collecte.verbatims.filter(decide_le__lte=limite)
        refuses = echus.filter(etat=EtatVerbatim.REFUSE).exclude(original="", texte="")
        gardes = echus.filter(etat=EtatVerbatim.PUBLIABLE).exclude(original="")
        oublies = refuses.update(original="", texte="") + gardes.update(original="")
        tracer(par=par, verbe="oublier_originaux", objet=collecte, nombre=oublies)
        nombre += oublies
    return nombre


def textes_a_oublier(*, au: date) -> list[tuple[UUID, str]]:
    """Return the answers, by passation and question, whose text is to go as it was received."""
    echus = Verbatim.objects.filter(decide_le__lte=au - GARDE_ORIGINAL).exclude(original="")
    return list(echus.order_by("pk").values_list("passation_id", "question"))


def oublier_effaces() -> int:
    """Erase every text of the persons who have erased their answers; return how many."""
    effaces = Verbatim.objects.exclude(passation__etat="terminee")
    nombre = effaces.count()
    effaces.delete()
    return nombre


def publiable(texte: str, noms: NomsPropres) -> bool:
    """Return whether a text is in French, short, and holds nothing that detectors are sure of."""
    if not texte.strip() or len(texte) > LONGUEUR_MAX or not est_francais(texte):
        return False
    return not analyser(texte, noms).spans
