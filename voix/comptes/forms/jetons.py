"""The form of a token: what it is for, what it opens, for how long."""

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from django import forms

from voix.commun.francais import TexteDroit
from voix.comptes.actions.jetons import DUREES
from voix.comptes.models import Portee


class JetonForm(forms.Form):
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    use_required_attribute = False

    cle = forms.UUIDField(widget=forms.HiddenInput)
    nom = TexteDroit(
        label="À quoi il servira",
        help_text="Par exemple «\u00a0Carnet pandas du bilan 2027\u00a0».",
        max_length=80,
        error_messages={"required": "Dites à quoi il servira."},
    )
    portees = forms.TypedMultipleChoiceField(
        label="Ce qu’il permet de lire",
        coerce=Portee,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une case."},
    )
    duree = forms.TypedChoiceField(
        label="Pour combien de temps",
        choices=list(DUREES.items()),
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une durée."},
    )

    def __init__(self, *args: Any, portees: list[Portee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [(p.value, str(p.label).capitalize()) for p in portees]
        self.fields["portees"].choices = choix  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["cle"].initial = _neuve


def _neuve() -> UUID:
    """Return a key for a form that is shown: called at each display."""
    return uuid4()
