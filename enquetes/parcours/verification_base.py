"""What the checks share: a defect, the shapes of codes, and how a remedy is said."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from voix.commun.proches import vouliez_vous

from .definition import Nature

Lieu = tuple[str | int, ...]
"""Where in the data: keys and list positions from the root, ``("pages", 2, "si", "q")``."""

LANGUES: Final = ("fr", "en", "ar", "uk")

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_CODE_COURT: Final = 24
_HORS_DU_CODE: Final = re.compile(r"[^a-z0-9]+")
_SANS_GUILLEMETS: Final = re.compile(r"[^\W\d_][\w’ -]*")
MOTS_DE_YAML: Final = frozenset({"true", "false", "null"})
"""Words that a file reads as something else, unless they stand between quotation marks."""
_MONTRE: Final = 60
"""An author's value is quoted in a message up to this length."""


@dataclass(frozen=True, slots=True)
class Defaut:
    """One error of an author, or one piece of advice."""

    lieu: Lieu
    code: str
    """Stable name of the rule, for tests."""
    message: str
    """What is wrong, in French."""
    conseil: str
    """What to write instead, in French: a sentence, or « Écrivez plutôt : » and the line."""
    grave: bool = True
    """False for advice: the questionnaire may be published as it is."""


@dataclass(frozen=True, slots=True)
class Connue:
    """What a condition may know of an earlier question."""

    nature: Nature | None
    codes: tuple[str, ...]
    """The closed list of its answers; empty for a number or a text."""
    seuls: frozenset[str] = frozenset()
    """Those that go with no other."""
    bornes: tuple[float, float, int] = (0, 0, 0)
    """Of a number: least, greatest, and how many decimals."""
    si: Mapping[str, Any] | None = None
    """The condition of its page, when it is well written."""


@dataclass
class Contexte:
    """What is known while the file is walked from top to bottom."""

    natures: Mapping[str, Nature]
    pictogrammes: frozenset[str] | None
    langues: tuple[str, ...]
    pris: frozenset[str] = frozenset()
    """Every code that is written somewhere for a page or a question: none is proposed again."""
    pages: set[str] = field(default_factory=set)
    questions: dict[str, Connue] = field(default_factory=dict)
    """Questions of earlier pages: the only ones that a condition may read."""
    nb_questions: int = 0
    proposes: set[tuple[str, str]] = field(default_factory=set)
    """Codes that were proposed, for a page or a question: none is proposed twice."""


def est_slug(valeur: Any) -> bool:
    """Return whether a value can name a questionnaire, a page or a question."""
    return isinstance(valeur, str) and _SLUG.fullmatch(valeur) is not None


def est_code(valeur: Any) -> bool:
    """Return whether a value can name a choice: a slug that may begin with a digit."""
    return isinstance(valeur, str) and _CODE.fullmatch(valeur) is not None


def code_libre(valeur: Any, sinon: str, pris: Collection[str]) -> str:
    """Return a code made of the words of an author (« Œufs frais »: oeufs-frais), taken by nobody.

    ``sinon`` is the code when there are none that can make one.
    """
    mots = str(valeur).lower() if isinstance(valeur, str | int) else ""
    mots = unicodedata.normalize("NFKD", mots.replace("œ", "oe").replace("’", "-"))
    plat = mots.encode("ascii", "ignore").decode()
    code = _HORS_DU_CODE.sub("-", plat).strip("-")[:_CODE_COURT].strip("-") or sinon
    noms = (code, *(f"{code}-{n}" for n in range(2, len(pris) + 3)))
    return next(nom for nom in noms if nom not in pris)


def montrer(valeur: Any) -> str:
    """Return an author's value as a message quotes it: whole when it is short."""
    texte = str(valeur)
    return texte if len(texte) <= _MONTRE else texte[:_MONTRE] + "…"


def citer(mot: str) -> str:
    """Return a word as YAML reads it between braces: in quotes when it could be something else."""
    if _SANS_GUILLEMETS.fullmatch(mot) and mot not in MOTS_DE_YAML:
        return mot
    return json.dumps(mot, ensure_ascii=False)


def ecrivez(exemple: str) -> str:
    """Return the remedy that shows a line as it should be written."""
    return f"Écrivez plutôt\u00a0: {exemple}"


AUTREMENT: Final[Mapping[str, tuple[str, ...]]] = {
    "titre": ("title", "nom", "name"),
    "texte": ("text", "label", "libelle", "intitule", "question"),
    "choix": ("choices", "reponse", "reponses", "reponsespossibles"),
    "aide": ("help", "hint", "indice", "consigne", "explication"),
    "langues": ("language", "languages"),
    "duree_minutes": ("duration", "minutes"),
    "si": ("condition", "conditions", "if", "when", "quand"),
    "pictogramme": ("image", "icone", "icon", "dessin"),
    "precision": ("other", "autre", "precisez"),
    "choix_unique": ("radio", "select", "choix", "liste", "qcu"),
    "choix_multiple": ("checkbox", "case", "cases", "cocher", "multiple", "qcm"),
    "nombre": ("number", "integer", "entier", "chiffre"),
    "mois": ("date", "month"),
    "texte_court": ("text", "texte", "string"),
    "texte_long": ("textarea", "paragraphe", "commentaire"),
    "accord": ("likert", "echelle"),
    "sourire": ("smiley", "visage", "visages"),
    "oui_non": ("boolean", "booleen", "yesno"),
    "information": ("note", "titre"),
}
"""What authors write from other tools, by the word that is known where they write it."""


def proche(valeur: Any, connues: Iterable[str]) -> str | None:
    """Return « Vouliez-vous écrire … ? » with the nearest known word, or nothing."""
    return vouliez_vous(str(valeur), connues, AUTREMENT)


def cles_inconnues(
    donnees: Mapping[Any, Any], lieu: Lieu, connues: frozenset[str]
) -> list[Defaut]:
    """Return a defect for each key that has no meaning there, with the nearest one that has."""
    return [
        Defaut(
            (*lieu, str(cle)),
            "cle_inconnue",
            f"«\u00a0{montrer(cle)}\u00a0» n’est pas connu ici.",
            # Between braces the rest of the line is to be kept.
            proche(cle, connues)
            or f"Enlevez «\u00a0{montrer(cle)}\u00a0» et sa valeur, et gardez le reste.",
        )
        for cle in donnees
        if cle not in connues
    ]


def pluriel(nombre: int, mot: str) -> str:
    """Return « 1 page », « 3 pages »: French counts from two."""
    return f"{nombre}\u00a0{mot}" + ("s" if nombre >= 2 else "")  # noqa: PLR2004  (two is the plural)
