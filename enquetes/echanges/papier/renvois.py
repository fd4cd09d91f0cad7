"""The skip logic in words: « Seulement si vous avez répondu : question 1, case 2 « Non » »."""

from collections.abc import Mapping
from typing import Any

from enquetes.parcours.definition import Definition, Page

from . import mots
from .numeros import cases, numero_de_question


def renvoi(definition: Definition, page: Page, langue: str) -> str:
    """Return who answers a page and where the others go on; empty when everybody answers."""
    if page.condition is None:
        return ""
    condition = _en_mots(definition, page.condition.arbre, langue)
    return (
        mots.SEULEMENT_SI.dans(langue)
        .texte.format(condition=condition, sinon=_sinon(definition, page, langue))
        .strip()
    )


def _sinon(definition: Definition, page: Page, langue: str) -> str:
    """Return where whoever does not answer goes on: past the pages asked under the same condition."""
    suite = definition.pages[definition.pages.index(page) + 1 :]
    for autre in suite:
        if autre.condition == page.condition:
            continue
        numeros = _numeros(definition, autre)
        if numeros:
            return mots.SINON.dans(langue).texte.format(numero=numeros[0])
    return mots.SINON_FIN.dans(langue).texte


def _numeros(definition: Definition, page: Page) -> list[int]:
    posees = []
    for question in page.questions:
        try:
            posees.append(numero_de_question(definition, question.code))
        except ValueError:
            continue
    return posees


def _en_mots(definition: Definition, arbre: Mapping[str, Any], langue: str) -> str:
    for cle, lien in (("all", mots.ET), ("any", mots.OU)):
        if cle in arbre:
            parties = [_entre(definition, partie, langue) for partie in arbre[cle]]
            return lien.dans(langue).texte.join(parties)
    if "not" in arbre:
        return mots.PAS.dans(langue).texte.format(
            condition=_en_mots(definition, arbre["not"], langue)
        )
    return _test(definition, arbre, langue)


def _entre(definition: Definition, partie: Mapping[str, Any], langue: str) -> str:
    dit = _en_mots(definition, partie, langue)
    return f"({dit})" if "all" in partie or "any" in partie else dit


def _test(definition: Definition, test: Mapping[str, Any], langue: str) -> str:
    numero = numero_de_question(definition, test["q"])
    for operateur, modele in (("ge", mots.AU_MOINS), ("le", mots.AU_PLUS)):
        if operateur in test:
            return modele.dans(langue).texte.format(numero=numero, valeur=test[operateur])
    attendue = str(test.get("eq", test.get("has")))
    for case, choix in cases(definition.question(test["q"])).items():
        if choix.code == attendue:
            texte = choix.texte.dans(langue).texte
            return mots.CASE.dans(langue).texte.format(numero=numero, case=case, texte=texte)
    return mots.VALEUR.dans(langue).texte.format(numero=numero, valeur=attendue)
