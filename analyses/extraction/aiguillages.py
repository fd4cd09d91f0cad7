"""Which answers decide that a question is asked: what its table tells of theirs (ADR 0104).

A condition is read as an attacker reads it in the questionnaire: what may be answered is tried, page
after page, and each way through gives one *situation*: the codes, as they are counted, of the
questions that decide, and whether the question may be asked after them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice
from typing import Any, Final

from enquetes.champs import champ
from enquetes.parcours.conditions import Arbre, evaluer, questions_citees, tests_de
from enquetes.parcours.definition import REFUS, Definition, Question, Valeur
from enquetes.parcours.verification_options import bornes_de
from enquetes.parcours.verification_possible import nombres

from .plan import SANS_REPONSE, Aiguillage, Colonne, Situation

CHEMINS_AU_PLUS: Final = 20_000
"""Ways through a questionnaire. Beyond, reading stops: what is asked after them is not published."""
COMPARENT: Final = ("eq", "ge", "le")
AUTRE: Final = "~"
"""Some answer that no condition names."""


def aiguiller(definition: Definition, colonnes: Sequence[Colonne]) -> list[Colonne]:
    """Return the columns, each with what decides that it is asked, if anything does."""
    lecture = _Lecture(definition, {colonne.question: colonne for colonne in colonnes})
    return [replace(c, aiguillage=lecture.aiguillage(c.question)) for c in colonnes]


class _Lecture:
    """A questionnaire read for its conditions."""

    def __init__(self, definition: Definition, colonnes: Mapping[str, Colonne]) -> None:
        self.colonnes = colonnes
        self.questions: dict[str, Question] = {}
        self.si: dict[str, Arbre | None] = {}
        for page in definition.pages:
            for question in page.questions:
                self.questions[question.code] = question
                self.si[question.code] = page.condition.arbre if page.condition else None

    def aiguillage(self, code: str) -> Aiguillage | None:
        if self.si[code] is None:
            return None
        decident = self._qui_decident(code)
        meres = tuple(q for q in decident if q in self.colonnes)
        arbres = [si for q in [*decident, code] if (si := self.si[q]) is not None]
        if not meres:
            return None
        situations: dict[Situation, bool] = {}
        nombre = 0
        for gardees, dites in islice(self._parcours(decident, arbres, {}, {}), CHEMINS_AU_PLUS):
            nombre += 1
            situation = tuple(dites[mere] for mere in meres)
            posee = evaluer(self.si[code], gardees)
            situations[situation] = situations.get(situation, False) or posee
        return Aiguillage(meres, situations, entier=nombre < CHEMINS_AU_PLUS)

    def _qui_decident(self, code: str) -> list[str]:
        """Return the questions cited, and those that show their pages, in the order of the pages."""
        lues: set[str] = set()
        a_lire = list(questions_citees(self.si[code]))
        while a_lire:
            citee = a_lire.pop()
            if citee not in lues:
                lues.add(citee)
                a_lire += questions_citees(self.si[citee])
        return [q for q in self.questions if q in lues]

    def _parcours(
        self,
        reste: Sequence[str],
        arbres: Sequence[Arbre],
        gardees: dict[str, Valeur],
        dites: dict[str, str | frozenset[str]],
    ) -> Iterator[tuple[dict[str, Valeur], dict[str, str | frozenset[str]]]]:
        """Iterate over the ways through: what is kept, and how each answer is counted."""
        if not reste:
            yield gardees, dites
            return
        code, suite = reste[0], reste[1:]
        posee = evaluer(self.si[code], gardees)
        for valeur, dite in self._reponses(code, arbres) if posee else [self._silence(code)]:
            avec = gardees if valeur is None else gardees | {code: valeur}
            yield from self._parcours(suite, arbres, avec, dites | {code: dite})

    def _silence(self, code: str) -> tuple[None, str | frozenset[str]]:
        colonne = self.colonnes.get(code)
        return None, frozenset({SANS_REPONSE}) if colonne and colonne.multiple else SANS_REPONSE

    def _reponses(
        self, code: str, arbres: Sequence[Arbre]
    ) -> list[tuple[Valeur | None, str | frozenset[str]]]:
        """Return answers enough to tell apart all that the conditions compare, and their codes."""
        cites = [test for arbre in arbres for test in tests_de(arbre) if test["q"] == code]
        colonne = self.colonnes.get(code)
        if colonne is not None and colonne.multiple:
            return [self._silence(code), *_cochees(colonne, cites)]
        dites: dict[tuple[Any, str], None] = {}
        if colonne is None or colonne.mesure:
            for valeur in self._valeurs(code, [test.get(s) for test in cites for s in COMPARENT]):
                dites |= dict.fromkeys((valeur, c) for c in _classes(colonne, valeur))
        else:
            dites = {(c, c): None for c, _ in colonne.modalites if c not in {REFUS, SANS_REPONSE}}
        return [self._silence(code), (REFUS, REFUS), *dites]

    def _valeurs(self, code: str, compares: Sequence[Any]) -> list[Valeur]:
        """Return what may be typed on each side of what is compared, and at the ends of each class.

        A number is never « some other »: a condition that says « not » would be true of it, in
        every class.
        """
        question, colonne = self.questions[code], self.colonnes.get(code)
        nature = champ(question.type).nature
        if not nature.numerique:
            return [*(v for v in compares if v is not None), AUTRE]
        codes = [code for code, _ in colonne.modalites] if colonne else []
        debuts = [int(c[1:]) for c in codes if re.fullmatch(r"c\d+", c)]
        return list(nombres([*compares, *debuts], bornes_de(dict(question.options), nature)))


def _cochees(
    colonne: Colonne, cites: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Valeur, frozenset[str]]]:
    """Iterate over what may be ticked: codes that no condition names are all one.

    What goes with no other is told apart, named or not: its cell, and those of silence and refusal,
    tell how many ticked something else.
    """
    seules = colonne.seules - {REFUS, SANS_REPONSE}
    ensemble = {code for code, _ in colonne.modalites} - colonne.seules
    utiles = sorted({str(test["has"]) for test in cites if "has" in test} & ensemble)
    yield REFUS, frozenset({REFUS})
    for seule in sorted(seules):
        yield [seule], frozenset({seule})
    for combien in range(0 if len(utiles) < len(ensemble) else 1, len(utiles) + 1):
        for choix in combinations(utiles, combien):
            yield list(choix), frozenset(choix)


def _classes(colonne: Colonne | None, valeur: Valeur) -> list[str]:
    """Return the class in which a value is counted; any class for a value that nobody names."""
    if colonne is None:
        return [SANS_REPONSE]
    codes = [code for code, _ in colonne.modalites]
    if valeur == AUTRE:
        return [code for code in codes if code not in {REFUS, SANS_REPONSE}]
    try:
        return [codes[colonne.coder(valeur)]]
    except (TypeError, ValueError):
        return []  # compared with what it cannot be
