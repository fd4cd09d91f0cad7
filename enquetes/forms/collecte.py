"""What coordination decides when it opens a collecte."""

import re
import secrets
from datetime import date, timedelta
from typing import Any, Final, cast

from django import forms
from django.utils import timezone

from enquetes.actions.collectes import ProjetCollecte
from enquetes.actions.echeances import exiger_jour_proche
from enquetes.models import Collecte, Entree, Unite, VersionQuestionnaire
from enquetes.parcours.definition import LANGUE_SOURCE, Definition, Repondants
from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import TexteDroit, TexteFrancais, duree_en_mots
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

from .lieux import (
    LieuField,
    LieuxField,
    cle_du_lieu,
    lieux_sans_lien,
    structures_de,
    territoires_de,
)

PREMIER_JOUR: Final = date(2000, 1, 1)
DUREE_PAR_DEFAUT: Final = timedelta(days=30)
CONSERVATIONS: Final = tuple((mois, duree_en_mots(mois)) for mois in (6, 12, 24, 36, 60))
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for each other: the key is part of an address."""
NOMS_DES_LANGUES: Final = {"fr": "français", "en": "anglais", "ar": "arabe", "uk": "ukrainien"}


QUI_REPOND: Final = (
    (Unite.PERSONNE, "Des personnes\u00a0: tout ce qui pourrait les exposer est caché"),
    (
        Unite.ORGANISATION,
        "Des organisations ou des territoires\u00a0: les résultats sont montrés en entier",
    ),
)
POUR_DES_PERSONNES: Final = (
    "Ce questionnaire s’adresse à des personnes\u00a0: leurs réponses restent protégées. "
    "Pour des organisations, prenez un questionnaire écrit pour elles."
)
TRADUITS: Final = ("demandeur", "raison")
"""What coordination may say in each language; French is read where it does not."""


def nom_de_langue(code: str) -> str:
    return NOMS_DES_LANGUES.get(code, code)


def nouvelle_cle() -> str:
    """Return the end of a collecte's short name, drawn when the empty form is shown."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def _champs_traduits(code: str) -> dict[str, forms.Field]:
    attributs = {"lang": code, "dir": "auto"}
    langue = nom_de_langue(code)
    return {
        f"demandeur_{code}": TexteDroit(
            label=f"Qui demande, en {langue}",
            max_length=200,
            required=False,
            widget=forms.TextInput(attrs=attributs),
        ),
        f"raison_{code}": TexteDroit(
            label=f"Pourquoi, en {langue}",
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs=attributs | {"rows": 3}),
        ),
    }


def _ordre(traduites: list[str]) -> list[str]:
    """Return the fields in the order of the page; those that are not named come after."""
    mots = [f"{quoi}_{code}" for code in traduites for quoi in TRADUITS]
    lieu = ["lieu", "public", "entree", "ouvre_le", "ferme_le"]
    return ["titre", "demandeur", "raison", "langues", *mots, *lieu, "unite", "profil"]


def _valider_le_siecle(jour: date) -> None:
    """Refuse a year typed with a digit too many or too few, before anything is added to it."""
    if jour < PREMIER_JOUR:
        raise forms.ValidationError("Cette date est trop ancienne. Vérifiez l’année.")
    try:
        exiger_jour_proche(jour)
    except SaisieInvalide as refus:
        raise forms.ValidationError(refus.message) from refus


def champ_date(libelle: str, aide: str = "", *, obligatoire: bool = True) -> forms.DateField:
    return forms.DateField(
        label=libelle,
        help_text=aide,
        required=obligatoire,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": "Écrivez une date, par exemple 31/01/2027.",
            "required": "Écrivez une date, par exemple 31/01/2027.",
        },
        validators=[_valider_le_siecle],
    )


