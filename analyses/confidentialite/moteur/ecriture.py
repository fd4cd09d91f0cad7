"""From decided cells to rows of tables, reasons, lines of the register and the proof."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from .assemblage import Dossier
from .modele import Audit, Entiers, Nature, nature_de
from .questions import Question
from .registre import CellulePubliee, MoyennePubliee
from .resultats import CelluleRendue, Certificat, LigneRendue
from .unites import Groupe


@dataclass(slots=True)
class Decision:
    """One question protected and proved."""

    dossier: Dossier
    bas: Entiers
    haut: Entiers
    natures: list[Nature]
    audit: Audit
    moyennes: dict[str, int] = field(default_factory=dict)
    """Means shown now or before, in hundredths, by ``empreinte``."""
    connues: list[Entiers] = field(default_factory=list)
    """Populations met while protecting: they spare programs and are checked again."""


def raisons(
    lignes: Sequence[LigneRendue], regroupements: Sequence[object], question: Question
) -> tuple[str, ...]:
    """Say in French why numbers are missing or are bands."""
    p = question.parametres
    natures = {c.nature for ligne in lignes for c in ligne.cellules}
    dites = []
    if regroupements:
        dites.append(
            f"Les groupes de moins de {p.n_min}\u00a0réponses sont regroupés avec un voisin."
        )
    if natures & {Nature.BAS, Nature.HAUT}:
        dites.append(
            f"Un nombre de moins de {p.m}\u00a0personnes, ou toutes sauf moins de {p.m}, "
            "est remplacé par une fourchette."
        )
    if Nature.MILIEU in natures:
        dites.append(
            "D’autres nombres deviennent des fourchettes\u202f: exacts, "
            "ils redonneraient les premiers par soustraction."
        )
    if Nature.MASQUE in natures:
        dites.append("Là où une fourchette ne suffit pas, le nombre n’est pas affiché.")
    return tuple(dites)


class Ecriture:
    """From decided cells to rows of tables and lines of the register."""

    def __init__(self, decision: Decision) -> None:
        self.d = decision
        self.par_groupe: dict[int, list[int]] = {}
        for rang, (groupe, _) in enumerate(decision.dossier.probleme.cellules.tolist()):
            self.par_groupe.setdefault(groupe, []).append(rang)

    def _codes(self, rang: int) -> tuple[str, ...]:
        classe = self.d.dossier.classes[int(self.d.dossier.probleme.cellules[rang, 1])]
        return tuple(self.d.dossier.question.reponses[r] for r in classe)

    def ligne(self, groupe: Groupe) -> LigneRendue:
        """Return one row of a table, in the order of the questionnaire."""
        population = self.d.dossier.populations[groupe]
        rangs = self.par_groupe.get(self.d.dossier.rangs[population.empreinte], [])
        rangs = sorted(rangs, key=lambda r: self.d.dossier.classes[self._classe(r)])
        cellules = tuple(
            CelluleRendue(
                self._codes(r),
                int(self.d.bas[r]),
                int(self.d.haut[r]),
                self._nature(r),
                bool(self.d.dossier.consigne.fixes[r]),
            )
            for r in rangs
        )
        moyenne = self.d.moyennes.get(population.empreinte)
        return LigneRendue(groupe, len(population.membres), cellules, moyenne)

    def _nature(self, rang: int) -> Nature:
        """Return what a cell says; that of a published one is read from its interval."""
        if not self.d.dossier.consigne.fixes[rang]:
            return self.d.natures[rang]
        p = self.d.dossier.probleme
        bas, haut = int(self.d.bas[rang]), int(self.d.haut[rang])
        return nature_de(bas, haut, int(p.bases[rang]), p.parametres.m)

    def _classe(self, rang: int) -> int:
        return int(self.d.dossier.probleme.cellules[rang, 1])

    def nouvelles(self) -> list[CellulePubliee]:
        """Return the cells that the register does not hold yet."""
        noms = {rang: empreinte for empreinte, rang in self.d.dossier.rangs.items()}
        return [
            CellulePubliee(
                self.d.dossier.question.nom,
                noms[groupe],
                self._codes(rang),
                int(self.d.bas[rang]),
                int(self.d.haut[rang]),
                self.d.natures[rang],
            )
            for groupe, rangs in self.par_groupe.items()
            for rang in rangs
            if not self.d.dossier.consigne.fixes[rang]
        ]

    def nouvelles_moyennes(self) -> list[MoyennePubliee]:
        """Return the means that the register does not hold yet."""
        dites, nom = self.d.dossier.moyennes, self.d.dossier.question.nom
        return [MoyennePubliee(nom, e, v) for e, v in self.d.moyennes.items() if e not in dites]

    def certificat(self) -> Certificat:
        """Return the proof of everything shown about the question."""
        audit = self.d.audit
        hachage = hashlib.sha256()
        for empreinte in self.d.dossier.rangs:
            hachage.update(empreinte.encode())
        hachage.update(self.d.dossier.probleme.cellules.tobytes())
        hachage.update(self.d.bas.tobytes() + self.d.haut.tobytes())
        if self.d.moyennes:
            hachage.update(repr(sorted(self.d.moyennes.items())).encode())
        return Certificat(
            audit.sur, audit.cibles, audit.temoins, audit.programmes, hachage.hexdigest()
        )
