"""Which wave a card opens today, and when the next one is."""

from dataclasses import dataclass
from datetime import date

from enquetes.actions.codes_effaces import est_effacee
from enquetes.models import Carte, Cohorte, EtatCollecte, EtatPassation, Passation, Rang, Vague

from .cartes import passation_de


@dataclass(frozen=True, slots=True)
class Moment:
    """The wave to answer now, if any; ``faite``: the state of an open one that was answered."""

    vague: Vague | None
    prochaine: date | None
    faite: str = ""

    @property
    def efface(self) -> bool:
        """Return whether what is done here was erased since."""
        return self.faite == EtatPassation.EFFACEE


def moment(carte: Carte, jour: date) -> Moment:
    """Return the first open wave that this card has not answered yet."""
    vagues = list(carte.cohorte.vagues.select_related("collecte").order_by("rang"))
    a_venir = [vague.collecte.ouvre_le for vague in vagues if vague.collecte.ouvre_le > jour]
    prochaine = min(a_venir, default=None)
    faite = ""
    for vague in vagues:
        if not vague.est_ouverte(jour):
            continue
        etat = etat_de(carte, vague)
        if not etat:
            return Moment(vague, prochaine, faite)
        faite = etat
    return Moment(None, prochaine, faite)


def vagues_a_recopier(carte: Carte, jour: date) -> list[Vague]:
    """Return the waves that have begun, whose report is not made, and that this card has not answered.

    A sheet of paper may come back after its last day: it is copied into its own wave (ADR 0146).
    """
    vagues = carte.cohorte.vagues.select_related("collecte").order_by("rang")
    commencees = vagues.filter(collecte__ouvre_le__lte=jour).exclude(
        collecte__etat=EtatCollecte.CLOSE
    )
    return [vague for vague in commencees if not etat_de(carte, vague)]


def seule_commencee(cohorte: Cohorte, jour: date) -> bool:
    """Return whether only the first wave has begun: no sheet is of another."""
    return not cohorte.vagues.filter(rang__gt=Rang.ENTREE, collecte__ouvre_le__lte=jour).exists()


def prochaine_vague(cohorte: Cohorte, jour: date) -> date | None:
    """Return the first day of the next wave of that cohort, if one is to come."""
    a_venir = cohorte.vagues.filter(collecte__ouvre_le__gt=jour)
    jours = a_venir.order_by("collecte__ouvre_le").values_list("collecte__ouvre_le", flat=True)
    return jours.first()


def etat_de(carte: Carte, vague: Vague) -> str:
    """Return the state of what this card sent in this wave; empty when it may still answer.

    Erased, its wave is over for it, were there nothing to erase: the page tells nobody which (ADR 0135).
    """
    if est_effacee(carte, vague.collecte.ouvre_le):
        return EtatPassation.EFFACEE
    envoyees = Passation.objects.exclude(etat=EtatPassation.BROUILLON)
    etats = envoyees.filter(pk=passation_de(carte, vague)).values_list("etat", flat=True)
    return etats.first() or ""
