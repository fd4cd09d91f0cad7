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
from dataclasses import dataclass, field, replace

import numpy as np

from voix.commun.equipe import repartir

from .assemblage import assembler
from .attaque import attaquer
from .auditeur import Auditeur, reunir
from .chiffres import ajouter_moyennes
from .cibles import Cibles, cibles_de
from .completion import completer
from .ebauche import proteger_ensemble
from .ecriture import Decision, Ecriture, raisons
from .liens import concernees, est_trop_long, familles
from .modele import Audit, Booleens, Nature, Probleme
from .questions import Donnees, Question
from .registre import Population, Registre
from .relecture import relire
from .resultats import (
    EFFECTIF_INSUFFISANT,
    HORS_PLAN,
    INACHEVE,
    REVELERAIT,
    REVELERAIT_SEUL,
    TROP_LIEE,
    TROP_PEU,
    Cloture,
    Refus,
    TableauRendu,
)
from .tailles import retenir
from .unites import SEPARE, TOTAL, Axe, Groupe, Regroupement, Unites

CROISEMENTS_MAX = 3
REGISTRE_CONTREDIT = "les réponses gardées ne s’accordent plus avec ce qui a été publié"
A_PLUSIEURS = 300
"""Persons from which questions are protected at once: below, starting a process takes longer."""
Ventilation = tuple[str, ...]


def cloturer(
    donnees: Donnees,
    questions: Sequence[Question],
    plan: Sequence[Ventilation],
    registre: Registre | None = None,
    *,
    groupantes: Mapping[str, Question] | None = None,
    cle: bytes = b"",
) -> Cloture:
    """Return what may be published of a snapshot, question by question; those that decide first.

    ``groupantes``: the dimensions that are questions, whose sizes are answers (``tailles``).
    Questions that decide of no other share who is in which group and nothing else: several are
    protected at once.
    Errors: ``ValueError`` on answers or codes that do not fit; a question whose proof cannot be
    finished is a ``Refus``, never an error.
    """
    travail = _Travail(donnees, registre or Registre(), cle, groupantes or {}, questions)
    gardees = travail.retenir([tuple(v) for v in plan])
    taches = []
    for famille in familles(questions):
        siennes = [
            (question, _sans(gardees, travail.dimensions_de(question)), travail.refus_de(question))
            for question in famille
        ]
        taches.append((siennes,))
    travail.resultat.refus = []
    for partie in repartir(
        _Travail,
        (donnees, travail.registre, cle, travail.groupantes, questions),
        _Travail.famille,
        taches,
        ensemble=donnees.uids.size >= A_PLUSIEURS,
    ):
        travail.resultat.joindre(partie)
    return travail.resultat


def _sans(plan: Sequence[Ventilation], dimensions: set[str]) -> list[Ventilation]:
    """Return the plan for a question that some dimensions are made of: never by itself."""
    return list(dict.fromkeys(tuple(n for n in v if n not in dimensions) for v in plan))


