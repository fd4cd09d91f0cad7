"""The blocks of text of a bilan."""

from typing import Any

from django import forms

from analyses.models import BLOCS, LONGUEUR_DE_BLOC
from voix.commun.francais import TexteDroit

from .registres import Formulaire


class BilanForm(Formulaire):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bloc, titre in BLOCS:
            self.fields[bloc] = TexteDroit(
                label=titre,
                required=False,
                max_length=LONGUEUR_DE_BLOC,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text="Sans nom de personne et sans chiffre sur les personnes. Vide, le bloc disparaît.",
            )