class CollecteForm(forms.Form):
    use_required_attribute = False

    cle = forms.CharField(widget=forms.HiddenInput, required=False)
    titre = TexteFrancais(
        label="Titre",
        max_length=200,
        help_text=(
            "En grand sur l’affiche et sur la première page, en français. "
            "Par exemple\u00a0: Votre avis sur l’épicerie."
        ),
        error_messages={"required": "Écrivez un titre."},
    )
    demandeur = TexteFrancais(
        label="Qui demande",
        max_length=200,
        help_text="Le nom que les personnes connaissent. Par exemple\u00a0: L’épicerie du Marché.",
        error_messages={"required": "Écrivez qui demande."},
    )
    raison = TexteFrancais(
        label="Pourquoi, avec vos mots",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deux ou trois phrases courtes\u00a0: ce que vous ferez des réponses.",
        error_messages={"required": "Écrivez pourquoi vous demandez cela."},
    )
    public = TexteFrancais(
        label="À qui cela s’adresse",
        max_length=200,
        help_text="Par exemple\u00a0: les personnes qui viennent à l’épicerie.",
        error_messages={"required": "Écrivez à qui cela s’adresse."},
    )
    lieu = LieuField(
        label="Où",
        help_text="Un territoire, ou une seule structure.",
        error_messages={
            "required": "Choisissez un lieu.",
            "invalid_choice": "Choisissez un lieu de la liste.",
        },
    )
    ouvre_le = champ_date("Premier jour")
    ferme_le = champ_date("Dernier jour")
    langues = forms.MultipleChoiceField(
        label="Langues proposées",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins une langue.",
            "invalid_choice": "Cochez seulement les langues du questionnaire.",
        },
    )
    entree = forms.ChoiceField(
        label="Comment on y répond",
        widget=forms.RadioSelect,
        choices=[
            (Entree.LIEN, "Par un lien et un QR code, ouverts à tous"),
            (Entree.FEUILLE, "Avec une feuille à usage unique par personne"),
            (Entree.SEANCE, "Seulement pendant des ateliers"),
        ],
        help_text=(
            "Avec un lien ouvert, rien n’empêche de répondre deux fois. Avec des feuilles, si. "
            "Vous pourrez toujours ajouter des feuilles et des ateliers."
        ),
    )
    garde_incompletes = forms.BooleanField(
        label="Garder les réponses incomplètes",
        required=False,
        help_text=(
            "Sur une tablette partagée, quand une personne part avant la fin. La première page "
            "le dit. Non coché\u00a0: elles sont effacées."
        ),
    )
    unite = forms.ChoiceField(
        label="Qui répond",
        widget=forms.RadioSelect,
        choices=QUI_REPOND,
        help_text="Si une seule personne répond pour elle-même, choisissez «\u00a0Des personnes\u00a0».",
    )
    profil = forms.ChoiceField(
        label="Protection des réponses",
        widget=forms.RadioSelect,
        choices=[
            ("sensible", "Renforcée\u00a0: aucun groupe de moins de 11 personnes n’est montré"),
            ("ordinaire", "Ordinaire\u00a0: aucun groupe de moins de 8 personnes n’est montré"),
        ],
        help_text="Santé, argent, famille, alimentation\u00a0: gardez la protection renforcée.",
    )
    conservation_mois = forms.TypedChoiceField(
        label="Durée de conservation des réponses",
        coerce=int,
        choices=CONSERVATIONS,
        help_text="Ensuite, les réponses sont effacées. Les résultats publiés restent.",
    )

    def __init__(
        self,
        *args: Any,
        compte: Compte,
        definition: Definition,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(LieuField, self.fields["lieu"]).proposer(
            territoires_de(compte, Droit.OUVRIR_COLLECTE),
            structures_de(compte, Droit.OUVRIR_COLLECTE),
        )
        if definition.repondants == Repondants.PERSONNES:
            unite = cast(forms.ChoiceField, self.fields["unite"])
            unite.choices = QUI_REPOND[:1]  # the other would be refused
            unite.help_text = POUR_DES_PERSONNES
        langues = cast(forms.MultipleChoiceField, self.fields["langues"])
        langues.choices = [
            (code, _libelle_de_langue(code, definition)) for code in definition.langues
        ]
        langues.help_text = _aide_des_langues(definition)
        self.traduites = [code for code in definition.langues if code != LANGUE_SOURCE]
        for code in self.traduites:
            self.fields |= _champs_traduits(code)
        # The list of what is to be corrected follows the page, from top to bottom.
        self.order_fields(_ordre(self.traduites))

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not re.fullmatch(r"[a-z0-9]{4,12}", donnees.get("cle", "")):
            self.add_error(None, "Rechargez la page, puis recommencez.")
        ouvre_le, ferme_le = donnees.get("ouvre_le"), donnees.get("ferme_le")
        if ferme_le and ferme_le < timezone.localdate():
            self.add_error("ferme_le", "Cette date est passée. Choisissez un jour à venir.")
        elif ouvre_le and ferme_le and ferme_le < ouvre_le:
            self.add_error("ferme_le", "Choisissez un jour qui vient après le premier jour.")
        return donnees

    def traductions(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return, for the page, each other language and its two fields."""
        return [
            (nom_de_langue(code), [self[f"{quoi}_{code}"] for quoi in TRADUITS])
            for code in self.traduites
        ]

    @property
    def faux_dans_les_traductions(self) -> bool:
        """Whether another language holds a mistake: it is opened, and not for one that is elsewhere."""
        return any(f"{quoi}_{code}" in self.errors for code in self.traduites for quoi in TRADUITS)

    @staticmethod
    def _traduction(donnees: dict[str, Any], code: str) -> dict[str, str]:
        """Take the words of a language out of what was typed; what was left empty is left out."""
        dits = {quoi: donnees.pop(f"{quoi}_{code}") for quoi in TRADUITS}
        return {quoi: mots for quoi, mots in dits.items() if mots}

    def projet(self, version: VersionQuestionnaire, *, nom: str = "") -> ProjetCollecte:
        """Return what was typed as a project; ``nom`` keeps that of a collecte already there."""
        donnees = dict(self.cleaned_data)
        territoire, structure = donnees.pop("lieu")
        cle = donnees.pop("cle")
        donnees["traductions"] = {
            code: mots
            for code in self.traduites
            if (mots := self._traduction(donnees, code)) and code in donnees["langues"]
        }
        donnees["langues"] = tuple(donnees["langues"])
        return ProjetCollecte(
            nom=nom or f"{version.questionnaire.code}-{cle}",
            version=version,
            territoire=territoire,
            structure=structure,
            **donnees,
        )


class DernierJourForm(forms.Form):
    """Move the end of a collecte that people already know."""

    use_required_attribute = False
    ferme_le = champ_date("Dernier jour pour répondre")


class ReleveForm(forms.Form):
    """Carries the number of the relevé that the person saw; anything else asks for the next."""

    numero = forms.IntegerField(min_value=1, max_value=9999)


class FinDuLienForm(forms.Form):
    use_required_attribute = False
    expire_le = champ_date(
        "Dernier jour de ce lien",
        "Laissez vide\u00a0: il dure autant que la collecte.",
        obligatoire=False,
    )


class LiensForm(forms.Form):
    """Places that get a link of their own."""

    use_required_attribute = False
    lieux = LieuxField(
        label="Lieux",
        widget=forms.CheckboxSelectMultiple,
        help_text="Un lien et une affiche par lieu coché.",
        error_messages={
            "required": "Cochez au moins un lieu.",
            "invalid_choice": "Cochez des lieux de la liste.",
        },
    )

    def __init__(self, *args: Any, collecte: Collecte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territoires, structures = lieux_sans_lien(collecte)
        cast(LieuxField, self.fields["lieux"]).proposer(territoires, structures)


_UNITES: Final = {
    Repondants.PERSONNES: Unite.PERSONNE,
    Repondants.ORGANISATIONS: Unite.ORGANISATION,
}


def depart(definition: Definition) -> dict[str, Any]:
    """Return what an empty form proposes: what the questionnaire says, else the prudent choice."""
    aujourdhui: date = timezone.localdate()
    return {
        "cle": nouvelle_cle(),
        "titre": definition.titre.dans(LANGUE_SOURCE).texte,
        "ouvre_le": aujourdhui,
        "ferme_le": aujourdhui + DUREE_PAR_DEFAUT,
        "langues": [code for code in definition.langues if est_relue(code, definition)],
        "entree": Entree.LIEN,
        "unite": _UNITES[definition.repondants],
        "profil": "sensible",
        "conservation_mois": 24,
    }


def depuis_collecte(collecte: Collecte) -> dict[str, Any]:
    """Return what the form shows of a collecte that is being corrected."""
    champs = ("titre", "demandeur", "raison", "public", "ouvre_le", "ferme_le", "langues")
    protection = ("entree", "garde_incompletes", "unite", "profil", "conservation_mois")
    traduits = {
        f"{quoi}_{code}": texte
        for code, mots in collecte.traductions.items()
        for quoi, texte in mots.items()
    }
    return (
        {nom: getattr(collecte, nom) for nom in (*champs, *protection)}
        | traduits
        | {
            "cle": "deja",
            "lieu": cle_du_lieu(collecte.territoire, collecte.structure),
        }
    )


def est_relue(code: str, definition: Definition) -> bool:
    """Return whether a text may be offered without a second thought: French, and what was read again."""
    return code == LANGUE_SOURCE or code in definition.langues_relues


def _libelle_de_langue(code: str, definition: Definition) -> str:
    if est_relue(code, definition):
        return nom_de_langue(code)
    return f"{nom_de_langue(code)} (pas encore relu par quelqu’un qui le parle)"


def _aide_des_langues(definition: Definition) -> str:
    """Say why some languages are not ticked."""
    if len(definition.langues) == 1:
        return "Ce questionnaire n’existe que dans cette langue."
    if all(est_relue(code, definition) for code in definition.langues):
        return ""
    return (
        "Une traduction que personne n’a relue peut se tromper, et fausser les réponses\u00a0: elle "
        "n’est pas cochée d’avance. Faites-la relire, puis cochez-la."
    )
