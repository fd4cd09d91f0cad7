"""Close: count everybody, protect every table of the plan, write it in the register, once.

Nothing is visible before the end. The work is done outside any transaction (it can last a minute);
only its result is written in one, which a second closing at the same moment cannot do twice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from analyses.extraction.groupes import Groupement, groupement
from analyses.extraction.lecture import Collecte, Releve
from analyses.extraction.personnes import Personnes, personnes
from analyses.models import Cellule, PlanAnalyse, Population, Publication, Refus, Regroupement
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .plans import plan_en_vigueur

if TYPE_CHECKING:
    from analyses.confidentialite import cloture as moteur

PAQUET = 5_000
TAILLE = 16
"""Bytes of an identifier in ``Population.membres``."""


def publier_releve(*, releve_id: int, par: Compte | str) -> Publication:
    """Publish the tables of a relevé; a relevé that is published already is left as it is."""
    releve = Releve.objects.select_related("collecte__version").get(pk=releve_id)
    deja = Publication.objects.filter(releve=releve).first()
    return deja or _cloturer(releve.collecte, releve, par)


def cloturer(*, collecte: Collecte, au: date, par: Compte | str) -> Publication:
    """Publish the tables of all answers received by ``au`` and not erased since.

    Closing again on the same day changes nothing. Errors: ``EtatIncompatible`` when the result may
    not be shown (why is in its message, and in the register), or for a day before the last closing.
    """
    derniere = Publication.objects.filter(collecte_id=collecte.pk).order_by("-numero").first()
    if derniere is not None and derniere.au >= au:
        if derniere.au == au:
            return derniere
        raise EtatIncompatible(
            f"La dernière clôture est du {derniere.au:%d/%m/%Y}\u00a0: choisissez un jour d’après."
        )
    return _cloturer(collecte, au, par)


@dataclass(frozen=True, slots=True)
class _Projet:
    """What is about to be published."""

    collecte: Collecte
    au: date | Releve
    plan: PlanAnalyse
    vues: Personnes
    groupements: Sequence[Groupement]
    precedentes: Sequence[Publication]

    @property
    def jour(self) -> date:
        return self.au.arrete_le if isinstance(self.au, Releve) else self.au


def _cloturer(collecte: Collecte, au: date | Releve, par: Compte | str) -> Publication:
    from analyses.confidentialite import cloture as moteur

    plan = plan_en_vigueur(collecte=collecte, par=par)
    vues = personnes(collecte, au)
    projet = _Projet(
        collecte=collecte,
        au=au,
        plan=plan,
        vues=vues,
        groupements=[groupement(d, vues, collecte) for d in plan.dimensions],
        precedentes=list(Publication.objects.filter(collecte_id=collecte.pk).order_by("numero")),
    )
    try:
        resultat = moteur.cloturer(_demande(projet))
    except moteur.PublicationRefusee as refus:
        _refuser(projet, refus, par)
        raise EtatIncompatible(refus.message) from refus
    try:
        return _ecrire(projet, resultat, par)
    except IntegrityError as erreur:
        raise EtatIncompatible(
            "Une autre clôture vient d’être faite. Rechargez la page pour la voir."
        ) from erreur


def _demande(projet: _Projet) -> "moteur.Demande":
    from analyses.confidentialite import cloture as moteur
    from analyses.confidentialite.moteur.unites import Dimension
    from analyses.confidentialite.moteur.unites import Personnes as PersonnesMoteur
    from analyses.confidentialite.moteur.unites import Regroupement as RegroupementMoteur

    vues = projet.vues
    sources = {str(d["source"]).removeprefix("question:") for d in projet.plan.dimensions}
    regroupements = Regroupement.objects.filter(publication__in=projet.precedentes)
    return moteur.Demande(
        identifiants=vues.identifiants,
        personnes=PersonnesMoteur(
            dimensions={
                g.nom: Dimension(
                    g.nom, tuple(c for c, _, _ in g.codes), tuple(p for _, _, p in g.codes)
                )
                for g in projet.groupements
            },
            codes={g.nom: g.rangs for g in projet.groupements},
        ),
        croisements=[tuple(noms) for noms in projet.plan.croisements],
        questions=[
            moteur.Question(
                code=colonne.question,
                reponses=tuple(code for code, _ in colonne.modalites),
                codes=vues.codes[colonne.question].astype("int64"),
                multiple=colonne.multiple,
                sensible="sensible" in {colonne.profil, projet.collecte.profil},
            )
            for colonne in vues.colonnes
            if colonne.question not in sources
        ],
        registre=_registre(projet.precedentes),
        regroupements=[
            RegroupementMoteur(r.dimension, tuple(r.parent), r.contexte, tuple(r.codes), r.n_min)
            for r in regroupements
        ],
        cle=empreinte_a_cle("regroupement", projet.collecte.nom),
    )


def _registre(precedentes: Sequence[Publication]) -> "list[moteur.DejaMontre]":
    """Return all that was ever shown of this collecte."""
    from analyses.confidentialite import cloture as moteur

    montrees: dict[int, dict[str, dict[str, tuple[int, int, str]]]] = {}
    for c in Cellule.objects.filter(population__publication__in=precedentes).exclude(question=""):
        par_question = montrees.setdefault(c.population_id, {})
        par_question.setdefault(c.question, {})[c.reponse] = (c.bas, c.haut, c.nature)
    derniere = precedentes[-1].pk if precedentes else None
    return [
        moteur.DejaMontre(
            membres=frozenset(_identifiants(bytes(population.membres))),
            predicat=population.predicat,
            derniere=population.publication_id == derniere,
            cellules=montrees[population.pk],
        )
        for population in Population.objects.filter(pk__in=montrees).order_by("pk")
    ]


def _identifiants(membres: bytes) -> list[bytes]:
    return [membres[i : i + TAILLE] for i in range(0, len(membres), TAILLE)]


@transaction.atomic
def _refuser(projet: _Projet, refus: "moteur.PublicationRefusee", par: Compte | str) -> None:
    ecrit = Refus.objects.create(
        collecte_id=projet.collecte.pk,
        au=projet.jour,
        motif=refus.motif,
        message=refus.message,
    )
    tracer(par=par, verbe="refuser_publication", objet=ecrit, motif=refus.motif)


@transaction.atomic
def _ecrire(projet: _Projet, resultat: "moteur.Resultat", par: Compte | str) -> Publication:
    """Write all that is shown; the hash covers it and the publication before."""
    from analyses.confidentialite.cloture import resume

    parametres = resume(resultat) | {"dimensions": [g.en_json() for g in projet.groupements]}
    precedente = projet.precedentes[-1].empreinte if projet.precedentes else ""
    publication = Publication.objects.create(
        collecte_id=projet.collecte.pk,
        numero=len(projet.precedentes) + 1,
        au=projet.jour,
        releve=projet.au if isinstance(projet.au, Releve) else None,
        plan=projet.plan,
        version=projet.collecte.version.empreinte,
        nombre=projet.vues.nombre,
        parametres=parametres,
        precedente=precedente,
        empreinte=_empreinte(projet, parametres, resultat),
    )
    _ecrire_cellules(publication, resultat)
    Regroupement.objects.bulk_create(
        Regroupement(
            publication=publication,
            dimension=r.dimension,
            contexte=r.contexte,
            parent=list(r.parent),
            codes=list(r.codes),
            n_min=r.n_min,
        )
        for r in resultat.regroupements
    )
    tracer(par=par, verbe="cloturer", objet=publication, nombre=publication.nombre)
    return publication


def _ecrire_cellules(publication: Publication, resultat: "moteur.Resultat") -> None:
    populations = Population.objects.bulk_create(
        [
            Population(
                publication=publication,
                predicat=p.groupe.predicat,
                dimensions="|".join(sorted(axe.dimension for axe in p.groupe.axes)),
                axes=[
                    {
                        "dimension": axe.dimension,
                        "codes": list(axe.codes),
                        "parent": list(axe.parent),
                    }
                    for axe in p.groupe.axes
                ],
                nombre=len(p.membres),
                membres=b"".join(p.membres),
            )
            for p in resultat.populations
        ],
        batch_size=500,
    )
    Cellule.objects.bulk_create(
        (Cellule(population=p, bas=p.nombre, haut=p.nombre, nature="exact") for p in populations),
        batch_size=PAQUET,
    )
    Cellule.objects.bulk_create(
        (
            Cellule(
                population=populations[c.population],
                question=c.question,
                reponse=c.reponse,
                bas=c.bas,
                haut=c.haut,
                nature=c.nature,
            )
            for c in resultat.cellules
        ),
        batch_size=PAQUET,
    )


def _empreinte(projet: _Projet, parametres: dict[str, Any], resultat: "moteur.Resultat") -> str:
    """Hash the publication with the one before it: a register that lost a page is found out."""
    precedente = projet.precedentes[-1].empreinte if projet.precedentes else projet.collecte.nom
    hachage = sha256(precedente.encode())
    hachage.update(json.dumps(parametres, sort_keys=True, ensure_ascii=False).encode())
    for p in resultat.populations:
        hachage.update(p.groupe.predicat.encode() + b"".join(p.membres))
    for c in resultat.cellules:
        ligne = f"{c.population}|{c.question}|{c.reponse}|{c.bas}|{c.haut}|{c.nature}\n"
        hachage.update(ligne.encode())
    return hachage.hexdigest()
