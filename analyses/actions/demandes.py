"""What a closing asks of the engine: persons, questions, and all that was ever shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analyses.extraction.groupes import Groupement
from analyses.extraction.lecture import Collecte, Releve
from analyses.extraction.personnes import Personnes
from analyses.models import Cellule, PlanAnalyse, Population, Publication, Regroupement

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.questions import Donnees, Question
    from analyses.confidentialite.moteur.registre import Registre

TAILLE = 16
"""Bytes of an identifier in ``Population.membres``."""


@dataclass(frozen=True, slots=True)
class Projet:
    """What is about to be published."""

    collecte: Collecte
    au: date | Releve
    plan: PlanAnalyse
    vues: Personnes
    groupements: Sequence[Groupement]
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
        personnes=PersonnesMoteur(dimensions, {g.nom: g.rangs for g in projet.groupements}),
        uids=np.array([uid.hex() for uid in vues.identifiants], dtype=np.str_),
        reponses=reponses,
    )


def questions_de(projet: Projet) -> "list[Question]":
    """Return the questions to protect; those that are dimensions of the plan have no table."""
    from analyses.confidentialite.moteur.parametres import ORDINAIRE, SENSIBLE
    from analyses.confidentialite.moteur.questions import Question

    return [
        Question(
            nom=colonne.question,
            reponses=tuple(code for code, _ in colonne.modalites),
            parametres=(
                SENSIBLE if "sensible" in {colonne.profil, projet.collecte.profil} else ORDINAIRE
            ),
            multiple=colonne.multiple,
        )
        for colonne in projet.vues.colonnes
        if colonne.question not in projet.plan.questions_groupees
    ]


def registre_de(precedentes: Sequence[Publication]) -> "Registre":
    """Return all that was ever shown of this collecte."""
    from analyses.confidentialite.moteur.modele import Nature
    from analyses.confidentialite.moteur.registre import CellulePubliee, Registre
    from analyses.confidentialite.moteur.registre import Population as PopulationMoteur
    from analyses.confidentialite.moteur.unites import Regroupement as RegroupementMoteur

    populations = {
        p.pk: PopulationMoteur(
            p.predicat, frozenset(uid.hex() for uid in _identifiants(bytes(p.membres)))
        )
        for p in Population.objects.filter(publication__in=precedentes)
    }
    cellules = Cellule.objects.filter(population__in=populations).exclude(question="")
    registre = Registre()
    registre.ajouter(
        populations.values(),
        dict.fromkeys(
            CellulePubliee(
                c.question,
                populations[c.population_id].empreinte,
                (c.reponse,),
                c.bas,
                c.haut,
                Nature(c.nature),
            )
            for c in cellules
        ),
        [
            RegroupementMoteur(r.dimension, tuple(r.parent), r.contexte, tuple(r.codes), r.n_min)
            for r in Regroupement.objects.filter(publication__in=precedentes)
        ],
    )
    return registre


def _identifiants(membres: bytes) -> list[bytes]:
    return [membres[i : i + TAILLE] for i in range(0, len(membres), TAILLE)]
