"""formtools' storage over the passation of the address: no session, no leak between people."""

from typing import Any

from formtools.wizard.storage.base import BaseStorage

from enquetes.actions.passations import enregistrer_page
from enquetes.parcours.chemin import Chemin, chemin

from .porte import Porte


class StockagePassation(BaseStorage):  # type: ignore[misc]  # formtools carries no types
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
        self.a_garde = enregistrer_page(
            passation_id=self.request.passation_id,
            acces=self.porte.acces,
            page=page,
            valeurs=cleaned_data["valeurs"],
            langue=cleaned_data["langue"],
            existe=self.porte.passation is not None,
        )
        for question in page.questions:
            for cle in [cle for cle in self.conservees if cle.split(".")[0] == question.code]:
                del self.conservees[cle]
        self.conservees |= cleaned_data["valeurs"]
        self.chemin = chemin(self.porte.definition, self.conservees)

    def page_apparue(self) -> str | None:
        """Return the first page that the last answer has just put on the path, if any."""
        avant = {page.code for page in self.avant.pages}
        return next((page.code for page in self.chemin.pages if page.code not in avant), None)
