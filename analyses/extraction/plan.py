"""Which columns of codes a questionnaire gives. Free text gives none: it never comes through."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from enquetes.champs import champ
from enquetes.parcours.definition import REFUS, Choix, Definition, Question, Texte

SANS_REPONSE: Final = "_sr"
LIBELLES: Final = {
    SANS_REPONSE: "Sans réponse",
    REFUS: "Préfère ne pas répondre",
}
CLASSES: Final = (0, 1, 2, 3, 4, 5, 6, 10, 20, 50, 100)
"""Lower bounds of the classes of a number, unless the question has its own (option ``classes``)."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """One question as codes: what is stored is the rank of an answer in ``modalites``."""

    question: str
    titre: str
    profil: str
    modalites: tuple[tuple[str, str], ...]
    """Code and French label, in the order of the questionnaire; refusal then silence at the end."""
    multiple: bool
    coder: Callable[[Any], int]
    """From the stored value (as the database's JSON text) to a rank, or to a mask of ranks."""


def colonnes(definition: Definition) -> list[Colonne]:
    """Return the columns of a questionnaire, in its order; questions of free text are left out."""
    trouvees = (_colonne(question) for question in definition.questions())
    return [colonne for colonne in trouvees if colonne is not None]


def sans_refus(colonne: Colonne) -> Colonne:
    """Return a column of a file of answers, where nobody could refuse: a structural zero."""
    rang = [code for code, _ in colonne.modalites].index(REFUS)
    coder = colonne.coder

    def coder_sans(valeur: Any) -> int:
        code = coder(valeur)
        if colonne.multiple:
            return (code & ((1 << rang) - 1)) | ((code >> (rang + 1)) << rang)
        return code - (code > rang)

    modalites = tuple(m for m in colonne.modalites if m[0] != REFUS)
    return replace(colonne, modalites=modalites, coder=coder_sans)


def _colonne(question: Question) -> Colonne | None:
    nature = champ(question.type).nature
    if question.type == "nombre":
        bornes = tuple(question.option("classes") or _bornes(question))
        return _fabriquer(question, _classes(bornes), multiple=False, coder=_codeur_nombre(bornes))
    modalites = champ(question.type).modalites(question)
    if not modalites:
        return None
    coder = _codeur_liste(modalites) if nature.multiple else _codeur_code(modalites)
    return _fabriquer(question, modalites, multiple=nature.multiple, coder=coder)


def _fabriquer(
    question: Question,
    modalites: tuple[Choix, ...],
    *,
    multiple: bool,
    coder: Callable[[Any], int],
) -> Colonne:
    libelles = [(choix.code, choix.texte.dans("fr").texte) for choix in modalites]
    return Colonne(
        question=question.code,
        titre=question.texte.dans("fr").texte,
        profil=question.profil.value,
        modalites=(*libelles, (REFUS, LIBELLES[REFUS]), (SANS_REPONSE, LIBELLES[SANS_REPONSE])),
        multiple=multiple,
        coder=coder,
    )


def _codeur_code(modalites: tuple[Choix, ...]) -> Callable[[Any], int]:
    rangs = {choix.code: rang for rang, choix in enumerate(modalites)}
    rangs[REFUS] = len(modalites)
    silence = len(modalites) + 1
    return lambda valeur: rangs.get(valeur, silence)


def _codeur_liste(modalites: tuple[Choix, ...]) -> Callable[[Any], int]:
    """Return a mask: bit r for the answer of rank r, refusal and silence having theirs."""
    rangs = {choix.code: rang for rang, choix in enumerate(modalites)}
    refus, silence = 1 << len(modalites), 1 << (len(modalites) + 1)

    def coder(valeur: Any) -> int:
        if valeur == REFUS:
            return refus
        codes = json.loads(valeur) if valeur else []
        return sum(1 << rangs[code] for code in codes if code in rangs) or silence

    return coder


def _bornes(question: Question) -> tuple[int, ...]:
    mini, maxi = int(question.option("min", 0)), question.option("max")
    return tuple(b for b in CLASSES if b >= mini and (maxi is None or b <= maxi)) or (mini,)


def _classes(bornes: tuple[int, ...]) -> tuple[Choix, ...]:
    """Name the classes: « 4 » alone, « 6 à 9 », « 10 et plus » for the last one."""
    noms = []
    for rang, borne in enumerate(bornes):
        if rang + 1 == len(bornes):
            noms.append(f"{borne} et plus")
        else:
            fin = bornes[rang + 1] - 1
            noms.append(str(borne) if fin == borne else f"{borne} à {fin}")
    return tuple(
        Choix(f"c{borne}", Texte.depuis({"fr": nom}))
        for borne, nom in zip(bornes, noms, strict=True)
    )


def _codeur_nombre(bornes: tuple[int, ...]) -> Callable[[Any], int]:
    def coder(valeur: Any) -> int:
        if valeur is None:
            return len(bornes) + 1
        if valeur == REFUS:
            return len(bornes)
        nombre = float(valeur)
        return max((rang for rang, borne in enumerate(bornes) if nombre >= borne), default=0)

    return coder
