"""Who a structure helps, by age or by means of transport: told so that nobody can be singled out.

Three rules (ADR 0110). What is told is a count of many: tranches are put together along a ladder
that was written beforehand, until each class has ``n_min`` persons; nothing is hidden beside what is
told, so no total gives anything back. A later count replaces the one told only when no class moved
by a few persons. And nothing is told that would narrow what a closing lets anybody know of answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .protection import Sujet
from .publie import Montree, tableau_publie
from .tableau import Cellule, Colonne, Ligne, TableauProtege

SANS: Final = "_sans"
"""Column of those who answered without saying it."""


@dataclass(frozen=True, slots=True)
class Classe:
    """One tranche, or several put together."""

    codes: tuple[str, ...]
    libelle: str

    @property
    def code(self) -> str:
        """Return the code under which a table shows it."""
        return "+".join(self.codes)


Nombres = Mapping[Classe, int]


@dataclass(frozen=True, slots=True)
class Trait:
    """What may be compared: a question of the module PROFIL, and its answers."""

    code: str
    titre: str
    question: str
    tranches: tuple[tuple[str, str], ...]
    """Code and label, in the order of the question."""
    plus_larges: tuple[tuple[Classe, ...], ...] = ()
    """What tranches become when they are too small, each step inside the next. None: a person can
    be in several tranches, and each is told or not by itself."""

    @property
    def multiple(self) -> bool:
        """Return whether a person can be in several tranches."""
        return not self.plus_larges

    @property
    def fines(self) -> tuple[Classe, ...]:
        """Return each tranche by itself."""
        return tuple(Classe((code,), libelle) for code, libelle in self.tranches)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the tranches."""
        return tuple(code for code, _ in self.tranches)


@dataclass(frozen=True, slots=True)
class Compte:
    """What was written down on one day: everybody, and each tranche."""

    total: int
    nombres: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dit:
    """What is told of a count; ``rang``: its place among those that were written down."""

    rang: int
    total: int
    nombres: Nombres


def classes_dites(trait: Trait, compte: Compte, n_min: int) -> Nombres | None:
    """Return the finest classes that each have ``n_min`` persons; nothing when there are none.

    The steps are fixed beforehand, so that which one is shown leaves every tranche that is not
    shown anywhere between nobody and its whole class.
    """
    if trait.multiple:
        siennes = {classe: compte.nombres[classe.codes[0]] for classe in trait.fines}
        gardees = {c: n for c, n in siennes.items() if n_min <= n <= compte.total - n_min}
        return gardees or None
    for decoupe in (trait.fines, *trait.plus_larges):
        sommes = {classe: sum(compte.nombres[c] for c in classe.codes) for classe in decoupe}
        if min(sommes.values()) >= n_min:
            return sommes
    return None


def retenir(trait: Trait, comptes: Sequence[Compte | None], n_min: int) -> Dit | None:
    """Return what is told, after all that was ever written down in order; ``None`` is a withdrawal.

    A count that differs from one told before by 1 to ``n_min`` - 1 persons, in a class or in all,
    is not told: the older one stays (confidentialité §5).
    """
    deja: list[Dit] = []
    courant: Dit | None = None
    for rang, compte in enumerate(comptes):
        sommes = None if compte is None else classes_dites(trait, compte, n_min)
        if compte is None or sommes is None:
            courant = None
            continue
        nouveau = Dit(rang, compte.total, sommes)
        if all(_sont_loin(trait, nouveau, avant, n_min) for avant in deja):
            deja.append(nouveau)
            courant = nouveau
    return courant


def _sont_loin(trait: Trait, nouveau: Dit, avant: Dit, n_min: int) -> bool:
    """Compare every class of every step that both tell: two moves of many may leave one of a few."""
    ecarts = [nouveau.total - avant.total]
    for classe in (c for decoupe in (trait.fines, *trait.plus_larges) for c in decoupe):
        ici, la = _somme(nouveau.nombres, classe), _somme(avant.nombres, classe)
        if ici is not None and la is not None:
            ecarts.append(ici - la)
    return not any(0 < abs(ecart) < n_min for ecart in ecarts)


