"""What a closing gives back: tables of whole-number intervals, refusals, and the proof."""

from dataclasses import dataclass, field
from typing import Final

from .modele import Nature
from .registre import CellulePubliee, MoyennePubliee, Population
from .unites import Groupe, Regroupement

EFFECTIF_INSUFFISANT: Final = (
    "Effectif insuffisant (moins de {n_min}\u00a0réponses)\u202f: "
    "rien n’est affiché pour protéger les personnes."
)
HORS_PLAN: Final = "Choisissez une ventilation du plan d’analyse."
TROP_PEU: Final = (
    "Trop peu de nouvelles réponses depuis la dernière publication\u202f: "
    "l’ancienne reste en vigueur."
)
REVELERAIT: Final = (
    "Ce croisement, rapproché d’une publication antérieure, révélerait des réponses."
)
REVELERAIT_SEUL: Final = "Ce croisement, rapproché d’un autre, révélerait des réponses."
TROP_LIEE: Final = (
    "Cette question n’est posée qu’après trop de réponses différentes\u202f: "
    "ses nombres, rapprochés des leurs, ne peuvent pas être vérifiés."
)
INACHEVE: Final = "La preuve n’a pas pu être terminée\u202f: rien n’est publié."


@dataclass(frozen=True, slots=True)
class CelluleRendue:
    """One interval of a table."""

    reponses: tuple[str, ...]
    bas: int
    haut: int
    nature: Nature
    deja_publiee: bool = False
    """Read from the register: it says what it said."""


@dataclass(frozen=True, slots=True)
class LigneRendue:
    """One group: its size is known to all who know its members, and told."""

    groupe: Groupe
    effectif: int
    cellules: tuple[CelluleRendue, ...]
    moyenne: int | None = None
    """In hundredths of a point, a multiple of ten; ``None`` when it is not shown."""

    @property
    def muette(self) -> bool:
        """Return whether nothing is told of its answers (« non diffusable »)."""
        return all(c.bas <= 0 and c.haut >= self.effectif for c in self.cellules)


@dataclass(frozen=True, slots=True)
class Certificat:
    """What was proved of everything shown about one question, past and present."""

    sur: bool
    cibles: int
    """Counts (a set of persons, an answer) that had to be proved unknown enough."""
    temoins: int
    """Populations, checked in whole numbers, that prove it."""
    programmes: int
    empreinte: str
    """SHA-256 of populations, cells and intervals."""


@dataclass(frozen=True, slots=True)
class TableauRendu:
    """One question in one grouping of the plan."""

    question: str
    ventilation: tuple[str, ...]
    lignes: tuple[LigneRendue, ...]
    regroupements: tuple[Regroupement, ...]
    raisons: tuple[str, ...]
    """Why something is hidden, in French, for who reads the table."""
    certificat: Certificat


@dataclass(frozen=True, slots=True)
class Refus:
    """A table that is not published, with the message of §5."""

    question: str
    ventilation: tuple[str, ...]
    motif: str
    possibles: tuple[tuple[str, ...], ...] = ()
    """Coarser groupings of the plan that pass."""


@dataclass(slots=True)
class Cloture:
    """All tables of a closing, and what the register must remember before they are seen."""

    tableaux: list[TableauRendu] = field(default_factory=list)
    refus: list[Refus] = field(default_factory=list)
    populations: list[Population] = field(default_factory=list)
    cellules: list[CellulePubliee] = field(default_factory=list)
    regroupements: list[Regroupement] = field(default_factory=list)
    moyennes: list[MoyennePubliee] = field(default_factory=list)

    def joindre(self, autre: "Cloture") -> None:
        """Add what another question gave; what both hold is kept once."""
        self.tableaux += autre.tableaux
        self.refus += autre.refus
        self.cellules += autre.cellules
        self.moyennes += autre.moyennes
        self.populations = list(dict.fromkeys([*self.populations, *autre.populations]))
        self.regroupements = list(dict.fromkeys([*self.regroupements, *autre.regroupements]))
