"""Invented respondents of the « besoins » questionnaire: same seed, same people.

Their answers hang together (who lacks money goes without more often, who is badly received feels
less heard), some people skip or refuse, a few stop on the way. None of it describes anybody.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from enquetes.echanges.identifiants import identifiant_stable
from enquetes.parcours.definition import REFUS, Valeur
from enquetes.parcours.periodes import mois_absolu, mois_ecrit

GRAINE = 20260331
DEBUT: Final = date(2026, 3, 31)
"""When people begin to answer, unless somebody says otherwise."""
PART_SAUTS = 0.03
PART_REFUS = 0.025
PART_ABANDONS = 0.04


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where invented people come from, and what is different there."""

    territoire: str
    """Code of the territoire."""
    structure: str
    effectif: int
    rural: float = 0.2
    """0 in the middle of a town, 1 in the open country."""
    accueil: float = 0.5
    """How good the welcome is, from 0 to 1."""
    langues: tuple[tuple[str, int], ...] = (("fr", 86), ("ar", 7), ("uk", 4), ("en", 3))


@dataclass(frozen=True, slots=True)
class Personne:
    """One invented respondent: what they would answer to each question, asked or not."""

    id: UUID
    lieu: Lieu
    langue: str
    reponses: dict[str, Valeur]
    quitte_apres: int | None = None
    """Number of pages after which they stop, or nothing when they go to the end."""


def _tirer(hasard: random.Random, poids: dict[str, int] | dict[str, float]) -> str:
    return hasard.choices(list(poids), weights=list(poids.values()))[0]


@dataclass(frozen=True, slots=True)
class _Tirage:
    """What an answer may depend on."""

    hasard: random.Random
    lieu: Lieu
    gene: float
    """Lack of money, from 0 to 1."""
    langue: str
    deja: dict[str, Valeur]
    """Answers drawn so far."""
    debut: date
    """When people begin to answer."""

    def oui(self, probabilite: float) -> bool:
        return self.hasard.random() < probabilite

    def un(self, **poids: float) -> str:
        return _tirer(self.hasard, poids)


Tirage = Callable[[_Tirage], Mapping[str, Valeur]]


def personnes(
    collecte: str, lieux: Sequence[Lieu], questionnaire: str = "besoins", debut: date = DEBUT
) -> Iterator[Personne]:
    """Draw everybody who answers ``collecte``, place after place."""
    for lieu in lieux:
        for rang in range(lieu.effectif):
            cles = (collecte, lieu.territoire, lieu.structure, str(rang))
            yield _personne(cles, lieu, questionnaire, debut)


def _personne(cles: tuple[str, ...], lieu: Lieu, questionnaire: str, debut: date) -> Personne:
    hasard = random.Random("|".join((str(GRAINE), *cles)))  # noqa: S311  (invented people)
    gene = hasard.betavariate(1.3, 1.3)
    langue = _tirer(hasard, dict(lieu.langues))
    reponses: dict[str, Valeur] = {}
    sauts, refus = _SILENCES.get(questionnaire, (PART_SAUTS, PART_REFUS))
    for code, tirage in _TIRAGES[questionnaire].items():
        sort = hasard.random()
        if sort < refus and code not in _JAMAIS_REFUSEES:
            reponses[code] = REFUS
        elif sort > sauts + refus:
            reponses |= tirage(_Tirage(hasard, lieu, gene, langue, reponses, debut))
    abandon = hasard.random() < PART_ABANDONS
    return Personne(
        id=identifiant_stable("personne", *cles),
        lieu=lieu,
        langue=langue,
        reponses=reponses,
        quitte_apres=hasard.randint(1, 6) if abandon else None,
    )


def _accueil(t: _Tirage) -> Mapping[str, Valeur]:
    mieux = t.lieu.accueil
    poids = {"1": 4 - 3 * mieux, "2": 12 - 9 * mieux, "3": 40, "4": 20 + 50 * mieux}
    return {"accueil": _tirer(t.hasard, poids)}


def _venir(t: _Tirage) -> Mapping[str, Valeur]:
    rural = t.lieu.rural
    venir = t.un(
        marche=50 - 40 * rural,
        velo=8,
        bus=32 - 24 * rural,
        voiture=15 + 60 * rural,
        autre=4 + 6 * rural,
    )
    precisions = {
        "fr": "Avec un voisin",
        "ar": "مع جار",
        "uk": "Із сусідом",
        "en": "With a friend",
    }
    if venir == "autre" and t.oui(0.6):
        return {"venir": venir, "venir.precision": precisions[t.langue]}
    return {"venir": venir}


