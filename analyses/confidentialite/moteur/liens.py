"""Questions asked only after some answers: one table gives back part of the other (ADR 0104).

« Did you go without care? » beside « Why? » : who answered the second had said yes to the first, so
what is missing is known: those who said yes and gave no reason, or a count hidden in the first table.
So the answers of both are one *état* a person, and everything displayed of either, at any closing, is
a sum of states. Only what a person may really answer is a state: nobody gives a reason without a yes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .modele import Entiers

if TYPE_CHECKING:
    from .questions import Donnees, Question

Situation = tuple[str | frozenset[str], ...]
"""What was answered to each question that decides: a code, or which codes of those that matter."""
ETATS_AU_PLUS: Final = 120
"""Beyond, the proof would be too long: the question is not published."""
SILENCE: Final = "_sr"


@dataclass(frozen=True, slots=True)
class Soeur:
    """Another question that the same answers decide of: who answered it was asked it."""

    nom: str
    posees: frozenset[Situation]
    """The situations, of the question that holds this, in which it is asked."""


@dataclass(frozen=True, slots=True)
class Lien:
    """Which answers decide whether a question is asked."""

    meres: "tuple[Question, ...]"
    """Questions that decide, in the order of the questionnaire."""
    situations: Mapping[Situation, bool]
    """Every possible situation, and whether the question may be asked in it."""
    soeurs: tuple[Soeur, ...] = ()
    entier: bool = True
    """Whether all situations are there."""

    @property
    def noms(self) -> tuple[str, ...]:
        """Return the questions whose tables tell something of this one."""
        return (*(mere.nom for mere in self.meres), *(soeur.nom for soeur in self.soeurs))

    def utiles(self, rang: int) -> frozenset[str]:
        """Return the codes that matter of a mother with several answers."""
        vus = (situation[rang] for situation in self.situations)
        return frozenset().union(*(v for v in vus if isinstance(v, frozenset)))


@dataclass(frozen=True)
class Etats:
    """The states of a question, or of one of its answers (``reponse``) when there may be several."""

    question: "Question"
    lien: Lien
    reponse: int = -1
    """Rank of the answer looked at; its value is then 1 or 0 in each state."""
    imprevus: tuple[tuple[Situation, int], ...] = field(default=())
    """States that persons are in against the rule: an attacker is given no less."""

    @cached_property
    def liste(self) -> list[tuple[Situation, int]]:
        """Return the states: a situation, and the rank of the answer (or 1 or 0)."""
        prevus = [
            (situation, rang)
            for situation, posee in self.lien.situations.items()
            for rang in self._rangs(posee=posee)
        ]
        return list(dict.fromkeys([*prevus, *self.imprevus]))

    def _rangs(self, *, posee: bool) -> Iterator[int]:
        silence = self.question.reponses.index(SILENCE)
        if self.reponse >= 0:
            yield from (0, 1) if posee else (int(self.reponse == silence),)
        elif posee:
            yield from range(len(self.question.reponses))
        else:
            yield silence

    def de_la_question(self, rangs: Sequence[int]) -> tuple[int, ...]:
        """Return the states of a displayed class of answers of the question itself."""
        voulus = {1} if self.reponse >= 0 else set(rangs)
        return self._ou(lambda situation, rang: rang in voulus)

    def de_la_mere(self, numero: int, codes: Sequence[str]) -> tuple[int, ...] | None:
        """Return the states of a displayed class of a mother; ``None`` if it decides of nothing."""
        if not self.lien.meres[numero].multiple:
            return self._ou(lambda situation, _: situation[numero] in codes)
        if len(codes) != 1 or codes[0] not in self.lien.utiles(numero):
            return None
        return self._ou(lambda situation, _: codes[0] in situation[numero])

    def des_cochees(self, numero: int, *, sans_nom: bool = False) -> tuple[int, ...]:
        """Return the states of who ticked something of a mother; of nothing that conditions name."""
        seules = self.lien.meres[numero].seules
        return self._ou(
            lambda situation, _: (
                not situation[numero]
                or (not sans_nom and bool(frozenset(situation[numero]) - seules))
            )
        )

    def des_interroges(self) -> list[tuple[int, ...]]:
        """Return, answer by answer, the states of all who were asked and gave it.

        Who was asked and kept silent is what subtracting one table from the other would tell.
        """
        par_rang: dict[int, list[int]] = {}
        for place, (situation, rang) in enumerate(self.liste):
            if self.lien.situations.get(situation):
                par_rang.setdefault(rang, []).append(place)
        return [tuple(etats) for etats in par_rang.values()]

    def des_muets(self, silences: Sequence[int]) -> tuple[int, ...]:
        """Return the states of who gave no answer, as far as they tell; who was not asked gave none."""
        if self.reponse < 0:
            return self._ou(lambda _, rang: rang in silences)
        posees, vue = self.lien.situations, self.reponse in silences
        return self._ou(
            lambda situation, dite: posees.get(situation) is False or (vue and dite == 1)
        )

    def de_la_soeur(self, soeur: Soeur) -> tuple[int, ...]:
        """Return the states of all who were asked another question."""
        return self._ou(lambda situation, _: situation in soeur.posees)

    def _ou(self, garder: Callable[[Situation, int], bool]) -> tuple[int, ...]:
        return tuple(i for i, etat in enumerate(self.liste) if garder(*etat))

    def valeurs(self, numero: int | None = None) -> tuple[float | None, ...] | None:
        """Return the value of each state, on the scale of the question or of a mother, if it is one."""
        if numero is None:
            siennes = self.question.valeurs
            return tuple(siennes[rang] for _, rang in self.liste) if siennes else None
        mere = self.lien.meres[numero]
        if not mere.valeurs:
            return None
        par_code: dict[Any, float | None] = dict(zip(mere.reponses, mere.valeurs, strict=True))
        return tuple(par_code.get(situation[numero]) for situation, _ in self.liste)


def situations_de(donnees: "Donnees", lien: Lien) -> list[Situation]:
    """Return the situation of each person."""
    colonnes: list[list[str | frozenset[str]]] = []
    for numero, mere in enumerate(lien.meres):
        brutes = np.asarray(donnees.reponses[mere.nom])
        if mere.multiple:
            utiles = lien.utiles(numero)
            rangs = [r for r, code in enumerate(mere.reponses) if code in utiles]
            colonnes.append([_cochee(mere, rangs, np.flatnonzero(ligne)) for ligne in brutes])
        else:
            colonnes.append([mere.reponses[rang] for rang in brutes.tolist()])
    return list(zip(*colonnes, strict=True))


def _cochee(mere: "Question", utiles: Sequence[int], rangs: Entiers) -> frozenset[str]:
    """Return the codes that matter among those ticked; all, where one goes with no other and did."""
    dites = frozenset(mere.reponses[r] for r in rangs.tolist())
    if len(dites) > 1 and dites & mere.seules:
        return dites
    return dites & frozenset(mere.reponses[r] for r in utiles)


def rangs_joints(
    donnees: "Donnees", question: "Question", lien: Lien, reponse: int = -1
) -> tuple[Etats, Entiers]:
    """Return the states of a question, and the state of each person."""
    brutes = np.asarray(donnees.reponses[question.nom])
    siens = brutes[:, reponse].astype(np.int64) if reponse >= 0 else brutes
    vus = list(zip(situations_de(donnees, lien), siens.tolist(), strict=True))
    prevus = set(Etats(question, lien, reponse).liste)
    imprevus = tuple(sorted({v for v in vus if v not in prevus}, key=repr))
    etats = Etats(question, lien, reponse, imprevus)
    place = {etat: rang for rang, etat in enumerate(etats.liste)}
    return etats, np.array([place[v] for v in vus], dtype=np.int64)


def est_trop_long(question: "Question") -> bool:
    """Return whether a question has more states than can be proved."""
    lien = question.lien
    if lien is None:
        return False
    etats = Etats(question, lien, 0 if question.multiple else -1).liste
    return not lien.entier or len(etats) > ETATS_AU_PLUS


def concernees(nom: str, questions: "Sequence[Question]") -> "list[Question]":
    """Return the questions whose proof takes account of what is displayed of one of them."""
    return [q for q in questions if q.lien is not None and nom in q.lien.noms]


def familles(questions: "Sequence[Question]") -> "list[list[Question]]":
    """Return the questions, those that tell something of each other together, in their order."""
    chefs = {q.nom: q.nom for q in questions}

    def chef(nom: str) -> str:
        while chefs[nom] != nom:
            nom = chefs[nom]
        return nom

    for question in questions:
        for nom in question.lien.noms if question.lien else ():
            if nom in chefs:
                chefs[chef(question.nom)] = chef(nom)
    groupes: dict[str, list[Question]] = {}
    for question in questions:
        groupes.setdefault(chef(question.nom), []).append(question)
    return list(groupes.values())
