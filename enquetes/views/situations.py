"""Where a collecte stands today, in the words of its coordination."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from enquetes.models import Collecte, EtatCollecte


@dataclass(frozen=True, slots=True)
class Situation:
    libelle: str
    classe: str
    """Class of the badge; the words say the same as the colour."""
    phrase: str


def situation(collecte: Collecte, aujourdhui: date) -> Situation:
    """Return the state and the period said together: an open collecte may be over."""
    if collecte.etat == EtatCollecte.PREPARATION:
        return Situation("En préparation", "attente", "Personne ne peut encore répondre.")
    if collecte.etat == EtatCollecte.EN_PAUSE:
        return Situation(
            "En pause",
            "attente",
            "Personne ne peut répondre pour le moment. Les réponses commencées sont gardées.",
        )
    if collecte.etat == EtatCollecte.CLOSE:
        return Situation("Close", "stop", "Plus personne ne peut répondre, et c’est définitif.")
    return _situation_ouverte(collecte, aujourdhui)


def _situation_ouverte(collecte: Collecte, aujourdhui: date) -> Situation:
    if aujourdhui < collecte.ouvre_le:
        debut = date_format(collecte.ouvre_le, "j F Y")
        return Situation("Bientôt ouverte", "attente", f"Les personnes répondront dès le {debut}.")
    fin = date_format(collecte.ferme_le, "j F Y")
    if aujourdhui > collecte.ferme_le:
        return Situation(
            "Période terminée",
            "stop",
            f"Plus personne ne peut répondre depuis le {fin}. Prolongez la collecte, ou closez-la.",
        )
    return Situation("Ouverte", "ok", f"Les personnes peuvent répondre jusqu’au {fin}.")
