"""What every question type knows how to do; one subclass a file, found by the registry."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enquetes.parcours.definition import (
    LANGUE_SOURCE,
    REFUS,
    SUFFIXE_PRECISION,
    Choix,
    Nature,
    Question,
    Reponses,
    TexteRendu,
    Valeur,
)
from voix.commun.francais import une_fin_de_ligne
from voix.commun.nombres import grouper

from .gadgets import Boutons, saisie
from .textes import CHOIX_REFUS, PRECISEZ, TEXTE_REFUS

SUFFIXE_REFUS = ".pnr"
"""Name of the box « Je préfère ne pas répondre » beside a text or a number."""

LONGUEUR_PRECISION = 200

COMPTE_AU_PLUS = 20_000
"""Signs that are counted, ten times what a question takes. A body that is too big is cut one sign
further: what is said of it is « plus de 20 000 », never the length of what was left of it."""


def nettoyer(texte: str) -> str:
    """Return a text as it is stored: one kind of line end, composed accents, nothing a database refuses.

    A browser counts a line end as one sign and sends two: lengths are checked after this.
    """
    texte = "".join(
        "\ufffd" if signe == "\0" or "\ud800" <= signe <= "\udfff" else signe
        for signe in une_fin_de_ligne(texte)
    )
    return unicodedata.normalize("NFC", texte).strip()


def messages_trop_long(limite: int) -> dict[str, str]:
    """Return what is said of a text longer than that; the device fills in how long it is."""
    return {
        faute: str(ChampTexte.default_error_messages[code]).replace(
            "%(limite)s", grouper(limite, get_language() or LANGUE_SOURCE)
        )
        for faute, code in (("long", "max_length"), ("demesure", "demesure"))
    }


def message_de_refus_contredit(langue: str) -> str:
    """Return what is said of « Je préfère ne pas répondre » ticked beside what is typed."""
    dit = _("« %(refus)s » ne va pas avec ce que vous avez écrit. Retirez l’un des deux.")
    return str(dit) % {"refus": TEXTE_REFUS.dans(langue).texte}


class ChampTexte(forms.CharField):
    """A text cleaned before its length is judged; too long is said, never cut."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "max_length": _(
            "Ce texte est trop long. Gardez %(limite)s signes au plus. Il y en a %(nombre)s."
        ),
        "demesure": _(
            "Ce texte est trop long. Gardez %(limite)s signes au plus. Il y en a plus de 20 000."
        ),
    }

    def __init__(self, *, limite: int, dessous: bool = False, **options: Any) -> None:
        # ``dessous``: drawn under the choice that opens it (templates/voix/field.html).
        self.limite, self.dessous = limite, dessous
        super().__init__(required=False, strip=False, **options)
        # Django's own refusal of NUL would lose the person's words: we replace it instead.
        self.validators = []

    def to_python(self, value: Any) -> str:
        texte = nettoyer(super().to_python(value) or "")
        if len(texte) > self.limite:
            code = "max_length" if len(texte) <= COMPTE_AU_PLUS else "demesure"
            raise ValidationError(
                self.error_messages[code],
                code=code,
                params={
                    nom: grouper(nombre, get_language() or LANGUE_SOURCE)
                    for nom, nombre in (("limite", self.limite), ("nombre", len(texte)))
                },
            )
        return texte


