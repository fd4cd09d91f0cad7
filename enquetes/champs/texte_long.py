"""The person's own words, on several lines."""

from django import forms

from enquetes.parcours.definition import Nature

from .texte_court import TexteCourt


class TexteLong(TexteCourt):
    nature = Nature("texte_long", options=frozenset({"max"}))
    limite = 2000

    def _gadget(self) -> forms.Widget:
        return forms.Textarea(
            attrs={"rows": "5", "autocomplete": "off", "autocapitalize": "sentences"}
        )


CHAMP = TexteLong()
