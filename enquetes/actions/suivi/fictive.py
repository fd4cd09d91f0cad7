"""Invented answers for an invented cohort: what truly changes in it is known."""

import random
from collections.abc import Callable
from typing import Any, Final

from django.db import transaction

from enquetes.models import Carte, Cohorte, EtatPassation, Passation, Rang, Vague
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .cartes import passation_de
from .cohortes import exiger_sur_cohorte

RESTE: Final = {Rang.ENTREE: 1.0, Rang.MI_PARCOURS: 0.86, Rang.SORTIE: 0.7, Rang.POST: 0.6}
"""Share of the families that answer each wave: three in ten have left at the exit."""
MANQUE: Final = 0.02
"""Share of answers left empty."""
CUISINE: Final = tuple(f"cu{n}" for n in range(1, 7))
ACCORDS: Final = ("li2", "li3", "li4", "po1", "po2", "po3", "po4")
CHANGENT: Final = ("a3", *CUISINE)
"""Pulses and confidence in cooking truly get better; nothing else changes but by chance."""
BOISSONS: Final = ("aucun", "aucun", "moins_un", "un", "deux", "trois_plus")
AGES: Final = ("moins_26", "de_26_a_39", "de_26_a_39", "de_40_a_59", "de_60_a_74", "plus_74")
RONDS: Final = {1: 2, 3: 2, 4: 5, 6: 5}
"""Days are told in round numbers by one person in three."""


@transaction.atomic
def peupler_cohorte_fictive(*, cohorte: Cohorte, par: Compte, graine: int = 1) -> int:
    """Write the answers of every card in every wave that has begun; twice is the same as once."""
    exiger_sur_cohorte(par, cohorte)
    if not cohorte.fictive:
        raise EtatIncompatible("Ce suivi est celui de vraies familles\u00a0: on n’y invente rien.")
    cartes = list(cohorte.cartes.select_related("cohorte").order_by("numero"))
    vagues = list(cohorte.vagues.select_related("collecte__version").order_by("rang"))
    passations = []
    departs = random.Random(graine).sample(range(len(cartes)), len(cartes))  # noqa: S311  (invented)
    for carte, depart in zip(cartes, departs, strict=True):
        hasard = random.Random(f"{graine}|{carte.numero}")  # noqa: S311  (invented answers)
        famille = _Famille(hasard)
        for vague in vagues:
            if depart < len(cartes) * RESTE[Rang(vague.rang)]:
                reponses = famille.repondre(Rang(vague.rang))
                carte.paniers += hasard.randint(2, 6)
                carte.ateliers += hasard.randint(0, 3)
                passations.append(_passation(passation_de(carte, vague), vague, reponses))
    if not cohorte.cartes.filter(paniers__gt=0).exists():
        Carte.objects.bulk_update(cartes, ["paniers", "ateliers"])
    avant = Passation.objects.count()
    Passation.objects.bulk_create(passations, ignore_conflicts=True)
    ecrites = Passation.objects.count() - avant
    tracer(par=par, verbe="peupler_cohorte_fictive", objet=cohorte, nombre=ecrites)
    return ecrites


def _passation(identifiant: Any, vague: Vague, reponses: dict[str, str]) -> Passation:
    collecte = vague.collecte
    acces = collecte.acces.get(principal=True)
    return Passation(
        pk=identifiant,
        collecte=collecte,
        version=collecte.version,
        acces=acces,
        territoire_id=acces.territoire_id,
        structure_id=acces.structure_id,
        etat=EtatPassation.TERMINEE,
        langue="fr",
        jour=vague.cible,
        reponses=reponses,
    )


class _Famille:
    """One invented family: a level for each question, and whether it truly gets better."""

    def __init__(self, hasard: random.Random) -> None:
        self.hasard = hasard
        self.niveaux = {code: tirer(hasard) for code, tirer in _DEPARTS.items()}
        self.mieux_mange = hasard.random()
        self.mieux_cuisine = hasard.random()

    def repondre(self, rang: Rang) -> dict[str, str]:
        """Return the answers of one wave."""
        reponses = {}
        for code, niveau in self.niveaux.items():
            valeur = self._valeur(code, niveau, rang)
            if self.hasard.random() >= MANQUE:
                reponses[code] = str(valeur)
        # A number of its own: drawn with the others, it would change every answer of the scenario.
        boisson = random.Random(f"{self.mieux_mange}|{rang}")  # noqa: S311  (invented answers)
        if boisson.random() >= MANQUE:
            reponses["a8"] = boisson.choice(BOISSONS)
        if rang == Rang.ENTREE and boisson.random() >= MANQUE:
            reponses["pr1"] = boisson.choice(AGES)
        return reponses

    def _valeur(self, code: str, niveau: int, rang: Rang) -> int:
        bas, haut = _BORNES[code]
        valeur = niveau + self._vrai_changement(code, rang) + self._bruit(code, rang)
        valeur = min(haut, max(bas, valeur))
        arrondit = haut == 7 and self.hasard.random() < 1 / 3  # noqa: PLR2004  (days of a week)
        return RONDS.get(valeur, valeur) if arrondit else valeur

    def _vrai_changement(self, code: str, rang: Rang) -> int:
        if rang == Rang.ENTREE or code not in CHANGENT:
            return 0
        part = self.mieux_mange if code == "a3" else self.mieux_cuisine
        return 2 if part < 0.7 else (0 if part < 0.85 else -1)  # noqa: PLR2004  (shares of the scenario)

    def _bruit(self, code: str, rang: Rang) -> int:
        if rang == Rang.ENTREE or code in CUISINE:
            return 0
        return self.hasard.choice((-1, 0, 0, 1))


def _entre(bas: int, haut: int) -> Callable[[random.Random], int]:
    return lambda hasard: hasard.randint(bas, haut)


_BORNES: Final = {
    "a3": (0, 7),
    "a4": (0, 7),
    "a5": (0, 7),
    "a11": (0, 14),
    "li1": (0, 7),
    **dict.fromkeys(("a6", "a7", "a10"), (0, 7)),
    **dict.fromkeys(("a1", "a2", "a9"), (0, 4)),
    **dict.fromkeys(ACCORDS, (1, 4)),
    **dict.fromkeys(CUISINE, (1, 5)),
}
_DEPARTS: Final = {
    "a3": _entre(0, 3),
    "a4": _entre(1, 5),
    "a5": _entre(1, 5),
    "a11": _entre(2, 11),
    "li1": _entre(1, 6),
    **dict.fromkeys(("a6", "a7", "a10"), _entre(0, 4)),
    **dict.fromkeys(("a1", "a2", "a9"), _entre(0, 4)),
    **dict.fromkeys(ACCORDS, _entre(1, 4)),
    **dict.fromkeys(CUISINE, _entre(1, 4)),
}
