"""What of a question is protected and attacked at once, with what other tables say of it.

A question alone is one problem; with several answers, one an answer. A question asked only after
some answers (``liens``) is a problem of states, where the tables of the questions that decide are
cells already decided: here their bounds are only knowledge, they are protected in their own turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analyses.confidentialite.chiffres import DEMI_DECIMALE

from .liens import SILENCE, Etats, rangs_joints
from .modele import Booleens, Decoupage, Entiers, Moyenne, Probleme, Reels, classes_de
from .presentation import Consigne
from .questions import Donnees, Question
from .registre import CellulePubliee, Registre

Dites = dict[tuple[int, tuple[int, ...]], tuple[int, int]]
"""Bounds of what is displayed, by group and states."""


@dataclass(frozen=True, slots=True)
class Partie:
    """One problem of a question."""

    probleme: Probleme
    consigne: Consigne
    ici: Entiers
    """Its cells among those of the question. They come first; those of other questions follow."""

    def bornes(self, bas: Entiers, haut: Entiers) -> tuple[Entiers, Entiers]:
        """Return what an attacker reads, when cells of the question are shown so."""
        reste = slice(self.ici.size, None)
        return (
            np.concatenate([bas[self.ici], self.consigne.bas[reste]]),
            np.concatenate([haut[self.ici], self.consigne.haut[reste]]),
        )


@dataclass(frozen=True, slots=True)
class Toile:
    """Where the parts of a linked question come from."""

    donnees: Donnees
    question: Question
    registre: Registre
    passe: Registre
    """What of the register was audited before."""
    rangs: Mapping[str, int]
    """Row of each population among the groups."""
    coupe: Decoupage
    classes: tuple[tuple[int, ...], ...]
    """Answers of each class of the question's own problem."""


def moyenne_dite(groupe: int, centiemes: int) -> Moyenne:
    """Return what an attacker writes who reads a mean with one decimal."""
    return Moyenne(groupe, (centiemes - DEMI_DECIMALE) / 100, (centiemes + DEMI_DECIMALE) / 100)


def seules(probleme: Probleme, consigne: Consigne) -> tuple[Partie, ...]:
    """Return the parts of a question that depends on no other."""
    if not probleme.multiple:
        return (Partie(probleme, consigne, np.arange(len(probleme.cellules))),)
    ou = [np.flatnonzero(probleme.cellules[:, 1] == r) for r in range(probleme.nb_reponses)]
    return tuple(
        Partie(partie, consigne.de(ici), ici)
        for partie, ici in zip(probleme.par_reponse(), ou, strict=True)
    )


def liees(probleme: Probleme, consigne: Consigne, toile: Toile) -> tuple[Partie, ...]:
    """Return the parts of a question that is asked after some answers only."""
    if not probleme.multiple:
        ici = np.arange(len(probleme.cellules))
        return (_jointe(probleme, consigne, toile, ici, -1),)
    return tuple(
        _jointe(probleme, consigne, toile, np.flatnonzero(probleme.cellules[:, 1] == r), r)
        for r in range(probleme.nb_reponses)
    )


def _jointe(
    probleme: Probleme, consigne: Consigne, toile: Toile, ici: Entiers, reponse: int
) -> Partie:
    lien = toile.question.lien
    if lien is None:
        raise ValueError("a question that is linked to others expected")
    etats, rangs = rangs_joints(toile.donnees, toile.question, lien, reponse)
    dites = _dites(etats, toile.registre, toile)
    siennes = [
        (g, etats.de_la_question(toile.classes[k])) for g, k in probleme.cellules[ici].tolist()
    ]
    nombre = len(etats.liste)
    dits = [etats_ for _, etats_ in [*siennes, *dites]] + etats.des_interroges()
    classes = tuple(dict.fromkeys([*((e,) for e in range(nombre)), *dits]))
    place = {classe: k for k, classe in enumerate(classes)}
    cellules = [(g, place[e]) for g, e in [*siennes, *dites]]
    valeurs = etats.valeurs() if reponse < 0 else None
    return Partie(
        Probleme(
            groupes=probleme.groupes,
            tailles=probleme.tailles,
            classes=classes_de(nombre, classes[nombre:]),
            cellules=np.array(cellules, dtype=np.int64).reshape(-1, 2),
            verite=_verite(rangs, nombre, toile),
            parametres=probleme.parametres,
            disparus=probleme.disparus,
            valeurs=None if valeurs is None else _reels(valeurs),
            moyennes=(*(probleme.moyennes if reponse < 0 else ()), *_moyennes(etats, toile)),
            anciennes=_anciennes(probleme, etats, dites, toile, ici),
        ),
        consigne.de(ici).suivie(list(dites.values())),
        ici,
    )


