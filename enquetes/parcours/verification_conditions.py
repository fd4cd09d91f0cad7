"""The checks of a condition: its grammar, and that it reads earlier questions only."""

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from .conditions import OPERATEURS
from .definition import Nature
from .verification_base import Connue, Defaut, Lieu, citer, ecrivez, montrer, proche

PROFONDEUR: Final = 8


def defauts_condition(
    arbre: Any, lieu: Lieu, connues: Mapping[str, Connue], profondeur: int = 0
) -> Iterator[Defaut]:
    """Check one node of the tree and everything below it."""
    if profondeur > PROFONDEUR:
        yield Defaut(
            lieu,
            "condition_profonde",
            "Cette condition est trop emboîtée.",
            "Coupez la page en deux, chacune avec une condition plus simple.",
        )
        return
    if isinstance(arbre, Mapping) and "q" in arbre:
        yield from _test(arbre, lieu, connues)
        return
    if not isinstance(arbre, Mapping) or len(arbre) != 1 or not {"all", "any", "not"} & set(arbre):
        yield Defaut(lieu, "condition_forme", "Cette condition est mal écrite.", _exemple(connues))
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
            _exemple(connues, forme=branche + ": [{}]"),
        )
        return
    for rang, partie in enumerate(contenu):
        yield from defauts_condition(partie, (*lieu, branche, rang), connues, profondeur + 1)


def _exemple(connues: Mapping[str, Connue], voulue: Any = None, forme: str = "si: {}") -> str:
    """Return the remedy of a condition: one about ``voulue``, or the nearest question before it."""
    autour = [code for code, une in connues.items() if une.nature and une.nature.compare]
    lisibles = [code for code in autour if connues[code].codes or connues[code].bornes[1]]
    if not lisibles:
        return "Citez une question posée avant cette page, dont les réponses sont dans une liste."
    code = voulue if voulue in lisibles else lisibles[-1]
    une = connues[code]
    if une.codes:
        lire = f"{'has' if une.nature and une.nature.multiple else 'eq'}: {citer(une.codes[0])}"
    else:
        lire = f"ge: {_seuil(une)}"
    return ecrivez(forme.format(f"{{q: {citer(code)}, {lire}}}"))


def _seuil(connue: Connue) -> str:
    """Return a number that some may answer and others not, as a file writes it: whole when it can."""
    mini, maxi, _decimales = connue.bornes
    if connue.codes or maxi <= mini:
        return connue.codes[1] if connue.codes else _en_chiffres(maxi)
    entiers = (math.floor(mini) + 1, math.floor(maxi))
    return _en_chiffres(min(entiers) if mini <= min(entiers) else maxi)


def _en_chiffres(nombre: float) -> str:
    return f"{Decimal(str(nombre)):f}".removesuffix(".0")


def _test(test: Mapping[str, Any], lieu: Lieu, connues: Mapping[str, Connue]) -> Iterator[Defaut]:
    operateurs = [cle for cle in test if cle != "q"]
    if len(operateurs) != 1 or operateurs[0] not in OPERATEURS:
        yield Defaut(
            lieu,
            "condition_operateur",
            "Il faut une seule comparaison\u00a0: eq, has, ge ou le.",
            _exemple(connues, test["q"]),
        )
        return
    code, operateur = test["q"], operateurs[0]
    connue = connues.get(code) if isinstance(code, str) else None
    if connue is None:
        yield Defaut(
            (*lieu, "q"),
            "condition_question",
            f"Aucune question d’une page précédente n’a le code «\u00a0{montrer(code)}\u00a0».",
            proche(code, connues) or "Citez une question posée avant cette page.",
        )
    elif connue.nature is not None:
        yield from _comparaison(
            operateur, test[operateur], (*lieu, operateur), connue, connue.nature
        )


def _comparaison(
    operateur: str, valeur: Any, lieu: Lieu, connue: Connue, nature: Nature
) -> Iterator[Defaut]:
    defaut = _operateur_inadapte(operateur, lieu, nature)
    if defaut is not None:
        yield defaut
    elif operateur in ("ge", "le") or not connue.codes:
        if isinstance(valeur, bool) or not isinstance(valeur, int | float) or math.isnan(valeur):
            yield Defaut(
                lieu,
                "condition_nombre",
                "Il faut un nombre.",
                ecrivez(f"{operateur}: {_seuil(connue)}"),
            )
    elif isinstance(valeur, bool) or str(valeur) not in connue.codes:
        # YAML reads a bare true as a truth: its word is what an author sees, in lower case.
        dite = str(valeur).lower() if isinstance(valeur, bool) else valeur
        codes = ", ".join(connue.codes)
        yield Defaut(
            lieu,
            "condition_choix",
            f"«\u00a0{montrer(dite)}\u00a0» n’est pas une réponse de cette question.",
            proche(dite, connue.codes) or f"Prenez l’une de\u00a0: {codes}.",
        )


def _operateur_inadapte(operateur: str, lieu: Lieu, nature: Nature) -> Defaut | None:
    """Return why this type cannot be read that way, or nothing."""
    if not nature.repond:
        return Defaut(
            lieu,
            "condition_information",
            "Cette page n’a pas de réponse.",
            "Citez une vraie question.",
        )
    if not nature.compare:
        return Defaut(
            lieu,
            "condition_libre",
            "Chacun répond à cette question avec ses mots\u00a0: une condition ne peut pas la lire.",
            "Citez une question dont les réponses sont dans une liste.",
        )
    if operateur == "has" and not nature.multiple:
        return Defaut(
            lieu,
            "condition_has",
            "«\u00a0has\u00a0» ne sert que quand on peut cocher plusieurs réponses.",
            "Écrivez «\u00a0eq\u00a0».",
        )
    if operateur == "eq" and nature.multiple:
        return Defaut(
            lieu,
            "condition_eq",
            "On peut cocher plusieurs réponses à cette question.",
            "Écrivez «\u00a0has\u00a0».",
        )
    if operateur in ("ge", "le") and not nature.numerique:
        return Defaut(
            lieu,
            "condition_ordre",
            "Les réponses à cette question ne se comparent pas.",
            "Écrivez «\u00a0has\u00a0»." if nature.multiple else "Écrivez «\u00a0eq\u00a0».",
        )
    return None
