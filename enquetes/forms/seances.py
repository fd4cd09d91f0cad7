"""A séance is prepared one decision a screen: each form below is one screen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from enquetes.actions.seances import ProjetSeance, collectes_possibles
from enquetes.models import Collecte, GenreSeance
from enquetes.models.rapport import NB_MAX
from voix.commun.francais import TexteFrancais
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

from .collecte import champ_date
from .lieux import LieuField, structures_de, territoires_de

SANS_COLLECTE: Final = "aucune"


def champ_heure(libelle: str, *, obligatoire: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=libelle,
        required=obligatoire,
        input_formats=["%H:%M", "%Hh%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "invalid": "Écrivez une heure, par exemple 14:30.",
            "required": "Écrivez une heure, par exemple 14:30.",
        },
    )


def nombre_de_personnes(libelle: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle,
        required=False,
        min_value=1,
        max_value=NB_MAX,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={
            "invalid": "Écrivez un nombre entier, par exemple 12.",
            "min_value": "Écrivez un nombre à partir de 1, ou laissez vide.",
            "max_value": f"Écrivez un nombre jusqu’à {NB_MAX}.",
        },
    )


class Decision(forms.Form):
    """One screen: its question is the heading."""

    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    question: ClassVar[str]
    titre_de_page: ClassVar[str] = ""
    """The field whose label is the heading; empty when the heading is ``question``."""

    def __init__(self, *args: Any, compte: Compte, avant: Mapping[str, Any], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.compte, self.avant = compte, avant
        self.preparer()

    def preparer(self) -> None:
        """Fill in the choices that depend on the account and on the screens before."""

    @classmethod
    def est_faite(cls, donnees: Mapping[str, Any]) -> bool:
        """Return whether this screen was sent: its first field is there, even empty."""
        return next(iter(cls.base_fields)) in donnees


class GenreForm(Decision):
    question = titre = "Que préparez-vous\u00a0?"
    titre_de_page = "genre"
    genre = forms.ChoiceField(
        label=question,
        widget=forms.RadioSelect,
        choices=[(genre.value, genre.label.capitalize()) for genre in GenreSeance],
        error_messages={
            "required": "Choisissez une réponse.",
            "invalid_choice": "Choisissez une réponse de la liste.",
        },
    )


class LieuForm(Decision):
    question = "Où\u00a0?"
    lieu = LieuField(
        label="Structure ou territoire",
        error_messages={
            "required": "Choisissez un lieu.",
            "invalid_choice": "Choisissez un lieu de la liste.",
        },
    )
    salle = TexteFrancais(
        label="Salle, si c’est utile",
        max_length=150,
        required=False,
        help_text="Par exemple\u00a0: salle des fêtes, premier étage.",
    )

    def preparer(self) -> None:
        cast(LieuField, self.fields["lieu"]).proposer(
            territoires_de(self.compte, Droit.ANIMER_SEANCE),
            structures_de(self.compte, Droit.ANIMER_SEANCE),
        )


class QuandForm(Decision):
    question = "Quand\u00a0?"
    jour = champ_date("Jour")
    heure = champ_heure("Heure du début")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        jour, heure = donnees.get("jour"), donnees.get("heure")
        if jour and heure:
            donnees["prevue_le"] = timezone.make_aware(datetime.combine(jour, heure))
        return donnees


class QuestionnaireForm(Decision):
    question = titre = "À quel questionnaire les personnes répondent-elles\u00a0?"
    titre_de_page = "collecte"
    collecte = forms.ChoiceField(
        label=question,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une réponse.",
            "invalid_choice": "Choisissez une réponse de la liste.",
        },
    )

    def preparer(self) -> None:
        territoire, structure = self.avant["lieu"]
        self.collectes: dict[str, Collecte] = {
            une.nom: une for une in collectes_possibles(territoire=territoire, structure=structure)
        }
        choix = [(nom, une.titre) for nom, une in self.collectes.items()]
        champ = cast(forms.ChoiceField, self.fields["collecte"])
        champ.choices = [*choix, (SANS_COLLECTE, "À aucun")]

    def clean_collecte(self) -> Collecte | None:
        return self.collectes.get(self.cleaned_data["collecte"])


DECISIONS: Final[tuple[type[Decision], ...]] = (
    GenreForm,
    LieuForm,
    QuandForm,
    QuestionnaireForm,
)


def projet(cle: UUID, decidees: Mapping[str, Any]) -> ProjetSeance:
    """Return what the four screens decided; the title says the kind and the place."""
    territoire, structure = decidees["lieu"]
    genre = GenreSeance(decidees["genre"])
    return ProjetSeance(
        cle=cle,
        genre=genre,
        titre=f"{genre.label.capitalize()}, {structure or territoire}"[:120],
        territoire=territoire,
        structure=structure,
        salle=decidees["salle"],
        prevue_le=decidees["prevue_le"],
        collecte=decidees["collecte"],
    )


class AttenduesForm(forms.Form):
    """How many are to answer, told by whoever runs it."""

    use_required_attribute = False
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    nombre = nombre_de_personnes("Combien de personnes vont répondre\u00a0?")


class DeplacementForm(forms.Form):
    """Another day, another hour, another room."""

    use_required_attribute = False
    jour = champ_date("Jour")
    heure = champ_heure("Heure du début")
    salle = TexteFrancais(label="Salle, si c’est utile", max_length=150, required=False)

    def prevue_le(self) -> datetime:
        jour, heure = self.cleaned_data["jour"], self.cleaned_data["heure"]
        return timezone.make_aware(datetime.combine(jour, heure))
