"""A programme, an indicator of one's own, a figure read elsewhere, a percentage to check."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.text import slugify

from analyses.actions.registres.programmes import ChiffreLu, ProjetIndicateur
from analyses.indicateurs.pourcentages import Controle, controler, lire_pourcent
from analyses.models.participation.definition import FORMES, INTERVALLES, MISES_EN_COMMUN, SENS
from voix.commun.choisis import ChoixDeLignes
from voix.commun.francais import NomCourt, TexteDroit, TexteParMotif, TexteTel
from voix.commun.nombres import grouper
from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .champs import champ_date
from .registres import Formulaire, territoires_tenus

NOMBRE_MAX = 1_000_000_000
"""Largest number of a figure: beyond, the database holds it no more."""
VERIFIE_MAX = 10_000_000
"""Largest base that is checked."""
NOMBRE = forms.NumberInput(attrs={"inputmode": "numeric"})


def _nombre(
    libelle: str, *, mini: int = 0, maxi: int = NOMBRE_MAX, vide: str = ""
) -> forms.IntegerField:
    """Return a field for a whole number, which may be left empty unless ``vide`` says what to write."""
    faux = f"Écrivez un nombre entier, de {mini} à {grouper(maxi, 'fr')}."
    return forms.IntegerField(
        label=libelle,
        min_value=mini,
        max_value=maxi,
        required=bool(vide),
        widget=NOMBRE,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), faux)
        | {"required": vide},
    )


class PourcentField(TexteTel):
    """A percentage as people write it; its value is the text, checked."""

    def clean(self, value: Any) -> str:
        texte = str(super().clean(value))
        try:
            lire_pourcent(texte)
        except ValueError as erreur:
            raise forms.ValidationError(
                "Écrivez un pourcentage, par exemple 74 ou 73,8."
            ) from erreur
        return texte


def controle_de(pourcent: str, n: int | None, k: int | None) -> Controle:
    """Return whether a percentage, as it was written, may come from its base."""
    valeur, decimales = lire_pourcent(pourcent)
    return controler(Fraction(valeur), n, k, decimales)


class VerifierForm(Formulaire):
    pourcent = PourcentField(
        label="Pourcentage",
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
        help_text="Par exemple 74 ou 73,8.",
        error_messages={"required": "Écrivez un pourcentage, par exemple 74 ou 73,8."},
    )
    n = _nombre("Sur combien", maxi=VERIFIE_MAX, vide="Écrivez sur combien.")
    k = _nombre("Combien", maxi=VERIFIE_MAX)

    def controle(self) -> Controle:
        """Return what the three numbers say of each other."""
        donnees = self.cleaned_data
        return controle_de(donnees["pourcent"], donnees["n"], donnees["k"])


class ChiffreForm(Formulaire):
    """A figure read elsewhere: an impossible one is warned of once, then kept if asked again."""

    code = forms.ChoiceField(label="Indicateur")
    pourcent = PourcentField(
        label="Résultat écrit, en pourcentage",
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": "Écrivez un pourcentage, par exemple 74 ou 73,8."},
    )
    k = _nombre("Combien")
    n = _nombre("Sur combien")
    origine = TexteDroit(
        label="D’où vient ce chiffre",
        max_length=200,
        help_text="Par exemple\u00a0: bilan 2024, page 12.",
        error_messages={"required": "Dites d’où vient ce chiffre."},
    )
    du = champ_date()

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "Choisissez"), *codes]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["code"].error_messages["required"] = "Choisissez un indicateur."
        self.fields["du"].label = "Date du chiffre"
        self.fields["du"].error_messages["required"] = "Écrivez une date."

    def chiffre(self) -> ChiffreLu:
        """Return the figure as it was read."""
        return ChiffreLu(**self.cleaned_data)


class ProgrammeForm(Formulaire):
    titre = TexteDroit(
        label="Titre", max_length=200, error_messages={"required": "Écrivez un titre."}
    )
    nom = NomCourt(
        label="Nom court",
        max_length=64,
        required=False,
        help_text="Des lettres sans accent, des chiffres, des tirets. Il sert dans les fichiers.",
        error_messages={"invalid": "Gardez des lettres sans accent, des chiffres et des tirets."},
    )
    territoire = forms.ModelChoiceField(
        label="Territoire qui le porte",
        queryset=Territoire.objects.none(),
        empty_label="Choisissez",
        help_text="Ceux qui en ont la coordination ou l’évaluation verront le programme.",
        error_messages={"required": "Choisissez un territoire."},
    )
    territoires = ChoixDeLignes(
        label="Territoires qui en font partie",
        queryset=Territoire.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un territoire."},
    )

    def __init__(self, *args: Any, compte: Compte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("territoire", "territoires"):
            self.fields[nom].queryset = territoires_tenus(compte)  # type: ignore[attr-defined]  # both are choices of models

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not donnees.get("nom") and donnees.get("titre"):
            donnees["nom"] = slugify(donnees["titre"])[:64]
        return donnees


class IndicateurForm(Formulaire):
    territoire = forms.ModelChoiceField(
        label="Pour quel territoire",
        queryset=Territoire.objects.none(),
        empty_label="Choisissez",
        help_text="Il servira dans ce territoire et dans ceux qui sont à l’intérieur.",
        error_messages={"required": "Choisissez un territoire."},
    )
    code = TexteParMotif(
        r"^[A-Z][A-Z0-9]{0,15}$",
        label="Code",
        max_length=16,
        help_text="Par exemple V1. Le même code remplace l’indicateur d’avant.",
        error_messages={
            "required": "Écrivez un code, par exemple V1.",
            "invalid": "Gardez des majuscules et des chiffres, par exemple V1.",
        },
    )
    nom = TexteDroit(label="Nom", max_length=150, error_messages={"required": "Écrivez un nom."})
    definition = TexteDroit(
        label="Définition",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui est compté, sur quoi.",
        error_messages={"required": "Écrivez ce qui est compté, et sur quoi."},
    )
    formule = TexteDroit(
        label="Formule",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "source"}),
        help_text="Par exemple\u00a0: nombre(acteurs avec rencontre) / nombre(acteurs)",
        error_messages={"required": "Écrivez une formule."},
    )
    forme = forms.ChoiceField(label="Ce qu’elle donne", choices=FORMES, widget=forms.RadioSelect)
    objectif = _nombre("Objectif")
    sens = forms.ChoiceField(label="Il est atteint à", choices=SENS, widget=forms.RadioSelect)
    mise_en_commun = forms.ChoiceField(
        label="Entre plusieurs territoires", choices=MISES_EN_COMMUN, widget=forms.RadioSelect
    )
    intervalle = forms.ChoiceField(
        label="Montrer un intervalle", choices=INTERVALLES, widget=forms.RadioSelect
    )
    base_min = _nombre(
        "Base minimale pour un pourcentage",
        mini=1,
        maxi=1000,
        vide="Écrivez la plus petite base d’un pourcentage, par exemple 10.",
    )
    origine = TexteDroit(label="D’où il vient", max_length=200, required=False)

    def __init__(self, *args: Any, compte: Compte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "forme": "part",
            "sens": "au_moins",
            "mise_en_commun": "ensemble",
            "intervalle": "recensement",
            "base_min": 10,
        }
        ou = perimetre_de(compte, Droit.DEFINIR_INDICATEURS)
        self.fields["territoire"].queryset = Territoire.objects.du_perimetre(ou)  # type: ignore[attr-defined]  # a ModelChoiceField

    def projet(self) -> ProjetIndicateur:
        """Return what the action takes; the territoire goes beside it."""
        return ProjetIndicateur(
            **{nom: self.cleaned_data[nom] for nom in ProjetIndicateur.__slots__}
        )
