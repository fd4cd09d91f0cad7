"""Invented populations: places inside places, publics, waves, and answers that depend on them."""

from dataclasses import dataclass

import numpy as np

from analyses.confidentialite.moteur.unites import Dimension, Personnes


@dataclass
class Population:
    personnes: Personnes
    reponses: np.ndarray
    nb_reponses: int

    def __len__(self):
        return len(self.personnes)


def population(nb, *, graine=0, territoires=3, structures=3, publics=4, reponses=4):
    """Return ``nb`` persons in structures of uneven sizes; the last answer is « sans réponse »."""
    hasard = np.random.default_rng(graine)
    lieux = ["R1"] + [f"T{t}" for t in range(territoires)]
    parents = [""] + ["R1"] * territoires
    for t in range(territoires):
        for s in range(structures):
            lieux.append(f"S{t}{s:02d}")
            parents.append(f"T{t}")
    poids = hasard.dirichlet(np.full(territoires * structures, 1.5))
    lieu = 1 + territoires + hasard.choice(territoires * structures, size=nb, p=poids)
    public = hasard.choice(publics, size=nb, p=hasard.dirichlet(np.full(publics, 2.0)))
    vague = hasard.choice(2, size=nb)
    base = hasard.dirichlet(np.full(reponses - 1, 1.0), size=publics)
    tirages = np.array([hasard.choice(reponses - 1, p=base[p]) for p in public])
    muets = hasard.random(nb) < 0.06
    dimensions = {
        "lieu": Dimension("lieu", tuple(lieux), tuple(parents)),
        "public": Dimension("public", tuple(f"P{p}" for p in range(publics))),
        "vague": Dimension("vague", tuple(f"V{v}" for v in range(2))),
    }
    codes = {"lieu": lieu, "public": public, "vague": vague}
    return Population(
        Personnes(dimensions, codes), np.where(muets, reponses - 1, tirages), reponses
    )


PLAN = (("lieu",), ("public", "vague"), ("lieu", "public"))
