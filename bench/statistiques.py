"""Time of the exact tests, and agreement of Voix with published values.

    python -m bench.statistiques [--repetitions 5]

Fictitious Likert answers (1 to 5, many ties and zeros) at n = 10, 70 and 300. Goal of the issue:
each exact test within 50 ms at 300. « distincts » has no tie at all, the longest case.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from analyses.statistiques.deux_groupes import mann_whitney
from analyses.statistiques.paires import Paires, mcnemar, newcombe, tango
from analyses.statistiques.plusieurs_vagues import cochran, friedman
from analyses.statistiques.rangs import hodges_lehmann, rang_de_walsh, rangs_signes
from analyses.statistiques.unites import differences

TAILLES = (10, 70, 300)

# Published value, what it is, where: the tests hold the sources in full.
PUBLIEES: list[tuple[str, float, Callable[[], float]]] = [
    ("H&W 3.1 p", 0.03906, lambda: rangs_signes(_hollander()).p),
    ("H&W 3.1 Hodges-Lehmann", -0.46, lambda: hodges_lehmann(_hollander()).estimation / 1000),
    ("H&W 3.1 borne", -0.786, lambda: (hodges_lehmann(_hollander()).bas or 0) / 1000),
    ("Agresti McNemar", 3.716e-05, lambda: mcnemar(86, 150)),
    ("Cavo McNemar", 0.052479, lambda: mcnemar(16, 6)),
    ("Cavo Tango bas", 0.0054, lambda: tango(Paires(59, 6, 16, 80))[0]),
    ("Cavo Tango haut", 0.1240, lambda: tango(Paires(59, 6, 16, 80))[1]),
    ("Cavo Newcombe bas", 0.0046, lambda: newcombe(Paires(59, 6, 16, 80))[0]),
    ("Cavo Newcombe haut", 0.1186, lambda: newcombe(Paires(59, 6, 16, 80))[1]),
    ("Rats p", 0.0373, lambda: mann_whitney([18, 22, 75, 163, 271, *[300] * 7], [300] * 12).p),
]


def _hollander() -> Any:
    avant = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
    apres = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    return differences(avant, apres, 0.001)[0]


def _cohorte(n: int) -> tuple[list[int], list[int]]:
    hasard = np.random.default_rng(n)
    avant = np.clip(np.rint(hasard.normal(3, 1, n)), 1, 5)
    apres = np.clip(np.rint(avant + hasard.normal(0.35, 0.9, n)), 1, 5)
    return avant.astype(int).tolist(), apres.astype(int).tolist()


def _cas(n: int) -> dict[str, Callable[[], object]]:
    avant, apres = _cohorte(n)
    ecarts, _ = differences(avant, apres, 1)
    hasard = np.random.default_rng(n)
    distincts = hasard.permutation(np.arange(1, n + 1)) * hasard.choice([-1, 1], n)
    oui_non = hasard.integers(0, 2, (n, 4)).tolist()
    vagues = hasard.integers(1, 6, (n, 4)).tolist()
    partis = n * 3 // 10

    def typique() -> object:
        rang_de_walsh.cache_clear()
        return hodges_lehmann(ecarts)

    return {
        "différences décimales": lambda: differences(avant, apres, 1),
        "rangs signés": lambda: rangs_signes(ecarts),
        "rangs signés, distincts": lambda: rangs_signes(distincts),
        "Hodges-Lehmann et intervalle": typique,
        "McNemar, Tango, Newcombe": lambda: (
            mcnemar(n // 3, n // 5),
            tango(Paires(n, n // 5, n // 3, n)),
            newcombe(Paires(n, n // 5, n // 3, n)),
        ),
        "Mann-Whitney (30 % partis)": lambda: mann_whitney(avant[:partis], avant[partis:]),
        "Cochran, 4 vagues": lambda: cochran(oui_non).p_exact,
        "Friedman, 4 vagues": lambda: friedman(vagues, exact=n < 15).p_exact,
    }


def _millisecondes(calcul: Callable[[], object], repetitions: int) -> float:
    calcul()
    temps = []
    for _ in range(repetitions):
        debut = time.perf_counter()
        calcul()
        temps.append(time.perf_counter() - debut)
    return 1000 * statistics.median(temps)


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--repetitions", type=int, default=5)
    repetitions = lecteur.parse_args().repetitions
    cas = {n: _cas(n) for n in TAILLES}
    print(f"{'ms (médiane)':32}" + "".join(f"{'n = ' + str(n):>10}" for n in TAILLES))
    for nom in cas[TAILLES[0]]:
        mesures = (_millisecondes(cas[n][nom], repetitions) for n in TAILLES)
        print(f"{nom:32}" + "".join(f"{mesure:10.2f}" for mesure in mesures))
    print("Cochran à 300 et Friedman dès 15 personnes : loi du χ², sans valeur exacte.")
    ecarts = {nom: abs(calcul() - publiee) for nom, publiee, calcul in PUBLIEES}
    pire = max(ecarts, key=lambda nom: ecarts[nom])
    print(f"{len(ecarts)} valeurs publiées, plus grand écart {ecarts[pire]:.1e} ({pire})")


if __name__ == "__main__":
    main()
