"""One address a table: a question, in which groups, among whom, at which relevé. Closed lists only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.urls import reverse

from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.lecture import Collecte
from analyses.lectures import Lecture

from .comparaisons import GROUPE_ABSENT, Refus, refus_de_comparer

__all__ = ["Choix", "Refus"]


@dataclass(frozen=True, slots=True)
class Choix:
    """What is asked of the cube of a relevé."""

    collecte: str
    releve: int
    question: str
    par: str = ""
    """Dimensions of a grouping, separated by commas; empty for everybody together."""
    parmi: str = ""
    """One group only (``dimension:code``); empty for everybody."""

    @classmethod
    def lu(cls, donnees: Mapping[str, str], collecte: str, releve: int, question: str) -> Self:
        """Return what an address asks for; whether it exists is another question."""
        return cls(
            collecte, releve, question, donnees.get("par", ""), donnees.get("parmi", "")
        ).simple()

    def simple(self) -> Self:
        """Name the same table in one way: who reads one group does not compare by its dimension."""
        seule = self.parmi.partition(":")[0]
        # Structures are nested in territoires: one structure is in one territoire.
        dites = {seule, "territoire"} if seule == "structure" else {seule}
        noms = [nom for nom in self.par.split(",") if nom and nom not in dites]
        return replace(self, par=",".join(noms))

    @property
    def adresse(self) -> str:
        """Return the one address of this table: always the relevé, never an empty choice."""
        dits = {"releve": str(self.releve), "par": self.par, "parmi": self.parmi}
        suite = urlencode({nom: valeur for nom, valeur in dits.items() if valeur}, safe=",:")
        return f"{reverse('analyses:question', args=[self.collecte, self.question])}?{suite}"

    @property
    def ventilation(self) -> str:
        """Return all the dimensions that the table is read in."""
        return ",".join(filter(None, [self.par, self.parmi.partition(":")[0]]))

    def est_publie(self, lecture: Lecture) -> bool:
        """Return whether the closing shows this question in these groups."""
        publies = {frozenset(par.split(",")) for par, _titre in lecture.groupements(self.question)}
        voulue = frozenset(filter(None, self.ventilation.split(",")))
        # Where nobody has a structure, one territoire alone is still a group of that dimension.
        if not self.par and voulue == {"structure"}:
            return not publies.isdisjoint((voulue, frozenset({"territoire"})))
        return not voulue or voulue in publies

    def tableau(self, lecture: Lecture) -> TableauProtege | None:
        """Return the table as it was published; nothing when it was not."""
        if not self.est_publie(lecture):
            return None
        if self.parmi:
            return lecture.tranche(self.question, self.par, self.parmi)
        return lecture.tableau(self.question, self.par)

    def refus(self, collecte: Collecte, lecture: Lecture) -> Refus:
        """Return why this table is not shown: hidden by the closing, too small, or not in the plan."""
        if self.est_publie(lecture):
            return Refus(GROUPE_ABSENT)
        if motif := lecture.refusee(self.question, self.ventilation):
            return Refus(motif)
        return refus_de_comparer(
            collecte, self.question, self.ventilation, personnes=lecture.personnes
        )

    def voisines(self, lecture: Lecture) -> dict[str, "Choix"]:
        """Return the same table of the questions before and after, in the questionnaire's order."""
        codes = [code for code, _titre in lecture.questions()]
        rang = codes.index(self.question)
        paires = (("avant", codes[rang - 1 : rang] if rang else []), ("apres", codes[rang + 1 :]))
        return {ou: replace(self, question=suite[0]) for ou, suite in paires if suite}

    def en_contexte(self, lecture: Lecture) -> dict[str, Any]:
        """Return the closed lists of the form, and what is chosen in each."""
        groupes = lecture.groupes(self.question)
        return {
            "choix": self,
            "offertes": lecture.questions(),
            "groupements": lecture.groupements(self.question),
            "groupes": groupes,
            "parmi_dit": next(
                (dit for _, siens in groupes for code, dit in siens if code == self.parmi), ""
            ),
        }
