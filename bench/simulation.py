"""Many fictitious cohorts whose truth is known: how often Voix is wrong.

    python -m bench.simulation [--cohortes 500] [--graine 1]

Each cohort has 70 families and five declared outcomes on a scale of 1 to 5, two of which really
change. Answers are heaped on 3, one in twenty is missing, and 30 % of families leave. The laws are
tables, so that what is true is computed and not simulated. Told: how often a change is announced
where there is none, and how often each interval holds the truth.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from analyses.changements.couples import CASES
from analyses.changements.phrases import dehors
from analyses.changements.verdict import CONCLUENT, Partage, Verdict, part_nette, verdicts
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.questions import Donnees
from analyses.confidentialite.moteur.questions import Question as QuestionMoteur
from analyses.confidentialite.moteur.resultats import CelluleRendue
from analyses.confidentialite.moteur.unites import Dimension, Personnes
from analyses.statistiques.attrition import bornes_nettes
from analyses.statistiques.deux_groupes import mann_whitney
from analyses.statistiques.multiples import holm
from analyses.statistiques.paires import Paires, mcnemar, newcombe, tango
from analyses.statistiques.plusieurs_vagues import cochran, friedman
from analyses.statistiques.proportions import wilson
from analyses.statistiques.rangs import RangsSignes, hodges_lehmann, rangs_signes
from analyses.statistiques.refus import CalculImpossible

FAMILLES = 70
PARTIES = 0.30
SANS_REPONSE = 0.05
TASSEES = 0.15
"""Share of answers given as 3 whatever the true one."""
CHANGEMENTS = (0.8, 0.7, 0.0, 0.0, 0.0)
"""How much each declared outcome rises, before rounding."""
SEUIL = 0.05
VAGUES = 4
DEGRES = np.arange(1, 6)

Loi = NDArray[np.float64]
"""(5, 5): chance of each answer before (row) and after (column)."""


def loi_d_un_resultat(changement: float) -> Loi:
    """Return the law of a pair of answers; without change, both directions are equally likely."""
    bornes = np.array([-np.inf, 1.5, 2.5, 3.5, 4.5, np.inf])
    entree = np.diff(norm.cdf(bornes, 3, 1))
    suite = np.array([np.diff(norm.cdf(bornes, d + changement, 0.9)) for d in DEGRES])
    loi = entree[:, None] * suite
    if not changement:
        loi = (loi + loi.T) / 2
    tasser = (1 - TASSEES) * np.eye(5)
    tasser[:, 2] += TASSEES
    tassee: Loi = tasser.T @ loi @ tasser
    return tassee


@dataclass(frozen=True, slots=True)
class Verite:
    """What is true of a law."""

    nette: float
    progressent: float
    difference_oui: float
    """Of « 4 or more », second wave minus first."""
    typique: float
    """Median of the mean of two independent changes."""

    @classmethod
    def de(cls, loi: Loi) -> "Verite":
        ecarts = np.array([np.trace(loi, offset=d) for d in range(-4, 5)])
        sommes = np.cumsum(np.convolve(ecarts, ecarts))
        return cls(
            nette=float(ecarts[5:].sum() - ecarts[:4].sum()),
            progressent=float(ecarts[5:].sum()),
            difference_oui=float(loi[:, 3:].sum() - loi[3:, :].sum()),
            typique=float(np.searchsorted(sommes, 0.5) - 8) / 2,
        )


@dataclass
class Compte:
    """How many times each thing happened, out of how many."""

    fois: Counter[str] = field(default_factory=Counter)
    sur: Counter[str] = field(default_factory=Counter)

    def noter(self, quoi: str, *, oui: bool) -> None:
        self.fois[quoi] += oui
        self.sur[quoi] += 1

    def parts(self) -> dict[str, tuple[float, float, float]]:
        """Return the share of each, and what it may be (Wilson, 95 %)."""
        return {q: (self.fois[q] / n, *wilson(self.fois[q], n)) for q, n in self.sur.items()}


def simuler(cohortes: int, graine: int) -> Compte:
    """Return what became of as many cohorts."""
    hasard, compte = np.random.default_rng(graine), Compte()
    lois = [loi_d_un_resultat(changement) for changement in CHANGEMENTS]
    verites = [Verite.de(loi) for loi in lois]
    for _ in range(cohortes):
        _une_cohorte(lois, verites, hasard, compte)
        _une_cohorte_sans_changement(lois[-1], hasard, compte)
        _quatre_vagues(hasard, compte)
    return compte


def _tirer(loi: Loi, hasard: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    tirages = hasard.choice(25, FAMILLES, p=loi.ravel() / loi.sum())
    return tirages // 5 + 1, tirages % 5 + 1


def _une_cohorte(
    lois: Sequence[Loi], verites: Sequence[Verite], hasard: np.random.Generator, compte: Compte
) -> None:
    restent = hasard.random(FAMILLES) >= PARTIES
    p: list[float | None] = []
    imprimes = Imprimes(int(restent.sum()))
    for loi, verite in zip(lois, verites, strict=True):
        avant, apres = _tirer(loi, hasard)
        vus = restent & (hasard.random((2, FAMILLES)) >= SANS_REPONSE).all(axis=0)
        p.append(rangs_signes(apres[vus] - avant[vus]).p)
        imprimes.ajouter((apres - avant)[restent], vus[restent])
        for nom, bas, haut, vrai in _intervalles(avant[vus], apres[vus], verite):
            compte.noter(f"couverture, {nom}", oui=bas - 1e-9 <= vrai <= haut + 1e-9)
        _attrition(avant, apres, restent, compte)
    alertes = [a is not None and a < SEUIL for a in holm(p)]
    compte.noter("les deux vrais changements sont vus", oui=all(alertes[:2]))
    compte.noter("fausse alerte, une des trois autres questions", oui=any(alertes[2:]))
    _ce_qui_est_imprime(imprimes, verites, compte)


@dataclass
class Imprimes:
    """The outcomes of one cohort, as its report protects and judges them."""

    n: int
    cases: list[NDArray[np.int64]] = field(default_factory=list)
    tests: list[RangsSignes] = field(default_factory=list)

    def ajouter(self, ecarts: NDArray[np.int64], vus: NDArray[np.bool_]) -> None:
        self.cases.append(np.where(vus, 1 - np.sign(ecarts), 3))
        self.tests.append(rangs_signes(ecarts[vus]))

    def partages(self) -> list[Partage]:
        """Return what the engine lets out of each split."""
        noms = [f"q{rang}" for rang in range(len(self.cases))]
        donnees = Donnees(
            Personnes(
                {"ensemble": Dimension("ensemble", ("ensemble",))},
                {"ensemble": np.zeros(self.n, dtype=np.int64)},
            ),
            np.array([f"{i:032x}" for i in range(self.n)]),
            dict(zip(noms, self.cases, strict=True)),
        )
        rendus = cloturer(donnees, [QuestionMoteur(nom, CASES) for nom in noms], [()], cle=b"x")
        par_nom = {t.question: t.lignes[0].cellules for t in rendus.tableaux}
        return [self._partage(par_nom.get(nom, ())) for nom in noms]

    def _partage(self, cellules: Sequence[CelluleRendue]) -> Partage:
        vues = {c.reponses[0]: (max(0, c.bas), min(self.n, c.haut)) for c in cellules}
        cotes = (vues.get(case, (0, self.n)) for case in CASES)
        return Partage(self.n, *cotes).resserre()


def _ce_qui_est_imprime(imprimes: Imprimes, verites: Sequence[Verite], compte: Compte) -> None:
    """Note the words and the net intervals of the page: what is displayed, and nothing else."""
    partages = imprimes.partages()
    sens = [int(np.sign(t.w_plus - t.w_moins)) for t in imprimes.tests]
    mots = verdicts(partages, [t.p for t in imprimes.tests], sens)
    concluent = [mot in CONCLUENT for mot in mots]
    compte.noter("imprimé, les deux vrais changements sont conclus", oui=all(concluent[:2]))
    compte.noter("fausse alerte, imprimée, une des trois autres", oui=any(concluent[2:]))
    for partage, verite, mot in zip(partages, verites, mots, strict=True):
        compte.noter("imprimé, comptes exacts", oui=partage.est_exact)
        compte.noter("imprimé, signal fragile", oui=mot == Verdict.FRAGILE)
        nette = part_nette(partage)
        if nette is not None:
            bas, haut = dehors(*nette[1], 100)
            compte.noter("couverture, imprimée", oui=bas <= 100 * verite.nette <= haut)


def _intervalles(
    avant: NDArray[np.int64], apres: NDArray[np.int64], verite: Verite
) -> Iterator[tuple[str, float, float, float]]:
    ecarts, n = apres - avant, len(avant)
    plus, moins = int((ecarts > 0).sum()), int((ecarts < 0).sum())
    yield "part nette (Tango)", *tango(Paires(n - plus - moins, moins, plus, 0)), verite.nette
    yield "part qui progresse (Wilson)", *wilson(plus, n), verite.progressent
    avant_oui, apres_oui = avant > 3, apres > 3
    paires = Paires(
        int((avant_oui & apres_oui).sum()),
        int((avant_oui & ~apres_oui).sum()),
        int((~avant_oui & apres_oui).sum()),
        int((~avant_oui & ~apres_oui).sum()),
    )
    yield "oui / non (Tango)", *tango(paires), verite.difference_oui
    yield "oui / non (Newcombe)", *newcombe(paires), verite.difference_oui
    typique = hodges_lehmann(ecarts)
    if typique.bas is not None and typique.haut is not None:
        yield "gain typique (Hodges-Lehmann)", typique.bas, typique.haut, verite.typique


def _attrition(
    avant: NDArray[np.int64],
    apres: NDArray[np.int64],
    restent: NDArray[np.bool_],
    compte: Compte,
) -> None:
    """Note whether the bounds hold what everybody would have said, if the unhappy leave first."""
    ecarts = apres - avant
    partent = np.argsort(ecarts, kind="stable")[: int((~restent).sum())]
    reste = np.delete(ecarts, partent)
    bornes = bornes_nettes(int((reste > 0).sum()), int((reste < 0).sum()), len(reste), len(ecarts))
    vraie = float(np.sign(ecarts).mean())
    compte.noter("couverture, bornes de Manski", oui=bornes.bas - 1e-9 <= vraie <= bornes.haut)
    p = mann_whitney(avant[restent].tolist(), avant[~restent].tolist()).p
    compte.noter("fausse alerte, partis et restés (Mann-Whitney)", oui=p < SEUIL)


def _une_cohorte_sans_changement(loi: Loi, hasard: np.random.Generator, compte: Compte) -> None:
    restent = hasard.random(FAMILLES) >= PARTIES
    p: list[float | None] = []
    for _ in CHANGEMENTS:
        avant, apres = (vague[restent] for vague in _tirer(loi, hasard))
        seul = rangs_signes(apres - avant).p
        p.append(seul)
        plus, moins = (
            int(((avant <= 3) & (apres > 3)).sum()),
            int(((avant > 3) & (apres <= 3)).sum()),
        )
        compte.noter("fausse alerte, McNemar seul", oui=mcnemar(plus, moins) < SEUIL)
        compte.noter("fausse alerte, rangs signés seuls", oui=seul < SEUIL)
    sans_correction = any(valeur is not None and valeur < SEUIL for valeur in p)
    compte.noter("fausse alerte, cinq questions sans correction", oui=sans_correction)
    apres_holm = any(a is not None and a < SEUIL for a in holm(p))
    compte.noter("fausse alerte, cinq questions après Holm", oui=apres_holm)


def _quatre_vagues(hasard: np.random.Generator, compte: Compte) -> None:
    """Families that differ, each answering alike at every wave but for chance."""
    personnes = hasard.normal(3, 1, (FAMILLES, 1))
    completes = hasard.random(FAMILLES) >= PARTIES
    reponses = np.clip(np.rint(personnes + hasard.normal(0, 0.9, (FAMILLES, VAGUES))), 1, 5)
    reponses = reponses[completes]
    try:
        q = cochran((reponses > 3).astype(int).tolist())
    except CalculImpossible:
        return
    compte.noter("fausse alerte, Cochran exact", oui=q.p_exact is not None and q.p_exact < SEUIL)
    compte.noter("fausse alerte, Cochran χ²", oui=q.p_chi2 < SEUIL)
    p = friedman(reponses.tolist(), exact=False).p_chi2
    compte.noter("fausse alerte, Friedman χ²", oui=p < SEUIL)


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--cohortes", type=int, default=500)
    lecteur.add_argument("--graine", type=int, default=1)
    options = lecteur.parse_args()
    compte = simuler(options.cohortes, options.graine)
    print(f"{options.cohortes} cohortes de {FAMILLES} familles")
    for quoi, (part, bas, haut) in sorted(compte.parts().items()):
        print(f"{quoi:52}{part:8.1%}   ({bas:.1%} à {haut:.1%}, {compte.sur[quoi]} fois)")


if __name__ == "__main__":
    main()
