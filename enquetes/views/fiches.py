"""What coordination reads of a questionnaire before choosing it."""

from dataclasses import dataclass

from enquetes.champs import NATURES, champ
from enquetes.echanges.mots import condition_en_mots
from enquetes.forms.collecte import nom_de_langue
from enquetes.models import VersionQuestionnaire
from enquetes.parcours.definition import Definition, Page, Question


@dataclass(frozen=True, slots=True)
class LangueProposee:
    code: str
    nom: str
    relue: bool
    """A native speaker has reviewed it."""


@dataclass(frozen=True, slots=True)
class PageEnMots:
    numero: int
    code: str
    questions: tuple[Question, ...]
    condition: str
    """Empty when everybody sees the page."""
    comptees: tuple[str, ...]
    """How what is typed will be counted."""

    @property
    def titre(self) -> str:
        return " · ".join(question.texte.dans("fr").texte for question in self.questions)


@dataclass(frozen=True, slots=True)
class Fiche:
    """A definition as the library shows it."""

    definition: Definition
    version: VersionQuestionnaire | None = None

    @property
    def titre(self) -> str:
        return self.definition.titre.dans("fr").texte

    @property
    def description(self) -> str:
        return self.definition.description.dans("fr").texte

    @property
    def est_locale(self) -> bool:
        """Written by a territoire, not bundled with Voix."""
        return self.version is not None and self.version.questionnaire.territoire_id is not None

    @property
    def nb_questions(self) -> int:
        return sum(NATURES[question.type].repond for question in self.definition.questions())

    @property
    def langues(self) -> list[LangueProposee]:
        return [
            LangueProposee(code, nom_de_langue(code), code in self.definition.langues_relues)
            for code in self.definition.langues
        ]

    @property
    def langues_non_relues(self) -> list[LangueProposee]:
        return [langue for langue in self.langues if not langue.relue]

    @property
    def pages(self) -> list[PageEnMots]:
        return [self._page(n, page) for n, page in enumerate(self.definition.pages, start=1)]

    def _page(self, numero: int, page: Page) -> PageEnMots:
        condition = ""
        if page.condition is not None:
            condition = condition_en_mots(self.definition, page.condition.arbre)
        comptees = tuple(mots for question in page.questions if (mots := _comptee(question)))
        return PageEnMots(numero, page.code, page.questions, condition, comptees)


def _comptee(question: Question) -> str:
    """Return how a typed answer will be counted; nothing where what is ticked says it."""
    type_ = champ(question.type)
    if classes := type_.classes(question):
        dites = ", ".join(classe.texte.dans("fr").texte for classe in classes)
        return f"Dans les résultats, comptée en classes\u00a0: {dites}."
    sans = [reglage.sans for reglage in type_.nature.reglages if reglage.sans]
    return sans[0] if sans else ""


def fiche(version: VersionQuestionnaire) -> Fiche:
    return Fiche(version.lue(), version)
