"""Find what could tell who wrote a text: JSON lines on standard input, JSON lines on the output.

``{"id": …, "texte": "…"}`` gives ``{"id": …, "spans": [{"debut", "fin", "type"}],
"signalements": [{"debut", "fin", "type", "motif"}]}``; offsets are code points of ``texte`` as
given. A line that cannot be read gives a line with an ``erreur``, and the next ones are read.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Final

from django.core.management.base import BaseCommand

from analyses.verbatims.masquage import analyser

TEXTE_MAX: Final = 100_000
"""Code points of one text; a free answer has at most a few thousand."""


class IllisibleError(ValueError):
    """A line that is not what the command reads."""


class Command(BaseCommand):
    help = (
        "Repère ce qui pourrait dire de qui parle un texte (lignes JSON en entrée et en sortie)."
    )
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for reponse in repondre(sys.stdin.buffer):
            self.stdout.write(json.dumps(reponse, ensure_ascii=True))


def repondre(lignes: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield one answer for each line that is not blank, in order."""
    for numero, brute in enumerate(lignes, start=1):
        if not brute.strip():
            continue
        identifiant: Any = None
        try:
            identifiant, texte = _lire(brute)
            yield {"id": identifiant} | _resultat(texte)
        except IllisibleError as erreur:
            message, *reste = erreur.args
            yield {"id": reste[0] if reste else None, "ligne": numero, "erreur": message}


def _lire(brute: bytes) -> tuple[Any, str]:
    try:
        ligne = json.loads(brute.decode("utf-8-sig").strip())
    except UnicodeDecodeError as erreur:
        raise IllisibleError("Cette ligne n’est pas en UTF-8.") from erreur
    except (ValueError, RecursionError) as erreur:
        raise IllisibleError("Cette ligne n’est pas du JSON.") from erreur
    if not isinstance(ligne, dict):
        raise IllisibleError("Cette ligne n’est pas un objet JSON.")
    identifiant = ligne.get("id")
    if isinstance(identifiant, (dict, list, float, bool)) or identifiant is None:
        raise IllisibleError("Il manque «\u00a0id\u00a0» (texte ou nombre entier).")
    texte = ligne.get("texte")
    if not isinstance(texte, str):
        raise IllisibleError("Il manque «\u00a0texte\u00a0» (du texte).", identifiant)
    if "\x00" in texte:
        raise IllisibleError("Le texte contient un caractère nul.", identifiant)
    if len(texte) > TEXTE_MAX:
        raise IllisibleError(f"Le texte dépasse {TEXTE_MAX} caractères.", identifiant)
    return identifiant, texte


def _resultat(texte: str) -> dict[str, Any]:
    analyse = analyser(texte)
    return {
        "spans": [asdict(span) for span in analyse.spans],
        "signalements": [asdict(signalement) for signalement in analyse.signalements],
    }