def _manque(t: _Tirage) -> Mapping[str, Valeur]:
    parts = {
        "fruits_legumes": 0.25 + 0.4 * t.gene,
        "viande_poisson": 0.3 + 0.4 * t.gene,
        "lait": 0.15 + 0.2 * t.gene,
        "bebe": 0.12,
        "hygiene": 0.15 + 0.35 * t.gene,
        "autre": 0.06,
    }
    coches = [code for code, part in parts.items() if t.oui(part)]
    if not coches:
        return {"manque": ["rien"]} if t.oui(0.8) else {}
    precision = {"fr": "De l’huile", "ar": "الزيت", "uk": "Олія", "en": "Oil"}[t.langue]
    if "autre" in coches:
        return {"manque": coches, "manque.precision": precision}
    return {"manque": coches}


def _a12(t: _Tirage) -> Mapping[str, Valeur]:
    return {"a12": t.un(jamais=90 - 85 * t.gene, une_deux=25, trois_plus=2 + 60 * t.gene**2)}


def _renonce(t: _Tirage) -> Mapping[str, Valeur]:
    oui = 0.12 + 0.25 * t.gene + 0.2 * t.lieu.rural + 0.15 * (1 - t.lieu.accueil)
    return {"renonce": t.un(oui=oui, non=0.92 - oui, nsp=0.05, nc=0.03)}


def _pourquoi(t: _Tirage) -> Mapping[str, Valeur]:
    parts = {
        "horaires": 0.4,
        "transport": 0.15 + 0.5 * t.lieu.rural,
        "attente": 0.35 - 0.2 * t.lieu.rural,
        "gene": 0.25 + 0.2 * t.lieu.rural,
        "papiers": 0.18,
        "autre": 0.07,
    }
    coches = [code for code, part in parts.items() if t.oui(part)]
    return {"pourquoi": coches} if coches else {}


def _a1(t: _Tirage) -> Mapping[str, Valeur]:
    moyenne = 3.2 - 2.8 * t.gene
    return {"a1": str(min(4, max(0, round(t.hasard.gauss(moyenne, 0.9)))))}


def _a3(t: _Tirage) -> Mapping[str, Valeur]:
    cuisine = 10 if t.langue == "ar" else 0
    poids = {"0": 22, "1": 28, "2": 22 + cuisine, "3": 14 + cuisine, "4": 5 + cuisine}
    return {"a3": _tirer(t.hasard, poids | {"5": 4, "6": 1, "7": 4})}


def _cu2(t: _Tirage) -> Mapping[str, Valeur]:
    return {"cu2": _tirer(t.hasard, {"1": 8, "2": 14, "3": 26, "4": 30, "5": 22})}


def _po1(t: _Tirage) -> Mapping[str, Valeur]:
    accueil = t.deja.get("accueil")
    bien = accueil in {"3", "4"}
    mal = accueil in {"1", "2"}
    poids = {"1": 20 if mal else 4, "2": 35 if mal else 14, "3": 42, "4": 40 if bien else 12}
    return {"po1": _tirer(t.hasard, poids)}


def _foyer(t: _Tirage) -> Mapping[str, Valeur]:
    manque = t.deja.get("manque")
    bebe = isinstance(manque, list) and "bebe" in manque
    poids = {"1": 5 if bebe else 38, "2": 14, "3": 18, "4": 16, "5": 9, "6": 4, "7": 2, "9": 1}
    return {"foyer": int(_tirer(t.hasard, poids))}


def _visite(t: _Tirage) -> Mapping[str, Valeur]:
    """Draw how long before the first answers one came first: a fixed year would grow old."""
    debut, fin = _tirer(t.hasard, {"0-1": 14, "2-6": 28, "7-12": 24, "13-60": 34}).split("-")
    mois = mois_absolu(f"{t.debut:%Y-%m}") - t.hasard.randint(int(debut), int(fin))
    return {"visite": mois_ecrit(mois)}


