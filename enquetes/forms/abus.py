"""How many slips to print; why answers are set aside, or a version withdrawn."""

from crispy_forms.helper import FormHelper
from django import forms

from enquetes.actions.feuilles import AU_PLUS

from .rapports import texte


class FeuillesForm(forms.Form):
    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    nombre = forms.IntegerField(
        label="Combien de feuilles\u00a0?",
        help_text=f"{AU_PLUS}\u00a0au plus à la fois, dix par page A4.",
        min_value=1,
        max_value=AU_PLUS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Écrivez combien de feuilles il vous faut, par exemple 30.",
            "invalid": "Écrivez un nombre entier, par exemple 30.",
            "min_value": "Demandez au moins une feuille.",
            "max_value": f"Demandez {AU_PLUS}\u00a0feuilles au plus à la fois.",
        },
    )


class EcartForm(forms.Form):
    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    lot = forms.CharField(widget=forms.HiddenInput, max_length=60)
    raison = texte("Pourquoi\u00a0?", "Cette raison reste écrite, et se lit ici.", longueur=300)
    raison.required = True
    raison.error_messages["required"] = "Dites pourquoi ces réponses sont mises à l’écart."


class RetraitForm(forms.Form):
    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    raison = texte(
        "Quel défaut\u00a0?",
        "Les équipes liront cette phrase. Les personnes lisent seulement que le questionnaire est retiré.",
        longueur=200,
    )
    raison.required = True
    raison.error_messages["required"] = "Dites en une phrase ce qui ne va pas."
