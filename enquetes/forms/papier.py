"""A whole sheet on one screen: one short box a question, what was typed stays after an error."""

from collections.abc import Mapping
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from enquetes.actions.papier import RELUE, Ecart, Saisie
from enquetes.champs import champ
from enquetes.champs.base import a_precision
from enquetes.echanges.papier.frappe import FrappeFausse, Lue, lire_frappe, retaper
from enquetes.echanges.papier.numeros import cases, questions_posees
from enquetes.parcours.chemin import chemin
from enquetes.parcours.conditions import evaluer, questions_citees
from enquetes.parcours.definition import Definition, Question, Valeur
from voix.commun.francais import TexteTel

UNE_LIGNE: Final = 2
"""Lines of a sheet that one line of the keyboard holds."""


class FeuilleForm(forms.Form):
    """Errors count on the path only: what is hidden by an earlier answer is not asked."""

    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    tout_facultatif = True
    """A box may be left empty where the path goes round it: no box says so alone."""
    foyer_a_la_case = True
    """After an error the keyboard is in the first wrong box, as it would be on the next sheet."""

    def __init__(self, *args: Any, definition: Definition, **options: Any) -> None:
        super().__init__(*args, **options)
        passages = passages_de(definition)
        self.definition = definition
        for rang, question in enumerate(questions_posees(definition), 1):
            self.fields[f"q_{question.code}"] = _champ(question, f"{rang}. ")
            self.fields[f"q_{question.code}"].widget.attrs |= passages.get(question.code, {})
            if a_precision(champ(question.type).modalites(question)):
                self.fields[f"p_{question.code}"] = _a_cote(f"{rang}. Écrit à côté")
                self.fields[f"p_{question.code}"].widget.attrs |= passages.get(question.code, {})
        self._commencer_par(next(iter(self.fields), ""))

    def _commencer_par(self, premier: str) -> None:
        """Put the keyboard in this box, and in no other."""
        for nom, champ_ in self.fields.items():
            champ_.widget.attrs["autofocus"] = nom == premier

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        valeurs: dict[str, Valeur] = {}
        fautes: dict[str, str] = {}
        illisibles = []
        for question in questions_posees(self.definition):
            try:
                lue = _lire(
                    question, donnees, "Tapez «\u00a0-\u00a0» si rien n’est coché ni écrit."
                )
            except FrappeFausse as faute:
                fautes[question.code] = str(faute)
                continue
            valeurs |= lue.valeurs
            if lue.illisible:
                illisibles.append(question.code)
        parcourues = {
            q.code for page in chemin(self.definition, valeurs).pages for q in page.questions
        }
        for question in questions_posees(self.definition):
            if question.code in fautes and question.code in parcourues:
                self.add_error(f"q_{question.code}", fautes[question.code])
        if self.errors:
            self._commencer_par(next(iter(self.errors)))
        lisibles = [code for code in illisibles if code in parcourues]
        self.saisie = Saisie(valeurs, tuple(lisibles))
        return donnees


def _lire(question: Question, donnees: Mapping[str, Any], vide: str) -> Lue:
    """Return what was typed for a question. Errors: ``FrappeFausse``; ``vide`` is what it says of nothing."""
    frappe = donnees.get(f"q_{question.code}") or ""
    if not frappe.strip():
        raise FrappeFausse(vide)
    return lire_frappe(question, frappe, donnees.get(f"p_{question.code}") or "")


def passages_de(definition: Definition) -> dict[str, dict[str, str]]:
    """Return, by question that one box decides of, that box and the numbers that lead to it.

    ``papier.js`` goes round the others; what several boxes decide of together, or a box left empty,
    is gone through.
    """
    questions = {q.code: q for q in questions_posees(definition)}
    passages = {}
    for page in definition.pages:
        citees = set(questions_citees(page.condition.arbre if page.condition else None))
        if page.condition is None or len(citees) != 1:
            continue
        mere = questions.get(citees.pop())
        if mere is None or not _se_lit_a_une_case(mere, page.condition.arbre):
            continue
        large = {"data-large": "oui"} if max(map(len, cases(mere))) > 1 else {}
        menent = [
            numero
            for numero, choix in cases(mere).items()
            if any(
                evaluer(page.condition.arbre, {mere.code: v}) for v in (choix.code, [choix.code])
            )
        ]
        for question in page.questions:
            passages[question.code] = {
                "data-si": f"q_{mere.code}",
                "data-cases": " ".join(menent),
                **large,
            }
    return passages


