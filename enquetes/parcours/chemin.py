"""Which pages a person sees, recomputed from the answers each time; nothing is ever written."""

import json
from dataclasses import dataclass
from hashlib import blake2b

from .conditions import evaluer, questions_citees
from .definition import SUFFIXE_PRECISION, Definition, Page, Reponses, Valeur


@dataclass(frozen=True, slots=True)
class Chemin:
    """The pages on the path, in order, and the answers that count."""

    pages: tuple[Page, ...]
    reponses: dict[str, Valeur]
    """Answers of the pages on the path only: a hidden answer is dropped."""

    @property
    def empreinte(self) -> str:
        """Return a few signs that are others for other answers. They stay on a page: nothing keeps them."""
        ecrites = json.dumps(self.reponses, sort_keys=True, ensure_ascii=False)
        return blake2b(ecrites.encode(), digest_size=6).hexdigest()

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


def total_est_sur(definition: Definition, code_page: str) -> bool:
    """Return whether no answer still to come on this page or after can add or remove a page."""
    rang = next(i for i, page in enumerate(definition.pages) if page.code == code_page)
    a_venir = {question.code for page in definition.pages[rang:] for question in page.questions}
    return all(
        page.condition is None or a_venir.isdisjoint(questions_citees(page.condition.arbre))
        for page in definition.pages[rang + 1 :]
    )


def suivante(definition: Definition, reponses: Reponses, code_page: str | None) -> Page | None:
    """Return the page after ``code_page`` on the path (the first one for ``None``), or nothing.

    When ``code_page`` has left the path, the next page is the first later one that is on it.

    Errors: ``KeyError`` when the definition has no such page.
    """
    rangs = _rangs(definition)
    apres = -1 if code_page is None else rangs[code_page]
    pages = chemin(definition, reponses).pages
    return next((page for page in pages if rangs[page.code] > apres), None)


def precedente(definition: Definition, reponses: Reponses, code_page: str | None) -> Page | None:
    """Return the page before ``code_page`` on the path (the last one for ``None``), or nothing.

    Errors: ``KeyError`` when the definition has no such page.
    """
    rangs = _rangs(definition)
    avant = len(rangs) if code_page is None else rangs[code_page]
    pages = chemin(definition, reponses).pages
    return next((page for page in reversed(pages) if rangs[page.code] < avant), None)


def _rangs(definition: Definition) -> dict[str, int]:
    return {page.code: rang for rang, page in enumerate(definition.pages)}
