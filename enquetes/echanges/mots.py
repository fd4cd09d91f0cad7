"""Conditions of a questionnaire said in French, for people who do not read code."""

from collections.abc import Callable, Mapping
from typing import Any

from enquetes.champs import champ
from enquetes.parcours.definition import Definition

Arbre = Mapping[str, Any]


def condition_en_mots(definition: Definition, arbre: Arbre) -> str:
    """Return ``arbre`` as the end of a sentence that begins with « seulement si »."""
    for operateur, dire in (("all", _ensemble(" et ")), ("any", _ensemble(" ou ")), ("not", _non)):
        if operateur in arbre:
            return dire(definition, arbre[operateur])
    return _comparaison(definition, arbre, verbe="est")


def _ensemble(liaison: str) -> Callable[[Definition, Any], str]:
    def dire(definition: Definition, arbres: Any) -> str:
        return liaison.join(_entre_parentheses(definition, arbre) for arbre in arbres)

    return dire


def _entre_parentheses(definition: Definition, arbre: Arbre) -> str:
    phrase = condition_en_mots(definition, arbre)
    return f"({phrase})" if {"all", "any"} & set(arbre) else phrase


def _non(definition: Definition, arbre: Arbre) -> str:
    if "q" in arbre:
        return _comparaison(definition, arbre, verbe="n’est pas")
    return f"il est faux que\u00a0: ({condition_en_mots(definition, arbre)})"


def _comparaison(definition: Definition, arbre: Arbre, *, verbe: str) -> str:
    question = definition.question(arbre["q"])
    texte = question.texte.dans("fr").texte
    sujet = f"la réponse à «\u00a0{texte}\u00a0»"
    if "has" in arbre:
        contient = "contient" if verbe == "est" else "ne contient pas"
        return f"{sujet} {contient} «\u00a0{_libelle(definition, arbre['q'], arbre['has'])}\u00a0»"
    for operateur, suite in (("ge", " ou plus"), ("le", " ou moins")):
        if operateur in arbre:
            borne = _libelle(definition, arbre["q"], arbre[operateur])
            return f"{sujet} {verbe} «\u00a0{borne}\u00a0»{suite}"
    return f"{sujet} {verbe} «\u00a0{_libelle(definition, arbre['q'], arbre['eq'])}\u00a0»"


def _libelle(definition: Definition, code_question: str, valeur: Any) -> str:
    """Return what the person reads beside that code, or the value itself."""
    question = definition.question(code_question)
    for choix in champ(question.type).modalites(question):
        if choix.code == str(valeur):
            return choix.texte.dans("fr").texte
    return str(valeur)
