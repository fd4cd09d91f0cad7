"""The person's own words, on several lines."""

from django import forms

from enquetes.parcours.definition import Forme, Nature, Reglage

from .texte_court import TexteCourt


class TexteLong(TexteCourt):
    nature = Nature(
        "texte_long",
        compare=False,
        libre=True,
        papier="texte",
        lignes=6,
        reglages=(Reglage("max", Forme.ENTIER, "max: 1000", mini=1, maxi=4000),),
    )
    limite = 2000

    def _gadget(self) -> forms.Widget:
        return forms.Textarea(
            attrs={"rows": "5", "autocomplete": "off", "autocapitalize": "sentences"}
        )


CHAMP = TexteLong()