def _se_lit_a_une_case(mere: Question, arbre: Mapping[str, Any]) -> bool:
    """Return whether one box ticked, whatever the others, is enough to lead there, and none is not."""
    type_ = champ(mere.type)
    if not type_.modalites(mere) or evaluer(arbre, {}):
        return False
    parties = arbre.get("any", [arbre])
    return not type_.nature.multiple or all("q" in partie for partie in parties)


def _a_cote(libelle: str) -> forms.Field:
    return TexteTel(label=libelle, required=False, max_length=200)


def _champ(question: Question, avant: str = "") -> forms.Field:
    libelle = avant + question.texte.dans("fr").texte
    if not champ(question.type).modalites(question):
        return TexteTel(
            label=libelle,
            required=False,
            help_text="Tel qu’il est écrit. R\u00a0: ne veut pas répondre.",
            widget=forms.Textarea(attrs={"rows": 2})
            if champ(question.type).nature.lignes > UNE_LIGNE
            else forms.TextInput(attrs={"autocomplete": "off"}),
        )
    boites = [f"{n} = {un.texte.dans('fr').texte}" for n, un in cases(question).items()]
    return TexteTel(
        label=libelle,
        required=False,
        help_text=" · ".join(boites),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 8}),
    )


class EcartsForm(forms.Form):
    """For each question that differs, which entry says what the sheet says, or what it says itself."""

    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    tout_facultatif = True
    """The boxes are for a third reading only: none says so alone."""

    def __init__(self, *args: Any, ecarts: list[Ecart], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = [un.question for un in ecarts]
        for un in ecarts:
            self.fields[f"e_{un.question.code}"] = forms.ChoiceField(
                label=un.question.texte.dans("fr").texte,
                choices=[
                    ("premiere", f"Première saisie\u00a0: {_dite(un.question, un.premiere)}"),
                    ("seconde", f"Seconde saisie\u00a0: {_dite(un.question, un.seconde)}"),
                    (RELUE, "Aucune des deux\u00a0: je tape plus bas ce que dit la feuille"),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez, la feuille en main."},
            )
            self._relire(un.question)

    def _relire(self, question: Question) -> None:
        """Add the boxes of a third reading, as on the page where a sheet is typed."""
        boite = _champ(question)
        if champ(question.type).modalites(question):
            boite.help_text += (
                ". Rien de coché\u00a0: «\u00a0-\u00a0». Illisible\u00a0: «\u00a0?\u00a0»."
            )
        boite.label = f"Aucune des deux\u00a0: que dit la feuille\u00a0? {boite.label}"
        self.fields[f"q_{question.code}"] = boite
        if a_precision(champ(question.type).modalites(question)):
            dit = question.texte.dans("fr").texte
            self.fields[f"p_{question.code}"] = _a_cote(f"Écrit à côté\u00a0: {dit}")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        valeurs: dict[str, Valeur] = {}
        illisibles = []
        for question in self.questions:
            if donnees.get(f"e_{question.code}") != RELUE:
                continue
            try:
                lue = _lire(question, donnees, "Tapez ce que dit la feuille, ou «\u00a0-\u00a0».")
            except FrappeFausse as faute:
                self.add_error(f"q_{question.code}", str(faute))
                continue
            valeurs |= lue.valeurs
            illisibles += [question.code] if lue.illisible else []
        self.relue = Saisie(valeurs, tuple(illisibles))
        return donnees

    def retenues(self) -> dict[str, str]:
        return {q.code: self.cleaned_data[f"e_{q.code}"] for q in self.questions}


def _dite(question: Question, valeur: tuple[Any, Any, bool]) -> str:
    reponse, precision, illisible = valeur
    if illisible:
        return "illisible"
    tapee = retaper(question, reponse)
    return f"{tapee} ({precision})" if precision else tapee
