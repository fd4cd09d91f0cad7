"""The summary before sending: every question of the path, its answer in words, a way to change it."""

from collections.abc import Container
from typing import Any

from enquetes.champs import champ
from enquetes.parcours.chemin import Chemin

from .adresses import VERIFIER, Adresses


def lignes(
    chemin: Chemin, langue: str, ici: Adresses, en_attente: Container[str]
) -> list[dict[str, Any]]:
    """Return what the summary shows of each question that can be answered.

    ``en_attente``: pages where something is typed that « Continuer » has not sent.
    """
    return [
        {
            "question": question.texte.dans(langue),
            "reponses": champ(question.type).libelle(question, chemin.reponses, langue),
            "page": page.code,
            "attend": page.code in en_attente,
            "changer": ici.etape(page.code, depuis=VERIFIER),
        }
        for page in chemin.pages
        for question in page.questions
        if champ(question.type).nature.repond
    ]
