"""Read what a publication shows. A table is a few rows of the register: no answer is touched."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl, urlencode

from analyses.confidentialite.comptage import TOTAL
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Adresse, Montree, tableau_publie
from analyses.confidentialite.tableau import Colonne as ColonneTableau
from analyses.confidentialite.tableau import Dimension, Modalite, TableauProtege
from analyses.extraction.lecture import colonnes_de
from analyses.extraction.plan import Colonne
from analyses.models import Cellule, Publication
from voix.commun.erreurs import SaisieInvalide


def predicat(adresse: dict[str, str]) -> str:
    """Return the canonical name of a population: ``public=jeunes&vague=V1``."""
    return urlencode(sorted(adresse.items()))


@dataclass(frozen=True, slots=True)
class Cube:
    """All the tables of one publication."""

    publication: Publication
    colonnes: tuple[Colonne, ...]
    """The questions, in the order of the questionnaire; those of the dimensions left out."""
    dimensions: dict[str, Dimension]
    croisements: tuple[tuple[str, ...], ...]
    regroupes: tuple[str, ...]

    def colonne(self, question: str) -> Colonne:
        """Return a question; raise ``SaisieInvalide`` when it has no table."""
        trouvee = next((c for c in self.colonnes if c.question == question), None)
        if trouvee is None:
            connues = ", ".join(c.question for c in self.colonnes)
            raise SaisieInvalide(
                f"«\u00a0{question}\u00a0» n’a pas de tableau. Choisissez parmi\u00a0: {connues}."
            )
        return trouvee

    def croisement(self, noms: tuple[str, ...]) -> tuple[str, ...]:
        """Return the crossing of the plan that has these dimensions, whatever their order."""
        for croisement in self.croisements:
            if set(croisement) == set(noms):
                return croisement
        raise SaisieInvalide("Choisissez une ventilation du plan d’analyse.")


def cube_de(publication: Publication) -> Cube:
    """Open a publication: two statements, whatever its size."""
    plan = publication.plan
    regroupements = list(publication.regroupements.order_by("pk"))
    sources = {str(d["source"]).removeprefix("question:") for d in plan.dimensions}
    return Cube(
        publication=publication,
        colonnes=tuple(c for c in colonnes_de(publication.collecte) if c.question not in sources),
        dimensions={
            str(d["nom"]): _dimension(d, [r for r in regroupements if r.dimension == d["nom"]])
            for d in plan.dimensions
        },
        croisements=tuple(tuple(noms) for noms in plan.croisements),
        regroupes=tuple(r.libelle for r in regroupements),
    )


def _dimension(donnees: dict[str, Any], regroupements: list[Any]) -> Dimension:
    """Return a dimension as it is shown: the whole, then groups, merged ones in place of theirs."""
    avales = set(chain.from_iterable(r.membres for r in regroupements))
    codes = [
        (str(c["code"]), str(c["libelle"]), str(c.get("parent") or ""))
        for c in donnees["codes"]
        if c["code"] not in avales
    ]
    codes += [(r.code, r.libelle, r.parent) for r in regroupements]
    racines = [code for code, _, parent in codes if not parent]
    # One root that everybody belongs to is the whole; several have a whole above them.
    if len(racines) == 1 and len(codes) > 1:
        modalites = [Modalite(*code) for code in codes]
    else:
        modalites = [Modalite(TOTAL, "Ensemble")]
        modalites += [Modalite(code, libelle, parent or TOTAL) for code, libelle, parent in codes]
    return Dimension(str(donnees["nom"]), str(donnees["titre"]), tuple(modalites))


def tableau(cube: Cube, question: str, par: tuple[str, ...] = ()) -> TableauProtege:
    """Return a question's table for everybody, or in the groups of a crossing of the plan."""
    colonne, noms = cube.colonne(question), cube.croisement(par)
    dimensions = tuple(cube.dimensions[nom] for nom in noms)
    montrees = _montrees(cube.publication, question, dimensions)
    return tableau_publie(
        _sujet(cube, colonne, dimensions),
        dimensions,
        montrees,
        multiple=colonne.multiple,
        seuil=int(cube.publication.parametres["seuils"][colonne.profil]["n_min"]),
        regroupes=cube.regroupes if noms else (),
    )


def tous(cube: Cube) -> list[TableauProtege]:
    """Return every table of the publication: each question, each crossing of the plan."""
    return [
        tableau(cube, colonne.question, noms)
        for colonne in cube.colonnes
        for noms in cube.croisements
    ]


def _sujet(cube: Cube, colonne: Colonne, dimensions: tuple[Dimension, ...]) -> Sujet:
    publication = cube.publication
    return Sujet(
        question=colonne.question,
        titre=colonne.titre,
        colonnes=tuple(ColonneTableau(code, libelle) for code, libelle in colonne.modalites),
        groupes_nom="-".join(d.nom for d in dimensions),
        groupes_titre=", ".join(d.titre for d in dimensions),
        ou=(("collecte", (publication.collecte.nom,)), ("cloture", (str(publication.numero),))),
        arrete_le=publication.au.isoformat(),
    )


def _montrees(
    publication: Publication, question: str, dimensions: tuple[Dimension, ...]
) -> dict[Adresse, list[Montree]]:
    """Return the displayed cells of a question by address, in one statement."""
    entiers = {d.nom: d.modalites[0].code for d in dimensions}
    noms = set(entiers)
    trouvees: dict[Adresse, list[Montree]] = defaultdict(list)
    lues = Cellule.objects.filter(population__publication=publication).filter(
        question__in=(question, "")
    )
    for predicat_, reponse, bas, haut, nature in lues.values_list(
        "population__predicat", "reponse", "bas", "haut", "nature"
    ):
        ou = dict(parse_qsl(predicat_))
        if set(ou) <= noms:
            adresse = tuple(ou.get(d.nom, entiers[d.nom]) for d in dimensions)
            trouvees[adresse].append(Montree(reponse, bas, haut, nature))
    return trouvees
