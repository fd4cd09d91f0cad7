"""One question put to the room: a number for each answer, those who abstain, those present."""

from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from enquetes.actions.mains_levees import nom_scelle
from enquetes.champs import NATURES, champ
from enquetes.parcours.definition import Question

from .rapports import nombre


class MainLeveeForm(forms.Form):
    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presents"] = nombre("Personnes présentes")
        self.fields["presents"].required = True
        self.fields["presents"].error_messages["required"] = (
            "Dites combien de personnes sont présentes."
        )
        self.codes = [choix.code for choix in champ(question.type).modalites(question)]
        for choix in champ(question.type).modalites(question):
            self._ajouter(f"c_{choix.code}", choix.texte.dans("fr").texte)
        self._ajouter("abstentions", "S’abstiennent")

    def _ajouter(self, nom: str, libelle: str) -> None:
        self.fields[nom] = nombre(libelle)
        self.fields[nom].widget.attrs["data-mains"] = ""

    def comptage(self) -> dict[str, Any]:
        """Return what was counted; nothing typed is nobody."""
        lues = self.cleaned_data
        return {
            "presents": lues["presents"],
            "abstentions": lues["abstentions"] or 0,
            "comptes": {code: lues[f"c_{code}"] or 0 for code in self.codes},
        }


_GESTES: Final = (("Moins", -1), ("Plus", 1))


class _Compteur(forms.TextInput):
    """A number with two buttons beside it, less and more: of a page that its script alone opens."""

    def __init__(self, libelle: str, **options: Any) -> None:
        super().__init__(**options)
        self.libelle = libelle

    def render(self, *args: Any, **options: Any) -> SafeString:
        boutons = format_html_join(
            " ",
            '<button type="button" class="second" data-pas="{}" aria-label="{}\u00a0: {}">{}</button>',
            ((pas, mot, self.libelle, mot) for mot, pas in _GESTES),
        )
        nombre = super().render(*args, **options)
        return format_html('<div class="bilan">{} {}</div>', nombre, boutons)


class MainLeveeScelleeForm(MainLeveeForm):
    """The same count on a page that a device keeps: its fields say which question they count."""

    tout_facultatif = True

    def __init__(self, *, question: Question) -> None:
        self.code = question.code
        self.titre = question.texte.dans("fr").texte
        self.plusieurs = NATURES[question.type].multiple
        super().__init__(question=question)
        self.fields["presents"].required = False

    def _ajouter(self, nom: str, libelle: str) -> None:
        super()._ajouter(nom, libelle)
        self.fields[nom].widget = _Compteur(libelle, attrs=self.fields[nom].widget.attrs)

    def add_prefix(self, field_name: str) -> str:
        """Return the name that the device seals this number with."""
        return nom_scelle(self.code, field_name)
