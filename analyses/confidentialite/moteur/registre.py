"""What was published, as the engine reads it (§6). Storing it is the work of others.

A population is a set of ``reponse_uid``: an erased one stays as a tombstone without answers, so
that two publications that differ by one person are known to differ.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .modele import Nature
from .unites import Regroupement


@dataclass(frozen=True, slots=True)
class Population:
    """Who was counted in a displayed group."""

    predicat: str
    """Canonical predicate of the group (``unites.Groupe.predicat``)."""
    membres: frozenset[str]

    @property
    def empreinte(self) -> str:
        """Return a hash of the members, the same for the same persons under any name."""
        return hashlib.sha256("\n".join(sorted(self.membres)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CellulePubliee:
    """One interval that was shown: the register's ``cellule``."""

    question: str
    population: str
    """``empreinte`` of the population."""
    reponses: tuple[str, ...]
    """Codes of the answers told as one; most often a single code."""
    bas: int
    haut: int
    nature: Nature


@dataclass(frozen=True, slots=True)
class MoyennePubliee:
    """One mean that was shown: the true one is at most half a decimal away."""

    question: str
    population: str
    """``empreinte`` of the population."""
    centiemes: int
    """The mean as it was shown, in hundredths of a point."""


@dataclass(slots=True)
class Registre:
    """Everything ever published for one collecte, withdrawn publications included."""

    populations: dict[str, list[Population]] = field(default_factory=dict)
    """By ``empreinte``; the same persons may have had several predicates."""
    cellules: list[CellulePubliee] = field(default_factory=list)
    regroupements: list[Regroupement] = field(default_factory=list)
    moyennes: list[MoyennePubliee] = field(default_factory=list)
    autres_seuils: frozenset[str] = frozenset()
    """Questions published once with other thresholds than today's: verdicts of that day do not bind."""

    def ajouter(
        self,
        populations: Iterable[Population],
        cellules: Iterable[CellulePubliee],
        regroupements: Iterable[Regroupement] = (),
        moyennes: Iterable[MoyennePubliee] = (),
    ) -> None:
        """Append one publication. Nothing is ever taken away.

        Errors: ``ValueError`` on a cell without its population: such a register proves nothing.
        """
        for population in populations:
            connues = self.populations.setdefault(population.empreinte, [])
            if population not in connues:
                connues.append(population)
        nouvelles = dict.fromkeys(cellules)
        for cellule in nouvelles:
            if cellule.population not in self.populations:
                raise ValueError(f"population {cellule.population[:12]} is not in the register")
        dites = set(self.cellules)
        self.cellules += [cellule for cellule in nouvelles if cellule not in dites]
        self.regroupements += [r for r in regroupements if r not in self.regroupements]
        self.moyennes += [m for m in dict.fromkeys(moyennes) if m not in self.moyennes]

    def avec(
        self,
        populations: Iterable[Population],
        cellules: Iterable[CellulePubliee],
        moyennes: Iterable[MoyennePubliee] = (),
    ) -> "Registre":
        """Return this register and more; this one is not changed."""
        copie = Registre(
            {empreinte: list(p) for empreinte, p in self.populations.items()},
            list(self.cellules),
            list(self.regroupements),
            list(self.moyennes),
            self.autres_seuils,
        )
        copie.ajouter(populations, cellules, moyennes=moyennes)
        return copie

    def de_question(self, question: str) -> Mapping[str, list[CellulePubliee]]:
        """Return the cells of a question by population."""
        trouvees: dict[str, list[CellulePubliee]] = {}
        for cellule in self.cellules:
            if cellule.question == question:
                trouvees.setdefault(cellule.population, []).append(cellule)
        return trouvees

    def moyennes_de(self, question: str) -> Mapping[str, int]:
        """Return the means shown of a question, in hundredths, by population."""
        return {m.population: m.centiemes for m in self.moyennes if m.question == question}
