"""A few words on one line."""

from typing import Any, ClassVar

from django import forms

from enquetes.parcours.definition import Nature, Question, Valeur

from .base import ChampSaisi, ChampTexte, entete, nettoyer
from .gadgets import saisie


class TexteCourt(ChampSaisi):
    nature = Nature("texte_court", options=frozenset({"max"}))
    limite: ClassVar[int] = 200

    def _limite(self, question: Question) -> int:
        return int(question.option("max", self.limite))

    def _gadget(self) -> forms.Widget:
        return saisie(autocapitalize="sentences", enterkeyhint="next")

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        options: dict[str, Any] = entete(question, langue)
        del options["required"]
        return ChampTexte(limite=self._limite(question), widget=self._gadget(), **options)

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        if not isinstance(valeur, str) or valeur != nettoyer(valeur) or not valeur:
            return f"«\u00a0{question.code}\u00a0» attend un texte."
        if len(valeur) > self._limite(question):
            return f"«\u00a0{question.code}\u00a0»\u00a0: le texte est trop long."
        return None


CHAMP = TexteCourt()
