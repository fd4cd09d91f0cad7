"""Questions asked only after some answers: one table gives back part of the other (ADR 0104).

« Did you go without care? » beside « Why? » : who answered the second had said yes to the first, so
what is missing is known: those who said yes and gave no reason, or a count hidden in the first table.
So the answers of both are one *état* a person, and everything displayed of either, at any closing, is
a sum of states. Only what a person may really answer is a state: nobody gives a reason without a yes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .coches import Coche, parts
from .modele import Booleens, Entiers

if TYPE_CHECKING:
    from .questions import Donnees, Question

Situation = tuple[str | frozenset[str], ...]
"""What was answered to each question that decides: a code, or which codes of those that matter."""
Etat = tuple[Situation, int]
"""A situation, and the rank of the answer given in it (``Etats.liste`` says of several)."""
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


SANS_CONDITION: Final = Lien((), {(): True})
"""What decides of a question that is asked of everybody."""


@dataclass(frozen=True)
class Etats:
    """The states of a question, with the answers that decide whether it is asked."""

    question: "Question"
    lien: Lien
    contraires: tuple[Etat, ...] = ()
    """States that persons are in against the rule: an attacker is given no less."""

    @cached_property
    def liste(self) -> list[Etat]:
        """Return the states. Of several answers: the parts of the persons, and what is among them.

        After the ranks of the answers, ``cochee`` is the part of who ticked something; the next is
        that of who contradicts the questionnaire, then what they ticked, answer by answer.
        """
        prevus = [
            (situation, rang)
            for situation, posee in self.lien.situations.items()
            for rang in self._rangs(posee=posee)
        ]
        return list(dict.fromkeys([*prevus, *self.contraires]))

    @property
    def cochee(self) -> int:
        """Return the rank of « ticked something that may go with something else »."""
        return len(self.question.reponses)

    @property
    def contraire(self) -> int:
        """Return the rank of « contradicts the questionnaire »; what they ticked has the ranks after it."""
        return self.cochee + 1

    @cached_property
    def ouvertes(self) -> tuple[int, ...]:
        """Return the ranks of the answers that may go together."""
        q = self.question
        return tuple(r for r, code in enumerate(q.reponses) if code not in q.seules)

    def _rangs(self, *, posee: bool) -> Iterator[int]:
        nombre = len(self.question.reponses)
        if not posee:
            yield self.question.reponses.index(SILENCE)
        elif not self.question.multiple:
            yield from range(nombre)
        else:
            yield from range(nombre)
            yield from [self.cochee] if self.ouvertes else []

    def de(self, situation: Situation, dits: Entiers) -> list[Etat]:
        """Return the states of somebody who gave these answers (ranks), a part first."""
        posee = self.lien.situations.get(situation)
        rangs = [int(rang) for rang in dits]
        if not self.question.multiple:
            return [(situation, rang) for rang in rangs]
        if posee and rangs and set(rangs) <= set(self.ouvertes):
            return [(situation, rang) for rang in (self.cochee, *rangs)]
        if posee is not None and len(rangs) == 1 and rangs[0] in self._rangs(posee=posee):
            return [(situation, rangs[0])]
        return [(situation, self.contraire + k) for k in (0, *(rang + 1 for rang in rangs))]

    def avec(self, dits: Iterable[Etat]) -> "Etats":
        """Return the same states, and those that contradict the questionnaire if any are met."""
        imprevus = sorted(set(dits).difference(self.liste), key=_ordre)
        if self.question.multiple:
            toutes = range(len(self.question.reponses) + 1)  # a part, then each answer
            imprevus = [
                (s, rang + k) for s, rang in imprevus if rang == self.contraire for k in toutes
            ]
        return replace(self, contraires=tuple(imprevus))

    @cached_property
    def coches(self) -> tuple[Coche, ...]:
        """Return which states are among others: answers that may go together."""
        if not self.question.multiple:
            return ()
        place = {etat: k for k, etat in enumerate(self.liste)}
        trouvees = []
        for (situation, rang), part in place.items():
            if rang == self.cochee:
                parmi = [place[situation, r] for r in self.ouvertes]
                trouvees.append(Coche(part, tuple(parmi)))
            elif rang == self.contraire:
                parmi = [
                    place[situation, rang + 1 + r] for r in range(len(self.question.reponses))
                ]
                trouvees.append(Coche(part, tuple(parmi), au_moins_une=False))
        return tuple(trouvees)

    def de_la_question(self, rangs: Sequence[int]) -> tuple[int, ...]:
        """Return the states of a displayed class of answers of the question itself."""
        voulus = {*rangs, *(self.contraire + 1 + rang for rang in rangs)}
        return self._ou(lambda situation, rang: rang in voulus)

    def de_la_mere(self, numero: int, codes: Sequence[str]) -> tuple[int, ...] | None:
        """Return the states of a displayed class of a mother; ``None`` if it decides of nothing."""
        if not self.lien.meres[numero].multiple:
            return self._en(lambda situation: situation[numero] in codes)
        if len(codes) != 1 or codes[0] not in self.lien.utiles(numero):
            return None
        return self._en(lambda situation: codes[0] in situation[numero])

    def des_cochees(self, numero: int, *, sans_nom: bool = False) -> tuple[int, ...]:
        """Return the states of who ticked something of a mother; of nothing that conditions name."""
        seules = self.lien.meres[numero].seules
        return self._en(
            lambda situation: (
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

    def sans_les_dire(self) -> Entiers:
        """Return « asked, and did not say so », answer by answer: rows over the states, of 1 and -1.

        How many were asked is not known, as the size of a group is: not to have ticked is no complement.
        """
        if not self.question.multiple or self.question.lien is None:
            return np.zeros((0, len(self.liste)), dtype=np.int64)
        posees = [s for s, posee in self.lien.situations.items() if posee]
        place = {etat: k for k, etat in enumerate(self.liste)}
        lignes = []
        for choisies in dict.fromkeys([*((s,) for s in posees), tuple(posees)]):
            for rang in range(len(self.question.reponses)):
                ligne = np.zeros(len(self.liste), dtype=np.int64)
                ligne[list(self._en(choisies.__contains__))] = 1
                ligne[[place[s, rang] for s in choisies]] -= 1
                lignes.append(ligne)
        return np.array(lignes, dtype=np.int64).reshape(-1, len(self.liste))

    def de_la_soeur(self, soeur: Soeur) -> tuple[int, ...]:
        """Return the states of all who were asked another question."""
        return self._en(lambda situation: situation in soeur.posees)

    def _ou(self, garder: Callable[[Situation, int], bool]) -> tuple[int, ...]:
        return tuple(i for i, etat in enumerate(self.liste) if garder(*etat))

    def _en(self, garder: Callable[[Situation], bool]) -> tuple[int, ...]:
        """Return the states of some situations, each person once."""
        dedans = parts(self.coches, len(self.liste))
        return tuple(i for i, (s, _) in enumerate(self.liste) if dedans[i] and garder(s))

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
    return list(zip(*colonnes, strict=True)) if colonnes else [()] * donnees.uids.size


def _cochee(mere: "Question", utiles: Sequence[int], rangs: Entiers) -> frozenset[str]:
    """Return the codes that matter among those ticked; all, where one goes with no other and did."""
    dites = frozenset(mere.reponses[r] for r in rangs.tolist())
    if len(dites) > 1 and dites & mere.seules:
        return dites
    return dites & frozenset(mere.reponses[r] for r in utiles)


def etats_de(donnees: "Donnees", question: "Question") -> tuple[Etats, Booleens]:
    """Return the states of a question, and who is in which: persons × states."""
    lien = question.lien or SANS_CONDITION
    coches = donnees.comptes(question).astype(np.bool_)
    lignes, inverse = np.unique(coches, axis=0, return_inverse=True)
    dits = [np.flatnonzero(ligne) for ligne in lignes]
    prevus = Etats(question, lien)
    vus = list(zip(situations_de(donnees, lien), inverse.reshape(-1).tolist(), strict=True))
    par_sorte = {(s, k): prevus.de(s, dits[k]) for s, k in dict.fromkeys(vus)}
    etats = prevus.avec(etat for siens in par_sorte.values() for etat in siens)
    place = {etat: rang for rang, etat in enumerate(etats.liste)}
    qui = np.zeros((len(vus), len(place)), dtype=np.bool_)
    for personne, sorte in enumerate(vus):
        qui[personne, [place[etat] for etat in par_sorte[sorte]]] = True
    return etats, qui


def _ordre(etat: Etat) -> tuple[list[list[str]], int]:
    """Return what sorts states the same way in every process (a set has no order of its own)."""
    situation, rang = etat
    return [sorted(v) if isinstance(v, frozenset) else [v] for v in situation], rang


def est_trop_long(question: "Question") -> bool:
    """Return whether a question has more states than can be proved."""
    lien = question.lien
    if lien is None:
        return False
    return not lien.entier or len(Etats(question, lien).liste) > ETATS_AU_PLUS


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
