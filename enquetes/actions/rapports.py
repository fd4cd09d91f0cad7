"""What the facilitator tells afterwards, one part at a time; nothing typed is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.droits import exiger_sur_seance
from enquetes.models import EtatPassation, EtatSeance, Mode, Passation, Rapport, Seance
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte


@transaction.atomic
def completer_rapport(*, seance: Seance, valeurs: Mapping[str, Any], par: Compte) -> Rapport:
    """Store one part of the report; the others stay as they are."""
    rapport = _verrouiller(seance, par)
    for champ, valeur in valeurs.items():
        setattr(rapport, champ, valeur)
    rapport.save(update_fields=list(valeurs))
    tracer(par=par, verbe="completer_rapport", objet=seance, champs=sorted(valeurs))
    return rapport


@transaction.atomic
def terminer_rapport(*, seance: Seance, par: Compte) -> Rapport:
    """Say that the report is complete. It can still be corrected: the date stays the first one."""
    rapport = _verrouiller(seance, par)
    if seance.etat != EtatSeance.CLOSE:
        raise EtatIncompatible("Fermez d’abord la séance\u00a0; son compte rendu vient après.")
    if rapport.termine_le is None:
        rapport.termine_le, rapport.termine_par = timezone.now(), par
        rapport.save(update_fields=["termine_le", "termine_par"])
        tracer(par=par, verbe="terminer_rapport", objet=seance)
    return rapport


def _verrouiller(seance: Seance, par: Compte) -> Rapport:
    exiger_sur_seance(par, seance)
    rapport, _ = Rapport.objects.select_for_update().get_or_create(seance=seance)
    return rapport


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """What was announced beside what has arrived: counts only."""

    annoncees: int
    recues: int
    papier: int

    @property
    def manquent(self) -> int:
        """How many were announced and have not arrived."""
        return max(0, self.annoncees - self.recues)

    @property
    def phrase(self) -> str:
        """What is told of it: « annoncées 14, reçues 12, dont papier 2 »."""
        dit = f"annoncées {self.annoncees}, reçues {self.recues}"
        return f"{dit}, dont papier {self.papier}" if self.papier else dit


def nb_recues(seance: Seance) -> int:
    """Return how many have sent their answers in this séance: its only live figure (rule G1)."""
    return _recues(seance).count()


def rapprocher(seance: Seance) -> Rapprochement:
    """Return what the report announces and what the inbox and the paper entry received."""
    rapport = Rapport.objects.filter(seance=seance).first()
    recues = _recues(seance)
    return Rapprochement(
        annoncees=rapport.nb_annonces if rapport else 0,
        recues=recues.count(),
        papier=recues.filter(mode=Mode.PAPIER).count(),
    )


def _recues(seance: Seance) -> QuerySet[Passation]:
    # An erased one did take part: the count does not go down, or it would tell who erased.
    return Passation.objects.filter(acces__seance=seance).exclude(etat=EtatPassation.BROUILLON)
