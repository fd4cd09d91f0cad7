"""What chance alone would give: how many of a group come out when persons are drawn at random."""

from scipy.stats import hypergeom

from .proportions import verifier_confiance
from .refus import CalculImpossible


def fluctuation(
    tires: int, groupe: int, population: int, confiance: float = 0.95
) -> tuple[int, int]:
    """Return the least and the most persons of ``groupe`` among ``tires`` drawn from ``population``.

    Exact interval of the hypergeometric law, drawing without putting back (Feller, An Introduction
    to Probability Theory and Its Applications, 3rd ed. 1968, II.6): each tail left outside has at
    most half of 1 - ``confiance``.
    Errors: ``CalculImpossible`` unless both counts are between 0 and the population.
    """
    verifier_confiance(confiance)
    if population < 1 or not (0 <= tires <= population and 0 <= groupe <= population):
        raise CalculImpossible("Un groupe et un tirage tiennent dans la population.")
    loi = hypergeom(population, groupe, tires)
    queue = (1 - confiance) / 2
    return int(loi.ppf(queue)), int(loi.isf(queue))


def confiance_commune(essais: int, confiance: float = 0.95) -> float:
    """Return the level at which each of ``essais`` intervals is read for all to hold together.

    Bonferroni's inequality (Dunn 1961, JASA 56:52-64).
    """
    return 1 - (1 - confiance) / max(1, essais)