class Champ:
    """A question type. Subclasses describe one; the registry holds one instance of each."""

    nature: ClassVar[Nature]

    def formulaire(self, question: Question, langue: str) -> dict[str, forms.Field]:
        """Return the form fields by name; nothing is required, refusing is always possible."""
        raise NotImplementedError(self.nature.type)

    def lire(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, Valeur]:
        """Return what is stored, from cleaned form data. A missing key is « no answer »."""
        raise NotImplementedError(self.nature.type)

    def refuse(self, question: Question, cleaned: Mapping[str, Any]) -> bool:
        """Return whether « Je préfère ne pas répondre » is ticked."""
        return cleaned.get(question.code) in (REFUS, [REFUS])

    def nom_ecrit(self, question: Question) -> str:
        """Return the name of the field whose words do not go with a refusal."""
        return question.code + SUFFIXE_PRECISION

    def ecrire(self, question: Question, reponses: Reponses) -> dict[str, Any]:
        """Return the form's initial data, from stored answers: the way back of ``lire``."""
        raise NotImplementedError(self.nature.type)

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        """Return how a device without network reads this field: ``t`` and its settings.

        ``t`` is one that ``voix/static/voix/hors-ligne`` knows; ``m`` holds what it says, in the
        active language.
        """
        return {"t": "rien"}

    def modalites(self, question: Question) -> tuple[Choix, ...]:
        """Return the closed list of answers, refusal excluded; empty when there is none."""
        return ()

    def classes(self, question: Question, ouverture: date | None = None) -> tuple[Choix, ...]:
        """Return the closed classes in which typed answers are counted; empty without any.

        They are known before any answer. ``ouverture``: first day of the collecte, once there is one.
        """
        return ()

    def rang_de_classe(self, question: Question, ouverture: date) -> Callable[[Any], int]:
        """Return what gives the class of a stored value (as the database's text): its rank.

        Only asked of a question that has ``classes``: a type that gives some gives this too.
        """
        raise NotImplementedError(self.nature.type)

    def libelle(self, question: Question, reponses: Reponses, langue: str) -> list[TexteRendu]:
        """Return what the person answered, in words, for the summary; empty without an answer."""
        valeur = reponses.get(question.code)
        if valeur is None:
            return []
        if valeur == REFUS:
            return [TEXTE_REFUS.dans(langue)]
        return self._libelle(question, reponses, langue)

    def _libelle(self, question: Question, reponses: Reponses, langue: str) -> list[TexteRendu]:
        return [TexteRendu(str(reponses[question.code]), "")]

    def verifier_valeur(self, question: Question, valeur: Valeur) -> str | None:
        """Return why a stored value is not one of this type, or nothing when it is."""
        if valeur == REFUS:
            return None
        return self._verifier(question, valeur)

    def verifier_reponses(self, question: Question, reponses: Reponses) -> str | None:
        """Return why what is stored under the keys of a question is wrong, or nothing."""
        valeur = reponses.get(question.code)
        defaut = None if valeur is None else self.verifier_valeur(question, valeur)
        return defaut or self._verifier_precision(question, reponses)

    def _verifier_precision(self, question: Question, reponses: Reponses) -> str | None:
        precision = reponses.get(question.code + SUFFIXE_PRECISION)
        if precision is None:
            return None
        repondu = reponses.get(question.code, REFUS) != REFUS
        if not repondu or not a_precision(self.modalites(question)):
            return f"«\u00a0{question.code}\u00a0» n’attend pas de précision ici."
        return defaut_de_texte(question, precision, LONGUEUR_PRECISION)

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        raise NotImplementedError(self.nature.type)


def defaut_de_texte(question: Question, valeur: Valeur, limite: int) -> str | None:
    """Return why a stored text is not one that its form could have given, or nothing."""
    if not isinstance(valeur, str) or valeur != nettoyer(valeur) or not valeur:
        return f"«\u00a0{question.code}\u00a0» attend un texte."
    if len(valeur) > limite:
        return f"«\u00a0{question.code}\u00a0»\u00a0: le texte est trop long."
    return None


def codes_de(choix: tuple[Choix, ...]) -> tuple[str, ...]:
    """Return the codes of a list of answers."""
    return tuple(un.code for un in choix)


def entete(question: Question, langue: str) -> dict[str, Any]:
    """Return the label and the help of a field, as the form classes of Django take them."""
    return {
        "label": question.texte.dans(langue).texte,
        "help_text": question.aide.dans(langue).texte,
        "required": False,
    }


class ChampChoix(Champ):
    """One answer among a closed list; scales and yes/no differ only by the list."""

    fixes: ClassVar[tuple[Choix, ...]] = ()

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        return {"t": "un"} | autre_hors_ligne(self.modalites(question))

    def modalites(self, question: Question) -> tuple[Choix, ...]:
        return self.fixes or question.choix

    def formulaire(self, question: Question, langue: str) -> dict[str, forms.Field]:
        modalites = (*self.modalites(question), CHOIX_REFUS)
        champs: dict[str, forms.Field] = {
            question.code: forms.ChoiceField(
                choices=[(choix.code, choix.texte.dans(langue).texte) for choix in modalites],
                widget=Boutons(choix=modalites, langue=langue),
                error_messages={
                    "invalid_choice": _(
                        "Cette réponse n’existe pas. Choisissez une réponse de la liste."
                    )
                },
                **entete(question, langue),
            )
        }
        if a_precision(self.modalites(question)):
            champs[question.code + SUFFIXE_PRECISION] = champ_precision(langue)
        return champs

    def lire(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, Valeur]:
        code = cleaned.get(question.code) or autre_dite(
            question, self.modalites(question), cleaned
        )
        if not code:
            return {}
        return {question.code: code} | lire_precision(question, [code], cleaned)

    def ecrire(self, question: Question, reponses: Reponses) -> dict[str, Any]:
        return ecrire_cles(question, reponses, SUFFIXE_PRECISION)

    def _libelle(self, question: Question, reponses: Reponses, langue: str) -> list[TexteRendu]:
        return libelles_de(
            question, self.modalites(question), [str(reponses[question.code])], reponses, langue
        )

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        if valeur in [choix.code for choix in self.modalites(question)]:
            return None
        return f"«\u00a0{valeur}\u00a0» n’est pas une réponse de «\u00a0{question.code}\u00a0»."


