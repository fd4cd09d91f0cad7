"""From what each card said to the worlds that a reader of the reports can imagine (ADR 0092).

One outcome at a time, over all the waves of which something is printed: outcomes that share a question
are never printed together (``partages``), so that they have nothing to tell of each other. Every state
of a family is listed: where she started, and what became of it at each wave.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import Any, Final

import numpy as np

from analyses.confidentialite.moteur.conjoint import Monde, Paquet
from analyses.extraction.paires import PAS, Question, ecart_de, moitie_de, score_de
from analyses.extraction.trajectoires import EFFACEES, Instrument, Trajectoire

from .couples import CASES, OUI_NON
from .exposition import MOINS, PLUS, groupe

Reponses = Mapping[str, Any]
Cle = tuple[Any, ...]
Etat = tuple[Any, ...]
"""Of a yes/no outcome, what is said at each wave; of another, the half of the scale at entrée, then
the case of each later wave."""
JUGE: Final = 3
"""The wave of the declared contrast."""
PARTIES: Final = "parties"
MOITIES: Final = ("bas", "haut", "sans")
SANS: Final = 2
MANQUE: Final = 3


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the audit of a report needs to know of the cohort."""

    familles: Sequence[Trajectoire]
    rangs: Sequence[int]
    """Waves of which a report is printed, or about to be."""
    instrument: Instrument
    nouveau: int
    """The wave whose report is being made."""
    plus: Mapping[str, Collection[int]] = field(default_factory=dict)
    """By count of which halves are printed: the numbers of the cards that received more."""

    def coupe(self, plus: Mapping[str, Collection[int]], selon: Collection[str]) -> "Dossier":
        """Return the same cohort, cut in the halves of these counts and no other."""
        return replace(self, plus={quoi: frozenset(plus[quoi]) for quoi in selon})


