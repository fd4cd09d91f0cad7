"""Invented populations, counted every way that the product counts, and what is true of them."""

from collections import Counter
from dataclasses import dataclass

from analyses.confidentialite.comptage import TOTAL, Comptage, Groupe
from analyses.confidentialite.protection import Sujet, proteger
from analyses.confidentialite.regles import Seuils
from analyses.confidentialite.tableau import Colonne, TableauProtege

REPONSES = ("a", "b", "c", "_pnr", "_sr")


@dataclass(frozen=True)
class Individu:
    territoire: str
    structure: str
    mois: str
    autre: str
    reponse: str


def compter(gens: list[Individu], dimension: str) -> Comptage:
    """Count the answers of ``gens`` by one dimension (``lieu`` nests structures in territoires)."""
    groupes: list[Groupe] = []
    membres: dict[str, list[Individu]] = {TOTAL: gens}
    if dimension == "lieu":
        for t in sorted({g.territoire for g in gens}):
            groupes.append(Groupe(t, t))
            membres[t] = [g for g in gens if g.territoire == t]
            for s in sorted({g.structure for g in membres[t]}):
                groupes.append(Groupe(f"{t}/{s}", s, t))
                membres[f"{t}/{s}"] = [g for g in membres[t] if g.structure == s]
    elif dimension:
        for code in sorted({getattr(g, dimension) for g in gens}):
            groupes.append(Groupe(code, code))
            membres[code] = [g for g in gens if getattr(g, dimension) == code]
    effectifs = {}
    for code, qui in membres.items():
        nombres = Counter(g.reponse for g in qui)
        effectifs[code] = tuple(nombres[r] for r in REPONSES)
    return Comptage(
        reponses=REPONSES,
        groupes=tuple(groupes),
        effectifs=effectifs,
        tailles={code: len(qui) for code, qui in membres.items()},
        symetrique=dimension == "autre",
    )


def tableau(gens: list[Individu], dimension: str, seuils: Seuils) -> TableauProtege:
    colonnes = tuple(Colonne(r, r) for r in REPONSES)
    return proteger(
        compter(gens, dimension), Sujet("q", "Q ?", colonnes, dimension), seuils=seuils
    )


def verites(gens: list[Individu]) -> dict[tuple[str, str, str], int]:
    """Return the true count of everything that a table may be about."""
    vrais = {}
    for dimension in ("", "lieu", "mois", "autre"):
        comptage = compter(gens, dimension)
        for groupe, nombres in comptage.effectifs.items():
            nom = "" if groupe == TOTAL else dimension
            for reponse, nombre in zip(REPONSES, nombres, strict=True):
                vrais[nom, groupe, reponse] = nombre
    return vrais
