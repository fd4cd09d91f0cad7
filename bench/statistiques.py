"""Time of the exact tests, and agreement of Voix with published values.

    python -m bench.statistiques [--repetitions 5]

Fictitious Likert answers (1 to 5, many ties and zeros) at n = 10, 70 and 300. Goal of the issue:
each exact test within 50 ms at 300. « distincts » has no tie at all, the longest case.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from analyses.statistiques.deux_groupes import mann_whitney
from analyses.statistiques.paires import Paires, mcnemar, newcombe, tango
from analyses.statistiques.plusieurs_vagues import cochran, friedman
from analyses.statistiques.rangs import hodges_lehmann, rang_de_walsh, rangs_signes
from analyses.statistiques.unites import differences

from .publiees import PUBLICATIONS

TAILLES = (10, 70, 300)


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
    partis, rangs = n * 3 // 10, np.abs(distincts).tolist()
    varies = hasard.integers(0, 41, n).tolist()

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
        "Mann-Whitney, 41 réponses": lambda: mann_whitney(varies[: n // 2], varies[n // 2 :]),
        "Mann-Whitney, distincts": lambda: mann_whitney(rangs[:partis], rangs[partis:]),
        "Cochran, 4 vagues": lambda: cochran(oui_non).p_exact,
        "Friedman, 4 vagues": lambda: friedman(vagues, exact=n < 15).p_exact,
    }


def _millisecondes(calcul: Callable[[], object], repetitions: int) -> float:
    calcul()
    temps = []
    for _ in range(repetitions):
        debut = time.process_time()
        calcul()
        temps.append(time.process_time() - debut)
    return 1000 * statistics.median(temps)


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--repetitions", type=int, default=5)
    repetitions = lecteur.parse_args().repetitions
    cas = {n: _cas(n) for n in TAILLES}
    print(
        f"{'ms de processeur (médiane)':32}" + "".join(f"{'n = ' + str(n):>10}" for n in TAILLES)
    )
    for nom in cas[TAILLES[0]]:
        mesures = (_millisecondes(cas[n][nom], repetitions) for n in TAILLES)
        print(f"{nom:32}" + "".join(f"{mesure:10.2f}" for mesure in mesures))
    print("Friedman dès 15 personnes : loi du χ², sans valeur exacte.")
    ecarts = [
        (ecart, f"{publication.source}, {cle}")
        for publication in PUBLICATIONS
        for cle, (ecart, _) in publication.ecarts().items()
    ]
    pire, laquelle = max(ecarts)
    print(
        f"{len(ecarts)} valeurs de {len(PUBLICATIONS)} publications, "
        f"plus grand écart {pire:.1e} ({laquelle})"
    )


if __name__ == "__main__":
    main()
