"""What the engine is told of a question and of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .liens import SILENCE, Lien
from .modele import Booleens, Entiers
from .parametres import PETIT_GROUPE, SENSIBLE, Parametres
from .unites import Personnes


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``reponses`` holds « sans réponse », in the order of the questionnaire."""

    nom: str
    reponses: tuple[str, ...]
    parametres: Parametres = SENSIBLE
    multiple: bool = False
    seules: frozenset[str] = frozenset()
    """Of several answers, those that go with no other: « none of these », refusal, silence."""
    valeurs: tuple[float | None, ...] = ()
    """Value of each answer of a scale, ``None`` for those without one."""
    classes: tuple[tuple[int, ...], ...] = ()
    """Ranks of answers told as one in groups of fewer than 30 (1-2 / 3 / 4-5)."""
    lien: Lien | None = None
    """Which answers decide that it is asked; nothing when everybody is asked."""

    def __post_init__(self) -> None:
        if self.valeurs and len(self.valeurs) != len(self.reponses):
            raise ValueError(f"{self.nom}: one value an answer")
        rangs = [rang for classe in self.classes for rang in classe]
        if self.classes and sorted(rangs) != list(range(len(self.reponses))):
            raise ValueError(f"{self.nom}: classes must cover each answer once")
        if self.multiple and (self.valeurs or self.classes):
            raise ValueError(f"{self.nom}: a multiple choice has no values nor classes")
        if self.multiple and not {SILENCE}.intersection(self.reponses) <= self.seules:
            raise ValueError(f"{self.nom}: silence goes with no other answer")

    def dites(self, effectif: int) -> tuple[tuple[int, ...], ...]:
        """Return what is told of a group of this size: answers, or classes of answers."""
        if self.classes and effectif < PETIT_GROUPE:
            return self.classes
        return tuple((rang,) for rang in range(len(self.reponses)))


@dataclass(frozen=True, slots=True)
class Donnees:
    """One snapshot: all persons of a closing, one row each."""

    personnes: Personnes
    uids: npt.NDArray[np.str_]
    """``reponse_uid`` of each person."""
    reponses: Mapping[str, Entiers | Booleens]
    """By question: ranks (N) or, for a multiple choice, booleans (N × answers)."""

    def __post_init__(self) -> None:
        nombre = self.uids.size
        if len(self.personnes) != nombre or len(set(self.uids.tolist())) != nombre:
            raise ValueError("one row and one uid a person")

    def comptes(self, question: Question) -> Entiers:
        """Return persons × answers, 0/1.

        Errors: ``ValueError`` on an answer that the question does not have.
        """
        brutes: npt.NDArray[Any] = np.asarray(self.reponses[question.nom])
        r = len(question.reponses)
        if question.multiple:
            if brutes.shape != (self.uids.size, r):
                raise ValueError(f"{question.nom}: booleans persons × answers expected")
            return brutes.astype(np.int64)
        if brutes.shape != self.uids.shape or (brutes < 0).any() or (brutes >= r).any():
            raise ValueError(f"{question.nom}: a rank of an answer for each person expected")
        return np.asarray(np.eye(r, dtype=np.int64)[brutes])
