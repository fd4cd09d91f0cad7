"""Where, on what, then how many: who is helped, tranche by tranche."""

from typing import Any

from django import forms
from django.utils import timezone

from analyses.actions.registres import Ecrite
from analyses.confidentialite.composition import Trait
from analyses.confidentialite.traits import TRAITS
from voix.commun.francais import TexteDroit
from voix.commun.nombres import grouper

from .champs import champ_date
from .registres import Formulaire, LieuForm

NOMBRE_MAX = 1_000_000


class OuEtQuoiForm(LieuForm):
    trait = forms.ChoiceField(
        label="Compter par",
        choices=[(trait.code, trait.titre) for trait in TRAITS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’âge ou la façon de se déplacer."},
    )


def _nombre(libelle: str) -> forms.IntegerField:
    faux = f"Écrivez un nombre entier, de 0 à {grouper(NOMBRE_MAX, 'fr')}."
    return forms.IntegerField(
        label=libelle,
        min_value=0,
        max_value=NOMBRE_MAX,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": f"Écrivez un nombre pour «\u00a0{libelle}\u00a0», 0 s’il n’y a personne.",
            "invalid": faux,
            "min_value": faux,
            "max_value": faux,
        },
    )


class CompositionForm(Formulaire):
    """The tranches of one trait, the day and the source."""

    def __init__(self, *args: Any, trait: Trait, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trait = trait
        self.initial = {"arrete_le": timezone.localdate()}
        self.fields["arrete_le"] = champ_date()
        self.fields["arrete_le"].label = "Compté le"
        self.fields["arrete_le"].error_messages["required"] = "Écrivez le jour du comptage."
        if trait.multiple:
            self.fields["total"] = _nombre("Personnes comptées en tout")
        for code, libelle in trait.tranches:
            self.fields[code] = _nombre(libelle)
        self.fields["origine"] = TexteDroit(
            label="D’où viennent ces nombres",
            max_length=200,
            help_text="Par exemple\u00a0: logiciel de la structure.",
            error_messages={"required": "Dites d’où viennent ces nombres."},
        )

    def ecrite(self) -> Ecrite:
        """Return what goes to the action."""
        donnees = self.cleaned_data
        return Ecrite(
            trait=self.trait.code,
            arrete_le=donnees["arrete_le"],
            nombres={code: donnees[code] for code in self.trait.codes},
            origine=donnees["origine"],
            total=donnees.get("total"),
        )
