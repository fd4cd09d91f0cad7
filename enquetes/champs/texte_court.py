"""A few words on one line."""

from typing import Any, ClassVar

from django import forms

from enquetes.parcours.definition import Forme, Nature, Question, Reglage, Valeur

from .base import ChampSaisi, ChampTexte, defaut_de_texte, entete, messages_trop_long
from .gadgets import saisie


class TexteCourt(ChampSaisi):
    nature = Nature(
        "texte_court",
        compare=False,
        libre=True,
        papier="texte",
        lignes=2,
        reglages=(Reglage("max", Forme.ENTIER, "max: 100", mini=1, maxi=200),),
    )
    limite: ClassVar[int] = 200

    def _limite(self, question: Question) -> int:
        return int(question.option("max", self.limite))

    def _gadget(self) -> forms.Widget:
        return saisie(autocapitalize="sentences", enterkeyhint="next")

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        options: dict[str, Any] = entete(question, langue)
        del options["required"]
        return ChampTexte(limite=self._limite(question), widget=self._gadget(), **options)

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        limite = self._limite(question)
        return {"t": "texte", "max": limite, "m": messages_trop_long(limite)}

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        return defaut_de_texte(question, valeur, self._limite(question))


CHAMP = TexteCourt()
