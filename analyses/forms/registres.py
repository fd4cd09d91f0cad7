"""One row of a register on a phone, and the file of a whole register."""

from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from analyses.indicateurs.registres import Nature, Registre
from analyses.indicateurs.registres.lecture import TAILLE_MAX
from analyses.models import LigneDeRegistre, Programme
from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .champs import champ_de


class Formulaire(forms.Form):
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    use_required_attribute = False


def territoires_tenus(compte: Compte) -> Any:
    """Return the territoires whose registers ``compte`` keeps."""
    return Territoire.objects.du_perimetre(perimetre_de(compte, Droit.TENIR_REGISTRES))


class LieuForm(Formulaire):
    """In which territoire: asked first, since links lead to rows of the same territoire."""

    territoire = forms.ModelChoiceField(
        label="Territoire",
        queryset=Territoire.objects.none(),
        empty_label="Choisissez",
        error_messages={"invalid_choice": "Choisissez un territoire de la liste."},
    )

    def __init__(self, *args: Any, compte: Compte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territoire"].queryset = territoires_tenus(compte)  # type: ignore[attr-defined]  # a ModelChoiceField


class LigneForm(Formulaire):
    """The columns of a register, for one territoire."""

    def __init__(
        self,
        *args: Any,
        registre: Registre,
        territoire: Territoire,
        compte: Compte,
        ligne: LigneDeRegistre | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _depart(registre, ligne)
        self.registre = registre
        if registre.du_programme:
            programmes = Programme.visibles_par(compte, Droit.TENIR_REGISTRES)
            self.fields["programme"] = forms.ModelChoiceField(
                label="Programme",
                queryset=programmes.filter(territoires=territoire),
                empty_label="Choisissez",
                error_messages={
                    "required": "Choisissez un programme.",
                    "invalid_choice": "Choisissez un programme de la liste.",
                },
            )
        for colonne in registre.colonnes:
            self.fields[colonne.nom] = champ_de(colonne, territoire)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors:
            for ecart in self.registre.ecarts(donnees, timezone.localdate()):
                self.add_error(ecart.colonne, f"{ecart.message} {ecart.conseil}")
        return donnees

    def valeurs(self) -> dict[str, Any]:
        """Return what goes to the action: one value for each column."""
        return {c.nom: self.cleaned_data[c.nom] for c in self.registre.colonnes}


AUJOURDHUI: Final = frozenset({"le", "recue_le", "arrete_le"})
"""Days that are nearly always the day of writing: filled in, and easily changed."""


def _depart(registre: Registre, ligne: LigneDeRegistre | None) -> dict[str, Any]:
    if ligne is None:
        dates = (c.nom for c in registre.colonnes if c.obligatoire and c.nom in AUJOURDHUI)
        return dict.fromkeys(dates, timezone.localdate())
    depart: dict[str, Any] = {}
    if registre.du_programme:
        depart["programme"] = getattr(ligne, "programme_id", None)
    for colonne in registre.colonnes:
        valeur = getattr(ligne, colonne.nom)
        if colonne.nature == Nature.LIENS:
            valeur = list(valeur.all())
        elif colonne.nature == Nature.OUI_NON:
            valeur = "" if valeur is None else "oui" if valeur else "non"
        depart[colonne.nom] = valeur
    return depart


class FichierForm(Formulaire):
    fichier = forms.FileField(
        label="Fichier CSV",
        allow_empty_file=True,
        help_text="En UTF-8. La première ligne nomme les colonnes, comme dans le modèle.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        error_messages={"required": "Choisissez un fichier."},
    )

    def octets(self) -> bytes:
        """Return what is to be read, and no more of it than a register may hold."""
        lus: bytes = self.cleaned_data["fichier"].read(TAILLE_MAX + 1)
        return lus
