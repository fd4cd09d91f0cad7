"""What pages, files and the API read: of persons, a publication’s cube; of organisations, plain counts."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from analyses import cube as cubes
from analyses import tableaux
from analyses.actions.clotures import est_a_completer
from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import (
    SANS_AUCUNE_STRUCTURE,
    Collecte,
    SansTableau,
    Source,
    cliche_de,
    nb_ecartees,
    sans_tableau_de,
)
from analyses.extraction.personnes import par_source
from analyses.models import Cellule, Publication


class Lecture(Protocol):
    """One count of a collecte, as its pages show it."""

    @property
    def numero(self) -> int: ...
    @property
    def arrete_le(self) -> date: ...
    @property
    def nombre(self) -> int: ...
    @property
    def personnes(self) -> bool: ...
    @property
    def cle(self) -> str: ...
    def questions(self) -> list[tuple[str, str]]: ...
    def a_la_question(self, code: str) -> bool: ...
    def est_publique(self, code: str) -> bool: ...
    def tous(self) -> list[TableauProtege]: ...
    def tableau(self, code: str, par: str = "") -> TableauProtege: ...
    def tranche(self, code: str, par: str, parmi: str) -> TableauProtege | None: ...
    def groupements(self, code: str) -> list[tuple[str, str]]: ...
    def groupes(self, code: str) -> list[tuple[str, list[tuple[str, str]]]]: ...
    def refusee(self, code: str, par: str) -> str: ...
    def pourquoi(self, code: str) -> list[str]: ...
    def sans_tableau(self) -> list[SansTableau]: ...
    def a_completer(self) -> bool: ...
    def sources(self) -> list[tuple[str, str]]: ...
    def ecartees(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LectureOrganisations:
    """Respondents are organisations or territoires: nothing is hidden."""

    prise: Source

    @property
    def numero(self) -> int:
        return self.prise.releve.numero

    @property
    def arrete_le(self) -> date:
        return self.prise.releve.arrete_le

    @property
    def nombre(self) -> int:
        return self.prise.releve.nb_passations

    @property
    def personnes(self) -> bool:
        return self.prise.personnes

    def questions(self) -> list[tuple[str, str]]:
        return [(colonne.question, colonne.titre) for colonne in self.prise.colonnes]

    @property
    def cle(self) -> str:
        """Return what changes when the tables do; cheap."""
        return f"releve-{self.prise.releve.pk}-{cliche_de(self.prise).empreinte}"

    def a_la_question(self, code: str) -> bool:
        return self.prise.colonne(code) is not None

    def est_publique(self, code: str) -> bool:
        """Return whether anybody may read a question: of organisations, always."""
        return True

    def tous(self) -> list[TableauProtege]:
        return tableaux.tous(self.prise)

    def tableau(self, code: str, par: str = "") -> TableauProtege:
        return tableaux.tableau(self.prise, code, par)

    def tranche(self, code: str, par: str, parmi: str) -> TableauProtege | None:
        return None

    def groupements(self, code: str) -> list[tuple[str, str]]:
        return tableaux.groupements(self.prise, code)

    def groupes(self, code: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return []

    def refusee(self, code: str, par: str) -> str:
        """Return why there is nothing to compare; empty when there is."""
        return tableaux.sans_valeur(self.prise, code) or tableaux.sans_valeur(self.prise, par)

    def pourquoi(self, code: str) -> list[str]:
        return []

    def sans_tableau(self) -> list[SansTableau]:
        return sans_tableau_de(self.prise.collecte)

    def a_completer(self) -> bool:
        return False

    def sources(self) -> list[tuple[str, str]]:
        lues = par_source(self.prise.collecte, self.prise.releve)
        return [(libelle, str(nombre)) for libelle, nombre in lues]

    def ecartees(self) -> str:
        return str(nb_ecartees(self.prise.collecte))


@dataclass(frozen=True, slots=True)
class LecturePersonnes:
    """Respondents are persons: only what a closing displayed."""

    cube: cubes.Cube
    personnes: bool = True

    @property
    def numero(self) -> int:
        return self.cube.publication.numero

    @property
    def arrete_le(self) -> date:
        return self.cube.publication.au

    @property
    def nombre(self) -> int:
        return self.cube.publication.nombre

    def questions(self) -> list[tuple[str, str]]:
        """Return code and title of the questions that are counted, in the questionnaire's order."""
        return [(colonne.question, colonne.titre) for colonne in self.cube.colonnes]

    @property
    def cle(self) -> str:
        """Return what changes when the tables do: a wider plan adds cells to a publication."""
        publication = self.cube.publication.pk
        nombre = Cellule.objects.filter(population__publication=publication).count()
        return f"publication-{publication}-{nombre}"

    def a_la_question(self, code: str) -> bool:
        return any(colonne.question == code for colonne in self.cube.colonnes)

    def est_publique(self, code: str) -> bool:
        """Return whether anybody may read a question, not the inner circle alone."""
        return self.cube.publication.est_publique(code)

    def tous(self) -> list[TableauProtege]:
        return cubes.ensemble(self.cube)

    def tableau(self, code: str, par: str = "") -> TableauProtege:
        return cubes.tableau(self.cube, code, tuple(par.split(",")) if par else ())

    def tranche(self, code: str, par: str, parmi: str) -> TableauProtege | None:
        """Return the table of one group (``dimension:code``) only, if the closing shows it."""
        nom, _, groupe = parmi.partition(":")
        noms = tuple(par.split(",")) if par else ()
        return cubes.tranche(self.cube, code, noms, (nom, groupe))

    def groupes(self, code: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the groups that a question may be read of alone, by title of their dimension."""
        return cubes.groupes(self.cube, code)

    def refusee(self, code: str, par: str) -> str:
        """Return why a grouping of the plan has no table for this question; empty when it has one."""
        if par == "structure" and self.cube.sans_structure:
            return SANS_AUCUNE_STRUCTURE
        return self.cube.refusee(code, tuple(par.split(",")))

    def groupements(self, code: str) -> list[tuple[str, str]]:
        """Return the groupings whose table of this question was published."""
        choix = [
            (",".join(noms), self.cube.en_titres(noms))
            for noms in self.cube.croisements_de(code)
            if noms and not self.cube.refusee(code, noms)
        ]
        # Structures are nested in territoires: the first level is a table of its own.
        seul = "structure" in dict(choix) and "territoire" not in self.cube.dimensions
        if self.cube.sans_structure:
            choix = [(par, titre) for par, titre in choix if par != "structure"]
        return [("territoire", "Territoire"), *choix] if seul else choix

    def pourquoi(self, code: str) -> list[str]:
        """Return why something of a question is hidden, or not shown, as its closing wrote it."""
        parametres = self.cube.publication.parametres
        refusees = [
            f"Par {self.cube.en_titres(noms)}\u00a0: {refus}"
            for noms in self.cube.croisements_de(code)
            if noms and (refus := self.cube.refusee(code, noms))
        ]
        return [*parametres.get("raisons", {}).get(code, []), *refusees]

    def sans_tableau(self) -> list[SansTableau]:
        """Return the questions that are not counted, and why."""
        publication = self.cube.publication
        return sans_tableau_de(publication.collecte, publication.plan.rubriques)

    def a_completer(self) -> bool:
        """Return whether the plan was widened since: more tables may be prepared."""
        return est_a_completer(self.cube.publication)

    def sources(self) -> list[tuple[str, str]]:
        """Return by which ways answers came, with their number where it may be told."""
        table = cubes.sources(self.cube)
        if table is None or table.total is None:
            return [(libelle, str(self.nombre)) for libelle in cubes.seule_source(self.cube)]
        paires = zip(table.colonnes, table.total.cellules, strict=True)
        return [(colonne.libelle, table.total.dire(cellule)) for colonne, cellule in paires]

    def ecartees(self) -> str:
        """Return how many answers were set aside at the closing, in French."""
        return cubes.ecartees(self.cube)


def lecture_du_releve(prise: Source) -> Lecture | None:
    """Return what may be read of a relevé; nothing while its tables are not prepared."""
    if not prise.personnes:
        return LectureOrganisations(prise)
    publication = Publication.du_releve(prise.releve.pk)
    return LecturePersonnes(cubes.cube_de(publication)) if publication else None


def mains_levees(collecte: Collecte) -> list[TableauProtege]:
    """Return what the rooms of a collecte said by raising hands: beside its results, never in them."""
    return tableaux.mains_levees(collecte)
