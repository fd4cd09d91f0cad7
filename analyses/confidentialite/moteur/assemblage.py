"""From persons, a plan and a register to the problem of one question (``modele.Probleme``)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .modele import (
    Booleens,
    Decoupage,
    Entiers,
    Moyenne,
    Probleme,
    Reels,
    classes_de,
    decouper,
)
from .parties import Partie, Toile, moyenne_dite, partie_de, verite
from .presentation import Consigne
from .questions import Donnees, Question
from .registre import CellulePubliee, Population, Registre
from .unites import Axe, Groupe


@dataclass(frozen=True, slots=True)
class Dossier:
    """One question ready to be protected, and what each of its rows stands for."""

    question: Question
    probleme: Probleme
    consigne: Consigne
    rangs: Mapping[str, int]
    """Row of each population (by ``empreinte``) among the groups of the problem."""
    populations: Mapping[Groupe, Population]
    """Population of each group asked now."""
    classes: tuple[tuple[int, ...], ...]
    """Answers of each class of the problem."""
    moyennes: Mapping[str, int]
    """Means already published, in hundredths, by ``empreinte``."""
    partie: Partie
    """What is protected and attacked."""


def assembler(
    donnees: Donnees,
    question: Question,
    groupes: Mapping[Groupe, Booleens],
    registre: Registre,
    cle: bytes = b"",
    passe: Registre | None = None,
) -> Dossier:
    """Write one question over all groups asked now and all groups ever published for it.

    ``passe``: what of the register was audited before; all of it, if not told.
    ``groupes``: who is in each group asked now. Persons that only the register knows are erased
    ones: their answers are unknown, what was published of them still holds.
    """
    populations = {
        g: Population(g.predicat, frozenset(donnees.uids[qui].tolist()))
        for g, qui in groupes.items()
    }
    publiees = registre.de_question(question.nom)
    membres = {p.empreinte: p.membres for p in populations.values()}
    membres |= _deja_montres(question, registre)
    rangs = {empreinte: rang for rang, empreinte in enumerate(membres)}
    classes = _classes(question, publiees)
    cellules, consigne = _cellules(question, populations, publiees, rangs, classes, cle)
    dites = registre.moyennes_de(question.nom)
    liens = tuple(moyenne_dite(rangs[e], centiemes) for e, centiemes in dites.items())
    coupe = decouper(_appartenance(donnees, list(membres.values())))
    passe = passe or registre
    probleme = replace(
        _probleme(donnees, question, coupe, classes, cellules, liens),
        anciennes=_anciennes(question, passe, rangs, classes, cellules, consigne),
        familles=_familles({g: rangs[p.empreinte] for g, p in populations.items()}),
    )
    toile = Toile(donnees, question, registre, passe, rangs, coupe, classes)
    partie = partie_de(probleme, consigne, toile)
    return Dossier(question, probleme, consigne, rangs, populations, classes, dites, partie)


def _appartenance(donnees: Donnees, membres: Sequence[frozenset[str]]) -> Booleens:
    """Return groups × persons: those present first, then those whom only the register knows."""
    gens = _tout_le_monde(donnees, membres)
    place = {uid: rang for rang, uid in enumerate(gens)}
    appartenance = np.zeros((len(membres), len(gens)), np.bool_)
    for rang, uids in enumerate(membres):
        appartenance[rang, [place[uid] for uid in uids]] = True
    return appartenance


def _familles(rangs: Mapping[Groupe, int]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return the groups asked now with those that one dimension cuts them in, as rows."""
    par_codes = {_codes(groupe.axes): rang for groupe, rang in rangs.items()}
    familles: dict[tuple[frozenset[tuple[str, tuple[str, ...]]], str], list[int]] = {}
    for groupe, rang in rangs.items():
        for axe in groupe.axes:
            tout = _codes([a for a in groupe.axes if a is not axe])
            if axe.parent:
                tout |= {(axe.dimension, axe.parent)}
            familles.setdefault((tout, axe.dimension), []).append(rang)
    return tuple(
        (par_codes[tout], tuple(parties))
        for (tout, _), parties in familles.items()
        if tout in par_codes
    )


def _codes(axes: Sequence[Axe]) -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset((axe.dimension, axe.codes) for axe in axes)


def _deja_montres(question: Question, registre: Registre) -> dict[str, frozenset[str]]:
    """Return the members of each group that something was shown of: of it, or of what decides."""
    noms = (question.nom, *(question.lien.noms if question.lien else ()))
    return {
        e: registre.populations[e][0].membres for nom in noms for e in registre.de_question(nom)
    }


def _tout_le_monde(donnees: Donnees, membres: Sequence[frozenset[str]]) -> list[str]:
    presents: list[str] = donnees.uids.tolist()
    connus = set(presents)
    return presents + sorted({uid for m in membres for uid in m} - connus)


