"""Who was not heard: answers of a closed collecte against the persons accompanied in its place.

Both figures are read from protected tables: the size of a closing, and the caseload that indicators
may tell there. Where one of them is hidden, nothing is said.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from analyses.confidentialite.regles import SENSIBLE
from analyses.cube import cube_de, ensemble
from analyses.extraction.lecture import collectes_des
from analyses.indicateurs.indicateur import Forme, Indicateur, Intervalle, MiseEnCommun
from analyses.models import Publication
from voix.comptes.models import Territoire

from .autour import Gardien
from .perimetre import Perimetre, donnees_des_tables, perimetre_du_territoire
from .unites import rattacher

LIGNES_MAX: Final = 20
"""Collectes of a page: the latest."""


@dataclass(frozen=True, slots=True)
class Entendu:
    """One collecte: how many answers, among how many persons accompanied there."""

    collecte: str
    territoire: str
    reponses: int
    accompagnees: int

    @property
    def part(self) -> str:
        """Return the share, never so close to everybody that the few others could be named."""
        if self.reponses > self.accompagnees:
            return "plus de réponses que de personnes accompagnées\u00a0: vérifiez le registre"
        if self.accompagnees - self.reponses < SENSIBLE.n_min:
            return "presque toutes"
        return f"{100 * self.reponses // self.accompagnees}\u00a0%"


def entendus(perimetre: Perimetre) -> list[Entendu]:
    """Return the closed collectes of a perimeter whose two bases may be told, the latest first."""
    trouves = []
    for collecte in reversed(collectes_des(rattacher(perimetre.territoires))):
        reponses = _reponses(collecte.pk)
        accompagnees = reponses and _accompagnees(collecte.territoire)
        if reponses and accompagnees:
            lieu = str(collecte.territoire)
            trouves.append(Entendu(collecte.titre, lieu, reponses, accompagnees))
        if len(trouves) == LIGNES_MAX:
            break
    return trouves


def _reponses(collecte: int) -> int | None:
    """Return how many answered, as the latest closing displays it."""
    publications = Publication.clotures(collecte).select_related("plan", "collecte__version")
    derniere = publications.order_by("-numero").first()
    if derniere is None:
        return None
    totaux = (tableau.total for tableau in ensemble(cube_de(derniere)))
    return next((total.taille for total in totaux if total is not None), None)


def _accompagnees(territoire: Territoire) -> int | None:
    """Return the caseload of a place, where indicators may tell it."""
    ici = perimetre_du_territoire(territoire)
    donnees = donnees_des_tables(ici, frozenset({"effectifs"}))
    dites = Gardien(ici, donnees).mesurer(_caseload()).k
    return None if dites is None else int(dites)


@cache
def _caseload() -> Indicateur:
    return Indicateur(
        code="ACC",
        nom="Personnes accompagnées",
        definition="Personnes accompagnées, au dernier compte de chaque territoire.",
        formule="somme(effectifs.accompagnees avec dernier)",
        forme=Forme.NOMBRE,
        mise_en_commun=MiseEnCommun.SOMME,
        intervalle=Intervalle.AUCUN,
    )
