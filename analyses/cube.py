"""Read what a publication shows. A table is a few rows of the register: no answer is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from django.db.models import Exists, OuterRef

from analyses.confidentialite.axes import Axe, axes_lus, dimension_montree
from analyses.confidentialite.axes import Montree as DimensionMontree
from analyses.confidentialite.chiffres import SANS_ORDRE, Ordre
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import (
    Adresse,
    Montree,
    renommer,
    tableau_publie,
    trancher,
)
from analyses.confidentialite.recueil import dire_ecartees, tableau_des_sources
from analyses.confidentialite.tableau import Colonne as ColonneTableau
from analyses.confidentialite.tableau import Dimension, Modalite, TableauProtege
from analyses.extraction.lecture import colonnes_de, exiger_colonne, sans_ventilation
from analyses.extraction.personnes import SOURCES
from analyses.extraction.plan import Colonne
from analyses.models import Cellule, PlanAnalyse, Population, Publication

SEANCE: Final = "seance"
"""The dimension of what is shown on a wall: one code, the séance."""


def nommer(dimensions: Iterable[str]) -> str:
    """Return the name of a grouping in the register, the same in any order."""
    return "|".join(sorted(dimensions))


@dataclass(frozen=True, slots=True)
class Cube:
    """All the tables of one publication."""

    publication: Publication
    colonnes: tuple[Colonne, ...]
    """The questions, in the order of the questionnaire; dimensions of a file left out."""
    dimensions: dict[str, dict[str, Any]]
    """Of the plan, by name."""
    croisements: tuple[tuple[str, ...], ...]
    groupantes: dict[str, str]
    """By dimension that is made of a question: that question."""

    @property
    def sans_structure(self) -> bool:
        """Return whether no answer came from a structure: its grouping is territoires only."""
        return _sans_structure(self.publication.plan, self.dimensions.get("structure"))

    def colonne(self, question: str) -> Colonne:
        """Return a question; raise ``SaisieInvalide`` when it has no table."""
        return exiger_colonne(self.publication.collecte, self.colonnes, question)

    def croisements_de(self, question: str) -> list[tuple[str, ...]]:
        """Return the crossings of the plan that can break a question down: never by itself."""
        return [
            noms
            for noms in self.croisements
            if question not in {self.groupantes.get(nom) for nom in noms}
        ]

    def refusee(self, question: str, noms: tuple[str, ...]) -> str:
        """Return why the closing shows no table of a question in these groups; empty when it does."""
        tetes = [" × ".join(c) + "\u00a0: " for c in self.croisements if set(c) == set(noms)]
        dites = self.publication.parametres.get("abandonnes", {}).get(question, [])
        return next(
            (str(d).removeprefix(t) for d in dites for t in tetes if str(d).startswith(t)), ""
        )

    def en_titres(self, noms: tuple[str, ...]) -> str:
        """Return a grouping as a page names it."""
        return " × ".join(str(self.dimensions[nom]["titre"]) for nom in noms)

    def des_seuls_territoires(self) -> "Cube":
        """Keep what is left of the grouping once the structures are folded away."""
        dimension = self.dimensions["structure"]
        hauts = [code for code in dimension["codes"] if not code.get("parent")]
        nommee = dimension | {"titre": "Territoire", "codes": hauts}
        return replace(self, dimensions=self.dimensions | {"structure": nommee})

    def croisement(self, question: str, noms: tuple[str, ...]) -> tuple[str, ...]:
        """Return the crossing of the plan that has these dimensions, whatever their order.

        Structures are nested in territoires: who has the first has the second.
        """
        voulue = ",".join(noms)
        if noms == ("territoire",) and "territoire" not in self.dimensions:
            noms = ("structure",)
        possibles = self.croisements_de(question)
        for croisement in possibles:
            if set(croisement) == set(noms):
                return croisement
        permis = [",".join(c) for c in possibles if c]
        # Structures are nested in territoires: the first level is a table of its own.
        seul = "structure" in permis and "territoire" not in self.dimensions
        raise sans_ventilation(voulue, ["territoire", *permis] if seul else permis)


def _sans_structure(plan: PlanAnalyse, dimension: Mapping[str, Any] | None) -> bool:
    """Return whether a dimension of structures shows none; one that a file gave has its own groups."""
    source = next((d["source"] for d in plan.dimensions if d["nom"] == "structure"), "")
    if dimension is None or source != "structure":
        return False
    return not any(code.get("parent") for code in dimension["codes"])


def cube_de(publication: Publication) -> Cube:
    """Open a publication: no statement but for its plan."""
    plan = publication.plan
    dimensions = {str(d["nom"]): d for d in publication.parametres["dimensions"]}
    if _sans_structure(plan, dimensions.get("structure")):
        dimensions["structure"] = dimensions["structure"] | {"titre": "Territoire"}
    return Cube(
        publication=publication,
        colonnes=tuple(
            c for c in colonnes_de(publication.collecte) if c.question not in plan.rubriques
        ),
        dimensions=dimensions,
        croisements=tuple(tuple(noms) for noms in plan.croisements),
        groupantes=plan.questions_groupantes,
    )


def tableau(cube: Cube, question: str, par: tuple[str, ...] = ()) -> TableauProtege:
    """Return a question's table for everybody, or in the groups of a crossing of the plan."""
    colonne, noms = cube.colonne(question), cube.croisement(question, par)
    montrees = _montrees(cube.publication, (question,), noms)[question]
    if par == ("territoire",) and noms != par:
        montrees = {g: c for g, c in montrees.items() if not any(axe.parent for axe in g)}
        replies = _disposer(cube.des_seuls_territoires(), colonne, noms, montrees)
        return renommer(replies, "territoire")
    return _disposer(cube, colonne, noms, montrees)


