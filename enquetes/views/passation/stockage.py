"""formtools' storage over the passation of the address: no session, no leak between people."""

from collections.abc import Mapping, Sequence
from typing import Any

from formtools.wizard.storage.base import BaseStorage

from enquetes.actions.passations import changer_page, cles_de, enregistrer_page
from enquetes.parcours.chemin import Chemin, chemin
from enquetes.parcours.definition import Page, Valeur

from .adresses import VERIFIER
from .porte import Porte


class StockagePassation(BaseStorage):
    """Reads the draft once a request and writes one page by the action that everything uses.

    formtools keeps the raw data of every step to validate all of them again at the end. Here what
    was stored was valid when it was stored, and the action that sends walks the path again: the
    cost of a step does not grow with the questionnaire.
    """

    def __init__(self, prefix: str, request: Any = None, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.porte: Porte = request.porte
        self.init_data()
        reponses = self.porte.passation.reponses if self.porte.passation else {}
        self.chemin: Chemin = chemin(self.porte.definition, reponses)
        self.avant = self.chemin
        self.conservees: dict[str, Any] = dict(reponses)
        self.a_garde = False

    def get_step_data(self, step: str) -> None:
        """Return nothing: a page shows stored answers as initial data, not as a submission."""

    def set_step_data(self, step: str, cleaned_data: dict[str, Any]) -> None:
        """Store the answers of one page and walk the path again with them."""
        page = self.porte.definition.page(step)
        self.a_garde = self._garder(page, **cleaned_data)
        for cle in cles_de(page):
            self.conservees.pop(cle, None)
        self.conservees |= cleaned_data["valeurs"]
        self.chemin = chemin(self.porte.definition, self.conservees)

    def _garder(self, page: Page, valeurs: Mapping[str, Valeur], langue: str, mode: str) -> bool:
        """Store, in the draft of this request; without one, or if it has just gone, in a new one."""
        lue = self.porte.passation
        if lue is not None and changer_page(
            passation=lue, page=page, valeurs=valeurs, langue=langue
        ):
            return True
        return enregistrer_page(
            passation_id=self.request.passation_id,
            acces=self.porte.acces,
            page=page,
            valeurs=valeurs,
            langue=langue,
            mode=mode,
        )

    def reprise(self) -> str:
        """Return the step where the person goes on."""
        page = self.chemin.reprise()
        return page.code if page else VERIFIER

    def precedente(self, etape: str | None) -> str | None:
        """Return the page before a step on the path (before the summary for ``None``), if any."""
        rang = len(self.chemin.pages) if etape is None else self.chemin.rang(etape)
        return self.chemin.pages[rang - 1].code if rang else None

    def a_demander(self, etape: str, prevues: Sequence[str]) -> list[str]:
        """Return the pages to ask after a change made from the summary, before coming back to it.

        They have no answer, and the change has just put them on the path, or an earlier one did.
        """
        avant = {page.code for page in self.avant.pages}.difference(prevues)
        return [
            page.code
            for page in self.chemin.pages
            if page.code not in avant and page.code != etape and not self._a_repondu(page)
        ]

    def _a_repondu(self, page: Page) -> bool:
        return any(question.code in self.chemin.reponses for question in page.questions)