def _somme(nombres: Nombres, classe: Classe) -> int | None:
    """Return how many persons a class has, where what is told inside it adds up to it."""
    dedans = {c: n for c, n in nombres.items() if set(c.codes) <= set(classe.codes)}
    entiere = {code for c in dedans for code in c.codes} == set(classe.codes)
    return sum(dedans.values()) if entiere else None


def tableau_de_composition(trait: Trait, dit: Dit, arrete_le: str, seuil: int) -> TableauProtege:
    """Lay out what is told; a tranche of several choices that is not told has no number."""
    classes = trait.fines if trait.multiple else tuple(dit.nombres)
    return tableau_publie(
        _sujet(trait, classes, arrete_le),
        (),
        {
            (): [
                Montree("", dit.total, dit.total, "exact"),
                *(Montree(c.code, n, n, "exact") for c, n in dit.nombres.items()),
            ]
        },
        multiple=trait.multiple,
        seuil=seuil,
    )


def en_classes(
    trait: Trait, classes: Sequence[Classe], protege: TableauProtege, ligne: Ligne
) -> TableauProtege:
    """Return a row of a published table in other classes: read from its displayed cells only."""
    sans = tuple(c.code for c in protege.colonnes if c.code not in trait.codes)
    toutes = (*classes, *((Classe(sans, "Ne l’ont pas dit"),) if sans else ()))
    bornes = {c: bornes_de(protege, ligne, c.codes) for c in toutes}
    colonnes = tuple(Colonne(c.code, c.libelle) for c in classes)
    colonnes += (Colonne(SANS, "Ne l’ont pas dit"),) if sans else ()
    return tableau_publie(
        Sujet(trait.question, trait.titre, colonnes, ou=protege.ou, arrete_le=protege.arrete_le),
        (),
        {
            (): [
                Montree("", ligne.taille, ligne.taille, "exact"),
                *(
                    Montree(colonne.code, *bornes[c], _nature(*bornes[c], ligne.taille))
                    for colonne, c in zip(colonnes, toutes, strict=True)
                ),
            ]
        },
        multiple=protege.multiple,
        seuil=protege.seuil,
    )


def _nature(bas: int, haut: int, taille: int) -> str:
    return "masque" if (bas, haut) == (0, taille) else "intervalle"


def bornes_de(protege: TableauProtege, ligne: Ligne, codes: Sequence[str]) -> tuple[int, int]:
    """Return the least and the most persons that a displayed row lets these answers have.

    Of several choices, those who gave one of them are no sum: only a single code is asked for.
    """
    dedans, dehors = [0, 0], [0, 0]
    for colonne, cellule in zip(protege.colonnes, ligne.cellules, strict=True):
        _ajouter(dedans if colonne.code in codes else dehors, cellule)
    if protege.multiple:
        return min(dedans[0], ligne.taille), min(dedans[1], ligne.taille)
    bas = max(dedans[0], ligne.taille - dehors[1])
    return bas, min(dedans[1], ligne.taille - dehors[0])


def _ajouter(somme: list[int], cellule: Cellule) -> None:
    somme[0] += cellule.bas
    somme[1] += cellule.haut


def n_apprend_rien(composition: TableauProtege, reponses: TableauProtege, ligne: Ligne) -> bool:
    """Return whether a composition narrows nothing that a displayed row lets be known of answers.

    Those who answered are some of those who are helped: no class has more answers than persons.
    Where what is displayed already says so, knowing the composition says nothing more.
    """
    total = composition.total
    if total is None or ligne.taille > total.taille:
        return False
    for colonne, cellule in zip(composition.colonnes, total.cellules, strict=True):
        if cellule.valeur is None:
            continue
        bas, haut = bornes_de(reponses, ligne, colonne.code.split("+"))
        if haut > cellule.valeur:
            return False
        if composition.multiple and ligne.taille - bas > total.taille - cellule.valeur:
            return False
    return True


def _sujet(trait: Trait, classes: Sequence[Classe], arrete_le: str) -> Sujet:
    colonnes = tuple(Colonne(c.code, c.libelle) for c in classes)
    return Sujet(trait.question, trait.titre, colonnes, arrete_le=arrete_le)
