"""A séance as its wall needs it: who runs it, whether it is over, how many have sent."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from enquetes.actions.arrivees import Arrivees, arrivees, nb_gardees
from enquetes.actions.boite import ouvrir_avant_de_compter
from enquetes.models import Acces, Collecte, EtatSeance, Seance, Unite
from voix.comptes.models import Compte


@dataclass(frozen=True, slots=True)
class Salle:
    """Nothing of what was answered."""

    pk: int
    titre: str
    jeton: str
    collecte: Collecte
    est_close: bool
    jusqua: datetime
    """Until when the link of the séance shows anything."""
    arrivees: Arrivees
    en_attente: int
    """Answers that its devices said they still keep."""

    @property
    def est_passee(self) -> bool:
        return timezone.now() > self.jusqua

    @property
    def personnes(self) -> bool:
        """Return whether respondents are persons, whom bands protect."""
        return self.collecte.unite == Unite.PERSONNE


def salle_visible(compte: Compte, seance_id: int) -> Salle | None:
    """Return the séance, for who runs it or coordinates its place; nothing when it asks nothing."""
    seance = Seance.visibles_par(compte).filter(pk=seance_id).first()
    return _salle(seance) if seance is not None and seance.collecte_id else None


def salle_de(seance_id: int) -> Salle | None:
    """Return the séance, for who holds it already; nothing when it asks nothing."""
    seances = Seance.objects.avec_son_lieu().filter(pk=seance_id, collecte__isnull=False)
    seance = seances.first()
    return _salle(seance) if seance is not None else None


def salle_du_lien(jeton: str) -> Salle | None:
    """Return the séance behind its own link."""
    acces = (
        Acces.objects.select_related("seance__collecte__version", "seance__acces")
        .filter(jeton=jeton, seance__isnull=False)
        .first()
    )
    return _salle(acces.seance) if acces is not None and acces.seance is not None else None


def _salle(seance: Seance) -> Salle:
    return Salle(
        pk=seance.pk,
        titre=seance.titre,
        jeton=seance.acces.jeton,
        collecte=seance.collecte,  # type: ignore[arg-type]  # both callers ask for one that has it
        est_close=seance.etat == EtatSeance.CLOSE,
        jusqua=seance.code_jusqua,
        arrivees=arrivees(seance),
        en_attente=nb_gardees(seance),
    )


def ouvrir_ce_qui_attend(salle: Salle) -> None:
    """Open what the inbox of a séance acknowledged: what came in time is on its wall."""
    ouvrir_avant_de_compter(acces__seance=salle.pk)
