"""Setting up a cohort in two screens, and the small forms of its follow-up."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, cast
from uuid import UUID

from crispy_forms.helper import FormHelper
from django import forms

from enquetes.actions.suivi.cartes import AU_PLUS, COMPTE_MAX
from enquetes.actions.suivi.cohortes import (
    ENTREE_FINIE,
    NOM_PRIS,
    ProjetCohorte,
    ProjetCritere,
    ProjetVague,
    criteres_possibles,
    entree_deja_finie,
    nom_deja_pris,
)
from enquetes.models import Cohorte, Rang, Sens, VersionQuestionnaire
from enquetes.models.suivi import EFFECTIF_MAX, NB_CRITERES
from voix.commun.francais import TexteFrancais, TexteTel
from voix.comptes.models import Compte, Structure
from voix.comptes.roles import Droit

from .collecte import champ_date
from .lieux import structures_de

SEPARATEUR: Final = "+"
FENETRE: Final = 21
CHIFFRES: Final = 4
PLAGE_AU_PLUS: Final = 40
"""Numbers that a refusal writes out in place of « 1-5 »."""
_NUMEROS: Final = re.compile(r"\d+")
_PLAGE: Final = re.compile(
    r"(\d{1,4})\s*(?:[-\u2010-\u2015\u2212/]|à|au|\.\.+|…)\s*(\d{1,4})(?!\d)"
)
_LISTE: Final = re.compile(r"(?:[\d\s,;.]|et|n°|cartes?)*", re.IGNORECASE)


def _aide() -> FormHelper:
    aide = FormHelper()
    aide.form_tag = False
    aide.disable_csrf = True
    return aide


def champ_nombre(libelle: str, mini: int, maxi: int, aide: str = "") -> forms.IntegerField:
    message = f"Écrivez un nombre entre {mini} et {maxi}."
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        min_value=mini,
        max_value=maxi,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], message),
    )


class VersionField(forms.ModelChoiceField["VersionQuestionnaire"]):
    """Questionnaires by their title and their code: the guide names the code, families read the title."""

    def label_from_instance(self, obj: VersionQuestionnaire) -> str:
        return f"{obj.questionnaire.titre} ({obj.questionnaire.code}), version\u00a0{obj.numero}"


class CohorteForm(forms.Form):
    """First screen: who, where, when, with which questionnaires."""

    use_required_attribute = False
    helper = _aide()

    titre = TexteFrancais(
        label="Nom du suivi",
        max_length=120,
        help_text="Par exemple\u00a0: Paniers et ateliers 2027.",
        error_messages={"required": "Écrivez un nom."},
    )
    demandeur = TexteFrancais(
        label="Qui demande",
        max_length=200,
        help_text="Le nom que les familles connaissent.",
        error_messages={"required": "Écrivez qui demande."},
    )
    structure = forms.ModelChoiceField(
        label="Structure",
        queryset=Structure.objects.none(),
        empty_label="Choisissez une structure",
        error_messages={
            "required": "Choisissez une structure.",
            "invalid_choice": "Choisissez une structure de la liste.",
        },
    )
    effectif = champ_nombre("Combien de familles prévoyez-vous\u00a0?", 1, EFFECTIF_MAX)
    liste_papier = forms.BooleanField(
        label="La structure garde, sur papier et sous clé, la liste «\u00a0famille – numéro de carte\u00a0»",
        required=False,
        help_text="Elle permet de remplacer une carte perdue. Voix ne connaît jamais cette liste.",
    )
    fenetre = champ_nombre(
        "Combien de jours avant et après chaque date\u00a0?",
        1,
        90,
        "Pendant ces jours, la carte ouvre le questionnaire.",
    )
    coupe_le = champ_date(
        "Jour où le lien entre les réponses est coupé",
        "Imprimé sur les cartes. Rien ne le refait.",
    )

    def __init__(self, *args: Any, compte: Compte, cle: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cle = cle
        structures = structures_de(compte, Droit.SUIVRE_COHORTE)
        cast("forms.ModelChoiceField[Structure]", self.fields["structure"]).queryset = structures
        versions = VersionQuestionnaire.visibles_par(compte).dernieres()
        choix = versions.select_related("questionnaire").order_by("questionnaire__titre", "pk")
        for rang in Rang:
            self.fields[f"version_{rang.value}"] = VersionField(
                label=f"Questionnaire, {rang.label}",
                queryset=choix,
                empty_label="Choisissez un questionnaire",
                error_messages={
                    "required": "Choisissez un questionnaire.",
                    "invalid_choice": "Choisissez un questionnaire de la liste.",
                },
            )
            self.fields[f"cible_{rang.value}"] = champ_date(f"Date visée, {rang.label}")

    def vagues_lues(self) -> list[ProjetVague]:
        marge = timedelta(days=self.cleaned_data["fenetre"])
        return [
            ProjetVague(
                rang=rang,
                version=self.cleaned_data[f"version_{rang.value}"],
                cible=(cible := self.cleaned_data[f"cible_{rang.value}"]),
                ouvre_le=cible - marge,
                ferme_le=cible + marge,
            )
            for rang in Rang
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        titre, structure = donnees.get("titre"), donnees.get("structure")
        if titre and structure and nom_deja_pris(titre, structure, self.cle):
            self.add_error("titre", f"{NOM_PRIS} Écrivez un autre nom.")
        dates: list[date | None] = [donnees.get(f"cible_{rang.value}") for rang in Rang]
        marge = 2 * (donnees.get("fenetre") or 0)
        for rang, avant, apres in zip(list(Rang)[1:], dates, dates[1:], strict=False):
            if avant and apres and (apres - avant).days <= marge:
                self.add_error(
                    f"cible_{rang.value}",
                    "Cette vague touche la précédente. Choisissez une date plus tardive, "
                    "ou moins de jours autour de chaque date.",
                )
        jours = timedelta(days=marge // 2)
        if (entree := dates[0]) and entree_deja_finie(entree + jours):
            self.add_error("cible_1", f"{ENTREE_FINIE} Choisissez une date plus tardive.")
        fin, derniere = donnees.get("coupe_le"), dates[-1]
        if fin and derniere and fin <= derniere + jours:
            self.add_error(
                "coupe_le", "Choisissez un jour qui vient après la fin de la dernière vague."
            )
        return donnees


class CriteresForm(forms.Form):
    """Second screen: what will be judged between entrée and sortie, and which way is better."""

    use_required_attribute = False
    helper = _aide()

    def __init__(
        self, *args: Any, entree: VersionQuestionnaire, sortie: VersionQuestionnaire, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.possibles = criteres_possibles(entree.lue(), sortie.lue())
        choix = [("", "Aucun")]
        choix += [(SEPARATEUR.join(codes), texte) for codes, texte in self.possibles.items()]
        for rang in range(1, NB_CRITERES + 1):
            self.fields[f"critere_{rang}"] = forms.ChoiceField(
                label=f"Critère {rang}",
                choices=choix,
                required=rang == 1,
                error_messages={
                    "required": "Choisissez au moins un critère.",
                    "invalid_choice": "Choisissez un critère de la liste.",
                },
            )
            self.fields[f"sens_{rang}"] = forms.ChoiceField(
                label=f"Pour le critère {rang}", choices=Sens.choices, initial=Sens.HAUSSE
            )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        vus: set[str] = set()
        for rang in range(1, NB_CRITERES + 1):
            choisi = donnees.get(f"critere_{rang}")
            if choisi and choisi in vus:
                self.add_error(f"critere_{rang}", "Ce critère est déjà choisi plus haut.")
            vus.add(choisi or "")
        return donnees

    def criteres(self) -> list[ProjetCritere]:
        choisis = [
            (self.cleaned_data[f"critere_{rang}"], self.cleaned_data[f"sens_{rang}"])
            for rang in range(1, NB_CRITERES + 1)
        ]
        return [
            ProjetCritere(self.possibles[codes][:200], codes, sens)
            for texte, sens in choisis
            if texte and (codes := tuple(texte.split(SEPARATEUR)))
        ]


def criteres_de(cohorte: Cohorte) -> dict[str, str]:
    """Return what the second screen showed when it was last sent."""
    valeurs = {}
    for critere in cohorte.criteres.order_by("rang"):
        valeurs[f"critere_{critere.rang}"] = SEPARATEUR.join(critere.questions)
        valeurs[f"sens_{critere.rang}"] = critere.sens
    return valeurs


def projet_de(cle: UUID, premier: CohorteForm, second: CriteresForm) -> ProjetCohorte:
    """Return what both screens decided."""
    lues: Mapping[str, Any] = premier.cleaned_data
    return ProjetCohorte(
        cle=cle,
        titre=lues["titre"],
        demandeur=lues["demandeur"],
        structure=lues["structure"],
        effectif=lues["effectif"],
        liste_papier=lues["liste_papier"],
        coupe_le=lues["coupe_le"],
        vagues=premier.vagues_lues(),
        criteres=second.criteres(),
    )


NUMERO_MAX = 1_000_000_000
"""Of a card: no cohorte has so many."""


class EmissionForm(forms.Form):
    use_required_attribute = False
    helper = _aide()
    a_partir = forms.IntegerField(max_value=NUMERO_MAX, widget=forms.HiddenInput)
    nombre = champ_nombre("Combien de cartes imprimer\u00a0?", 1, AU_PLUS)


class ComptesForm(forms.Form):
    use_required_attribute = False
    helper = _aide()
    paniers = champ_nombre("Paniers remis", 0, COMPTE_MAX)
    ateliers = champ_nombre("Ateliers suivis", 0, COMPTE_MAX)


class PresencesForm(forms.Form):
    """One basket or one workshop more for each of the cards written."""

    use_required_attribute = False
    helper = _aide()
    quoi = forms.ChoiceField(
        label="Qu’avez-vous fait\u00a0?",
        widget=forms.RadioSelect,
        choices=[("paniers", "Remis un panier"), ("ateliers", "Fait un atelier")],
        error_messages={"required": "Choisissez une réponse."},
    )
    numeros = TexteTel(
        label="Numéros des cartes",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple\u00a0: 1, 4, 12, 33.",
        error_messages={"required": "Écrivez au moins un numéro."},
    )

    def clean_numeros(self) -> list[int]:
        tape = self.cleaned_data["numeros"]
        if plage := _PLAGE.search(tape):
            raise forms.ValidationError(_dire_la_plage(plage))
        if not _LISTE.fullmatch(tape):
            raise forms.ValidationError(
                "Écrivez seulement des numéros de cartes, avec une virgule entre deux, "
                "par exemple 1, 4, 12."
            )
        lus = [int(n) for n in _NUMEROS.findall(tape) if len(n) <= CHIFFRES]
        if not lus:
            raise forms.ValidationError("Écrivez au moins un numéro, par exemple 12.")
        return sorted(set(lus))


def _dire_la_plage(plage: re.Match[str]) -> str:
    """Return the numbers to write in place of « 1-5 »: one reads it as two cards, another as five."""
    du, au = sorted(map(int, plage.groups()))
    dit = f"«\u00a0{plage[0]}\u00a0» peut se lire de deux façons."
    if au - du >= PLAGE_AU_PLUS:
        return f"{dit} Écrivez chaque numéro."
    suite = ", ".join(map(str, range(du, au + 1)))
    return (
        f"{dit} Pour les cartes de {du} à {au}, écrivez\u00a0: {suite}. "
        f"Pour deux cartes, écrivez\u00a0: {du}, {au}."
    )
