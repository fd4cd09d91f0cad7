"""The form field of each kind of column of a register."""

from collections.abc import Callable
from typing import Any, Final

from django import forms

from analyses.indicateurs.registres import Colonne, Nature
from analyses.indicateurs.registres.valeurs import attendu
from analyses.models import MODELES
from voix.commun.choisis import ChoixDeLignes
from voix.commun.francais import TexteDroit
from voix.comptes.models import Territoire

COURT: Final = 200
"""Longest text that is written on one line."""
PEU: Final = 6
"""Most choices that are all shown as buttons."""


def champ_de(colonne: Colonne, territoire: Territoire) -> forms.Field:
    """Return the field of a column, for a row of this territoire."""
    champ: forms.Field = _CHAMPS[colonne.nature](colonne, territoire)
    champ.label = colonne.libelle
    champ.help_text = colonne.aide
    champ.required = colonne.obligatoire
    champ.error_messages |= {"required": f"Il manque «\u00a0{colonne.libelle}\u00a0»."}
    return champ


def _texte(colonne: Colonne, _territoire: Territoire) -> forms.Field:
    gadget = forms.Textarea(attrs={"rows": 3}) if colonne.maximum > COURT else forms.TextInput()
    return TexteDroit(max_length=colonne.maximum, widget=gadget)


def _oui_non(colonne: Colonne, _territoire: Territoire) -> forms.Field:
    choix = [("oui", "Oui"), ("non", "Non")]
    if not colonne.obligatoire:
        choix.append(("", "Pas renseigné"))
    return forms.TypedChoiceField(
        choices=choix,
        widget=forms.RadioSelect,
        coerce=lambda valeur: valeur == "oui",
        empty_value=None,
    )


def _entier(colonne: Colonne, _territoire: Territoire) -> forms.Field:
    dit = {"invalid": attendu(colonne)}
    dit |= {"min_value": attendu(colonne), "max_value": attendu(colonne)}
    return forms.IntegerField(
        min_value=0,
        max_value=colonne.maximum,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dit,
    )


def champ_date() -> forms.DateField:
    """Return a field for a day, typed or picked."""
    return forms.DateField(
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez une date, par exemple 31/01/2027."},
    )


def _date(_colonne: Colonne, _territoire: Territoire) -> forms.Field:
    return champ_date()


def _choix(colonne: Colonne, _territoire: Territoire) -> forms.Field:
    choix = [(code, libelle[:1].upper() + libelle[1:]) for code, libelle in colonne.choix]
    boutons = len(choix) <= PEU
    if not colonne.obligatoire:
        choix.insert(len(choix) if boutons else 0, ("", "Pas renseigné"))
    elif not boutons:
        choix.insert(0, ("", "Choisissez"))
    return forms.ChoiceField(
        choices=choix,
        widget=forms.RadioSelect if boutons else forms.Select,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


def _liste(colonne: Colonne, _territoire: Territoire) -> forms.Field:
    choix = [(code, libelle[:1].upper() + libelle[1:]) for code, libelle in colonne.choix]
    return forms.MultipleChoiceField(choices=choix, widget=forms.CheckboxSelectMultiple)


def _lien(colonne: Colonne, territoire: Territoire) -> forms.Field:
    return forms.ModelChoiceField(
        queryset=MODELES[colonne.cible].des_territoires([territoire.pk]),
        empty_label="Aucune",
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


def _liens(colonne: Colonne, territoire: Territoire) -> forms.Field:
    return ChoixDeLignes(
        queryset=MODELES[colonne.cible].des_territoires([territoire.pk]),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


_CHAMPS: Final[dict[Nature, Callable[[Colonne, Territoire], Any]]] = {
    Nature.TEXTE: _texte,
    Nature.OUI_NON: _oui_non,
    Nature.ENTIER: _entier,
    Nature.DATE: _date,
    Nature.CHOIX: _choix,
    Nature.LISTE: _liste,
    Nature.LIEN: _lien,
    Nature.LIENS: _liens,
}
