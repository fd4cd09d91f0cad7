"""Who has answered which wave, by card number. Never what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enquetes.models import Carte, Cohorte, EtatCarte, Vague

from .cartes import passation_de, reponses_envoyees


class Situation(StrEnum):
    """Where a card stands in a wave."""

    REPONDU = "a répondu"
    A_VENIR = "à venir"
    ATTENDUE = "attendue"
    EN_RETARD = "en retard"
    MANQUEE = "sans réponse"
    PARTIE = "partie"


@dataclass(frozen=True, slots=True)
class Rangee:
    """One card."""

    carte: Carte
    situations: tuple[Situation, ...]

    @property
    def a_relancer(self) -> bool:
        """Return whether this card is expected now."""
        return any(s in {Situation.ATTENDUE, Situation.EN_RETARD} for s in self.situations)


@dataclass(frozen=True, slots=True)
class Suivi:
    """The follow-up screen."""

    vagues: tuple[Vague, ...]
    rangees: tuple[Rangee, ...]

    @property
    def titres(self) -> tuple[str, ...]:
        """Return the situations, in the order of ``comptes``."""
        return tuple(situation.value for situation in Situation)

    def comptes(self) -> list[tuple[Vague, list[int]]]:
        """Return how many cards stand where, wave by wave."""
        return [
            (vague, [sum(r.situations[i] == s for r in self.rangees) for s in Situation])
            for i, vague in enumerate(self.vagues)
        ]

    def a_relancer(self) -> list[Rangee]:
        """Return the cards to see at the next distribution."""
        return [rangee for rangee in self.rangees if rangee.a_relancer]


def suivi_de(cohorte: Cohorte, jour: date) -> Suivi:
    """Return the screen of that day; without rows once the link is cut."""
    vagues = tuple(cohorte.vagues.select_related("collecte").order_by("rang"))
    if cohorte.est_coupee:
        return Suivi(vagues, ())
    cartes = list(Carte.objects.filter(cohorte=cohorte).order_by("numero"))
    for carte in cartes:
        carte.cohorte = cohorte
    envoyees = reponses_envoyees(vagues)
    return Suivi(
        vagues,
        tuple(
            Rangee(
                carte,
                tuple(
                    _situation(carte, vague, jour, passation_de(carte, vague) in envoyees)
                    for vague in vagues
                ),
            )
            for carte in cartes
        ),
    )


def _situation(carte: Carte, vague: Vague, jour: date, a_repondu: bool) -> Situation:  # noqa: FBT001  (one fact among four)
    if a_repondu:
        return Situation.REPONDU
    if carte.etat == EtatCarte.PARTIE:
        return Situation.PARTIE
    if jour < vague.collecte.ouvre_le:
        return Situation.A_VENIR
    if jour > vague.collecte.ferme_le:
        return Situation.MANQUEE
    return Situation.EN_RETARD if jour > vague.cible else Situation.ATTENDUE
