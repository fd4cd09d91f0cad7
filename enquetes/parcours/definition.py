"""The immutable definition of a questionnaire: what is asked, in which order, under which condition.

A definition is read from and written to JSON. Its canonical JSON is hashed, and the hash names the
version for ever. Nothing here knows Django, a database or a question type's behaviour: types are
described to this package by :class:`Nature` values that ``enquetes.champs`` supplies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

FORMAT: Final = "voix-questionnaire/1"
LANGUE_SOURCE: Final = "fr"

REFUS: Final = "_pnr"
"""Stored instead of any value when the person ticked « Je préfère ne pas répondre »."""

SUFFIXE_PRECISION: Final = ".precision"
"""Key of the free text typed beside « autre » : ``<question>.precision``."""

Valeur = str | int | float | list[str]
"""One stored answer: a code, a whole or decimal number, a text, a month, or a list of codes."""

Reponses = Mapping[str, Valeur]
"""The document of codes of one passation: question code → value. A missing key is « no answer »."""


def geler(donnees: Any) -> Any:
    """Return JSON data that nobody can change any more: lists become tuples, objects views."""
    if isinstance(donnees, Mapping):
        return MappingProxyType({cle: geler(valeur) for cle, valeur in donnees.items()})
    if isinstance(donnees, list | tuple):
        return tuple(geler(valeur) for valeur in donnees)
    return donnees


def degeler(donnees: Any) -> Any:
    """Return frozen data as plain JSON data, the way back of ``geler``."""
    if isinstance(donnees, Mapping):
        return {cle: degeler(valeur) for cle, valeur in donnees.items()}
    if isinstance(donnees, tuple):
        return [degeler(valeur) for valeur in donnees]
    return donnees


class Profil(StrEnum):
    """How carefully the answers of a question are protected (confidentialité §4.1)."""

    SENSIBLE = "sensible"
    ORDINAIRE = "ordinaire"


@dataclass(frozen=True, slots=True)
class TexteRendu:
    """A text with the language it is really in, which may not be the one asked for."""

    texte: str
    langue: str


@dataclass(frozen=True, slots=True)
class Texte:
    """One text in several languages, in a fixed order; French is always there."""

    traductions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def depuis(cls, donnees: Mapping[str, str] | None) -> Texte:
        """Build a text from ``{language: text}``, whatever the order."""
        return cls(tuple(sorted((donnees or {}).items())))

    def dans(self, langue: str) -> TexteRendu:
        """Return the text in ``langue``, or in French when it is not translated."""
        textes = dict(self.traductions)
        if textes.get(langue):
            return TexteRendu(textes[langue], langue)
        return TexteRendu(textes.get(LANGUE_SOURCE, ""), LANGUE_SOURCE)

    def __bool__(self) -> bool:
        return any(texte for _, texte in self.traductions)

    def en_json(self) -> dict[str, str]:
        """Return ``{language: text}``."""
        return dict(self.traductions)


@dataclass(frozen=True, slots=True)
class Choix:
    """One answer that can be ticked."""

    code: str
    texte: Texte
    pictogramme: str = ""
    exclusif: bool = False
    """Cannot be ticked together with another choice (« aucun de ceux-là »)."""
    precision: bool = False
    """Opens a short text beside it (« autre, précisez »)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on earlier answers, kept as the JSON tree of the grammar of collecte §2.3."""

    arbre: Mapping[str, Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "arbre", geler(self.arbre))

    def __hash__(self) -> int:
        # Equal trees have one hash, whatever the order in which their keys were written.
        return hash(json.dumps(degeler(self.arbre), sort_keys=True))


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code names its answers for ever."""

    code: str
    type: str
    texte: Texte
    aide: Texte = Texte()
    choix: tuple[Choix, ...] = ()
    profil: Profil = Profil.SENSIBLE
    pictogramme: str = ""
    options: tuple[tuple[str, Any], ...] = field(default=(), hash=False)
    """Settings of the type, sorted by name (``min``, ``max``, ``unite``…); some are not hashable."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", geler(self.options))

    def __hash__(self) -> int:
        # ``options`` may hold texts by language, which have no hash of their own.
        return hash((self.code, self.type, self.texte, self.choix))

    def option(self, nom: str, defaut: Any = None) -> Any:
        """Return a setting of the type, or ``defaut``."""
        return dict(self.options).get(nom, defaut)

    def choix_de_code(self, code: str) -> Choix | None:
        """Return the choice of that code, or nothing."""
        return next((choix for choix in self.choix if choix.code == code), None)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once: one question by house rule, more only where they belong together."""

    code: str
    questions: tuple[Question, ...]
    condition: Condition | None = None


