"""Why no mean of amounts is told (ADR 0102): the rule of §4.5, written here only, against an attacker.

The rule: winsorised at the 5th and 95th centiles, eleven persons at least, the total less the two
largest not under a tenth of the largest, whole units. It is applied to everybody together, once, beside
the table of classes that the engine shows. What makes these tests fail is an engine that would make
the rule safe, or an attacker who finds something in the tables alone.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.optimize import LinearConstraint

from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.confidentialite.moteur.questions import Donnees, Question

from .attaquant import Attaque, vues
from .populations import population

CODES = ("c1", "c2", "c3", "c4", "c5", "c6", "_sr")
DEBUTS = (1, 2, 3, 4, 5, 6)
"""« Combien êtes-vous à la maison ? »: five classes of one number, then « 6 et plus »."""
PLUS_GRAND = 20


def bornes_de_campagne(montants):
    return np.percentile(montants[~np.isnan(montants)], (5, 95))


def moyenne_dite(montants, bornes) -> int | None:
    """Return the mean that §4.5 lets be told, in whole units."""
    connus = montants[~np.isnan(montants)]
    ecretes = np.clip(connus, *bornes)
    if connus.size < SENSIBLE.n_min or _domine(connus) or _domine(ecretes):
        return None
    return int(np.floor(ecretes.mean() + 0.5))


def _domine(montants) -> bool:
    tries = np.sort(np.abs(montants))[::-1]
    return bool(tries[2:].sum() < 0.10 * tries[0])


class AvecLaMoyenne(Attaque):
    """An attacker who reads the mean too: of each answer, she knows the least and the greatest value."""

    def __init__(self, cellules, codes, *, moyenne, moindres, plus_grandes):
        super().__init__(cellules, codes)
        par_morceau = len(self.morceaux)
        # Of those who answered, whatever their number: what is above the mean is what is below it.
        au_plus = np.tile([*(v - (moyenne + 0.5) for v in moindres), 0.0], par_morceau)
        au_moins = np.tile([*(v - (moyenne - 0.5) for v in plus_grandes), 0.0], par_morceau)
        self.contraintes = LinearConstraint(
            np.vstack([self.contraintes.A, au_plus, au_moins]),
            [*self.contraintes.lb, -np.inf, 0.0],
            [*self.contraintes.ub, 0.0, np.inf],
        )


@dataclass(frozen=True)
class Essai:
    """One closing of 34 families in two places."""

    donnees: Donnees
    montants: np.ndarray
    rangs: np.ndarray

    @classmethod
    def tirer(cls, graine: int) -> "Essai":
        gens = population(34, graine=graine, territoires=2, structures=2, reponses=7)
        hasard = np.random.default_rng(1000 + graine)
        montants = np.clip(np.round(hasard.lognormal(np.log(3), 0.6, 34)), 1, PLUS_GRAND)
        muets = hasard.random(34) < 0.05
        rangs = np.where(muets, 6, np.searchsorted(DEBUTS, montants, side="right") - 1)
        uids = np.array([f"u{i:02d}" for i in range(34)])
        montants = np.where(muets, np.nan, montants)
        return cls(Donnees(gens.personnes, uids, {"q": rangs}), montants, rangs)

    def fuites(self) -> tuple[list, list]:
        """Return what the table gives away, and what it gives with the mean."""
        cloture = cloturer(self.donnees, [Question("q", CODES)], [("lieu",)], cle=b"essai")
        lues = vues(self.donnees, cloture, "q")
        qui = zip(self.donnees.uids.tolist(), self.rangs.tolist(), strict=True)
        vrais = {uid: {CODES[rang]} for uid, rang in qui}
        bornes = bornes_de_campagne(self.montants)
        # The attacker is told less than she knows: values that were cut may be anywhere below, or above.
        basse, haute = (np.searchsorted(DEBUTS, b, side="right") - 1 for b in bornes)
        fins = [*(debut - 1 for debut in DEBUTS[1:]), PLUS_GRAND]
        attaque = AvecLaMoyenne(
            lues,
            list(CODES),
            moyenne=moyenne_dite(self.montants, bornes),
            moindres=[DEBUTS[min(rang, haute)] for rang in range(6)],
            plus_grandes=[fins[max(rang, basse)] for rang in range(6)],
        )
        return Attaque(lues, list(CODES)).fuites(vrais, SENSIBLE), attaque.fuites(vrais, SENSIBLE)


def test_one_mean_of_everybody_gives_back_a_class_that_its_table_hides():
    """« Moins de 5 » families of six and more becomes « one to four »: they exist (A3)."""
    essais = [Essai.tirer(graine).fuites() for graine in range(15)]
    assert not any(table for table, _ in essais)
    trouvees = [fuite for _, avec in essais for fuite in avec]
    assert trouvees
    for _n, _code, bas, haut, vrai in trouvees:
        assert bas <= vrai <= haut  # what she learns is true
    assert (34, "c6", 1, 4) in {fuite[:4] for fuite in trouvees}


@pytest.mark.parametrize(("avant", "partis", "venus"), [(60, 1, 10), (120, 1, 10), (200, 2, 9)])
def test_two_means_of_everybody_give_the_mean_of_ten_persons(avant, partis, venus):
    """Eleven changed: §5 lets the second closing be. Those who left pool what they know (c = 2)."""
    assert partis <= SENSIBLE.c
    assert partis + venus >= SENSIBLE.n_min > venus
    hasard = np.random.default_rng(avant)
    # One in ten spends nothing, one in ten as much as can be written: the centiles cut nobody.
    premiers = hasard.permutation(
        np.concatenate(
            [np.repeat([0.0, 1000.0], avant // 10), hasard.integers(20, 400, avant * 4 // 5)]
        )
    )
    nouveaux = hasard.integers(300, 900, venus).astype(float)
    seconds = np.concatenate([premiers[partis:], nouveaux])
    bornes = [bornes_de_campagne(montants) for montants in (premiers, seconds)]
    assert np.array_equal(bornes, [(0.0, 1000.0)] * 2)
    dites = [moyenne_dite(m, b) for m, b in zip((premiers, seconds), bornes, strict=True)]
    assert None not in dites
    doute = 0.5 * len(premiers) + 0.5 * len(seconds)
    somme = dites[1] * len(seconds) - dites[0] * len(premiers) + premiers[:partis].sum()
    bas, haut = (somme - doute) / venus, (somme + doute) / venus
    assert bas <= nouveaux.mean() <= haut
    assert haut - bas < 0.05 * 1000  # A6
