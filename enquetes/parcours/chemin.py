"""Which pages a person sees, recomputed from the answers each time; nothing is ever written."""

from dataclasses import dataclass

from .conditions import evaluer
from .definition import SUFFIXE_PRECISION, Definition, Page, Reponses, Valeur


@dataclass(frozen=True, slots=True)
class Chemin:
    """The pages on the path, in order, and the answers that count."""

    pages: tuple[Page, ...]
    reponses: dict[str, Valeur]
    """Answers of the pages on the path only: a hidden answer is dropped."""

    def rang(self, code_page: str) -> int | None:
        """Return the place of a page on the path, from 0; nothing when it is hidden or unknown."""
        return next((i for i, page in enumerate(self.pages) if page.code == code_page), None)

    def reprise(self) -> Page | None:
        """Return the page after the last answered one, where a person goes on; nothing at the end.

        A page left empty on purpose is not asked again.
        """
        repondues = [
            rang
            for rang, page in enumerate(self.pages)
            if any(question.code in self.reponses for question in page.questions)
        ]
        suite = repondues[-1] + 1 if repondues else 0
        return self.pages[suite] if suite < len(self.pages) else None


def chemin(definition: Definition, reponses: Reponses) -> Chemin:
    """Walk the definition once. An answer to a hidden question is dropped and has no influence.

    A condition sees only the kept answers of earlier pages, so the walk has no loop and no dead
    end, and costs one pass whatever was answered.
    """
    pages: list[Page] = []
    gardees: dict[str, Valeur] = {}
    for page in definition.pages:
        if not evaluer(page.condition.arbre if page.condition else None, gardees):
            continue
        pages.append(page)
        for question in page.questions:
            for cle in (question.code, question.code + SUFFIXE_PRECISION):
                if cle in reponses:
                    gardees[cle] = reponses[cle]
    return Chemin(tuple(pages), gardees)


def suivante(definition: Definition, reponses: Reponses, code_page: str | None) -> Page | None:
    """Return the page after ``code_page`` on the path (the first one for ``None``), or nothing.

    When ``code_page`` has left the path, the next page is the first later one that is on it.
    """
    apres = _position(definition, code_page) if code_page is not None else -1
    for page in chemin(definition, reponses).pages:
        if _position(definition, page.code) > apres:
            return page
    return None


def precedente(definition: Definition, reponses: Reponses, code_page: str | None) -> Page | None:
    """Return the page before ``code_page`` on the path (the last one for ``None``), or nothing."""
    avant = _position(definition, code_page) if code_page is not None else len(definition.pages)
    pages = [
        p for p in chemin(definition, reponses).pages if _position(definition, p.code) < avant
    ]
    return pages[-1] if pages else None


def _position(definition: Definition, code_page: str) -> int:
    for position, page in enumerate(definition.pages):
        if page.code == code_page:
            return position
    raise KeyError(code_page)