def tranche(
    cube: Cube, question: str, par: tuple[str, ...], parmi: tuple[str, str]
) -> TableauProtege | None:
    """Return a question's table of one group only (``parmi``: dimension, code), read in its crossing.

    Nothing when the closing shows no such group.
    """
    nom, code = parmi
    entier = tableau(cube, question, (*(autre for autre in par if autre != nom), nom))
    return trancher(entier, nom, code)


def groupes(cube: Cube, question: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups that a question is shown of, by dimension that is a table of its own.

    Title of the dimension, then code (``dimension:group``) and label of each; one statement.
    """
    seules = [noms[0] for noms in cube.croisements_de(question) if len(noms) == 1]
    montrees = Cellule.objects.filter(population=OuterRef("pk"), question=question)
    populations = Population.objects.filter(
        Exists(montrees), publication=cube.publication, dimensions__in=seules
    )
    tailles = {
        frozenset(axes_lus(cube.publication.parametres, axes)): nombre
        for axes, nombre in populations.values_list("axes", "nombre")
    } | {frozenset(): cube.publication.nombre}
    rendus = []
    for nom, montree in zip(seules, _dimensions(cube, seules, tailles), strict=True):
        vus = {
            montree.adresses.get(axe.codes) for g in tailles for axe in g if axe.dimension == nom
        }
        dimension = montree.dimension
        siens = [m for m in dimension.modalites if m.code in vus and m.parent]  # not the whole
        rendus.append((dimension.titre, [(f"{nom}:{m.code}", m.libelle) for m in siens]))
    return [(titre, siens) for titre, siens in rendus if siens]


def ensemble(cube: Cube) -> list[TableauProtege]:
    """Return every question's table for everybody, in the questionnaire's order; one statement."""
    montrees = _montrees(cube.publication, tuple(c.question for c in cube.colonnes), ())
    return [_disposer(cube, c, (), montrees[c.question]) for c in cube.colonnes]


def sources(cube: Cube) -> TableauProtege | None:
    """Return by which ways answers came, as the closing froze it; nothing of one way alone."""
    recueil = cube.publication.parametres.get("recueil") or {}
    nombres: dict[str, int | None] = recueil.get("sources", {})
    if len(nombres) < 2:  # noqa: PLR2004  (one way holds everybody)
        return None
    return tableau_des_sources(
        {code: libelle for code, libelle in SOURCES if code in nombres},
        {code: n for code, n in nombres.items() if n is not None},
        total=cube.publication.nombre,
        ecartees=ecartees(cube),
        arrete_le=cube.publication.au.isoformat(),
    )


def seule_source(cube: Cube) -> list[str]:
    """Return the one way by which everybody answered, when there is one."""
    nombres = (cube.publication.parametres.get("recueil") or {}).get("sources", {})
    return [libelle for code, libelle in SOURCES if len(nombres) == 1 and code in nombres]


def ecartees(cube: Cube) -> str:
    """Return how many answers were set aside when the closing was made, in French; else nothing."""
    recueil = cube.publication.parametres.get("recueil")
    return dire_ecartees(*recueil["ecartees"]) if recueil else ""


def mur(cube: Cube) -> list[TableauProtege]:
    """Return what was shown on the wall of a séance, question by question; one statement."""
    montrees = _montrees(cube.publication, tuple(c.question for c in cube.colonnes), (SEANCE,))
    return [
        _disposer(cube, c, (SEANCE,), montrees[c.question])
        for c in cube.colonnes
        if montrees[c.question]
    ]


def _disposer(
    cube: Cube,
    colonne: Colonne,
    noms: tuple[str, ...],
    montrees: Mapping[frozenset[Axe], list[Montree]],
) -> TableauProtege:
    tailles = {groupe: cellules[0].bas for groupe, cellules in montrees.items()}
    montre = _dimensions(cube, noms, tailles)
    dimensions = tuple(m.dimension for m in montre)
    return tableau_publie(
        _sujet(cube, colonne, dimensions),
        dimensions,
        {
            adresse: cellules
            for groupe, cellules in montrees.items()
            if (adresse := _adresse(groupe, montre)) or not noms
        },
        multiple=colonne.multiple,
        seuil=int(cube.publication.parametres["seuils"][_profil(cube, colonne)]["n_min"]),
        regroupes=tuple(m.libelle for d in dimensions for m in d.modalites if "+" in m.code),
    )


def _profil(cube: Cube, colonne: Colonne) -> str:
    """Return the profile a question was published with; older publications kept none."""
    return str(
        cube.publication.parametres.get("profils", {}).get(colonne.question, colonne.profil)
    )


def _dimensions(
    cube: Cube, noms: Iterable[str], tailles: Mapping[frozenset[Axe], int]
) -> list[DimensionMontree]:
    """Return dimensions with the groups that were displayed; ``tailles``: persons of each."""
    tous_ = tailles.get(frozenset())
    montrees = []
    for nom in noms:
        donnees = cube.dimensions[nom]
        codes = [
            Modalite(str(c["code"]), str(c["libelle"]), str(c.get("parent") or ""))
            for c in donnees["codes"]
        ]
        # Before ADR 0158 it was not written: then as many as everybody must have been shown to have it.
        hauts = {(c.code,) for c in codes if not c.parent}
        entiere = donnees.get("entier") or any(
            n == tous_ and {(a.dimension, a.codes in hauts) for a in groupe} == {(nom, True)}
            for groupe, n in tailles.items()
        )
        siens = [axe for groupe in tailles for axe in groupe if axe.dimension == nom]
        titre = str(donnees["titre"])
        montrees.append(dimension_montree(nom, titre, codes, siens, entiere=entiere))
    return montrees


def _adresse(groupe: frozenset[Axe], dimensions: Iterable[DimensionMontree]) -> Adresse:
    """Return where a group stands; nothing when it overlaps another, and stands nowhere."""
    ou = {axe.dimension: axe.codes for axe in groupe}
    adresse = [
        montree.adresses.get(ou[montree.dimension.nom], "")
        if montree.dimension.nom in ou
        else montree.racine
        for montree in dimensions
    ]
    return tuple(adresse) if all(adresse) else ()


def tous(cube: Cube) -> list[TableauProtege]:
    """Return every table of the publication: each question, each crossing of the plan."""
    return [
        tableau(cube, colonne.question, noms)
        for colonne in cube.colonnes
        for noms in cube.croisements_de(colonne.question)
    ]


def _sujet(cube: Cube, colonne: Colonne, dimensions: tuple[Dimension, ...]) -> Sujet:
    publication = cube.publication
    return Sujet(
        question=colonne.question,
        titre=colonne.titre,
        colonnes=tuple(ColonneTableau(code, libelle) for code, libelle in colonne.modalites),
        groupes_nom="-".join(d.nom for d in dimensions),
        groupes_titre=", ".join(d.titre for d in dimensions),
        ou=_ou(publication),
        arrete_le=publication.au.isoformat(),
        ordre=_ordre(colonne, publication.parametres["seuils"][colonne.profil]),
    )


def _ou(publication: Publication) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Say which answers were counted; nothing of a file that was imported, which has no relevé."""
    collecte = ("collecte", (publication.collecte.nom,))
    if publication.releve is not None:
        return collecte, ("releve", (str(publication.releve.numero),))
    if "releve" in publication.parametres:  # told again for a wider plan
        return collecte, ("cloture", (str(publication.numero),))
    return ()


def _ordre(colonne: Colonne, seuils: Mapping[str, int]) -> Ordre:
    """Return what may be told of a question’s values; nothing by a publication without its ``m``."""
    if "m" not in seuils:
        return SANS_ORDRE
    valeurs = tuple(v for v in colonne.valeurs if v is not None)
    return Ordre(colonne.ordonnees, valeurs, seuils["m"], seuils["n_min"])


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
        groupe = frozenset(axes_lus(publication.parametres, axes))
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
