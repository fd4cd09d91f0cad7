"""What of a question is protected and attacked at once, with what other tables say of it.

A question alone is one problem. Several answers to it (``coches``), or a question asked only after
some answers (``liens``), are a problem of states, where the tables of the questions that decide are
cells already decided: here their bounds are only knowledge, they are protected in their own turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analyses.confidentialite.chiffres import DEMI_DECIMALE

from .liens import SILENCE, Etats, etats_de
from .modele import Booleens, Decoupage, Entiers, Moyenne, Probleme, Reels, classes_de
from .presentation import Consigne
from .questions import Donnees, Question
from .registre import CellulePubliee, Registre

Dites = dict[tuple[int, tuple[int, ...]], tuple[int, int]]
"""Bounds of what is displayed, by group and states."""


@dataclass(frozen=True, slots=True)
class Partie:
    """The problem of a question."""

    probleme: Probleme
    consigne: Consigne
    """Cells of the question come first; those of other questions follow."""
    etats: Etats | None = None
    """What the answers of the problem are, when they are not those of the question."""

    def bornes(self, bas: Entiers, haut: Entiers) -> tuple[Entiers, Entiers]:
        """Return what an attacker reads, when cells of the question are shown so."""
        reste = slice(bas.size, None)
        return (
            np.concatenate([bas, self.consigne.bas[reste]]),
            np.concatenate([haut, self.consigne.haut[reste]]),
        )

    def rangs(self, reponses: Sequence[int]) -> tuple[int, ...]:
        """Return the answers of the problem that say some answers of the question."""
        return tuple(reponses) if self.etats is None else self.etats.de_la_question(reponses)


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


def partie_de(probleme: Probleme, consigne: Consigne, toile: Toile) -> Partie:
    """Return what is protected and attacked of a question."""
    question = toile.question
    if question.lien is None and not question.multiple:
        return Partie(probleme, consigne)
    etats, qui = etats_de(toile.donnees, question)
    dites = _dites(etats, toile.registre, toile)
    siennes = [(g, etats.de_la_question(toile.classes[k])) for g, k in probleme.cellules.tolist()]
    nombre = len(etats.liste)
    dits = [etats_ for _, etats_ in [*siennes, *dites]] + etats.des_interroges()
    classes = tuple(dict.fromkeys([*((e,) for e in range(nombre)), *dits]))
    place = {classe: k for k, classe in enumerate(classes)}
    cellules = [(g, place[e]) for g, e in [*siennes, *dites]]
    valeurs = etats.valeurs()
    joint = Probleme(
        groupes=probleme.groupes,
        tailles=probleme.tailles,
        classes=np.vstack([classes_de(nombre, classes[nombre:]), etats.sans_les_dire()]),
        cellules=np.array(cellules, dtype=np.int64).reshape(-1, 2),
        verite=verite(toile.coupe, qui),
        parametres=probleme.parametres,
        coches=etats.coches,
        disparus=probleme.disparus,
        valeurs=None if valeurs is None else _reels(valeurs),
        moyennes=(*probleme.moyennes, *_moyennes(etats, toile)),
        anciennes=_anciennes(probleme, etats, dites, toile),
        familles=probleme.familles,
    )
    return Partie(joint, consigne.suivie(list(dites.values())), etats)


def verite(coupe: Decoupage, qui: Entiers | Booleens) -> Entiers:
    """Return pieces × answers: how many of the first persons of a piece are in each.

    ``qui``: persons × answers, 0/1; those who come after them in the pieces have erased theirs.
    """
    morceaux = coupe.morceau_de[: len(qui)]
    comptes = np.zeros((coupe.tailles.size, qui.shape[1]), dtype=np.int64)
    dedans = morceaux >= 0
    np.add.at(comptes, morceaux[dedans], qui[dedans])
    return comptes


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


def _anciennes(probleme: Probleme, etats: Etats, dites: Dites, toile: Toile) -> Booleens | None:
    """Return the cells that were shown, as they are now, by publications audited before."""
    if probleme.anciennes is None:
        return None
    noms = {toile.question.nom, *etats.lien.noms}
    if noms & toile.passe.autres_seuils:
        return np.zeros(probleme.anciennes.size + len(dites), dtype=np.bool_)
    avant = dites if toile.passe is toile.registre else _dites(etats, toile.passe, toile)
    siennes = [avant.get(ou) == bornes for ou, bornes in dites.items()]
    return np.concatenate([probleme.anciennes, np.array(siennes, dtype=np.bool_)])


def _reels(valeurs: tuple[float | None, ...]) -> Reels:
    return np.array([np.nan if v is None else v for v in valeurs], dtype=np.float64)
