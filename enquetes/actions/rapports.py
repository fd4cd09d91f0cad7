"""What the facilitator tells afterwards, one part at a time; nothing typed is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.champs.base import nettoyer
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


DITS_AU_PLUS: Final = 2_000


@transaction.atomic
def deposer_rapport(*, seance: Seance, dits: Mapping[str, Any], par: str) -> Rapport:
    """File what was said of a séance without network; what was said before is never emptied.

    A text is added to the one that is there; another number or date replaces it, and the trace
    keeps the one before. Errors: ``ValidationError`` when something is not of its kind.
    """
    rapport, _ = Rapport.objects.select_for_update().get_or_create(seance=seance)
    avant: dict[str, str] = {}
    for nom, valeur in _lus(dits).items():
        deja = getattr(rapport, nom)
        if deja in (None, "") or deja == valeur:
            setattr(rapport, nom, valeur)
        elif isinstance(valeur, str) and nom not in A_CHOISIR:
            if valeur not in deja:
                entre = "\n" if nom in {"incidents", "citations", "promesse"} else " ; "
                setattr(rapport, nom, f"{deja}{entre}{valeur}")
        else:
            avant[nom] = str(deja)
            setattr(rapport, nom, valeur)
    rapport.full_clean()
    for champ in Rapport._meta.concrete_fields:
        longueur = getattr(champ, "max_length", None)
        if longueur and len(str(getattr(rapport, champ.name) or "")) > longueur:
            raise ValidationError({champ.name: "Trop long."})
    rapport.save()
    tracer(
        par=par,
        verbe="deposer_rapport",
        objet=seance,
        champs=sorted(dits),
        avant=avant,
    )
    return rapport


def _lus(dits: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a device said, read by the fields of the report; an unknown name is refused."""
    lus = {}
    for nom, dit in dits.items():
        if nom not in PARTIES_DU_RAPPORT or not isinstance(dit, str) or len(dit) > DITS_AU_PLUS:
            raise ValidationError("Ce n’est pas un compte rendu.")
        champ: Any = Rapport._meta.get_field(nom)
        lus[nom] = champ.to_python(nettoyer(dit))
    return lus


A_CHOISIR: Final = frozenset(
    champ.name for champ in Rapport._meta.concrete_fields if champ.choices
)
"""What is one of a list: said again, it replaces what was said before."""
PARTIES_DU_RAPPORT: Final = frozenset(champ.name for champ in Rapport._meta.concrete_fields) - {
    "id",
    "seance",
    "termine_le",
    "termine_par",
}


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

    annoncees: int | None
    """Not told yet is not zero."""
    recues: int
    papier: int

    @property
    def manquent(self) -> int:
        """How many were announced and have not arrived."""
        return max(0, (self.annoncees or 0) - self.recues)

    @property
    def phrase(self) -> str:
        """What is told of it: « annoncées 14, reçues 12, dont papier 2 »."""
        dit = f"reçues {self.recues}"
        if self.annoncees is not None:
            dit = f"annoncées {self.annoncees}, {dit}"
        return f"{dit}, dont papier {self.papier}" if self.papier else dit


def nb_recues(seance: Seance) -> int:
    """Return how many have sent their answers in this séance: its only live figure (rule G1)."""
    return _recues(seance).count()


def rapprocher(seance: Seance) -> Rapprochement:
    """Return what the report announces and what the inbox and the paper entry received."""
    rapport = Rapport.objects.filter(seance=seance).first()
    recues = _recues(seance)
    return Rapprochement(
        annoncees=rapport.nb_annonces if rapport else None,
        recues=recues.count(),
        papier=recues.filter(mode=Mode.PAPIER).count(),
    )


def _recues(seance: Seance) -> QuerySet[Passation]:
    # An erased one did take part: the count does not go down, or it would tell who erased.
    return Passation.objects.filter(acces__seance=seance).exclude(etat=EtatPassation.BROUILLON)
