"""Regroup before hiding: what is too small to stand alone is put together (§4.3, step 1).

What is put together is never smaller than the threshold either: subtracting what is shown from
the total gives back the whole rest, and the rest is a group like another.
"""

from collections.abc import Mapping

from .regles import Seuils


def reste(tailles: Mapping[str, int], seuils: Seuils) -> frozenset[str] | None:
    """Return which parts of a whole are put together; ``None`` when nothing can be told apart.

    ``tailles``: sizes of disjoint parts. An empty set means that each stands alone. Ties are
    broken by code, so that the same population always gives the same result.
    """
    if not seuils.protege:
        return frozenset()
    croissantes = sorted(tailles, key=lambda code: (tailles[code], code))
    petites = [code for code in croissantes if tailles[code] < seuils.n_min]
    if not petites:
        return frozenset() if len(tailles) > 1 else None
    ensemble, taille = list(petites), sum(tailles[code] for code in petites)
    for code in croissantes[len(petites) :]:
        # A rest of nobody still tells that nobody gave those answers.
        if taille >= seuils.n_min:
            break
        ensemble.append(code)
        taille += tailles[code]
    seuls = len(tailles) - len(ensemble)
    return frozenset(ensemble) if seuls and taille >= seuils.n_min else None
