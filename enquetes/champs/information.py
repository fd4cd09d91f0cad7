"""A page that tells something and asks nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms

from enquetes.parcours.definition import Nature, Question, Reponses, Valeur

from .base import Champ


class Information(Champ):
    nature = Nature("information", repond=False, compare=False)

    def formulaire(self, question: Question, langue: str) -> dict[str, forms.Field]:
        return {}

    def lire(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, Valeur]:
        return {}

    def ecrire(self, question: Question, reponses: Reponses) -> dict[str, Any]:
        return {}

    def verifier_valeur(self, question: Question, valeur: Valeur) -> str | None:
        return f"«\u00a0{question.code}\u00a0» ne pose pas de question."


CHAMP = Information()
