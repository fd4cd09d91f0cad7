"""What a closing asks of the engine: persons, questions, and all that was ever shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analyses.confidentialite.axes import axes_lus, codes_lus
from analyses.confidentialite.chiffres import MOYENNE, centiemes
from analyses.extraction.groupes import Groupement
from analyses.extraction.lecture import Collecte, Releve
from analyses.extraction.personnes import Personnes
from analyses.extraction.plan import Colonne
from analyses.models import (
    Abaissement,
    Cellule,
    PlanAnalyse,
    Population,
    Publication,
    Regroupement,
)

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.liens import Lien
    from analyses.confidentialite.moteur.questions import Donnees, Question
    from analyses.confidentialite.moteur.registre import CellulePubliee, MoyennePubliee, Registre
    from analyses.confidentialite.moteur.registre import Population as PopulationMoteur
    from analyses.confidentialite.moteur.unites import Groupe
    from analyses.confidentialite.moteur.unites import Regroupement as RegroupementMoteur

TAILLE = 16
"""Bytes of an identifier in ``Population.membres``."""


@dataclass(frozen=True, slots=True)
class Projet:
    """What is about to be published."""

    collecte: Collecte
    au: date | Releve
    plan: PlanAnalyse
    vues: Personnes
    groupements: list[Groupement]
    precedentes: Sequence[Publication]

    @property
    def jour(self) -> date:
        """Return the day up to which answers are counted."""
        return self.au.arrete_le if isinstance(self.au, Releve) else self.au


def donnees_de(projet: Projet) -> "Donnees":
    """Return the persons as the engine reads them."""
    import numpy as np

    from analyses.confidentialite.moteur.questions import Donnees
    from analyses.confidentialite.moteur.unites import Dimension
    from analyses.confidentialite.moteur.unites import Personnes as PersonnesMoteur

    vues = projet.vues
    dimensions = {
        g.nom: Dimension(g.nom, tuple(c for c, _, _ in g.codes), tuple(p for _, _, p in g.codes))
        for g in projet.groupements
    }
    reponses = {}
    for colonne in vues.colonnes:
        codes = vues.codes[colonne.question].astype(np.int64)
        rangs = np.arange(len(colonne.modalites))
        reponses[colonne.question] = (
            ((codes[:, None] >> rangs) & 1).astype(np.bool_) if colonne.multiple else codes
        )
    return Donnees(
        personnes=PersonnesMoteur(
            dimensions, {g.nom: g.rangs for g in projet.groupements}, vues.nombre
        ),
        uids=np.array([uid.hex() for uid in vues.identifiants], dtype=np.str_),
        reponses=reponses,
    )


def questions_de(projet: Projet) -> "list[Question]":
    """Return the questions to protect; what an imported file gives to group by is none."""
    from analyses.confidentialite.moteur.parametres import PROFILS
    from analyses.confidentialite.moteur.questions import Question

    colonnes = projet.vues.colonnes
    profils = profils_de(projet.collecte, colonnes)
    toutes: dict[str, Question] = {}
    for colonne in colonnes:
        toutes[colonne.question] = Question(
            nom=colonne.question,
            reponses=tuple(code for code, _ in colonne.modalites),
            parametres=PROFILS[profils[colonne.question].upper()],
            multiple=colonne.multiple,
            seules=colonne.seules,
            valeurs=colonne.valeurs,
            lien=_lien(colonne, colonnes, toutes),
        )
    return [q for nom, q in toutes.items() if nom not in projet.plan.rubriques]


def _lien(
    colonne: Colonne, colonnes: Sequence[Colonne], deja: "Mapping[str, Question]"
) -> "Lien | None":
    """Return what decides that a question is asked, as the engine reads it; conditions look back."""
    from analyses.confidentialite.moteur.liens import Lien, Soeur

    siens = colonne.aiguillage
    if siens is None:
        return None
    soeurs = [
        Soeur(autre.question, posees)
        for autre in colonnes
        if autre.question != colonne.question
        and autre.aiguillage
        and (posees := siens.ou_est_posee(autre.aiguillage))
    ]
    meres = tuple(deja[mere] for mere in siens.meres)
    return Lien(meres, siens.situations, tuple(soeurs), siens.entier)


def profils_de(collecte: Collecte, colonnes: Sequence[Colonne]) -> dict[str, str]:
    """Return the profile of each question: its own or the collecte's, the stricter; or the referent's.

    Questions that decide of each other have one profile, the stricter: one table tells of the other.
    """
    abaissees = Abaissement.questions_de(collecte.pk)
    profils = {
        c.question: (
            "sensible"
            if "sensible" in {c.profil, collecte.profil} and c.question not in abaissees
            else "ordinaire"
        )
        for c in colonnes
    }
    aiguillees = [c for c in colonnes if c.aiguillage]
    for c in aiguillees * len(aiguillees):  # one may raise another that was read before
        ensemble = {c.question, *(c.aiguillage.meres if c.aiguillage else ())}
        if any(profils[nom] == "sensible" for nom in ensemble):
            profils |= dict.fromkeys(ensemble, "sensible")
    return profils


def groupantes(projet: Projet, questions: "Sequence[Question]") -> "dict[str, Question]":
    """Return, by dimension of the plan, the question that it is made of."""
    connues = {question.nom: question for question in questions}
    return {nom: connues[code] for nom, code in projet.plan.questions_groupantes.items()}


def registre_de(precedentes: Sequence[Publication], questions: "Sequence[Question]") -> "Registre":
    """Return all that was ever shown of this collecte: cells, and the sizes that are answers."""
    from analyses.confidentialite.moteur.registre import Population as PopulationMoteur
    from analyses.confidentialite.moteur.registre import Registre

    par_publication = {p.pk: p for p in precedentes}
    lues = list(Population.objects.filter(publication__in=precedentes))
    noms = {p.pk: _predicat(p, par_publication[p.publication_id]) for p in lues}
    populations = {
        p.pk: PopulationMoteur(
            noms[p.pk], frozenset(uid.hex() for uid in _identifiants(bytes(p.membres)))
        )
        for p in lues
    }
    lues_ = Cellule.objects.filter(population__in=populations).exclude(question="")
    cellules = [c for c in lues_ if c.reponse != MOYENNE]
    registre = Registre(autres_seuils=_autres_seuils(precedentes, questions))
    registre.ajouter(
        populations.values(),
        _cellules(cellules, populations, questions),
        _regroupements(
            par_publication, {(p.publication_id, p.predicat): noms[p.pk] for p in lues}
        ),
        _moyennes(lues_, populations),
    )
    for publication in precedentes:
        siennes = [(p, populations[p.pk]) for p in lues if p.publication_id == publication.pk]
        _ajouter_les_tailles(registre, publication, siennes, questions)
    return registre


def _predicat(population: Population, publication: Publication) -> str:
    """Return the name of a group today: that of a « non renseigné » was once shared (ADR 0158)."""
    groupe = _groupe(population, publication)
    if [list(axe.codes) for axe in groupe.axes] == [list(axe["codes"]) for axe in population.axes]:
        return population.predicat
    return groupe.predicat


def _groupe(population: Population, publication: Publication) -> "Groupe":
    """Return a group of the register as the engine names it today."""
    from analyses.confidentialite.moteur.unites import Axe, Groupe

    lus = axes_lus(publication.parametres, population.axes)
    return Groupe(tuple(Axe(axe.dimension, axe.codes, axe.parent) for axe in lus))


def _regroupements(
    publications: Mapping[int, Publication], noms: Mapping[tuple[int, str], str]
) -> "list[RegroupementMoteur]":
    """Return the merges of some publications; ``noms``: of their groups, then and today."""
    from analyses.confidentialite.moteur.unites import Regroupement as RegroupementMoteur

    return [
        RegroupementMoteur(
            r.dimension,
            tuple(r.parent),
            noms.get((r.publication_id, r.contexte), r.contexte),
            codes_lus(publications[r.publication_id].parametres, r.dimension, r.codes, r.parent),
            r.n_min,
        )
        for r in Regroupement.objects.filter(publication__in=list(publications))
    ]


def _autres_seuils(
    precedentes: Sequence[Publication], questions: "Sequence[Question]"
) -> frozenset[str]:
    """Return the questions that a publication judged by another profile than today's, or nobody knows."""
    from analyses.confidentialite.moteur.parametres import PROFILS

    lus = [publication.parametres.get("profils") for publication in precedentes]
    return frozenset(
        question.nom
        for question in questions
        for profils in lus
        if profils is None
        or (
            question.nom in profils
            and PROFILS[profils[question.nom].upper()] != question.parametres
        )
    )


