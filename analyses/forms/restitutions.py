"""What coordination writes for those who answered: each text in each language of the collecte."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms

from analyses.actions.restitutions import LONGUEUR_MAX, ProjetSuite
from analyses.extraction.repondants import LANGUE_SOURCE, LANGUES
from analyses.indicateurs.catalogue import catalogue
from analyses.models import QUESTIONS_MAX, DecisionRendue, Proposition
from voix.commun.francais import TexteDroit, TexteFrancais

from .registres import Formulaire

SEPARATEUR: Final = ":"


def _zone(libelle: str, langue: str, *, aide: str = "", depart: str = "") -> forms.CharField:
    seul = langue == LANGUE_SOURCE
    return (TexteFrancais if seul else TexteDroit)(
        label=libelle if seul else f"{libelle} ({LANGUES[langue]})",
        help_text=aide if seul else "",
        required=seul,
        max_length=LONGUEUR_MAX,
        initial=depart,
        widget=forms.Textarea(attrs={"rows": 3, "lang": langue, "dir": "auto"}),
        error_messages={"required": f"Écrivez «\u00a0{libelle}\u00a0» en français."},
    )


class _EnLangues(Formulaire):
    def __init__(self, *args: Any, langues: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # French first: it is the one that every reader falls back on.
        self.langues = sorted({LANGUE_SOURCE, *langues}, key=lambda c: (c != LANGUE_SOURCE, c))

    def textes(self, nom: str) -> dict[str, str]:
        """Return ``{language: text}`` of a text, once valid."""
        return {langue: self.cleaned_data[f"{nom}_{langue}"] for langue in self.langues}

    def demander(self, nom: str, libelle: str, aide: str, depart: Mapping[str, str]) -> None:
        """Ask for a text in each language."""
        for langue in self.langues:
            self.fields[f"{nom}_{langue}"] = _zone(
                libelle, langue, aide=aide, depart=depart.get(langue, "")
            )


class RestitutionForm(_EnLangues):
    def __init__(
        self,
        *args: Any,
        questions: Iterable[tuple[str, str]],
        mot: Mapping[str, str],
        choisies: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        aide = "Deux phrases courtes\u00a0: à quoi ces réponses servent. Pas de chiffre."
        self.demander("mot", "Mot d’introduction", aide, mot)
        self.fields["questions"] = forms.MultipleChoiceField(
            label="Questions dont les chiffres seront montrés",
            help_text=f"{QUESTIONS_MAX} au plus.",
            choices=list(questions),
            initial=list(choisies),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_questions(self) -> list[str]:
        choisies: list[str] = self.cleaned_data["questions"]
        if len(choisies) > QUESTIONS_MAX:
            raise forms.ValidationError(f"Choisissez {QUESTIONS_MAX} questions au plus.")
        return choisies


class SuiteForm(_EnLangues):
    """One thing that was said; what it is tied to is one list."""

    def __init__(
        self,
        *args: Any,
        questions: Iterable[tuple[str, str]],
        propositions: Iterable[Proposition],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.propositions = {f"p{SEPARATEUR}{p.pk}": p for p in propositions}
        groupes = [
            ("Une question", [(f"q{SEPARATEUR}{code}", titre) for code, titre in questions]),
            (
                "Une proposition",
                [(cle, f"{p.reference}. {p.texte[:80]}") for cle, p in self.propositions.items()],
            ),
            (
                "Un indicateur",
                [(f"i{SEPARATEUR}{i.code}", f"{i.code}. {i.nom}") for i in catalogue()],
            ),
        ]
        self.fields["objet"] = forms.ChoiceField(
            label="Au sujet de",
            choices=[("", "Choisissez"), *(g for g in groupes if g[1])],
            error_messages={"required": "Choisissez de quoi il s’agit."},
        )
        self.demander("dit", "Vous avez dit", "Une phrase, avec les mots des personnes.", {})
        self.demander("fait", "Nous avons fait", "Une phrase. Si c’est non, dites pourquoi.", {})
        self.fields["decision"] = forms.ChoiceField(
            label="Où cela en est",
            choices=[(d.value, d.label.capitalize()) for d in DecisionRendue],
            widget=forms.RadioSelect,
            error_messages={"required": "Dites où cela en est."},
        )

    def projet(self) -> ProjetSuite:
        """Return what was written, once valid."""
        objet: str = self.cleaned_data["objet"]
        sorte, _, code = objet.partition(SEPARATEUR)
        return ProjetSuite(
            dit=self.textes("dit"),
            fait=self.textes("fait"),
            decision=self.cleaned_data["decision"],
            question=code if sorte == "q" else "",
            indicateur=code if sorte == "i" else "",
            proposition=self.propositions.get(objet),
        )