def _dites(etats: Etats, registre: Registre, toile: Toile) -> Dites:
    """Return what the tables of other questions say, by group and states."""
    dites: Dites = {}
    for empreinte, ou, bas, haut in _enonces(etats, registre):
        if ou and empreinte in toile.rangs:
            cle = (toile.rangs[empreinte], ou)
            deja = dites.get(cle, (bas, haut))
            dites[cle] = (max(deja[0], bas), min(deja[1], haut))
    return dites


def _enonces(
    etats: Etats, registre: Registre
) -> Iterator[tuple[str, tuple[int, ...] | None, int, int]]:
    """Iterate over displayed cells of other questions: population, states, bounds."""
    for numero, mere in enumerate(etats.lien.meres):
        for empreinte, cellules in registre.de_question(mere.nom).items():
            n = len(registre.populations[empreinte][0].membres)
            for c in cellules:
                yield empreinte, etats.de_la_mere(numero, c.reponses), c.bas, c.haut
            for ou, bas, haut in _sans_nom(etats, numero, cellules, n) if mere.multiple else ():
                yield empreinte, ou, bas, haut
    for soeur in etats.lien.soeurs:
        for empreinte, cellules in registre.de_question(soeur.nom).items():
            n = len(registre.populations[empreinte][0].membres)
            muets = [c.haut for c in cellules if SILENCE in c.reponses and c.haut < n]
            for haut in muets:
                yield empreinte, etats.de_la_soeur(soeur), n - haut, n


def _sans_nom(
    etats: Etats, numero: int, cellules: Sequence[CellulePubliee], n: int
) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Iterate over what is told by answers of a mother that no condition names.

    Who ticked one ticked something; who ticked nothing else is among those who ticked one.
    """
    tues = set(etats.lien.meres[numero].reponses) - etats.lien.utiles(numero)
    autres = [c for c in cellules if tues.issuperset(c.reponses)]
    if bas := max((c.bas for c in autres), default=0):
        yield etats.des_cochees(numero), bas, n
    if autres and {c.reponses[0] for c in autres} == tues:
        yield etats.des_cochees(numero, sans_nom=True), 0, min(n, sum(c.haut for c in autres))


def _verite(rangs: Entiers, nombre: int, toile: Toile) -> Entiers:
    morceaux = toile.coupe.morceau_de[: rangs.size]
    verite = np.zeros((toile.coupe.tailles.size, nombre), dtype=np.int64)
    dedans = morceaux >= 0
    np.add.at(verite, (morceaux[dedans], rangs[dedans]), 1)
    return verite


def _moyennes(etats: Etats, toile: Toile) -> list[Moyenne]:
    """Return the means shown of the questions that decide, each on its own scale."""
    trouvees = []
    for numero, mere in enumerate(etats.lien.meres):
        valeurs = etats.valeurs(numero)
        if valeurs is None:
            continue
        for empreinte, centiemes in toile.registre.moyennes_de(mere.nom).items():
            dite = moyenne_dite(toile.rangs[empreinte], centiemes)
            trouvees.append(replace(dite, valeurs=_reels(valeurs)))
    return trouvees


def _anciennes(
    probleme: Probleme, etats: Etats, dites: Dites, toile: Toile, ici: Entiers
) -> Booleens | None:
    """Return the cells that were shown, as they are now, by publications audited before."""
    if probleme.anciennes is None:
        return None
    noms = {toile.question.nom, *etats.lien.noms}
    if noms & toile.passe.autres_seuils:
        return np.zeros(ici.size + len(dites), dtype=np.bool_)
    avant = dites if toile.passe is toile.registre else _dites(etats, toile.passe, toile)
    siennes = [avant.get(ou) == bornes for ou, bornes in dites.items()]
    return np.concatenate([probleme.anciennes[ici], np.array(siennes, dtype=np.bool_)])


def _reels(valeurs: tuple[float | None, ...]) -> Reels:
    return np.array([np.nan if v is None else v for v in valeurs], dtype=np.float64)