def a_precision(modalites: tuple[Choix, ...]) -> bool:
    """Return whether a choice opens a short text beside it."""
    return any(choix.precision for choix in modalites)


def champ_precision(langue: str) -> ChampTexte:
    return ChampTexte(
        limite=LONGUEUR_PRECISION,
        dessous=True,
        label=PRECISEZ.dans(langue).texte,
        widget=saisie(autocapitalize="sentences"),
    )


def code_de_precision(modalites: tuple[Choix, ...]) -> str:
    """Return the code of the choice that opens a short text, or nothing."""
    return next((choix.code for choix in modalites if choix.precision), "")


def autre_hors_ligne(modalites: tuple[Choix, ...]) -> dict[str, str]:
    """Return what a device must know of the choice that opens the short text; nothing without one."""
    code = code_de_precision(modalites)
    return {"autre": code} if code else {}


def autre_dite(
    question: Question, modalites: tuple[Choix, ...], cleaned: Mapping[str, Any]
) -> str:
    """Return the choice that opens the short text, when something was written there: it is meant."""
    dite = cleaned.get(question.code + SUFFIXE_PRECISION)
    return code_de_precision(modalites) if dite else ""


def lire_precision(
    question: Question, codes: list[str], cleaned: Mapping[str, Any]
) -> dict[str, Valeur]:
    """Keep what was written beside « autre », whatever was ticked, save beside a refusal (``ChampSaisi``)."""
    cle = question.code + SUFFIXE_PRECISION
    texte = cleaned.get(cle)
    return {cle: texte} if texte and REFUS not in codes else {}


def ecrire_cles(question: Question, reponses: Reponses, *suffixes: str) -> dict[str, Any]:
    cles = (question.code, *(question.code + suffixe for suffixe in suffixes))
    return {cle: reponses[cle] for cle in cles if cle in reponses}


def libelles_de(
    question: Question,
    modalites: tuple[Choix, ...],
    codes: list[str],
    reponses: Reponses,
    langue: str,
) -> list[TexteRendu]:
    """Return the texts of the codes ticked, then what was typed beside « autre »."""
    rendus = [choix.texte.dans(langue) for choix in modalites if choix.code in codes]
    precision = reponses.get(question.code + SUFFIXE_PRECISION)
    return [*rendus, TexteRendu(str(precision), "")] if precision else rendus


class ChampSaisi(Champ):
    """A typed answer with « Je préfère ne pas répondre » as a box beside it.

    When both are given the form asks which is meant. An envelope that an older device sealed cannot
    be asked: there the refusal wins, since keeping words that a person wished not to give would be
    the worse mistake.
    """

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        """Return the field that is typed in."""
        raise NotImplementedError(self.nature.type)

    def formulaire(self, question: Question, langue: str) -> dict[str, forms.Field]:
        return {
            question.code: self.champ_saisi(question, langue),
            question.code + SUFFIXE_REFUS: forms.BooleanField(
                required=False, label=TEXTE_REFUS.dans(langue).texte
            ),
        }

    def refuse(self, question: Question, cleaned: Mapping[str, Any]) -> bool:
        return bool(cleaned.get(question.code + SUFFIXE_REFUS))

    def nom_ecrit(self, question: Question) -> str:
        return question.code

    def lire(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, Valeur]:
        if self.refuse(question, cleaned):
            return {question.code: REFUS}
        valeur = cleaned.get(question.code)
        return {} if valeur is None or valeur == "" else {question.code: valeur}

    def ecrire(self, question: Question, reponses: Reponses) -> dict[str, Any]:
        valeur = reponses.get(question.code)
        if valeur == REFUS:
            return {question.code + SUFFIXE_REFUS: True}
        return {} if valeur is None else {question.code: self.reecrire(question, valeur)}

    def reecrire(self, question: Question, valeur: Valeur) -> Any:
        """Return a stored value as the person would type it."""
        return valeur
