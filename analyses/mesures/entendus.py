"""Who was not heard: answers of a closed collecte against the persons accompanied in its place.

Both figures are read from protected tables: the size of a closing, and the caseload that indicators
may tell there. Where one of them is hidden, nothing is said.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from analyses.confidentialite.regles import SENSIBLE
from analyses.cube import Cube, cube_de, ensemble, tableau
from analyses.extraction.lecture import collectes_des
from analyses.indicateurs.indicateur import Forme, Indicateur, Intervalle, MiseEnCommun
from analyses.models import Effectif, Publication
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.models import Territoire

from .autour import Gardien
from .perimetre import Perimetre, donnees_des_tables, perimetre_du_territoire
from .unites import Rattachement, contenants, rattacher

LIGNES_MAX: Final = 20
"""Collectes of a page: the latest."""
ESSAIS_MAX: Final = 20
"""Units whose caseload is looked for, for a collecte of a territoire that contains them."""


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
    """Return the closed collectes of a perimeter whose two bases may be told, the latest first.

    Those of the units come first, then those of a territoire that contains some, unit by unit.
    """
    rattachement = rattacher(perimetre.territoires)
    return list(islice(_candidats(perimetre, rattachement), LIGNES_MAX))


def _candidats(perimetre: Perimetre, rattachement: Rattachement) -> Iterator[Entendu]:
    for collecte in reversed(collectes_des(rattachement)):
        cube = derniere_cloture(collecte.pk)
        reponses = cube and _reponses(cube)
        if reponses:
            yield from _entendu(collecte.titre, collecte.territoire, reponses)
    au_dessus = collectes_des([t.pk for t in contenants(perimetre.territoires)])
    if not au_dessus:
        return
    tiennent = Effectif.objects.values_list("territoire", flat=True).distinct()
    avec_effectif = {rattachement[pk] for pk in tiennent if pk in rattachement}
    unites = [unite for unite in perimetre.territoires if unite.pk in avec_effectif][:ESSAIS_MAX]
    for collecte in reversed(au_dessus):
        cube = derniere_cloture(collecte.pk)
        dites = _reponses_par_unite(cube, rattachement) if cube else {}
        for unite in unites:
            if unite.pk in dites:
                yield from _entendu(collecte.titre, unite, dites[unite.pk])


def _entendu(collecte: str, territoire: Territoire, reponses: int) -> Iterator[Entendu]:
    accompagnees = accompagnees_de(territoire)
    if accompagnees:
        yield Entendu(collecte, str(territoire), reponses, accompagnees)


def derniere_cloture(collecte: int) -> Cube | None:
    """Return the latest closing of a collecte."""
    publications = Publication.clotures(collecte).select_related("plan", "collecte__version")
    derniere = publications.order_by("-numero").first()
    return cube_de(derniere) if derniere else None


def _reponses(cube: Cube) -> int | None:
    """Return how many answered, as a closing displays it."""
    totaux = (tableau.total for tableau in ensemble(cube))
    return next((total.taille for total in totaux if total is not None), None)


def _reponses_par_unite(cube: Cube, rattachement: Rattachement) -> dict[int, int]:
    """Return how many answered in each unit, where a table by territoire displays it whole.

    A unit is told by one row only, its own: a part of it, or a group put together with another, would
    be taken for the unit.
    """
    if not cube.colonnes or not {"territoire", "structure"} & {
        n for c in cube.croisements for n in c
    }:
        return {}
    try:
        lignes = tableau(cube, cube.colonnes[0].question, ("territoire",)).groupes()
    except SaisieInvalide:  # the plan compares by neither alone
        return {}
    tailles: dict[int, list[int | None]] = defaultdict(list)
    for ligne in lignes:
        lieux = [int(code[1:]) for code in ligne.code.split("+") if code[1:].isdigit()]
        for lieu in lieux:
            if lieu in rattachement:
                seule = len(lieux) == 1 and rattachement[lieu] == lieu
                tailles[rattachement[lieu]].append(ligne.taille if seule else None)
    return {
        u: dites[0] for u, dites in tailles.items() if len(dites) == 1 and dites[0] is not None
    }


def accompagnees_de(territoire: Territoire) -> int | None:
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
