"""The checks of a condition: its grammar, and that it reads earlier questions only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .conditions import OPERATEURS
from .definition import Nature
from .verification_base import Defaut, Lieu, cle_inconnue

PROFONDEUR: Final = 8
_EXEMPLE: Final = "si: {q: a1, eq: oui}"


@dataclass(frozen=True, slots=True)
class Connue:
    """What a condition may know of an earlier question."""

    nature: Nature | None
    codes: tuple[str, ...]
    """Codes that the author wrote; empty when the type brings its own."""


def defauts_condition(
    arbre: Any, lieu: Lieu, connues: Mapping[str, Connue], profondeur: int = 0
) -> Iterator[Defaut]:
    """Check one node of the tree and everything below it."""
    if not isinstance(arbre, Mapping) or not arbre:
        yield Defaut(lieu, "condition_forme", "Cette condition est mal écrite.", _EXEMPLE)
        return
    if profondeur > PROFONDEUR:
        yield Defaut(
            lieu,
            "condition_profonde",
            "Cette condition est trop emboîtée.",
            "Coupez la page en deux.",
        )
        return
    if "q" in arbre:
        yield from _test(arbre, lieu, connues)
        return
    if len(arbre) != 1 or next(iter(arbre)) not in ("all", "any", "not"):
        yield Defaut(lieu, "condition_forme", "Cette condition est mal écrite.", _EXEMPLE)
        return
    branche, contenu = next(iter(arbre.items()))
    if branche == "not":
        yield from defauts_condition(contenu, (*lieu, "not"), connues, profondeur + 1)
        return
    if not isinstance(contenu, list) or not contenu:
        yield Defaut(
            (*lieu, branche),
            "condition_vide",
            f"«\u00a0{branche}\u00a0» attend une liste.",
            "all: [ … , … ]",
        )
        return
    for rang, partie in enumerate(contenu):
        yield from defauts_condition(partie, (*lieu, branche, rang), connues, profondeur + 1)


def _test(test: Mapping[str, Any], lieu: Lieu, connues: Mapping[str, Connue]) -> Iterator[Defaut]:
    operateurs = [cle for cle in test if cle != "q"]
    if len(operateurs) != 1 or operateurs[0] not in OPERATEURS:
        yield Defaut(
            lieu,
            "condition_operateur",
            "Il faut une seule comparaison\u00a0: eq, has, ge ou le.",
            _EXEMPLE,
        )
        return
    code, operateur = test["q"], operateurs[0]
    connue = connues.get(code) if isinstance(code, str) else None
    if connue is None:
        proche = cle_inconnue(lieu, code, frozenset(connues)).conseil
        yield Defaut(
            (*lieu, "q"),
            "condition_question",
            f"Aucune question d’une page précédente n’a le code «\u00a0{code}\u00a0».",
            proche
            if proche.startswith("Vouliez")
            else "Citez une question posée avant cette page.",
        )
        return
    if connue.nature is not None:
        yield from _valeur(operateur, test[operateur], (*lieu, operateur), connue)


def _valeur(operateur: str, valeur: Any, lieu: Lieu, connue: Connue) -> Iterator[Defaut]:
    nature = connue.nature
    assert nature is not None  # noqa: S101  (the caller checked; said for the reader and mypy)
    if operateur == "has" and not nature.multiple:
        yield Defaut(
            lieu,
            "condition_has",
            "«\u00a0has\u00a0» ne sert que quand on peut cocher plusieurs réponses.",
            "Écrivez «\u00a0eq\u00a0».",
        )
    if operateur == "eq" and nature.multiple:
        yield Defaut(
            lieu,
            "condition_eq",
            "On peut cocher plusieurs réponses à cette question.",
            "Écrivez «\u00a0has\u00a0».",
        )
    if operateur in ("ge", "le"):
        if not nature.numerique:
            yield Defaut(
                lieu,
                "condition_ordre",
                "Les réponses à cette question ne se comparent pas.",
                "Écrivez «\u00a0eq\u00a0» ou «\u00a0has\u00a0».",
            )
        elif isinstance(valeur, bool) or not isinstance(valeur, int | float):
            yield Defaut(lieu, "condition_nombre", "Il faut un nombre.", f"{operateur}: 2")
        return
    if not nature.repond:
        yield Defaut(
            lieu,
            "condition_information",
            "Cette page n’a pas de réponse.",
            "Citez une vraie question.",
        )
    elif connue.codes and str(valeur) not in connue.codes:
        proche = cle_inconnue(lieu, valeur, frozenset(connue.codes)).conseil
        conseil = (
            proche if proche.startswith("Vouliez") else f"Une de\u00a0: {', '.join(connue.codes)}."
        )
        yield Defaut(
            lieu,
            "condition_choix",
            f"«\u00a0{valeur}\u00a0» n’est pas une réponse de cette question.",
            conseil,
        )
