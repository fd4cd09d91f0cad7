"""Read what a publication shows. A table is a few rows of the register: no answer is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from analyses.confidentialite.axes import Axe, code_de, dimension_montree
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Adresse, Montree, tableau_publie
from analyses.confidentialite.tableau import Colonne as ColonneTableau
from analyses.confidentialite.tableau import Dimension, Modalite, TableauProtege
from analyses.extraction.lecture import colonnes_de
from analyses.extraction.plan import Colonne
from analyses.models import Cellule, Publication
from voix.commun.erreurs import SaisieInvalide


def nommer(dimensions: Iterable[str]) -> str:
    """Return the name of a grouping in the register, the same in any order."""
    return "|".join(sorted(dimensions))


@dataclass(frozen=True, slots=True)
class Cube:
    """All the tables of one publication."""

    publication: Publication
    colonnes: tuple[Colonne, ...]
    """The questions, in the order of the questionnaire; those of the dimensions left out."""
    dimensions: dict[str, dict[str, Any]]
    """Of the plan, by name."""
    croisements: tuple[tuple[str, ...], ...]

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
        """Return the crossing of the plan that has these dimensions, whatever their order.

        Structures are nested in territoires: who has the first has the second.
        """
        if noms == ("territoire",) and "territoire" not in self.dimensions:
            noms = ("structure",)
        for croisement in self.croisements:
            if set(croisement) == set(noms):
                return croisement
        permis = " ; ".join(",".join(c) for c in self.croisements if c)
        raise SaisieInvalide(f"Choisissez une ventilation du plan d’analyse\u00a0: {permis}.")


def cube_de(publication: Publication) -> Cube:
    """Open a publication: no statement but for its plan."""
    plan = publication.plan
    return Cube(
        publication=publication,
        colonnes=tuple(
            c
            for c in colonnes_de(publication.collecte)
            if c.question not in plan.questions_groupees
        ),
        dimensions={str(d["nom"]): d for d in publication.parametres["dimensions"]},
        croisements=tuple(tuple(noms) for noms in plan.croisements),
    )


def tableau(cube: Cube, question: str, par: tuple[str, ...] = ()) -> TableauProtege:
    """Return a question's table for everybody, or in the groups of a crossing of the plan."""
    colonne, noms = cube.colonne(question), cube.croisement(par)
    montrees = _montrees(cube.publication, (question,), noms)[question]
    if par == ("territoire",) and noms != par:
        montrees = {g: c for g, c in montrees.items() if not any(axe.parent for axe in g)}
    return _disposer(cube, colonne, noms, montrees)


def ensemble(cube: Cube) -> list[TableauProtege]:
    """Return every question's table for everybody, in the questionnaire's order; one statement."""
    montrees = _montrees(cube.publication, tuple(c.question for c in cube.colonnes), ())
    return [_disposer(cube, c, (), montrees[c.question]) for c in cube.colonnes]


def _disposer(
    cube: Cube,
    colonne: Colonne,
    noms: tuple[str, ...],
    montrees: Mapping[frozenset[Axe], list[Montree]],
) -> TableauProtege:
    axes = [axe for groupe in montrees for axe in groupe]
    dimensions = tuple(_dimension(cube.dimensions[nom], axes) for nom in noms)
    return tableau_publie(
        _sujet(cube, colonne, dimensions),
        dimensions,
        {_adresse(groupe, dimensions): cellules for groupe, cellules in montrees.items()},
        multiple=colonne.multiple,
        seuil=int(cube.publication.parametres["seuils"][colonne.profil]["n_min"]),
        regroupes=tuple(m.libelle for d in dimensions for m in d.modalites if "+" in m.code),
    )


def _dimension(donnees: dict[str, Any], axes: list[Axe]) -> Dimension:
    nom = str(donnees["nom"])
    codes = [
        Modalite(str(c["code"]), str(c["libelle"]), str(c.get("parent") or ""))
        for c in donnees["codes"]
    ]
    siens = [axe for axe in axes if axe.dimension == nom]
    return dimension_montree(nom, str(donnees["titre"]), codes, siens)


def _adresse(groupe: frozenset[Axe], dimensions: tuple[Dimension, ...]) -> Adresse:
    ou = {axe.dimension: code_de(axe.codes) for axe in groupe}
    return tuple(ou.get(d.nom, d.modalites[0].code) for d in dimensions)


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
        arrete_le=publication.au.isoformat(),
    )


def _montrees(
    publication: Publication, questions: tuple[str, ...], noms: tuple[str, ...]
) -> dict[str, dict[frozenset[Axe], list[Montree]]]:
    """Return the displayed cells of questions by group, in one statement."""
    marges = [nommer(sous) for n in range(len(noms) + 1) for sous in combinations(noms, n)]
    lues = Cellule.objects.filter(
        population__publication=publication,
        population__dimensions__in=marges,
        question__in=("", *questions),
    )
    tailles: dict[frozenset[Axe], Montree] = {}
    trouvees: dict[str, dict[frozenset[Axe], list[Montree]]] = {q: {} for q in questions}
    for axes, question, reponse, bas, haut, nature in lues.values_list(
        "population__axes", "question", "reponse", "bas", "haut", "nature"
    ):
        groupe = frozenset(
            Axe(axe["dimension"], tuple(axe["codes"]), tuple(axe["parent"])) for axe in axes
        )
        if question:
            montree = Montree(reponse, bas, haut, nature)
            trouvees[question].setdefault(groupe, []).append(montree)
        else:
            tailles[groupe] = Montree("", bas, haut, nature)
    # A group that is large enough for another question only has no row here.
    return {
        question: {g: [tailles[g], *cellules] for g, cellules in groupes.items()}
        for question, groupes in trouvees.items()
    }
