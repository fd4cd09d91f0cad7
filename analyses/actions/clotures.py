"""Close: count everybody, protect every table of the plan, write it in the register, once.

Nothing is visible before the end. The work is done outside any transaction (it can last a minute);
only its result is written in one, which a second closing at the same moment cannot do twice.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from analyses.confidentialite.axes import ADRESSES
from analyses.confidentialite.chiffres import MOYENNE, NATURE_MOYENNE, bornes
from analyses.cube import nommer
from analyses.extraction.groupes import groupement
from analyses.extraction.lecture import Collecte, Releve
from analyses.extraction.personnes import Personnes, personnes
from analyses.models import (
    Cellule,
    PlanAnalyse,
    Population,
    Publication,
    Refus,
    Regroupement,
)
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .demandes import Projet, donnees_de, groupantes, profils_de, questions_de, registre_de
from .plans import plan_en_vigueur
from .recueil import recueil_de
from .sceau import exiger_registre, sceller, temoigner

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.cloture import Cloture
    from analyses.confidentialite.moteur.resultats import LigneRendue
    from analyses.confidentialite.moteur.unites import Regroupement as RegroupementMoteur

PAQUET = 5_000


def publier_releve(*, releve_id: int, par: Compte | str) -> Publication:
    """Publish the tables of a relevé; a relevé that is published already is left as it is."""
    releve = Releve.objects.select_related("collecte__version").get(pk=releve_id)
    if not reste_a_publier(releve_id):
        return Publication.objects.filter(
            Q(releve=releve) | Q(parametres__releve=releve_id)
        ).latest("numero")
    return _cloturer(releve.collecte, releve, par)


def reste_a_publier(releve_id: int) -> bool:
    """Return whether a relevé has no tables yet, or not those of a plan that was widened since.

    The latest one only: the tables of an earlier relevé stay those of their time.
    """
    publication = Publication.du_releve(releve_id)
    return publication is None or est_a_completer(publication)


def est_a_completer(publication: Publication) -> bool:
    """Return whether the plan was widened since; no statement as long as it did not change."""
    if not getattr(publication, "plan_a_change", True):  # told by ``Publication.du_releve``
        return False
    plan = PlanAnalyse.en_vigueur(publication.collecte_id)
    if plan is None or plan.pk == publication.plan_id:
        return False
    deja = {frozenset(c) for c in publication.plan.croisements}
    if all(frozenset(c) in deja for c in plan.croisements):
        return False
    return publication == Publication.clotures(publication.collecte_id).latest("numero")


def exiger_jour_venu(au: date) -> None:
    """Raise ``EtatIncompatible`` for a day to come: who will answer or erase by then is not known."""
    if au > timezone.localdate():
        raise EtatIncompatible(
            f"Le {au:%d/%m/%Y} n’est pas encore venu\u00a0: "
            "choisissez la date d’aujourd’hui ou une date passée."
        )


def cloturer(*, collecte: Collecte, au: date, par: Compte | str) -> Publication:
    """Publish the tables of all answers received by ``au`` and not erased since.

    Closing again on the same day changes nothing. Errors: ``EtatIncompatible`` when the result may
    not be shown (why is in its message, and in the register), for a day before the last closing or
    for a day to come.
    """
    exiger_jour_venu(au)
    derniere = Publication.clotures(collecte.pk).order_by("-numero").first()
    if derniere is not None and derniere.au >= au:
        if derniere.au == au:
            return derniere
        raise EtatIncompatible(
            f"La dernière clôture est du {derniere.au:%d/%m/%Y}\u00a0: choisissez un jour d’après."
        )
    return _cloturer(collecte, au, par)


def _cloturer(collecte: Collecte, au: date | Releve, par: Compte | str) -> Publication:
    projet = projet_de(collecte, au, par)
    return publier(projet, proteger(projet), par=par)


def projet_de(collecte: Collecte, au: date | Releve, par: Compte | str) -> Projet:
    """Return what a closing of everybody counted until then would publish.

    Errors: ``EtatIncompatible`` when the register does not hold together.
    """
    plan = plan_en_vigueur(collecte=collecte, par=par)
    return projeter(collecte, au, plan, personnes(collecte, au))


def proteger(projet: Projet) -> "Cloture":
    """Protect and attack every table of a project: the long part. Nothing is written."""
    from analyses.confidentialite.moteur.cloture import cloturer as proteger_tout

    questions = questions_de(projet)
    return proteger_tout(
        donnees_de(projet),
        questions,
        [tuple(noms) for noms in projet.plan.croisements],
        registre_de(projet.precedentes, questions),
        groupantes=groupantes(projet, questions),
        cle=empreinte_a_cle("regroupement", projet.collecte.nom),
    )


def projeter(collecte: Collecte, au: date | Releve, plan: PlanAnalyse, vues: Personnes) -> Projet:
    """Return what is about to be published, with all that was ever shown of the collecte.

    Errors: ``EtatIncompatible`` when the register does not hold together.
    """
    exiger_registre(collecte)
    return Projet(
        collecte=collecte,
        au=au,
        plan=plan,
        vues=vues,
        groupements=[groupement(d, vues, collecte) for d in plan.dimensions],
        precedentes=list(
            Publication.objects.filter(collecte_id=collecte.pk)
            .select_related("plan")
            .order_by("numero")
        ),
    )


def publier(
    projet: Projet, resultat: "Cloture", *, par: Compte | str, seance_id: int | None = None
) -> Publication:
    """Write a protected result in the register; raise ``EtatIncompatible`` when it holds nothing."""
    if not resultat.tableaux:
        # What is refused for everybody explains all the rest.
        refus = sorted(resultat.refus, key=lambda r: len(r.ventilation))
        motif = refus[0].motif if refus else "Aucune question à compter."
        _refuser(projet, resultat, par)
        raise EtatIncompatible(motif)
    try:
        return _ecrire(projet, resultat, par, seance_id)
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
def _ecrire(
    projet: Projet, resultat: "Cloture", par: Compte | str, seance_id: int | None
) -> Publication:
    """Write all that is shown; the seal covers it and the publication before."""
    groupes = _groupes(projet, resultat)
    # Tables added for a wider plan: the relevé stays that of its first publication.
    complete = any(
        isinstance(projet.au, Releve) and p.releve_id == projet.au.pk for p in projet.precedentes
    )
    publication = Publication(
        collecte_id=projet.collecte.pk,
        numero=len(projet.precedentes) + 1,
        au=projet.jour,
        releve=projet.au if isinstance(projet.au, Releve) and not complete else None,
        seance_id=seance_id,
        plan=projet.plan,
        version=projet.collecte.version.empreinte,
        nombre=projet.vues.nombre,
        parametres=_parametres(projet, resultat)
        | ({} if seance_id else {"recueil": recueil_de(projet)})
        | ({"releve": projet.au.pk} if isinstance(projet.au, Releve) and complete else {}),
        precedente=projet.precedentes[-1].empreinte if projet.precedentes else "",
    )
    populations = [_population(publication, *groupe) for groupe in groupes.items()]
    cellules = [c for population in populations for c in _cellules(population, groupes)]
    regroupements = [_regroupement(publication, r) for r in resultat.regroupements]
    publication.empreinte = sceller(
        publication, populations, ((c.population.predicat, c) for c in cellules), regroupements
    )
    publication.save(force_insert=True)
    Population.objects.bulk_create(populations, batch_size=500)
    Cellule.objects.bulk_create(cellules, batch_size=PAQUET)
    Regroupement.objects.bulk_create(regroupements)
    _refuser(projet, resultat, par)
    tracer(par=par, verbe="cloturer", objet=publication, nombre=publication.nombre)
    temoigner(publication)
    return publication


def _parametres(projet: Projet, resultat: "Cloture") -> dict[str, Any]:
    return _resume(resultat) | {
        "adresses": ADRESSES,
        "dimensions": [g.en_json() for g in projet.groupements],
        "profils": profils_de(projet.collecte, projet.vues.colonnes),
    }


def _regroupement(publication: Publication, fait: "RegroupementMoteur") -> Regroupement:
    return Regroupement(
        publication=publication,
        dimension=fait.dimension,
        contexte=fait.contexte,
        parent=list(fait.parent),
        codes=list(fait.codes),
        n_min=fait.n_min,
    )


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
            question: list(  # in the order that the engine explains them
                dict.fromkeys(
                    r for t in resultat.tableaux if t.question == question for r in t.raisons
                )
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


def _cellules(population: Population, groupes: dict[str, _Groupe]) -> list[Cellule]:
    """Return the rows of a displayed population: how many it holds, then each question's."""
    n = population.nombre
    return [
        Cellule(population=population, bas=n, haut=n, nature="exact"),
        *(
            Cellule(
                population=population,
                question=question,
                reponse="+".join(c.reponses),
                bas=c.bas,
                haut=c.haut,
                nature=c.nature.value,
            )
            for question, ligne in groupes[population.predicat].lignes.items()
            for c in ligne.cellules
        ),
        *(
            Cellule(
                population=population,
                question=question,
                reponse=MOYENNE,
                bas=bas,
                haut=haut,
                nature=NATURE_MOYENNE,
            )
            for question, ligne in groupes[population.predicat].lignes.items()
            if ligne.moyenne is not None
            for bas, haut in [bornes(ligne.moyenne)]
        ),
    ]
