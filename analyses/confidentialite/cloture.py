"""One closing, from persons and their answers to what may be displayed (§4.3), question by question.

All tables of one question, now and in every earlier publication, are one problem: they are
protected together, then attacked by an auditor that knows nothing of how they were protected.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from .moteur.auditeur import Auditeur, auditer
from .moteur.cibles import Cibles, cibles_de
from .moteur.modele import Affichage, Nature, Probleme, classes_de, decouper
from .moteur.parametres import ORDINAIRE, SENSIBLE, Parametres
from .moteur.presentation import Consigne
from .moteur.protecteur import proteger
from .moteur.unites import Groupe, Personnes, Regroupement, Unites

Booleens = npt.NDArray[np.bool_]
Entiers = npt.NDArray[np.int64]

EFFECTIF: Final = (
    "Effectif insuffisant (moins de {n_min} réponses)\u00a0: rien n’est affiché pour protéger les "
    "personnes."
)
TROP_PEU: Final = "Trop peu de nouvelles réponses depuis la dernière publication\u00a0: l’ancienne reste en vigueur."
ROUVRIRAIT: Final = (
    "Ce croisement, rapproché d’une publication antérieure, révélerait des réponses."
)


class PublicationRefusee(Exception):  # noqa: N818  (French names carry no English suffix)
    """A closing that may not be shown: ``motif`` for the register, ``message`` for people."""

    def __init__(self, motif: str, message: str) -> None:
        super().__init__(message)
        self.motif, self.message = motif, message


@dataclass(frozen=True, slots=True)
class Question:
    """The answers of one question: the rank of each person's, or a mask of ranks."""

    code: str
    reponses: tuple[str, ...]
    """Codes, « sans réponse » included."""
    codes: Entiers
    multiple: bool
    sensible: bool