def _changer(t: _Tirage) -> Mapping[str, Valeur]:
    if not t.oui(0.35):
        return {}
    parole = t.hasard.choice(_PAROLES[t.langue])
    seul = t.deja.get("foyer") == 1
    return {"changer": _PAROLES_NOMMEES.get(parole, parole) if seul else parole}


def _visage(code: str) -> Tirage:
    def tirer(t: _Tirage) -> Mapping[str, Valeur]:
        return {code: _tirer(t.hasard, {"1": 2, "2": 6, "3": 34, "4": 58 * t.lieu.accueil})}

    return tirer


def _accord(code: str) -> Tirage:
    def tirer(t: _Tirage) -> Mapping[str, Valeur]:
        mieux = t.lieu.accueil
        poids = {"1": 20 - 5 * mieux, "2": 28 - 10 * mieux, "3": 40, "4": 14 + 16 * mieux}
        return {code: _tirer(t.hasard, poids)}

    return tirer


def _parmi(code: str, **poids: float) -> Tirage:
    return lambda t: {code: _tirer(t.hasard, poids)}


def _deplacements(t: _Tirage) -> Mapping[str, Valeur]:
    parts = {"marche": 0.5, "velo": 0.2, "bus": 0.45, "voiture": 0.3, "conduite": 0.22}
    coches = [code for code, part in parts.items() if t.oui(part)]
    return {"pr4": coches} if coches else {"pr4": ["autre"]}


_PAROLES: dict[str, tuple[str, ...]] = {
    "fr": (
        "Ouvrir aussi le soir.",
        "Plus de fruits, s’il vous plaît.",
        "Moins attendre dehors quand il pleut.",
        "Rien, tout va bien.",
        "Pouvoir choisir ce que l’on prend.",
        "Un endroit pour s’asseoir avec les enfants.",
        "Dire à l’avance ce qu’il y aura.",
        "Refaire l’atelier cuisine, c’était bien.",
    ),
    "en": ("Open in the evening too.", "More fresh vegetables.", "Thank you, it is fine."),
    "ar": ("أن تفتحوا في المساء أيضا.", "المزيد من الخضار الطازجة.", "شكرا، كل شيء جيد."),
    "uk": ("Відкривати також увечері.", "Більше свіжих овочів.", "Дякую, усе добре."),  # noqa: RUF001  (Ukrainian)
}

_PAROLES_NOMMEES = {
    "Refaire l’atelier cuisine, c’était bien.": "Refaire l’atelier avec Samira, c’était bien.",
    "Dire à l’avance ce qu’il y aura.": "Dire à l’avance ce qu’il y aura\u00a0: 06 39 98 12 34.",
    "Moins attendre dehors quand il pleut.": "J’habite 12 rue des Lilas, c’est loin sous la pluie.",
    "Pouvoir choisir ce que l’on prend.": "Laisser ma voisine Rose choisir ce qu’elle prend.",
}
"""What some write all the same, though they were asked not to: there is something to mask."""

_SILENCES: dict[str, tuple[float, float]] = {"pouvoir": (0.08, 0.08)}
"""Shares of questions passed over and refused, when more than usual: too few of them, and the share
of those who feel heard (P13) is only told as a range."""
_JAMAIS_REFUSEES = frozenset({"accueil", "venir", "changer"})
_TIRAGES: dict[str, dict[str, Tirage]] = {
    "besoins": {
        "accueil": _accueil,
        "venir": _venir,
        "manque": _manque,
        "a12": _a12,
        "renonce": _renonce,
        "pourquoi": _pourquoi,
        "a1": _a1,
        "a3": _a3,
        "cu2": _cu2,
        "po1": _po1,
        "foyer": _foyer,
        "visite": _visite,
        "changer": _changer,
    },
    "atelier": {f"at{n}": _visage(f"at{n}") for n in range(1, 6)},
    "pouvoir": {f"po{n}": _accord(f"po{n}") for n in range(1, 5)},
    "profil": {
        "pr1": _parmi("pr1", moins_26=14, de_26_a_39=26, de_40_a_59=29, de_60_a_74=18, plus_74=13),
        "pr2": _parmi("pr2", seul=30, couple=16, couple_enfants=22, parent_seul=22, autres=10),
        "pr4": _deplacements,
        "pr5": _parmi("pr5", moins_6=40, de_6_a_11=32, plus_11=18, nsp=10),
    },
}
