"""Close: count everybody, protect every table of the plan, write it in the register, once.

Nothing is visible before the end. The work is done outside any transaction (it can last a minute);
only its result is written in one, which a second closing at the same moment cannot do twice.
"""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from analyses.cube import nommer
from analyses.extraction.groupes import groupement
from analyses.extraction.lecture import Collecte, Releve
from analyses.extraction.personnes import personnes
from analyses.models import Cellule, Population, Publication, Refus, Regroupement
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .demandes import Projet, donnees_de, questions_de, registre_de
from .plans import plan_en_vigueur

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.cloture import Cloture
    from analyses.confidentialite.moteur.resultats import LigneRendue

PAQUET = 5_000


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


def _cloturer(collecte: Collecte, au: date | Releve, par: Compte | str) -> Publication:
    from analyses.confidentialite.moteur.cloture import cloturer as proteger

    plan = plan_en_vigueur(collecte=collecte, par=par)
    vues = personnes(collecte, au)
    projet = Projet(
        collecte=collecte,
        au=au,
        plan=plan,
        vues=vues,
        groupements=[groupement(d, vues, collecte) for d in plan.dimensions],
        precedentes=list(Publication.objects.filter(collecte_id=collecte.pk).order_by("numero")),
    )
    resultat = proteger(
        donnees_de(projet),
        questions_de(projet),
        [tuple(noms) for noms in plan.croisements],
        registre_de(projet.precedentes),
        cle=empreinte_a_cle("regroupement", collecte.nom),
    )
    if not resultat.tableaux:
        motif = resultat.refus[0].motif if resultat.refus else "Aucune question à compter."
        _refuser(projet, resultat, par)
        raise EtatIncompatible(motif)
    try:
        return _ecrire(projet, resultat, par)
    except IntegrityError as erreur:
        raise EtatIncompatible(
            "Une autre clôture vient d’être faite. Rechargez la page pour la voir."
        ) from erreur


@transaction.atomic
def _refuser(projet: Projet, resultat: "Cloture", par: Compte | str) -> None:
    """Remember what was asked for and not shown, once for each reason."""
    par_motif: dict[str, list[str]] = {}
    for refus in resultat.refus:
        ventilation = " × ".join(refus.ventilation) or "ensemble"
        par_motif.setdefault(refus.motif, []).append(f"{refus.question} par {ventilation}")
    for motif, demandes in par_motif.items():
        ecrit = Refus.objects.create(
            collecte_id=projet.collecte.pk,
            au=projet.jour,
            motif=motif,
            message=", ".join(demandes),
        )
        tracer(par=par, verbe="refuser_publication", objet=ecrit, nombre=len(demandes))


@transaction.atomic
def _ecrire(projet: Projet, resultat: "Cloture", par: Compte | str) -> Publication:
    """Write all that is shown; the hash covers it and the publication before."""
    groupes = _groupes(projet, resultat)
    parametres = _resume(resultat) | {"dimensions": [g.en_json() for g in projet.groupements]}
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
        empreinte=_empreinte(precedente or projet.collecte.nom, parametres, groupes),
    )
    _ecrire_groupes(publication, groupes)
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
    _refuser(projet, resultat, par)
    tracer(par=par, verbe="cloturer", objet=publication, nombre=publication.nombre)
    return publication


@dataclass(slots=True)
class _Groupe:
    """A displayed population, and the rows of all the questions that are shown of it."""

    membres: list[bytes]
    lignes: "dict[str, LigneRendue]"

    @property
    def une(self) -> "LigneRendue":
        return next(iter(self.lignes.values()))


def _groupes(projet: Projet, resultat: "Cloture") -> dict[str, _Groupe]:
    """Return the displayed populations by predicate."""
    membres = {
        p.predicat: sorted(bytes.fromhex(u) for u in p.membres) for p in resultat.populations
    }
    groupes: dict[str, _Groupe] = {}
    for tableau in resultat.tableaux:
        for ligne in tableau.lignes:
            if not ligne.cellules:
                continue
            predicat = ligne.groupe.predicat
            groupe = groupes.setdefault(predicat, _Groupe(membres[predicat], {}))
            groupe.lignes[tableau.question] = ligne
    return groupes


def _resume(resultat: "Cloture") -> dict[str, Any]:
    """Return what a publication keeps of its thresholds, of its proof and of its refusals."""
    from analyses.confidentialite.moteur.parametres import PROFILS

    certificats = {t.question: t.certificat for t in resultat.tableaux}
    abandonnes: dict[str, list[str]] = {}
    for refus in resultat.refus:
        ventilation = " × ".join(refus.ventilation) or "ensemble"
        abandonnes.setdefault(refus.question, []).append(f"{ventilation} : {refus.motif}")
    return {
        "seuils": {
            nom.lower(): {"n_min": p.n_min, "m": p.m, "w": p.w, "c": p.c}
            for nom, p in PROFILS.items()
        },
        "preuves": {
            question: {"cibles": c.cibles, "temoins": c.temoins, "empreinte": c.empreinte}
            for question, c in certificats.items()
        },
        "raisons": {
            question: sorted(
                {r for t in resultat.tableaux if t.question == question for r in t.raisons}
            )
            for question in certificats
        },
        "abandonnes": abandonnes,
    }


def _population(publication: Publication, predicat: str, groupe: _Groupe) -> Population:
    axes = groupe.une.groupe.axes
    return Population(
        publication=publication,
        predicat=predicat,
        dimensions=nommer(axe.dimension for axe in axes),
        axes=[
            {"dimension": axe.dimension, "codes": list(axe.codes), "parent": list(axe.parent)}
            for axe in axes
        ],
        nombre=len(groupe.membres),
        membres=b"".join(groupe.membres),
    )


def _ecrire_groupes(publication: Publication, groupes: dict[str, _Groupe]) -> None:
    populations = Population.objects.bulk_create(
        [_population(publication, predicat, groupe) for predicat, groupe in groupes.items()],
        batch_size=500,
    )
    Cellule.objects.bulk_create(
        (Cellule(population=p, bas=p.nombre, haut=p.nombre, nature="exact") for p in populations),
        batch_size=PAQUET,
    )
    Cellule.objects.bulk_create(
        (
            Cellule(
                population=population,
                question=question,
                reponse="+".join(c.reponses),
                bas=c.bas,
                haut=c.haut,
                nature=c.nature.value,
            )
            for population in populations
            for question, ligne in groupes[population.predicat].lignes.items()
            for c in ligne.cellules
        ),
        batch_size=PAQUET,
    )


def _empreinte(precedente: str, parametres: dict[str, Any], groupes: dict[str, _Groupe]) -> str:
    """Hash the publication with the one before it: a register that lost a page is found out."""
    hachage = sha256(precedente.encode())
    hachage.update(json.dumps(parametres, sort_keys=True, ensure_ascii=False).encode())
    for predicat, groupe in groupes.items():
        hachage.update(predicat.encode() + b"".join(groupe.membres))
        for question, ligne in groupe.lignes.items():
            for c in ligne.cellules:
                hachage.update(f"{question}|{c.reponses}|{c.bas}|{c.haut}|{c.nature}\n".encode())
    return hachage.hexdigest()