@dataclass(frozen=True, slots=True)
class DejaMontre:
    """A population of the register and the cells shown of it, by question and answer."""

    membres: frozenset[bytes]
    predicat: str
    derniere: bool
    """In the last publication: the one that a new closing is compared with."""
    cellules: Mapping[str, Mapping[str, tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Demande:
    """Who answered what, what is to be shown, and all that was ever shown."""

    identifiants: tuple[bytes, ...]
    personnes: Personnes
    croisements: Sequence[Sequence[str]]
    questions: Sequence[Question]
    registre: Sequence[DejaMontre] = ()
    regroupements: Sequence[Regroupement] = ()
    cle: bytes = b""


@dataclass(frozen=True, slots=True)
class Population:
    """A displayed group and the identifiers of its persons."""

    groupe: Groupe
    membres: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Montree:
    """A displayed cell of ``populations[population]``."""

    population: int
    question: str
    reponse: str
    bas: int
    haut: int
    nature: str


@dataclass(slots=True)
class Resultat:
    """All that one closing displays, and what the audit did to prove it."""

    populations: list[Population] = field(default_factory=list)
    cellules: list[Montree] = field(default_factory=list)
    regroupements: list[Regroupement] = field(default_factory=list)
    cibles: int = 0
    programmes: int = 0
    abandonnes: dict[str, list[str]] = field(default_factory=dict)
    """By question, the crossings that could not be shown safely."""


def cloturer(demande: Demande) -> Resultat:
    """Protect, then audit, every question. Raise ``PublicationRefusee`` rather than leak."""
    atelier = _Cloture(demande)
    for question in demande.questions:
        atelier.traiter(question)
    return atelier.resultat


class _Cloture:
    """The closing in progress: units are made once a threshold, problems once a question."""

    def __init__(self, demande: Demande) -> None:
        self.d = demande
        self.resultat = Resultat()
        self._unites: dict[int, Unites] = {}
        self._rangs: dict[str, int] = {}
        effaces = {uid for vu in demande.registre for uid in vu.membres}
        self.tous = (*demande.identifiants, *sorted(effaces.difference(demande.identifiants)))
        self.place = {uid: rang for rang, uid in enumerate(self.tous)}
        self._cibles: dict[tuple[bytes, int], Cibles] = {}

    def traiter(self, question: Question) -> None:
        """Show one question in as many crossings as can be shown safely."""
        parametres = SENSIBLE if question.sensible else ORDINAIRE
        if len(self.d.identifiants) < parametres.n_min:
            raise PublicationRefusee("effectif", EFFECTIF.format(n_min=parametres.n_min))
        croisements = sorted(map(tuple, self.d.croisements), key=len)
        while True:
            groupes = self._groupes(parametres, croisements)
            self._exiger_assez_de_nouveau(groupes, parametres)
            if self._protege(question, parametres, groupes):
                return
            if not croisements or not croisements[-1]:
                raise PublicationRefusee("reouverture", ROUVRIRAIT)
            # Fail closed, the finest crossing first.
            abandon = self.resultat.abandonnes.setdefault(question.code, [])
            abandon.append(" × ".join(croisements.pop()))

    def _groupes(
        self, parametres: Parametres, croisements: Iterable[Sequence[str]]
    ) -> dict[Groupe, Booleens]:
        unites = self._unites.get(parametres.n_min)
        if unites is None:
            unites = Unites(
                self.d.personnes, parametres.n_min, deja=self.d.regroupements, cle=self.d.cle
            )
            self._unites[parametres.n_min] = unites
        trouves: dict[Groupe, Booleens] = {}
        for croisement in croisements:
            for groupe in unites.ventiler(croisement):
                trouves[groupe] = unites.groupes[groupe]
        for regroupement in unites.regroupements:
            if regroupement not in self.resultat.regroupements:
                self.resultat.regroupements.append(regroupement)
        return trouves

    def _exiger_assez_de_nouveau(
        self, groupes: Mapping[Groupe, Booleens], parametres: Parametres
    ) -> None:
        """Refuse when a unit changed by too few persons, arrivals and erasures together (§5)."""
        avant = {vu.predicat: vu.membres for vu in self.d.registre if vu.derniere}
        for groupe, qui in groupes.items():
            anciens = avant.get(groupe.predicat)
            if anciens is None:
                continue
            changes = len(anciens.symmetric_difference(self._membres(qui)))
            if 0 < changes < parametres.n_min:
                raise PublicationRefusee("trop_peu", TROP_PEU)

    def _membres(self, qui: Booleens) -> tuple[bytes, ...]:
        return tuple(self.d.identifiants[rang] for rang in np.flatnonzero(qui).tolist())

    def _protege(
        self, question: Question, parametres: Parametres, groupes: Mapping[Groupe, Booleens]
    ) -> bool:
        """Protect one question; keep the result and return ``True`` only when the audit is clean."""
        table = _Table(self, question, parametres, groupes)
        affichages = []
        for rang, (probleme, consigne) in enumerate(table.parties()):
            cibles = self._cibles_de(probleme, parametres)
            protection = proteger(probleme, consigne, Auditeur(probleme, cibles))
            self.resultat.programmes += protection.programmes
            if not protection.sur:
                return False
            affichages.append((rang, protection.affichage))
        affichage = table.reunir(affichages)
        audit = auditer(table.probleme, affichage.bas, affichage.haut)
        self.resultat.cibles += audit.cibles
        self.resultat.programmes += audit.programmes
        if not audit.sur:
            return False
        self._garder(question, groupes, table, affichage)
        return True

    def _cibles_de(self, probleme: Probleme, parametres: Parametres) -> Cibles:
        """Return the targets; they depend on memberships only, so most questions share them."""
        groupes = probleme.groupes
        cle = groupes.indices.tobytes() + groupes.indptr.tobytes() + probleme.tailles.tobytes()
        place = (hashlib.blake2b(cle).digest(), parametres.n_min)
        if place not in self._cibles:
            self._cibles[place] = cibles_de(groupes, probleme.tailles, parametres.n_min)
        return self._cibles[place]

    def _garder(
        self,
        question: Question,
        groupes: Mapping[Groupe, Booleens],
        table: "_Table",
        affichage: Affichage,
    ) -> None:
        for rang, (groupe, qui) in enumerate(groupes.items()):
            population = self._rangs.get(groupe.predicat)
            if population is None:
                population = self._rangs[groupe.predicat] = len(self.resultat.populations)
                self.resultat.populations.append(Population(groupe, self._membres(qui)))
            for place, reponse in table.cellules_de(rang):
                self.resultat.cellules.append(
                    Montree(
                        population,
                        question.code,
                        reponse,
                        int(affichage.bas[place]),
                        int(affichage.haut[place]),
                        affichage.nature[place].value,
                    )
                )


class _Table:
    """One question over the groups of this closing, then over those of the register."""

    def __init__(
        self,
        cloture: _Cloture,
        question: Question,
        parametres: Parametres,
        groupes: Mapping[Groupe, Booleens],
    ) -> None:
        self.question = question
        self.nb_reponses = len(question.reponses)
        vus = [vu for vu in cloture.d.registre if question.code in vu.cellules]
        nombre = len(cloture.tous)
        appartenance = np.zeros((len(groupes) + len(vus), nombre), np.bool_)
        for rang, qui in enumerate(groupes.values()):
            appartenance[rang, : qui.size] = qui
        for rang, vu in enumerate(vus, len(groupes)):
            appartenance[rang, [cloture.place[uid] for uid in vu.membres]] = True
        self._fixer(appartenance, len(groupes), vus)
        self.probleme = self._probleme(appartenance, parametres, len(cloture.d.identifiants))
        self._totaux = np.array([3 - len(groupe.axes) for groupe in groupes] + [0] * len(vus))
        self.cle = cloture.d.cle

    def _fixer(self, appartenance: Booleens, nombre: int, vus: Sequence[DejaMontre]) -> None:
        """List the cells: all of this closing's groups, and what the register shows of others.

        A population that was displayed already keeps its display.
        """
        rang_de = {code: rang for rang, code in enumerate(self.question.reponses)}
        deja = {appartenance[nombre + i].tobytes(): vu for i, vu in enumerate(vus)}
        cellules: list[tuple[int, int]] = []
        fixes: list[tuple[int, int, str] | None] = []
        for groupe in range(nombre):
            vu = deja.get(appartenance[groupe].tobytes())
            connues = vu.cellules[self.question.code] if vu else {}
            for rang, code in enumerate(self.question.reponses):
                cellules.append((groupe, rang))
                fixes.append(connues.get(code))
        for i, vu in enumerate(vus):
            for code, montree in vu.cellules[self.question.code].items():
                if code in rang_de:
                    cellules.append((nombre + i, rang_de[code]))
                    fixes.append(montree)
        self.cellules = np.array(cellules, np.int64).reshape(-1, 2)
        self.fixes = fixes

    def _probleme(self, appartenance: Booleens, parametres: Parametres, presents: int) -> Probleme:
        decoupage = decouper(appartenance)
        morceaux = decoupage.morceau_de[:presents]
        verite = np.zeros((decoupage.tailles.size, self.nb_reponses), np.int64)
        dedans = morceaux >= 0
        if self.question.multiple:
            for rang in range(self.nb_reponses):
                coche = dedans & ((self.question.codes >> rang) & 1).astype(np.bool_)
                np.add.at(verite[:, rang], morceaux[coche], 1)
        else:
            np.add.at(verite, (morceaux[dedans], self.question.codes[dedans]), 1)
        partis = decoupage.morceau_de[presents:]
        disparus = np.bincount(partis[partis >= 0], minlength=decoupage.tailles.size)
        return Probleme(
            groupes=decoupage.groupes,
            tailles=decoupage.tailles,
            classes=classes_de(self.nb_reponses),
            cellules=self.cellules,
            verite=verite,
            parametres=parametres,
            multiple=self.question.multiple,
            disparus=disparus.astype(np.int64) if disparus.any() else None,
        )

    def parties(self) -> list[tuple[Probleme, Consigne]]:
        """Return what is protected at once: the whole, or each answer of a multiple choice."""
        parties = self.probleme.par_reponse()
        if len(parties) == 1:
            return [(parties[0], self._consigne(np.arange(len(self.cellules))))]
        return [
            (partie, self._consigne(self._places(rang))) for rang, partie in enumerate(parties)
        ]

    def _places(self, rang: int) -> Entiers:
        return np.flatnonzero(self.cellules[:, 1] == rang).astype(np.int64)

    def _consigne(self, places: Entiers) -> Consigne:
        fixes = [self.fixes[place] for place in places.tolist()]
        bornes = np.array([f[:2] if f else (0, 0) for f in fixes], np.int64).reshape(-1, 2)
        graine = hashlib.blake2b(self.question.code.encode(), key=self.cle[:64], digest_size=8)
        hasard = np.random.default_rng(int.from_bytes(graine.digest()))
        return Consigne(
            fixes=np.array([f is not None for f in fixes], np.bool_),
            bas=bornes[:, 0],
            haut=bornes[:, 1],
            nb_totaux=self._totaux[self.cellules[places, 0]],
            ordre=hasard.random(places.size),
        )

    def reunir(self, affichages: Sequence[tuple[int, Affichage]]) -> Affichage:
        """Return one display of all the cells; a fixed one keeps the nature it was shown with."""
        if len(affichages) == 1 and affichages[0][1].bas.size == len(self.cellules):
            tout = affichages[0][1]
        else:
            nombre = len(self.cellules)
            tout = Affichage(
                np.zeros(nombre, np.int64), np.zeros(nombre, np.int64), [Nature.EXACT] * nombre
            )
            for rang, partie in affichages:
                for place, i in zip(
                    self._places(rang).tolist(), range(partie.bas.size), strict=True
                ):
                    tout.bas[place], tout.haut[place] = partie.bas[i], partie.haut[i]
                    tout.nature[place] = partie.nature[i]
        for place, fixe in enumerate(self.fixes):
            if fixe is not None:
                tout.nature[place] = Nature(fixe[2])
        return tout

    def cellules_de(self, groupe: int) -> list[tuple[int, str]]:
        """Return the places of a group's cells, with their answers."""
        places = np.flatnonzero(self.cellules[:, 0] == groupe).tolist()
        return [(place, self.question.reponses[self.cellules[place, 1]]) for place in places]


def resume(resultat: Resultat) -> dict[str, Any]:
    """Return what a publication keeps of its thresholds and of its proof."""
    return {
        "seuils": {
            p.profil.lower(): {"n_min": p.n_min, "m": p.m, "w": p.w, "c": p.c}
            for p in (SENSIBLE, ORDINAIRE)
        },
        "audit": {"cibles": resultat.cibles, "programmes": resultat.programmes, "fuites": 0},
        "abandonnes": resultat.abandonnes,
    }
