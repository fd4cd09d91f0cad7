"""The official text of a published scale, pasted piece by piece."""

import re
from typing import Any, cast

from django import forms

from enquetes.bibliotheque.echelles import Emplacement, Gabarit
from voix.commun.francais import TexteTel
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

from .lieux import LieuField, territoires_de

LONGUEUR = 400
_NUMERO = re.compile(r"(?:[0-9]{1,2}\s*[.)]|[-–•])\s+")
"""What comes before a question in a list, and is no part of it."""


def repartir(gabarit: Gabarit, bloc: str) -> dict[str, str] | None:
    """Return each line as the text of one question; ``None`` unless there are as many of both."""
    lignes = [_sans_numero(ligne.strip()) for ligne in bloc.splitlines()]
    pleines = [ligne for ligne in lignes if ligne]
    if len(pleines) != len(gabarit.questions):
        return None
    return {e.code: ligne for e, ligne in zip(gabarit.questions, pleines, strict=True)}


def _sans_numero(ligne: str) -> str:
    numero = _NUMERO.match(ligne)
    return ligne[numero.end() :] if numero else ligne


class TexteColleField(TexteTel):
    """Expected, and called so; whether it may still be left out is for the whole form to say."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class EchelleForm(forms.Form):
    """One field for each piece of text, then where it comes from and whether it is untouched."""

    use_required_attribute = False

    def __init__(self, *args: Any, gabarit: Gabarit, compte: Compte, **options: Any) -> None:
        super().__init__(*args, **options)
        self.gabarit = gabarit
        for rang, question in enumerate(gabarit.questions, 1):
            self.fields[question.code] = _texte(f"Question {rang}", question, lignes=2)
        for reponse in gabarit.reponses:
            self.fields[reponse.code] = _texte(_avec_majuscule(reponse.repere), reponse, lignes=1)
        self.fields["source"] = TexteColleField(
            label="D’où vient ce texte",
            max_length=150,
            help_text="Le titre du document, son année, la page.",
        )
        self.fields["confirme"] = forms.BooleanField(
            label="J’ai collé le texte officiel français, entier, sans rien changer.",
            required=False,
        )
        self.fields["lieu"] = LieuField(
            label="Pour quel territoire",
            help_text="Les coordinations de ce territoire pourront l’utiliser.",
            error_messages={
                "required": "Choisissez un territoire.",
                "invalid_choice": "Choisissez un territoire de la liste.",
            },
        )
        cast(LieuField, self.fields["lieu"]).proposer(
            territoires_de(compte, Droit.IMPORTER_QUESTIONNAIRE), []
        )

    @property
    def textes(self) -> dict[str, str]:
        """Return the pieces, by code."""
        return {e.code: self.cleaned_data.get(e.code, "") for e in self.gabarit.emplacements}

    @property
    def source_confirmee(self) -> str:
        """Return the source if the person confirmed the text, else nothing."""
        confirme = self.cleaned_data.get("confirme")
        return str(self.cleaned_data["source"]) if confirme else ""

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        questions = [e for e in self.gabarit.questions if donnees.get(e.code)]
        if not questions and not self.errors:
            self.add_error(self.gabarit.questions[0].code, "Collez au moins une question.")
        self._refuser_les_doubles()
        for reponse in self.gabarit.reponses:
            # Without its answers a question cannot be asked at all.
            if questions and not donnees.get(reponse.code) and reponse.code not in self.errors:
                self.add_error(reponse.code, "Collez ce texte, qui sert à chaque question.")
        if donnees.get("confirme"):
            self._exiger_complet()
        return donnees

    def _refuser_les_doubles(self) -> None:
        for emplacements in (self.gabarit.questions, self.gabarit.reponses):
            vus: dict[str, Emplacement] = {}
            for emplacement in emplacements:
                texte = " ".join(self.cleaned_data.get(emplacement.code, "").casefold().split())
                if texte and texte in vus:
                    autre = self.fields[vus[texte].code].label
                    self.add_error(emplacement.code, f"Ce texte est déjà là\u00a0: {autre}.")
                vus.setdefault(texte, emplacement)

    def _exiger_complet(self) -> None:
        if not self.cleaned_data.get("source"):
            self.add_error("source", "Écrivez d’où vient ce texte, ou décochez la case dessous.")
        for emplacement in self.gabarit.questions:
            if not self.cleaned_data.get(emplacement.code) and emplacement.code not in self.errors:
                self.add_error(emplacement.code, "Collez-la, ou décochez la case du texte entier.")


def _texte(etiquette: str, emplacement: Emplacement, *, lignes: int) -> TexteColleField:
    repere = "" if _avec_majuscule(emplacement.repere) == etiquette else emplacement.repere
    return TexteColleField(
        label=etiquette,
        max_length=LONGUEUR,
        help_text=repere,
        widget=forms.Textarea(attrs={"rows": lignes}) if lignes > 1 else forms.TextInput(),
    )


def _avec_majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
