"""Several answers at once; an exclusive one stands alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enquetes.parcours.definition import (
    REFUS,
    SUFFIXE_PRECISION,
    Choix,
    Nature,
    Question,
    Reponses,
    TexteRendu,
    Valeur,
)

from .base import (
    Champ,
    a_precision,
    autre_dite,
    autre_hors_ligne,
    champ_precision,
    ecrire_cles,
    entete,
    libelles_de,
    lire_precision,
)
from .gadgets import Cases
from .textes import CHOIX_REFUS


class _Plusieurs(forms.MultipleChoiceField):
    def __init__(self, *, modalites: tuple[Choix, ...], langue: str, **options: Any) -> None:
        self.modalites, self.langue = modalites, langue
        super().__init__(
            choices=[(choix.code, choix.texte.dans(langue).texte) for choix in modalites],
            widget=Cases(choix=modalites, langue=langue),
            error_messages={
                "invalid_choice": _(
                    "Cette réponse n’existe pas. Choisissez des réponses de la liste."
                ),
                "invalid_list": _(
                    "Cette réponse n’existe pas. Choisissez des réponses de la liste."
                ),
            },
            **options,
        )

    def clean(self, value: Any) -> list[str]:
        codes = set(super().clean(value))
        for choix in self.modalites:
            if choix.exclusif and choix.code in codes and len(codes) > 1:
                raise ValidationError(
                    _("« %(seule)s » ne va pas avec une autre réponse. Décochez l’une des deux."),
                    code="exclusif",
                    params={"seule": choix.texte.dans(self.langue).texte},
                )
        return [choix.code for choix in self.modalites if choix.code in codes]


class ChoixMultiple(Champ):
    nature = Nature("choix_multiple", choix="auteur", multiple=True)

    def modalites(self, question: Question) -> tuple[Choix, ...]:
        return question.choix

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        return {"t": "plusieurs"} | autre_hors_ligne(question.choix)

    def formulaire(self, question: Question, langue: str) -> dict[str, forms.Field]:
        champs: dict[str, forms.Field] = {
            question.code: _Plusieurs(
                modalites=(*question.choix, CHOIX_REFUS), langue=langue, **entete(question, langue)
            )
        }
        if a_precision(question.choix):
            champs[question.code + SUFFIXE_PRECISION] = champ_precision(langue)
        return champs

    def lire(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, Valeur]:
        coches = set(cleaned.get(question.code) or ())
        if REFUS in coches:
            return {question.code: REFUS}
        if not any(choix.exclusif and choix.code in coches for choix in question.choix):
            coches.add(autre_dite(question, question.choix, cleaned))
        codes = [choix.code for choix in question.choix if choix.code in coches]
        if not codes:
            return {}
        return {question.code: codes} | lire_precision(question, codes, cleaned)

    def ecrire(self, question: Question, reponses: Reponses) -> dict[str, Any]:
        initial = ecrire_cles(question, reponses, SUFFIXE_PRECISION)
        if initial.get(question.code) == REFUS:
            initial[question.code] = [REFUS]
        return initial

    def _libelle(self, question: Question, reponses: Reponses, langue: str) -> list[TexteRendu]:
        codes = reponses[question.code]
        return libelles_de(
            question, question.choix, codes if isinstance(codes, list) else [], reponses, langue
        )

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        connus = {choix.code: choix for choix in question.choix}
        if not isinstance(valeur, list) or not valeur or len(set(valeur)) != len(valeur):
            return f"«\u00a0{question.code}\u00a0» attend une liste de réponses différentes."
        inconnus = [code for code in valeur if code not in connus]
        if inconnus:
            return f"«\u00a0{inconnus[0]}\u00a0» n’est pas une réponse de «\u00a0{question.code}\u00a0»."
        if len(valeur) > 1 and any(connus[code].exclusif for code in valeur):
            return f"Une réponse de «\u00a0{question.code}\u00a0» ne va pas avec les autres."
        return None


CHAMP = ChoixMultiple()
