"""The facilitator's report: seven short screens, each stored as soon as it is sent."""

from typing import Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from django import forms

from enquetes.models import Accord, GenreLieu, Moment
from enquetes.models.rapport import NB_MAX
from voix.commun.francais import TexteDroit

from .collecte import champ_date
from .seances import champ_heure

NIVEAUX: Final = (
    ("", "Je ne sais pas dire"),
    ("0", "0. Les personnes n’ont pas été informées"),
    ("1", "1. Elles ont été informées"),
    ("2", "2. Elles ont été consultées"),
    ("3", "3. Elles ont travaillé avec nous"),
    ("4", "4. Elles ont décidé avec nous"),
    ("5", "5. Elles ont mené l’action"),
)


EN_CHIFFRES: Final = {
    "inputmode": "numeric",
    "autocomplete": "off",
    # Without network the browser alone judges, and says the title.
    "pattern": "[0-9]{1,3}",
    "title": "Un nombre entier, par exemple 8.",
}


def majuscule(libelle: str) -> str:
    """Return a label that begins a line; ``capitalize`` would spoil « CCAS »."""
    return libelle[:1].upper() + libelle[1:]


def nombre(libelle: str, aide: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        required=False,
        min_value=0,
        max_value=NB_MAX,
        widget=forms.TextInput(attrs=EN_CHIFFRES),
        error_messages={
            "invalid": "Écrivez un nombre entier, par exemple 8.",
            "min_value": "Écrivez un nombre à partir de 0.",
            "max_value": f"Écrivez un nombre jusqu’à {NB_MAX}.",
        },
    )


def texte(libelle: str, aide: str = "", *, longueur: int, lignes: int = 0) -> forms.CharField:
    zone = forms.Textarea(attrs={"rows": lignes}) if lignes else forms.TextInput()
    return TexteDroit(
        label=libelle, help_text=aide, required=False, max_length=longueur, widget=zone
    )


class Partie(forms.Form):
    """One screen of the report. Everything may stay empty: « not said » is not zero."""

    use_required_attribute = False
    tout_facultatif = True
    """Said once above the form, instead of beside each of its fields."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    titre: ClassVar[str]
    champs_de_date: ClassVar[tuple[str, ...]] = ()


class HeuresForm(Partie):
    titre = "Où, et à quelle heure\u00a0?"
    lieu = forms.ChoiceField(
        label="C’était dans quel genre de lieu\u00a0?",
        required=False,
        choices=[
            ("", "Je ne dis pas"),
            *((lieu.value, majuscule(lieu.label)) for lieu in GenreLieu),
        ],
    )
    debut = champ_heure("Début", obligatoire=False)
    fin = champ_heure("Fin", obligatoire=False)


class PresentsForm(Partie):
    titre = "Combien étiez-vous\u00a0?"
    presents_beneficiaires = nombre("Personnes concernées")
    presents_benevoles = nombre("Bénévoles")
    presents_professionnels = nombre("Professionnelles et professionnels")
    presents_elus = nombre("Élues et élus")


class ReponsesForm(Partie):
    titre = "Combien ont répondu\u00a0?"
    reponses_telephone = nombre("Sur leur téléphone")
    reponses_tablette = nombre("Sur la tablette")
    reponses_papier = nombre("Sur papier")
    reponses_main_levee = nombre("À main levée")
    refus = nombre("N’ont pas voulu répondre")


class AideForm(Partie):
    titre = "Quelle aide avez-vous donnée\u00a0?"
    aides_a_lire = nombre("Combien de personnes aidées à lire ou à écrire\u00a0?")
    langues = texte("Langues parlées", "Par exemple\u00a0: français, arabe.", longueur=200)
    supports = texte(
        "Ce qui a aidé à venir",
        "Par exemple\u00a0: garde d’enfants, transport, repas, interprète.",
        longueur=300,
    )


class ImplicationForm(Partie):
    titre = "Quelle place pour les personnes concernées\u00a0?"
    coanimation = texte(
        "Qui a animé avec vous\u00a0?",
        "Sans nom\u00a0: par exemple, deux personnes de l’épicerie.",
        longueur=200,
    )
    moment = forms.ChoiceField(
        label="À quel moment du projet\u00a0?",
        required=False,
        choices=[("", "Je ne sais pas"), *((m.value, majuscule(m.label)) for m in Moment)],
    )
    implication = forms.TypedChoiceField(
        label="Jusqu’où les personnes ont-elles participé\u00a0?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=NIVEAUX,
    )
    preuve = texte(
        "Ce qui le montre",
        "Un compte rendu, une affiche, une décision écrite.",
        longueur=300,
    )
    preuve_le = champ_date("Date de cette preuve", obligatoire=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("implication"):
            if not donnees.get("preuve"):
                self.add_error("preuve", "Dites ce qui le montre, ou choisissez un autre niveau.")
            if not donnees.get("preuve_le") and "preuve_le" not in self.errors:
                self.add_error("preuve_le", "Donnez la date de cette preuve.")
        return donnees


class IncidentsForm(Partie):
    titre = "Y a-t-il eu une difficulté\u00a0?"
    incidents = texte(
        "Ce qui s’est mal passé, sans nommer personne",
        "Laissez vide si tout s’est bien passé.",
        longueur=1000,
        lignes=4,
    )


class SuitesForm(Partie):
    titre = "Et après\u00a0?"
    citations = texte(
        "Trois paroles à garder, au plus",
        "Seulement avec l’accord de la personne, et sans son nom.",
        longueur=1500,
        lignes=4,
    )
    accord = forms.ChoiceField(
        label="Comment ces personnes ont-elles dit oui\u00a0?",
        required=False,
        choices=[("", "Je ne dis pas"), *((a.value, majuscule(a.label)) for a in Accord)],
    )
    promesse = texte(
        "Ce que vous avez promis de faire",
        "Par exemple\u00a0: revenir montrer les résultats en janvier.",
        longueur=1000,
        lignes=3,
    )


PARTIES: Final[dict[str, type[Partie]]] = {
    "heures": HeuresForm,
    "presents": PresentsForm,
    "reponses": ReponsesForm,
    "aide": AideForm,
    "place": ImplicationForm,
    "difficultes": IncidentsForm,
    "suites": SuitesForm,
}


def suivante(partie: str) -> str:
    """Return the screen after this one; empty after the last."""
    noms = list(PARTIES)
    rang = noms.index(partie) + 1
    return noms[rang] if rang < len(noms) else ""