def _classes(
    question: Question, publiees: Mapping[str, list[CellulePubliee]]
) -> tuple[tuple[int, ...], ...]:
    """Return every class told now or in the past, the answers first."""
    rang = {code: r for r, code in enumerate(question.reponses)}
    toutes = [(r,) for r in range(len(question.reponses))] + list(question.classes)
    toutes += [
        tuple(sorted(rang[code] for code in cellule.reponses))
        for cellules in publiees.values()
        for cellule in cellules
    ]
    return tuple(dict.fromkeys(toutes))


def _cellules(
    question: Question,
    populations: Mapping[Groupe, Population],
    publiees: Mapping[str, list[CellulePubliee]],
    rangs: Mapping[str, int],
    classes: tuple[tuple[int, ...], ...],
    cle: bytes,
) -> tuple[Entiers, Consigne]:
    """List the cells: those published say what they said, the others are to be decided."""
    lignes: dict[tuple[int, int], tuple[bool, int, int, int]] = {
        ou: (True, bas, haut, 0)
        for ou, (bas, haut) in _dites(question, publiees, rangs, classes).items()
    }
    profondeur = max((len(g.axes) for g in populations), default=0)
    for groupe, population in populations.items():
        if population.empreinte in publiees:
            continue
        for classe in question.dites(len(population.membres)):
            ici = (rangs[population.empreinte], classes.index(classe))
            lignes.setdefault(ici, (False, 0, 0, profondeur - len(groupe.axes)))
    cellules_ = np.array(list(lignes), dtype=np.int64).reshape(-1, 2)
    fixes, bas_, haut_, totaux = (
        np.array([v[i] for v in lignes.values()], dtype=np.int64) for i in range(4)
    )
    noms = {rang: empreinte for empreinte, rang in rangs.items()}
    ordre = np.array([_hasard(cle, noms[g], classes[k]) for g, k in lignes])
    return cellules_, Consigne(fixes.astype(np.bool_), bas_, haut_, totaux, ordre)


def _anciennes(
    question: Question,
    passe: Registre,
    rangs: Mapping[str, int],
    classes: tuple[tuple[int, ...], ...],
    cellules: Entiers,
    consigne: Consigne,
) -> Booleens:
    """Return the cells that the past showed exactly as they are now, and judged by the same rules."""
    if question.nom in passe.autres_seuils:
        return np.zeros(len(cellules), dtype=np.bool_)
    publiees = passe.de_question(question.nom)
    dites = _dites(question, publiees, rangs, classes)
    return np.array(
        [
            bool(fixe) and dites.get((g, k)) == (bas, haut)
            for (g, k), fixe, bas, haut in zip(
                cellules.tolist(),
                consigne.fixes,
                consigne.bas.tolist(),
                consigne.haut.tolist(),
                strict=True,
            )
        ],
        dtype=np.bool_,
    )


def _dites(
    question: Question,
    publiees: Mapping[str, list[CellulePubliee]],
    rangs: Mapping[str, int],
    classes: tuple[tuple[int, ...], ...],
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return what publications say of each (group, class): together, when several do."""
    rang_reponse = {code: r for r, code in enumerate(question.reponses)}
    place = {classe: k for k, classe in enumerate(classes)}
    dites: dict[tuple[int, int], tuple[int, int]] = {}
    for empreinte, cellules in publiees.items():
        for c in cellules:
            k = place[tuple(sorted(rang_reponse[code] for code in c.reponses))]
            bas, haut = dites.get((rangs[empreinte], k), (0, c.haut))
            dites[rangs[empreinte], k] = (max(bas, c.bas), min(haut, c.haut))
    return dites


def _hasard(cle: bytes, empreinte: str, classe: tuple[int, ...]) -> float:
    """Return a keyed number between 0 and 1: ties say nothing of the order of codes."""
    texte = f"{empreinte}|{classe}".encode()
    octets = hashlib.blake2b(texte, key=cle[:64], digest_size=8).digest()
    return int.from_bytes(octets, "big") / 2**64


def _probleme(
    donnees: Donnees,
    question: Question,
    coupe: Decoupage,
    classes: tuple[tuple[int, ...], ...],
    cellules: Entiers,
    moyennes: tuple[Moyenne, ...],
) -> Probleme:
    absents = coupe.morceau_de[donnees.uids.size :]
    disparus = np.bincount(absents[absents >= 0], minlength=coupe.tailles.size)
    return Probleme(
        groupes=coupe.groupes,
        tailles=coupe.tailles,
        classes=classes_de(len(question.reponses), classes[len(question.reponses) :]),
        cellules=cellules,
        verite=verite(coupe, donnees.comptes(question)),
        parametres=question.parametres,
        multiple=question.multiple,
        disparus=disparus.astype(np.int64),
        valeurs=_valeurs(question),
        moyennes=moyennes,
    )


def _valeurs(question: Question) -> Reels | None:
    if not question.valeurs:
        return None
    return np.array([np.nan if v is None else v for v in question.valeurs], dtype=np.float64)
