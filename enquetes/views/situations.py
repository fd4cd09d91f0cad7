"""Where a collecte stands today, in the words of its coordination."""

from dataclasses import dataclass
from datetime import date

from enquetes.models import Collecte, EtatCollecte
from voix.commun.francais import jour_en_mots


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
    if collecte.etat == EtatCollecte.CLOSE:
        return Situation("Close", "", "Plus personne ne peut répondre, et c’est définitif.")
    seulement_finir = "Les personnes qui ont déjà commencé peuvent finir et envoyer."
    if collecte.version.est_retiree:
        return Situation(
            "Questionnaire retiré", "stop", f"Personne ne peut commencer. {seulement_finir}"
        )
    if collecte.etat == EtatCollecte.EN_PAUSE:
        return Situation("En pause", "attente", f"Personne ne peut commencer. {seulement_finir}")
    return _situation_ouverte(collecte, aujourdhui)


def _situation_ouverte(collecte: Collecte, aujourdhui: date) -> Situation:
    if aujourdhui < collecte.ouvre_le:
        debut = jour_en_mots(collecte.ouvre_le)
        return Situation("Bientôt ouverte", "attente", f"Les personnes répondront dès le {debut}.")
    fin = jour_en_mots(collecte.ferme_le)
    if aujourdhui > collecte.ferme_le:
        suite = "Prolongez la collecte, ou mettez-y fin."
        if collecte.est_vague:
            suite = "Les réponses se lisent dans le rapport du suivi."
        return Situation(
            "Période terminée", "stop", f"Plus personne ne peut répondre depuis le {fin}. {suite}"
        )
    return Situation("Ouverte", "ok", f"Les personnes peuvent répondre jusqu’au {fin}.")