class Repondants(StrEnum):
    """Who answers a questionnaire, as its author says."""

    PERSONNES = "personnes"
    ORGANISATIONS = "organisations"
    """Organisations or territoires: nobody is exposed by a whole table."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole questionnaire, as published."""

    code: str
    titre: Texte
    langues: tuple[str, ...]
    pages: tuple[Page, ...]
    description: Texte = Texte()
    """For the coordination, who chooses it in the library."""
    duree_minutes: int = 5
    module: str = ""
    """Shown with results: « module Voix v1, non comparable »."""
    echelle: str = ""
    """Code of the published scale whose official text is asked in full; else empty."""
    source: str = ""
    """Where that text comes from, as the person who pasted it confirmed."""
    langues_relues: tuple[str, ...] = (LANGUE_SOURCE,)
    """Languages that a native speaker has reviewed; told to coordination, never to respondents."""
    repondants: Repondants = Repondants.PERSONNES
    """What a collecte proposes; the collecte says it for good (``Collecte.unite``)."""

    def questions(self) -> Iterator[Question]:
        """Iterate over all questions, in the order of the pages."""
        for page in self.pages:
            yield from page.questions

    def question(self, code: str) -> Question:
        """Return the question of that code; raise ``KeyError`` when there is none."""
        for question in self.questions():
            if question.code == code:
                return question
        raise KeyError(code)

    def page(self, code: str) -> Page:
        """Return the page of that code; raise ``KeyError`` when there is none."""
        for page in self.pages:
            if page.code == code:
                return page
        raise KeyError(code)


class Forme(StrEnum):
    """What an author may write as the value of a setting."""

    ENTIER = "entier"
    NOMBRE = "nombre"
    TEXTE = "texte"
    """A text by language, or a plain French one."""
    ENTIERS = "entiers"
    """A list of whole numbers, each greater than the one before."""
    PERIODES = "periodes"
    """Months before the collecte opens, from 0; or years and months, the oldest first."""
    OUI_NON = "oui_non"
    """« oui » or « non », as words."""


@dataclass(frozen=True, slots=True)
class Reglage:
    """A setting that a question type accepts under ``options``."""

    nom: str
    forme: Forme
    exemple: str
    """What an author would write, shown when they wrote something else."""
    mini: int | None = None
    maxi: int | None = None
    sans: str = ""
    """What is lost without it, said as advice; empty when nothing is."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What the pure core must know of a question type; supplied by ``enquetes.champs``."""

    type: str
    choix: str = "aucun"
    """``aucun`` (no list), ``auteur`` (the author writes it), ``fixe`` (the type brings it)."""
    codes: tuple[str, ...] = ()
    """The codes that the type brings, when ``choix`` is ``fixe``."""
    multiple: bool = False
    numerique: bool = False
    """Its value, or its codes, can be compared with ``ge`` and ``le``."""
    compare: bool = True
    """A condition may read it. False where people write freely: nobody can foresee their words."""
    repond: bool = True
    """False for a page of information, which stores nothing."""
    reglages: tuple[Reglage, ...] = ()
    libre: bool = False
    """People write what they like: read again before it leaves (confidentialité §7)."""
    papier: str = ""
    """What a hand writes on the sheet (``nombre``, ``mois``, ``texte``); nothing for boxes to tick."""
    lignes: int = 0
    """Of the sheet, when words are written."""

    @property
    def mesure(self) -> bool:
        """Return whether a number is typed: its tables need classes."""
        return self.numerique and self.choix == "aucun"

    @property
    def options(self) -> frozenset[str]:
        """Return the names of the settings."""
        return frozenset(reglage.nom for reglage in self.reglages)

    def reglage(self, nom: str) -> Reglage | None:
        """Return the setting of that name, or nothing."""
        return next((reglage for reglage in self.reglages if reglage.nom == nom), None)
