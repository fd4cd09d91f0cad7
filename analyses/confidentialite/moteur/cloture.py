"""The entry of the engine: one snapshot, a plan d'analyse, a register → tables or refusals (§4.3).

>>> resultat = cloturer(donnees, questions, plan, registre, cle=secret)   # doctest: +SKIP

``donnees``: one row a person (codes by dimension, answers, ``reponse_uid``). ``plan``: groupings of
at most three dimensions, written before results. ``registre``: everything ever published for the
collecte; *not* changed: the caller stores ``populations``, ``cellules`` and ``regroupements`` of the
result first, and shows its tables after. ``cle``: a secret that breaks ties. Nothing is shown that
the auditor, called anew on the final display together with the register, has not proved safe.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .assemblage import Dossier, assembler
from .auditeur import Auditeur, auditer
from .cibles import Cibles, cibles_de
from .modele import Audit, Booleens, Entiers, Nature, Probleme, nature_de
from .presentation import Consigne
from .protecteur import proteger
from .questions import Donnees, Question
from .registre import CellulePubliee, Population, Registre
from .resultats import (
    EFFECTIF_INSUFFISANT,
    HORS_PLAN,
    INACHEVE,
    REVELERAIT,
    REVELERAIT_SEUL,
    TROP_PEU,
    CelluleRendue,
    Certificat,
    Cloture,
    LigneRendue,
    Refus,
    TableauRendu,
)
from .unites import Groupe, Unites

CROISEMENTS_MAX = 3
Ventilation = tuple[str, ...]


def cloturer(
    donnees: Donnees,
    questions: Sequence[Question],
    plan: Sequence[Ventilation],
    registre: Registre | None = None,
    *,
    cle: bytes = b"",
) -> Cloture:
    """Return what may be published of a snapshot, question by question.

    Errors: ``ValueError`` on answers or codes that do not fit; a question whose proof cannot be
    finished is a ``Refus``, never an error.
    """
    travail = _Travail(donnees, registre or Registre(), cle)
    for question in questions:
        travail.traiter(question, [tuple(v) for v in plan])
    return travail.resultat


@dataclass(slots=True)
class _Decision:
    """One question protected and proved."""

    dossier: Dossier
    bas: Entiers
    haut: Entiers
    natures: list[Nature]
    audit: Audit


@dataclass(slots=True)
class _Travail:
    """A closing in progress."""

    donnees: Donnees
    registre: Registre
    cle: bytes
    resultat: Cloture = field(default_factory=Cloture)
    unites: dict[int, Unites] = field(default_factory=dict)
    cibles: dict[bytes, Cibles] = field(default_factory=dict)

    def traiter(self, question: Question, plan: list[Ventilation]) -> None:
        """Publish or refuse each table of one question."""
        unites = self._unites(question.parametres.n_min)
        if unites.tous.sum() < question.parametres.n_min:
            motif = EFFECTIF_INSUFFISANT.format(n_min=question.parametres.n_min)
            self._refuser(question, plan, motif)
            return
        gardees = self._recevables(question, plan, unites)
        while gardees:
            groupes = self._groupes(gardees, unites)
            decision = self._decider(question, groupes)
            if decision.audit.sur:
                self._publier(gardees, decision, unites)
                break
            gardees = self._renoncer(question, gardees, decision.audit)
        publiees = tuple(
            t.ventilation for t in self.resultat.tableaux if t.question == question.nom
        )
        self.resultat.refus = [
            Refus(r.question, r.ventilation, r.motif, _plus_larges(r.ventilation, publiees))
            if r.question == question.nom
            else r
            for r in self.resultat.refus
        ]

    def _unites(self, n_min: int) -> Unites:
        if n_min not in self.unites:
            self.unites[n_min] = Unites(
                self.donnees.personnes, n_min, deja=self.registre.regroupements, cle=self.cle
            )
        return self.unites[n_min]

    def _refuser(self, question: Question, plan: Sequence[Ventilation], motif: str) -> None:
        self.resultat.refus += [Refus(question.nom, v, motif) for v in plan]

    def _recevables(
        self, question: Question, plan: list[Ventilation], unites: Unites
    ) -> list[Ventilation]:
        """Refuse what is outside the plan's rules, or changed by too few persons."""
        connues = self.donnees.personnes.dimensions
        gardees = []
        for ventilation in dict.fromkeys([(), *plan]):
            double = len(set(ventilation)) < len(ventilation)
            if (
                double
                or len(ventilation) > CROISEMENTS_MAX
                or not set(ventilation) <= set(connues)
            ):
                self._refuser(question, [ventilation], HORS_PLAN)
            elif self._a_peine_change(question, ventilation, unites):
                self._refuser(question, [ventilation], TROP_PEU)
            else:
                gardees.append(ventilation)
        return gardees

    def _a_peine_change(
        self, question: Question, ventilation: Ventilation, unites: Unites
    ) -> bool:
        """Return whether a unit differs from a published one by 1 to n_min-1 persons."""
        passees: dict[str, list[frozenset[str]]] = {}
        for empreinte in self.registre.de_question(question.nom):
            for population in self.registre.populations[empreinte]:
                passees.setdefault(population.predicat, []).append(population.membres)
        for groupe in unites.ventiler(ventilation):
            avant = passees.get(groupe.predicat)
            if not avant:
                continue
            maintenant = frozenset(self.donnees.uids[unites.groupes[groupe]].tolist())
            if any(1 <= len(a ^ maintenant) < question.parametres.n_min for a in avant):
                return True
        return False

    def _groupes(self, plan: Sequence[Ventilation], unites: Unites) -> dict[Groupe, Booleens]:
        """Return the groups of several tables that are large enough, widest first."""
        tous = [groupe for ventilation in plan for groupe in unites.ventiler(ventilation)]
        return {
            g: unites.groupes[g]
            for g in sorted(dict.fromkeys(tous), key=lambda g: len(g.axes))
            if unites.groupes[g].sum() >= unites.n_min
        }

    def _decider(self, question: Question, groupes: Mapping[Groupe, Booleens]) -> _Decision:
        """Protect one question, then attack the result with an auditor that starts anew."""
        dossier = assembler(self.donnees, question, groupes, self.registre, self.cle)
        p = dossier.probleme
        cibles = self._cibles(p)
        bas, haut = np.zeros_like(p.bases), p.bases.copy()
        natures = [Nature.MASQUE] * p.bases.size
        for rang, partie in enumerate(p.par_reponse()):
            ici = np.flatnonzero(p.cellules[:, 1] == rang) if p.multiple else np.arange(bas.size)
            protection = proteger(
                partie, _extraire(dossier.consigne, ici), Auditeur(partie, cibles)
            )
            if not protection.sur:
                return _Decision(dossier, bas, haut, natures, protection.audit)
            bas[ici], haut[ici] = protection.affichage.bas, protection.affichage.haut
            for place, nature in zip(ici.tolist(), protection.affichage.nature, strict=True):
                natures[place] = nature
        return _Decision(dossier, bas, haut, natures, auditer(p, bas, haut, cibles))

    def _cibles(self, p: Probleme) -> Cibles:
        """List targets once for all questions with the same groups."""
        dense = np.packbits(p.groupes.toarray().astype(np.bool_))
        marque = f"{p.groupes.shape}{p.parametres.n_min}".encode()
        empreinte = hashlib.sha256(dense.tobytes() + p.tailles.tobytes() + marque).digest()
        if empreinte not in self.cibles:
            self.cibles[empreinte] = cibles_de(p.groupes, p.tailles, p.parametres.n_min)
        return self.cibles[empreinte]

    def _renoncer(
        self, question: Question, gardees: list[Ventilation], audit: Audit
    ) -> list[Ventilation]:
        """4.d: give up the finest grouping left."""
        fine = max(gardees, key=lambda v: (len(v), gardees.index(v)))
        motif = REVELERAIT if self.registre.de_question(question.nom) else REVELERAIT_SEUL
        self._refuser(question, [fine], INACHEVE if audit.inacheve else motif)
        return [v for v in gardees if v != fine]

    def _publier(self, plan: Sequence[Ventilation], decision: _Decision, unites: Unites) -> None:
        ecrit = _Ecriture(decision)
        certificat = ecrit.certificat()
        for ventilation in plan:
            groupes = unites.ventiler(ventilation)
            lignes = tuple(ecrit.ligne(g) for g in groupes if g in decision.dossier.populations)
            noms = {g.predicat for g in groupes}
            regroupements = tuple(
                r
                for r in unites.regroupements
                if r.dimension in ventilation and _utile(r.dimension, r.codes, r.contexte, noms)
            )
            raisons = _raisons(lignes, regroupements, decision.dossier.question)
            self.resultat.tableaux.append(
                TableauRendu(
                    decision.dossier.question.nom,
                    ventilation,
                    lignes,
                    regroupements,
                    raisons,
                    certificat,
                )
            )
        self.resultat.populations += [
            p for p in decision.dossier.populations.values() if p not in self.resultat.populations
        ]
        self.resultat.cellules += ecrit.nouvelles()
        self.resultat.regroupements += [
            r for r in unites.regroupements if r not in self.resultat.regroupements
        ]


