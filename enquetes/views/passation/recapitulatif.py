"""The summary before sending: every question of the path, its answer in words, a way to change it."""

from typing import Any

from enquetes.champs import champ
from enquetes.parcours.chemin import Chemin

from .adresses import VERIFIER, Adresses


def lignes(chemin: Chemin, langue: str, ici: Adresses) -> list[dict[str, Any]]:
    """Return what the summary shows of each question that can be answered."""
    return [
        {
            "question": question.texte.dans(langue),
            "reponses": champ(question.type).libelle(question, chemin.reponses, langue),
            "page": page.code,
            "changer": ici.etape(page.code, depuis=VERIFIER),
        }
        for page in chemin.pages
        for question in page.questions
        if champ(question.type).nature.repond
    ]
