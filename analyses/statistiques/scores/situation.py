"""Well-being and hardship: WHO-5, EPICES."""

from typing import Final

from .bareme import Reponses, Score, palier

EPICES_BASE: Final = 7514
EPICES_POIDS: Final = (1006, -1183, -828, -828, 1480, -651, -710, -710, -947, -947, -710)
"""In hundredths: whole numbers make the threshold exact."""
EPICES_SEUIL: Final = 3017


def who5(reponses: Reponses) -> Score:
    """Return the percentage score, 0 to 100: at most 28 very low, at most 50 low.

    Topp et al. 2015 (Psychotherapy and Psychosomatics 84:167-176). Not a diagnosis.
    """
    score = 4 * sum(reponses)
    return Score(score, palier(score, (28, 50), ("très bas", "bas", "au-dessus de 50")))


def epices(reponses: Reponses) -> Score:
    """Return the score, 0 to 100 (yes = 1, no = 0), and whether it reaches 30.17.

    Sass et al. 2006 (Pratiques et organisation des soins 37:115-124); Cetaf.
    """
    centiemes = EPICES_BASE + sum(
        poids * reponse for poids, reponse in zip(EPICES_POIDS, reponses, strict=True)
    )
    return Score(centiemes / 100, "précaire" if centiemes >= EPICES_SEUIL else "non précaire")
