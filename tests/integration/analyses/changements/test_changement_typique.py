"""The attack of whoever reads the typical change: list every group of families that it allows."""

from collections.abc import Iterator
from math import ceil, floor
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analyses.actions import changements
from analyses.actions.changements import arreter_changement
from analyses.changements.couples import CASES
from analyses.changements.lecture import Critere, lire
from analyses.changements.phrases import phrase_moyennes, phrase_taille
from analyses.changements.verdict import Partage
from analyses.statistiques.rangs import rang_de_walsh
from enquetes.actions.suivi.cohortes import ProjetCritere
from enquetes.models import Rang
from tests import builders, suivi

pytestmark = pytest.mark.django_db

DEGRES = 3
"""Most that an answer from 1 to 4 moves by."""
Mondes = dict[str, tuple[int, int]]


def _typique(par_ecart: np.ndarray) -> tuple[float, ...]:
    """Return the three figures of Hodges and Lehmann, rounded as the report rounds them."""
    n = int(par_ecart.sum())
    paires = np.convolve(par_ecart, par_ecart)
    paires[::2] += par_ecart
    cumul, total, rang = np.cumsum(paires // 2), n * (n + 1) // 2, rang_de_walsh(n, 0.95)

    def valeur(place: int) -> float:
        return (int(np.searchsorted(cumul, place)) - 2 * DEGRES) / 2

    milieu = (valeur((total + 1) // 2) + valeur(total // 2 + 1)) / 2
    bornes = floor(2 * valeur(rang)) / 2, ceil(2 * valeur(total - rang + 1)) / 2
    return (round(2 * milieu) / 2, *bornes)


def _parts(total: int, morceaux: int) -> Iterator[tuple[int, ...]]:
    if morceaux == 1:
        yield (total,)
        return
    for premier in range(total + 1):
        for suite in _parts(total - premier, morceaux - 1):
            yield (premier, *suite)


def deduire(partage: Partage, typique: tuple[float, ...]) -> Mondes:
    """Return what each count can be for who reads the split and, where it is told, the typical change."""
    vus: list[tuple[int, ...]] = []
    for plus, stables, moins, vide in partage.possibles():
        if not typique or any(
            _typique(np.array([*recul[::-1], stables, *progres])) == typique
            for progres in _parts(plus, DEGRES)
            for recul in _parts(moins, DEGRES)
        ):
            vus.append((plus, stables, moins, vide))
    return {
        case: (min(vu[i] for vu in vus), max(vu[i] for vu in vus)) for i, case in enumerate(CASES)
    }


def _rapport(monkeypatch, ecarts: list[int | None]) -> tuple[Critere, int]:
    """Make the report of one question whose change of each family is known."""
    definition: dict[str, Any] = suivi.DEFINITION | {
        "pages": [
            {
                "code": code,
                "questions": [{"code": code, "type": "accord", "texte": {"fr": f"{code} ?"}}],
            }
            for code in ("q", "z")
        ]
    }
    monkeypatch.setattr(suivi, "DEFINITION", definition)
    cohorte = suivi.une_cohorte(
        cartes=len(ecarts),
        criteres=[ProjetCritere("Demander de l’aide", ("q",), "hausse")],
        vague_du_jour=Rang.SORTIE,
    )
    for carte, ecart in zip(cohorte.cartes.order_by("numero"), ecarts, strict=True):
        debut = 3 if ecart and ecart < 0 else 1
        suivi.repondre(carte, Rang.ENTREE, {"q": str(debut)})
        apres = {"z": "1"} if ecart is None else {"q": str(debut + ecart)}
        suivi.repondre(carte, Rang.SORTIE, apres)
    suivi.finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=builders.un_compte())
    return lire(fait.contenu, fait.nombre, fait.arrete_le).declares[0], fait.nombre


@pytest.mark.parametrize(
    "ecarts",
    [
        [1] * 20 + [2] * 7 + [0] * 7,
        [1] * 24 + [2] * 7 + [0] * 6 + [None] * 2,
        [1] * 22 + [0] * 12 + [-1] * 2,
    ],
    ids=["nobody-worse", "two-missing", "two-worse"],
)
def test_the_typical_change_narrows_no_count_that_is_told_by_a_band(monkeypatch, ecarts):
    critere, n = _rapport(monkeypatch, ecarts)
    partage = Partage(n, *critere.connus)
    assert not partage.est_exact
    assert deduire(partage, critere.taille) == deduire(partage, ())


def test_beside_exact_counts_it_is_told_and_pins_no_degree(monkeypatch):
    ecarts = [1] * 12 + [2] * 6 + [0] * 12 + [-1] * 6 + [None] * 6
    critere, _ = _rapport(monkeypatch, ecarts)
    assert [b == h for b, h in critere.connus] == [True] * 4
    assert critere.taille
    vus = [
        (*recul[::-1], *progres)
        for progres in _parts(18, DEGRES)
        for recul in _parts(6, DEGRES)
        if _typique(np.array([*recul[::-1], 12, *progres])) == critere.taille
    ]
    for degre in zip(*vus, strict=True):
        assert max(degre) - min(degre) >= 4


def test_a_report_made_before_tells_it_no_more():
    exact = dict.fromkeys(CASES, (9, 9))
    bande = exact | {"reculent": (0, 4)}
    assert "entre 1 et 1" in phrase_taille({"taille": [1.0, 1.0, 1.0], **exact})
    assert not phrase_taille({"taille": [1.0, 1.0, 1.0], **bande})


def test_means_tell_nobody_who_skipped_a_benchmark():
    """The attack: 7,9 evaluable of thirty families is two, three or four benchmarks skipped."""
    exact = Partage(36, (10, 10), (12, 12), (8, 8), (6, 6))
    montre = SimpleNamespace(question=SimpleNamespace(code="reperes"), partage=exact)
    dites = set()
    for sautent in range(5):
        niveaux = [((3 + i % 3, 7 if i < sautent else 8), (4, 8)) for i in range(30)]
        paires = SimpleNamespace(niveaux={"reperes": tuple(niveaux)})
        dites.add(phrase_moyennes({"moyennes": changements._moyennes(montre, paires)}))
    (dite,) = dites
    assert "4,0 repères atteints sur 8 évaluables environ" in dite