class Suivi:
    """One outcome: its states, and what is counted of each."""

    def __init__(self, question: Question, dossier: Dossier) -> None:
        self.question, self.dossier = question, dossier
        self.vagues = (1, *sorted(dossier.rangs))
        self.places: dict[Cle, int] = {}
        for rang in self.vagues[1:]:
            self._prevoir("c", rang, CASES)
        if question.binaire:
            for rang in self.vagues:
                self._prevoir("w", rang, ("oui", "non", "sans"))
            for couple in combinations(self.vagues, 2):
                self._prevoir("p", couple, OUI_NON[:4])
        else:
            self._prevoir("d", 1, MOITIES)

    def _prevoir(self, genre: str, quand: Any, cases: Iterable[str]) -> None:
        for case in cases:
            self.places[genre, quand, case] = len(self.places)

    def etats(self, vagues: Sequence[int]) -> Iterator[Etat]:
        """Iterate over every state of a family that answered these waves."""
        if self.question.binaire:
            yield from product(("oui", "non", "sans"), repeat=len(vagues))
            return
        for moitie, cases in self._departs():
            for suite in product(cases, repeat=len(vagues) - 1):
                yield (moitie, *suite)
        yield (SANS, *[MANQUE] * (len(vagues) - 1))

    def _departs(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Iterate over starting halves, with what can become of a family from a degree of them."""
        questions = self.question.questions
        degres = (
            self.dossier.instrument.degres.get(questions[0], ()) if len(questions) == 1 else ()
        )
        if not degres:  # a score, a fine scale: degrees above and below in both halves
            yield from ((moitie, (0, 1, 2, MANQUE)) for moitie in (0, 1))
            return
        milieu = self.dossier.instrument.milieux[questions[0]]
        for degre in degres:
            monte, descend = degre < degres[-1], degre > degres[0]
            if self.question.baisse:
                monte, descend = descend, monte
            cases = (*((0,) if monte else ()), 1, *((2,) if descend else ()), MANQUE)
            yield moitie_de(PAS * degre, milieu), cases

    def etat(self, reponses: Mapping[int, Reponses]) -> Etat:
        """Return the true state of a family."""
        vagues = sorted(reponses)
        if self.question.binaire:
            return tuple(_oui_non(reponses[v].get(self.question.questions[0])) for v in vagues)
        cases = [case_de(ecart_de(self.question, reponses[1], reponses[v])) for v in vagues[1:]]
        return (self._moitie(reponses[1]), *cases)

    def _moitie(self, reponses: Reponses) -> int:
        if self.question.score is not None:
            return 0  # of a score, no starting half is ever printed
        milieu = self.dossier.instrument.milieux[self.question.questions[0]]
        return moitie_de(score_de(self.question, reponses), milieu)

    def ligne(self, vagues: Sequence[int], etat: Etat) -> tuple[int, ...]:
        """Return what a state counts for in each trait."""
        ligne = [0] * len(self.places)
        if not self.question.binaire:
            ligne[self.places["d", 1, MOITIES[etat[0]]]] = 1
            for vague, case in zip(vagues[1:], etat[1:], strict=True):
                ligne[self.places["c", vague, CASES[case]]] = 1
            return tuple(ligne)
        for vague, dit in zip(vagues, etat, strict=True):
            ligne[self.places["w", vague, dit]] = 1
            if vague != 1:
                case = _sens(etat[0], dit, baisse=self.question.baisse)
                ligne[self.places["c", vague, CASES[case]]] = 1
        for (a, avant), (b, apres) in combinations(zip(vagues, etat, strict=True), 2):
            place = self.places.get(("p", (a, b), f"{avant}_{apres}"))
            if place is not None:
                ligne[place] = 1
        return tuple(ligne)

    def monde(self) -> Monde:
        """Return the worlds of this outcome."""
        pieces: dict[tuple[frozenset[str], tuple[int, ...], bool], list[Trajectoire]] = {}
        for famille in self.dossier.familles:
            efface = _effacee(famille.reponses.values())
            cle = (_groupes(famille, self.dossier), tuple(sorted(famille.reponses)), efface)
            pieces.setdefault(cle, []).append(famille)
        paquets = []
        for (groupes, vagues, efface), familles in pieces.items():
            lignes = dict.fromkeys((self.ligne(vagues, e) for e in self.etats(vagues)), 0)
            for famille in familles if not efface else ():
                lignes[self.ligne(vagues, self.etat(famille.reponses))] += 1
            if efface:
                lignes[next(iter(lignes))] = len(familles)
            etats = np.array(list(lignes), dtype=np.int64)
            paquets.append(Paquet(groupes, etats, np.array(list(lignes.values())), efface))
        vises = {place: _vise(cle) for cle, place in self.places.items()}
        affiches = [str(rang) for rang in self.vagues[1:]]
        if JUGE in self.vagues:
            affiches += ["v1", PARTIES]
            affiches += [groupe(quoi, m) for quoi in self.dossier.plus for m in (MOINS, PLUS)]
        return Monde(paquets, vises, affiches)


def partages(questions: Sequence[Question], instrument: Instrument) -> dict[str, frozenset[str]]:
    """Return, by outcome, the questions whose answers it tells something of."""
    return {
        q.code: frozenset(q.lues).union(*(instrument.liens.get(c, ()) for c in q.lues))
        for q in questions
    }


def case_de(ecart: int | None) -> int:
    """Return the place of a change among ``CASES``."""
    if ecart is None:
        return MANQUE
    return 0 if ecart > 0 else 1 if ecart == 0 else 2


def _oui_non(reponse: Any) -> str:
    return reponse if reponse in ("oui", "non") else "sans"


def _sens(avant: str, apres: str, *, baisse: bool) -> int:
    if "sans" in (avant, apres):
        return MANQUE
    if avant == apres:
        return 1
    return 0 if (apres == "non") == baisse else 2


def _groupes(famille: Trajectoire, dossier: Dossier) -> frozenset[str]:
    """Return the groups of a card: of a report already printed, even if erased since."""
    vagues = sorted(famille.reponses)
    groupes = {f"v{rang}" for rang in vagues}
    groupes |= {f"v{a}&v{b}" for a, b in combinations(vagues, 2)}
    for rang in dossier.rangs:
        lues = [famille.reponses.get(1), famille.reponses.get(rang)]
        if None not in lues and (rang != dossier.nouveau or not _effacee(lues)):
            groupes.add(str(rang))
    if str(JUGE) not in groupes:
        groupes.add(PARTIES)
        return frozenset(groupes)
    for quoi, numeros in dossier.plus.items():
        groupes.add(groupe(quoi, PLUS if famille.numero in numeros else MOINS))
    return frozenset(groupes)


def _effacee(lues: Iterable[Reponses | None]) -> bool:
    return any(reponses is EFFACEES for reponses in lues)


def _vise(cle: Cle) -> str:
    """Return the group of the persons who have a trait."""
    genre, quand = cle[0], cle[1]
    if genre == "c":
        return f"v1&v{quand}"
    return f"v{quand[0]}&v{quand[1]}" if genre == "p" else f"v{quand}"