def _utile(dimension: str, codes: Sequence[str], contexte: str, noms: set[str]) -> bool:
    """Return whether a merge appears in the groups of a table."""
    axe = f"{dimension}={'+'.join(sorted(codes))}"
    seul = contexte == Groupe(()).predicat
    return any(axe in nom.split(" & ") and (seul or contexte in nom or nom == axe) for nom in noms)


def _plus_larges(
    ventilation: Ventilation, publiees: Sequence[Ventilation]
) -> tuple[Ventilation, ...]:
    """Return the published groupings that hold nothing but dimensions of a refused one."""
    return tuple(v for v in publiees if set(v) < set(ventilation))


def _extraire(consigne: Consigne, ici: Entiers) -> Consigne:
    return Consigne(
        consigne.fixes[ici],
        consigne.bas[ici],
        consigne.haut[ici],
        consigne.nb_totaux[ici],
        consigne.ordre[ici],
    )


def _raisons(
    lignes: Sequence[LigneRendue], regroupements: Sequence[object], question: Question
) -> tuple[str, ...]:
    """Say in French why numbers are missing or are bands."""
    p = question.parametres
    natures = {c.nature for ligne in lignes for c in ligne.cellules}
    raisons = []
    if regroupements:
        raisons.append(
            f"Les groupes de moins de {p.n_min}\u00a0réponses sont regroupés avec un voisin."
        )
    if natures & {Nature.BAS, Nature.HAUT}:
        raisons.append(
            f"Un nombre de moins de {p.m}\u00a0personnes, ou toutes sauf moins de {p.m}, "
            "est remplacé par une fourchette."
        )
    if Nature.MILIEU in natures:
        raisons.append(
            "D’autres nombres deviennent des fourchettes\u202f: exacts, "
            "ils redonneraient les premiers par soustraction."
        )
    if Nature.MASQUE in natures:
        raisons.append("Là où une fourchette ne suffit pas, le nombre n’est pas affiché.")
    return tuple(raisons)


class _Ecriture:
    """From decided cells to rows of tables and lines of the register."""

    def __init__(self, decision: _Decision) -> None:
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
        return LigneRendue(groupe, len(population.membres), cellules)

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

    def certificat(self) -> Certificat:
        """Return the proof of everything shown about the question."""
        audit = self.d.audit
        hachage = hashlib.sha256()
        for empreinte in self.d.dossier.rangs:
            hachage.update(empreinte.encode())
        hachage.update(self.d.dossier.probleme.cellules.tobytes())
        hachage.update(self.d.bas.tobytes() + self.d.haut.tobytes())
        return Certificat(
            audit.sur, audit.cibles, audit.temoins, audit.programmes, hachage.hexdigest()
        )


__all__ = ["CROISEMENTS_MAX", "Cloture", "Population", "cloturer"]