@dataclass(slots=True)
class _Travail:
    """A closing in progress."""

    donnees: Donnees
    registre: Registre
    cle: bytes
    groupantes: Mapping[str, Question]
    questions: Sequence[Question]
    avant: Registre | None = None
    """What was published before this closing, when ``registre`` holds some of it already."""
    resultat: Cloture = field(default_factory=Cloture)
    unites: dict[int, Unites] = field(default_factory=dict)
    cibles: dict[bytes, Cibles] = field(default_factory=dict)

    def dimensions_de(self, question: Question) -> set[str]:
        """Return the dimensions that are made of a question."""
        return {nom for nom, q in self.groupantes.items() if q.nom == question.nom}

    def refus_de(self, question: Question) -> list[Refus]:
        """Return what is refused of a question already."""
        return [r for r in self.resultat.refus if r.question == question.nom]

    def retenir(self, plan: list[Ventilation]) -> list[Ventilation]:
        """Return the plan without the groupings whose sizes would expose somebody."""
        questions = self.questions
        ordonne = [tuple(sorted(v, key=lambda nom: nom in self.groupantes)) for v in plan]
        connues = set(self.donnees.personnes.dimensions)
        doubles = [v for v in ordonne if sum(nom in self.groupantes for nom in v) > 1]
        for question in questions:
            self._refuser(question, doubles, HORS_PLAN)
        ordonne = [v for v in ordonne if v not in doubles]
        possibles = [v for v in ordonne if set(v) <= connues]
        if not any(set(v) & set(self.groupantes) for v in possibles):
            return ordonne
        unites = [self._unites(n) for n in sorted({q.parametres.n_min for q in questions})]
        avec_elles = {
            nom: [question, *concernees(question.nom, questions)]
            for nom, question in self.groupantes.items()
        }
        tailles = retenir(self.donnees, avec_elles, possibles, unites, self.registre)
        self.registre = self.registre.avec(tailles.populations, tailles.cellules)
        self.resultat.populations += tailles.populations
        self.resultat.cellules += tailles.cellules
        refusees = [v for v in ordonne if v in possibles and v not in tailles.gardees]
        for question in questions:
            self._refuser(question, refusees, REVELERAIT_SEUL)
        return [v for v in ordonne if v not in refusees]

    def famille(
        self, taches: Sequence[tuple[Question, list[Ventilation], Sequence[Refus]]]
    ) -> Cloture:
        """Return what linked questions give: each knows what is shown of those before.

        Each comes with its plan, and with what was refused of it already.
        """
        connu, ensemble = self.registre, Cloture()
        self.avant = connu
        for question, plan, refus in taches:
            self.resultat = Cloture(refus=list(refus))
            self.traiter(question, plan)
            ensemble.joindre(self.resultat)
            self.registre = connu.avec(ensemble.populations, ensemble.cellules, ensemble.moyennes)
        self.registre, self.avant = connu, None
        return ensemble

    def traiter(self, question: Question, plan: list[Ventilation]) -> None:
        """Publish or refuse each table of one question."""
        if est_trop_long(question):
            self._refuser(question, list(dict.fromkeys([(), *plan])), TROP_LIEE)
            return
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
                ajouter_moyennes(decision, self._cibles(decision.dossier.probleme))
                decision.audit = self._avec_les_liees(decision)
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
                self.donnees.personnes,
                n_min,
                deja=self.registre.regroupements,
                groupantes=self.groupantes,
                cle=self.cle,
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

    def _decider(self, question: Question, groupes: Mapping[Groupe, Booleens]) -> Decision:
        """Protect one question, then attack the result with an auditor that starts anew."""
        dossier = assembler(self.donnees, question, groupes, self.registre, self.cle, self.avant)
        partie, bases = dossier.partie, dossier.probleme.bases
        consigne, combien = partie.consigne, bases.size
        cibles = self._cibles(partie.probleme)
        rien = Decision(
            dossier, np.zeros_like(bases), bases.copy(), [Nature.MASQUE] * combien, Audit(())
        )
        entiere = completer(partie.probleme, consigne.fixes, consigne.bas, consigne.haut)
        if entiere is None:
            return replace(rien, audit=Audit((), REGISTRE_CONTREDIT))
        premier = Auditeur(partie.probleme, cibles)
        premier.ajouter(entiere.verite)
        protection = proteger_ensemble(
            entiere, consigne, premier, lambda seule: Auditeur(seule, cibles)
        )
        if not protection.sur:
            return replace(rien, audit=protection.audit)
        vu = protection.affichage
        bas, haut = vu.bas[:combien], vu.haut[:combien]
        connues = premier.temoins(*partie.bornes(bas, haut))
        audit = attaquer(dossier, bas, haut, cibles, connues=connues)
        natures = vu.nature[:combien]
        return Decision(dossier, bas, haut, natures, audit, dict(dossier.moyennes), connues)

    def _avec_les_liees(self, decision: Decision) -> Audit:
        """Attack what was shown of questions that depend on this one, with what is shown of it now."""
        question = decision.dossier.question
        ecrit = Ecriture(decision)
        populations = decision.dossier.populations.values()
        avec = self.registre.avec(populations, ecrit.nouvelles(), ecrit.nouvelles_moyennes())
        liees = concernees(question.nom, self.questions)
        audits = [audit for _, audit in relire(self.donnees, liees, avec, self.registre)]
        fuites = [audit for audit in audits if not audit.sur]
        return reunir(fuites) if fuites else decision.audit

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

    def _publier(self, plan: Sequence[Ventilation], decision: Decision, unites: Unites) -> None:
        ecrit = Ecriture(decision)
        certificat = ecrit.certificat()
        for ventilation in plan:
            groupes = unites.ventiler(ventilation)
            lignes = tuple(ecrit.ligne(g) for g in groupes if g in decision.dossier.populations)
            regroupements = tuple(
                r
                for r in unites.regroupements
                if r.dimension in ventilation and _utile(r, groupes)
            )
            motifs = raisons(lignes, regroupements, decision.dossier.question)
            self.resultat.tableaux.append(
                TableauRendu(
                    decision.dossier.question.nom,
                    ventilation,
                    lignes,
                    regroupements,
                    motifs,
                    certificat,
                )
            )
        self.resultat.populations += [
            p for p in decision.dossier.populations.values() if p not in self.resultat.populations
        ]
        self.resultat.cellules += ecrit.nouvelles()
        self.resultat.moyennes += ecrit.nouvelles_moyennes()
        self.resultat.regroupements += [
            r for r in unites.regroupements if r not in self.resultat.regroupements
        ]


def _utile(fait: Regroupement, groupes: Sequence[Groupe]) -> bool:
    """Return whether a merge appears in the groups of a table."""
    axe = Axe(fait.dimension, tuple(sorted(fait.codes))).predicat
    contexte = set(fait.contexte.split(SEPARE)) - {TOTAL}
    return any(
        axe in siens and (contexte <= siens or len(siens) == 1)
        for siens in ({a.predicat for a in groupe.axes} for groupe in groupes)
    )


def _plus_larges(
    ventilation: Ventilation, publiees: Sequence[Ventilation]
) -> tuple[Ventilation, ...]:
    """Return the published groupings that hold nothing but dimensions of a refused one."""
    return tuple(v for v in publiees if set(v) < set(ventilation))


__all__ = ["CROISEMENTS_MAX", "Cloture", "Population", "cloturer"]
