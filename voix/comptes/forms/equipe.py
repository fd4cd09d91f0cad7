"""The forms of the team: places are only those that the account coordinates."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from voix.commun.francais import AdresseEntiere, TexteFrancais
from voix.comptes.actions.habilitations import Lieu
from voix.comptes.models import Compte, Structure, Territoire, TypeStructure
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import LIBELLES, Droit, accordables

ROLES = [(role.value, LIBELLES[role].capitalize()) for role in accordables()]


class _Formulaire(forms.Form):
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    use_required_attribute = False


class LieuForm(_Formulaire):
    """Where a role holds: what whoever fills it in coordinates, and nothing else."""

    lieu = forms.ChoiceField(
        label="Où",
        help_text="Un territoire comprend tout ce qui est à l’intérieur.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez un lieu."),
    )

    def __init__(self, *args: Any, par: Compte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        perimetre = perimetre_de(par, Droit.GERER_EQUIPE)
        territoires = Territoire.objects.du_perimetre(perimetre)
        structures = Structure.objects.du_perimetre(perimetre)
        lieux = [Lieu(territoire=t) for t in territoires] + [Lieu(structure=s) for s in structures]
        self.lieux = {lieu.code: lieu for lieu in lieux}
        self.fields["lieu"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Choisissez"),
            (
                "Territoires",
                [(f"t{t.pk}", f"{t.nom} ({t.get_niveau_display()})") for t in territoires],
            ),
            ("Structures", [(f"s{s.pk}", f"{s.nom}, {s.territoire.nom}") for s in structures]),
        ]

    def clean_lieu(self) -> Lieu:
        lieu: Lieu = self.lieux[self.cleaned_data["lieu"]]
        return lieu


class InvitationForm(LieuForm):
    email = AdresseEntiere(
        label="Adresse e-mail",
        max_length=254,
        error_messages={"required": "Écrivez l’adresse e-mail de la personne."},
    )
    nom = TexteFrancais(label="Nom", max_length=150, required=False)
    role = forms.ChoiceField(
        label="Rôle",
        choices=[("", "Choisissez"), *ROLES],
        help_text="Un·e référent·e données contrôle la coordination\u00a0: la personne qui tient la machine lui ouvre son accès.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez un rôle."),
    )
    field_order = ("email", "nom", "role", "lieu")


class RoleForm(_Formulaire):
    role = forms.ChoiceField(
        label="Nouveau rôle",
        choices=ROLES,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez un rôle."),
    )


class StructureForm(_Formulaire):
    nom = TexteFrancais(
        label="Nom de la structure",
        max_length=150,
        error_messages={"required": "Écrivez le nom de la structure."},
    )
    type = forms.ChoiceField(label="Type", choices=TypeStructure.choices)
    territoire = forms.ModelChoiceField(
        label="Territoire",
        queryset=Territoire.objects.none(),
        empty_label="Choisissez",
        error_messages={"required": "Choisissez un territoire."},
    )

    def __init__(self, *args: Any, par: Compte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territoire"].queryset = Territoire.objects.du_perimetre(  # type: ignore[attr-defined]  # a ModelChoiceField
            perimetre_de(par, Droit.GERER_EQUIPE)
        )
