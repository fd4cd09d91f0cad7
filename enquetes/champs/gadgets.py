"""Widgets that tell the template, option by option, the language and the pictogram."""

from collections.abc import Iterable
from typing import Any

from django import forms

from enquetes.parcours.definition import SUFFIXE_PRECISION, Choix


class _Options:
    """Adds to each option what a radio button or a box of Django does not carry.

    ``precision``: name of the short text it opens, drawn under it and not after the whole group.
    """

    def __init__(self, *, choix: Iterable[Choix], langue: str) -> None:
        self.par_code = {un.code: un for un in choix}
        self.langue = langue
        super().__init__(  # type: ignore[call-arg]  # the other parent is a ChoiceWidget
            choices=[(un.code, un.texte.dans(langue).texte) for un in self.par_code.values()]
        )

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]  # as above
        choix = self.par_code[str(value)]
        if choix.exclusif and option["type"] == "checkbox":
            option["attrs"]["data-seul"] = ""
        return option | {
            "pictogramme": choix.pictogramme,
            "langue": choix.texte.dans(self.langue).langue,
            "exclusif": choix.exclusif,
            "precision": name + SUFFIXE_PRECISION if choix.precision else "",
        }


class Boutons(_Options, forms.RadioSelect):
    """One answer among several."""


class Cases(_Options, forms.CheckboxSelectMultiple):
    """Several answers at once."""


def saisie(**attributs: str) -> forms.TextInput:
    """Return a one-line input that a shared keyboard should not remember."""
    return forms.TextInput(attrs={"autocomplete": "off", **attributs})
