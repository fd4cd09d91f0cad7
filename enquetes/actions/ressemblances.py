"""Answers of one link that look alike: told to coordination as a number, never what they say.

Each rule needs five of them: less than that would say something of somebody (ADR 0096).
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from enquetes.champs import NATURES, champ
from enquetes.models import VersionQuestionnaire
from enquetes.parcours.definition import REFUS, Definition, Valeur

ENSEMBLE_AU_MOINS: Final = 5
"""So many answers of one link that share the same oddness: odd enough to be looked at."""
REPONSES_AU_MOINS: Final = 6
"""Below that many answers, several people may well say the same, and one person too."""
SIGNES_AU_MOINS: Final = 20
"""A shorter text (« rien », « merci beaucoup ») may well be written by several people."""


@dataclass(frozen=True, slots=True)
class Vue:
    """One set of answers, as it is compared."""

    cle: UUID
    version: VersionQuestionnaire
    reponses: Mapping[str, Valeur]


def entieres(vues: Iterable[Vue]) -> list[UUID]:
    """Return the whole questionnaires answered alike."""
    return _communs(
        (vue.cle, [json.dumps(vue.reponses, sort_keys=True)])
        for vue in vues
        if len(vue.reponses) >= REPONSES_AU_MOINS
    )


def textes(vues: Iterable[Vue]) -> list[UUID]:
    """Return those that hold one and the same long text, whatever its spaces and capitals."""
    return _communs((vue.cle, _longs(vue)) for vue in vues)


def droites(vues: Iterable[Vue]) -> list[UUID]:
    """Return those that gave one and the same answer to a whole series of questions.

    A series is made of the questions that offer the same answers. Refusing is not answering:
    whoever wants to say nothing refuses everywhere, and is no straight line.
    """
    trouvees = [vue.cle for vue in vues if _est_droite(vue)]
    return trouvees if len(trouvees) >= ENSEMBLE_AU_MOINS else []


def _communs(parts: Iterable[tuple[UUID, Iterable[Hashable]]]) -> list[UUID]:
    lues = [(cle, set(dites)) for cle, dites in parts]
    nombres = Counter(dite for _, dites in lues for dite in dites)
    return [cle for cle, dites in lues if any(nombres[une] >= ENSEMBLE_AU_MOINS for une in dites)]


def _longs(vue: Vue) -> list[Hashable]:
    """Return the long texts with their question: the same words elsewhere are other words."""
    lus = []
    for question in vue.version.lue().questions():
        dit = vue.reponses.get(question.code)
        if NATURES[question.type].libre and isinstance(dit, str):
            nu = " ".join(dit.casefold().split())
            if len(nu) >= SIGNES_AU_MOINS:
                lus.append((question.code, nu))
    return list(lus)


def _est_droite(vue: Vue) -> bool:
    for serie in series(vue.version.lue()):
        dites = [vue.reponses[code] for code in serie if code in vue.reponses]
        choisies = [dite for dite in dites if dite != REFUS]
        if len(choisies) >= REPONSES_AU_MOINS and all(dite == choisies[0] for dite in choisies):
            return True
    return False


def series(definition: Definition) -> list[list[str]]:
    """Return the codes of the questions that offer the same answers, series by series."""
    trouvees: dict[tuple[str, ...], list[str]] = {}
    for question in definition.questions():
        offertes = tuple(choix.code for choix in champ(question.type).modalites(question))
        if offertes and not NATURES[question.type].multiple:
            trouvees.setdefault(offertes, []).append(question.code)
    return [codes for codes in trouvees.values() if len(codes) >= REPONSES_AU_MOINS]


RESSEMBLANCES: Final[Mapping[str, tuple[str, Callable[[Iterable[Vue]], list[UUID]]]]] = {
    "identiques": ("questionnaires entiers remplis de la même façon", entieres),
    "droites": ("la même réponse à toute une série de questions", droites),
    "textes": ("le même texte, mot pour mot", textes),
}
"""What is looked for: what coordination reads of it, and how it is found."""
