"""What a coordinator reads before publishing: in French, and without one number about answers.

Groups put together depend on who belongs where, which those around know; how many cells are exact
is told for the whole closing only, and not at all when there are few (ADR 0067).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from analyses.confidentialite.silences import contenant

from .demandes import Projet

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.cloture import Cloture
    from analyses.confidentialite.moteur.unites import Regroupement

ASSEZ_DE_CASES: Final = 30
"""Fewer cells, and how many are exact would begin to tell which."""


@dataclass(slots=True)
class Bilan:
    """A proposition, as its page tells it."""

    nombre: int
    regroupements: list[str] = field(default_factory=list)
    croises: list[str] = field(default_factory=list)
    """Groups put together inside a row of a crossing."""
    montres: list[dict[str, Any]] = field(default_factory=list)
    """By grouping: how many questions of how many are shown in it."""
    refus: list[dict[str, Any]] = field(default_factory=list)
    """By reason: the tables that are not shown."""
    exactes: int = 0
    bandes: int = 0
    masquees: int = 0

    @property
    def cases(self) -> int:
        """Return how many cells there are, when that may be told."""
        toutes = self.exactes + self.bandes + self.masquees
        return toutes if toutes >= ASSEZ_DE_CASES else 0

    def en_json(self) -> dict[str, Any]:
        """Return it as the file of a closing keeps it."""
        return asdict(self)

    @classmethod
    def de_json(cls, lu: Mapping[str, Any]) -> Self:
        """Read it again. Errors: ``TypeError`` when it is something else."""
        return cls(**lu)


def faire_le_bilan(projet: Projet, resultat: "Cloture") -> Bilan:
    """Say what a protected result shows, what it does not, and why."""
    noms = _Noms(projet)
    bilan = Bilan(projet.vues.nombre)
    for fait in _une_fois(resultat.regroupements):
        bilan_de = bilan.regroupements if fait.contexte == "TOTAL" else bilan.croises
        bilan_de.append(noms.regroupement(fait))
    par_ventilation: dict[tuple[str, ...], set[str]] = {}
    for tableau in resultat.tableaux:
        par_ventilation.setdefault(tableau.ventilation, set()).add(tableau.question)
    questions = {c.question for c in projet.vues.colonnes} - projet.plan.rubriques
    bilan.montres = [
        {"ventilation": noms.ventilation(v), "questions": len(q), "sur": len(questions)}
        for v, q in sorted(par_ventilation.items(), key=lambda p: (len(p[0]), p[0]))
    ]
    par_motif: dict[str, list[str]] = {}
    for refus in resultat.refus:
        par_motif.setdefault(refus.motif, []).append(
            f"{noms.question(refus.question)} {noms.par(refus.ventilation)}"
        )
    bilan.refus = [{"motif": m, "tableaux": t} for m, t in par_motif.items()]
    bilan.exactes, bilan.bandes, bilan.masquees = _couts(resultat)
    return bilan


def _couts(resultat: "Cloture") -> tuple[int, int, int]:
    """Count the cells shown exactly, between two numbers, and not at all; each once."""
    cases = {
        (tableau.question, ligne.groupe.predicat, c.reponses): (c.bas, c.haut, ligne.effectif)
        for tableau in resultat.tableaux
        for ligne in tableau.lignes
        for c in ligne.cellules
    }
    exactes = sum(bas == haut for bas, haut, _ in cases.values())
    masquees = sum(bas != haut and bas <= 0 and haut >= n for bas, haut, n in cases.values())
    return exactes, len(cases) - exactes - masquees, masquees


def _une_fois(faits: Iterable["Regroupement"]) -> Iterable["Regroupement"]:
    """Leave out the same merge made again for the lower threshold of another question."""
    gardes: dict[tuple[str, str, tuple[str, ...]], Regroupement] = {}
    for fait in sorted(faits, key=lambda r: -r.n_min):
        gardes.setdefault((fait.dimension, fait.contexte, fait.codes), fait)
    return gardes.values()


class _Noms:
    """The words of a plan, instead of its codes."""

    def __init__(self, projet: Projet) -> None:
        self.titres = {g.nom: g.titre for g in projet.groupements}
        self.libelles = {(g.nom, c): lib for g in projet.groupements for c, lib, _ in g.codes}
        self.questions = {c.question: c.titre for c in projet.vues.colonnes}

    def question(self, code: str) -> str:
        return f"«\u00a0{self.questions.get(code, code)}\u00a0»"

    def ventilation(self, noms: Iterable[str]) -> str:
        return " × ".join(self.titres.get(nom, nom) for nom in noms) or "Ensemble"

    def par(self, noms: tuple[str, ...]) -> str:
        return f"par {self.ventilation(noms).lower()}" if noms else "pour l’ensemble"

    def code(self, dimension: str, code: str) -> str:
        ou = contenant(code)
        if ou is None:
            return self.libelles.get((dimension, code), code)
        return f"non renseigné ({self.code(dimension, ou)})" if ou else "non renseigné"

    def regroupement(self, fait: "Regroupement") -> str:
        codes = [f"«\u00a0{self.code(fait.dimension, c)}\u00a0»" for c in fait.codes]
        reunis = ", ".join(codes[:-1]) + f" et {codes[-1]}"
        ou = ", ".join(self._du_contexte(fait.contexte))
        return (f"{ou}\u00a0: " if ou else "") + f"{reunis} sont montrés ensemble."

    def _du_contexte(self, predicat: str) -> list[str]:
        """Return the words of a row: a predicate is ``dimension=code+code``, joined by `` & ``."""
        dits = []
        for partie in predicat.split(" & ") if predicat != "TOTAL" else []:
            dimension, _, codes = partie.partition("=")
            tous = [codes] if (dimension, codes) in self.libelles else codes.split("+")
            dits.append(" + ".join(self.code(dimension, c) for c in tous))
        return dits