def _cellules(
    cellules: Iterable[Cellule],
    populations: "Mapping[int, PopulationMoteur]",
    questions: "Sequence[Question]",
) -> "Iterable[CellulePubliee]":
    from analyses.confidentialite.moteur.modele import Nature
    from analyses.confidentialite.moteur.registre import CellulePubliee

    codes = {(question.nom, code) for question in questions for code in question.reponses}
    return dict.fromkeys(
        CellulePubliee(
            c.question,
            populations[c.population_id].empreinte,
            # A code may hold the sign itself: « 65+ » is one answer.
            (c.reponse,) if (c.question, c.reponse) in codes else tuple(c.reponse.split("+")),
            c.bas,
            c.haut,
            Nature(c.nature),
        )
        for c in cellules
    )


def _moyennes(
    cellules: Iterable[Cellule], populations: "Mapping[int, PopulationMoteur]"
) -> "list[MoyennePubliee]":
    from analyses.confidentialite.moteur.registre import MoyennePubliee

    return [
        MoyennePubliee(c.question, populations[c.population_id].empreinte, centiemes(c.haut))
        for c in cellules
        if c.reponse == MOYENNE
    ]


def _ajouter_les_tailles(
    registre: "Registre",
    publication: Publication,
    populations: "Sequence[tuple[Population, PopulationMoteur]]",
    questions: "Sequence[Question]",
) -> None:
    from analyses.confidentialite.moteur.tailles import en_cellules
    from analyses.confidentialite.moteur.unites import Dimension

    connues = {question.nom: question for question in questions}
    dimensions = {str(d["nom"]): d for d in publication.parametres["dimensions"]}
    groupes = {_groupe(p, publication): moteur.membres for p, moteur in populations}
    for nom, code in publication.plan.questions_groupantes.items():
        if code not in connues:  # nothing is asked of it now
            continue
        codes = dimensions[nom]["codes"]
        dimension = Dimension(
            nom,
            tuple(str(c["code"]) for c in codes),
            tuple(str(c.get("parent") or "") for c in codes),
        )
        registre.ajouter(*en_cellules(connues[code], dimension, groupes))


def _identifiants(membres: bytes) -> list[bytes]:
    return [membres[i : i + TAILLE] for i in range(0, len(membres), TAILLE)]
