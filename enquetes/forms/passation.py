"""The form of one page of a questionnaire, made once for each version and language."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from enquetes.champs import champ
from enquetes.champs.base import message_de_refus_contredit
from enquetes.parcours.definition import Page, Reponses, Valeur
from voix.commun.memoire import par_identite


class FormulaireDePage(forms.Form):
    """One page: its questions are known to the class, its answers to the instance."""

    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    page: Page
    langue: str
    plie = False
    """Drawn for the document of a device, whose script gives choices their names."""

    def clean(self) -> dict[str, Any]:
        """Ask which is meant, when something is typed beside a refusal: neither is dropped unsaid."""
        for question in self.page.questions:
            type_ = champ(question.type)
            ecrit = type_.nom_ecrit(question)
            if type_.refuse(question, self.cleaned_data) and self._a_ecrit(ecrit):
                self.errors.pop(ecrit, None)  # right or wrong, that is not what is asked
                message = message_de_refus_contredit(self.langue)
                self.add_error(ecrit, ValidationError(message, code="refus_contredit"))
        return self.cleaned_data

    def _a_ecrit(self, nom: str) -> bool:
        return nom in self.errors or self.cleaned_data.get(nom) not in (None, "")

    def valeurs(self) -> dict[str, Valeur]:
        """Return what is to be stored, once valid."""
        valeurs: dict[str, Valeur] = {}
        for question in self.page.questions:
            valeurs |= champ(question.type).lire(question, self.cleaned_data)
        return valeurs

    @property
    def titre_de_page(self) -> str:
        """Return the field whose label is the heading of the page."""
        return self.page.questions[0].code


def initial_de_page(page: Page, reponses: Reponses) -> dict[str, Any]:
    """Return the initial data of a page's form, from stored answers."""
    initial: dict[str, Any] = {}
    for question in page.questions:
        initial |= champ(question.type).ecrire(question, reponses)
    return initial


@par_identite(4096)
def formulaire_de_page(page: Page, langue: str) -> type[FormulaireDePage]:
    """Return the form class of a page in a language."""
    champs: Mapping[str, forms.Field] = {
        nom: champ_
        for question in page.questions
        for nom, champ_ in champ(question.type).formulaire(question, langue).items()
    }
    classe: type[FormulaireDePage] = type("FormulaireDePage", (FormulaireDePage,), dict(champs))
    # Set afterwards: a question may be called « langue », and its field must not be replaced.
    classe.page, classe.langue = page, langue
    return classe
