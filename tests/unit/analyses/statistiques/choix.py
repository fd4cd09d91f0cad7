"""Every choice of m people among groups of equal answers, counted in whole numbers."""

import math
from fractions import Fraction

from hypothesis import strategies as st


def loi_des_ecarts(tailles: list[int], m: int) -> dict[int, Fraction]:
    """Return the law of 2U minus its mean, one person at a time."""
    total = sum(tailles)
    doubles = [2 * sum(tailles[:i]) + t + 1 for i, t in enumerate(tailles) for _ in range(t)]
    choix: list[dict[int, int]] = [{0: 1}] + [{} for _ in range(m)]
    for rang in doubles:
        for c in range(m, 0, -1):
            for somme, facons in choix[c - 1].items():
                choix[c][somme + rang] = choix[c].get(somme + rang, 0) + facons
    tous = math.comb(total, m)
    return {somme - m * (total + 1): Fraction(f, tous) for somme, f in choix[m].items()}


def queue_entiere(loi: dict[int, Fraction], ecart: int) -> float:
    """Return the probability of being ``ecart`` or more away from the mean."""
    return float(sum(p for e, p in loi.items() if abs(e) >= ecart))


def tirer_un_ecart(donnees: st.DataObject, tailles: list[int]) -> tuple[int, int, float]:
    """Draw how many are chosen and a distance that exists; return them with its exact tail."""
    m = donnees.draw(st.integers(1, sum(tailles) // 2))
    loi = loi_des_ecarts(tailles, m)
    ecart = donnees.draw(st.sampled_from(sorted(map(abs, loi))))
    return m, ecart, queue_entiere(loi, ecart)
