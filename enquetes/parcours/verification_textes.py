"""The checks of one text: its French, its translations, its length, its signs."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .definition import LANGUE_SOURCE
from .verification_base import LANGUES, Defaut, Lieu, cles_inconnues, ecrivez

LONGUEUR_TEXTE: Final = 600
LONGUEUR_TITRE: Final = 200
DEBUT: Final = 40
"""Signs of a text that are enough to know it by."""

_INVISIBLES: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Signs that no screen shows and no database should hold, and those that reverse what follows."""


def defauts_texte(
    texte: Any,
    lieu: Lieu,
    langues: tuple[str, ...],
    *,
    obligatoire: bool = False,
    longueur: int = LONGUEUR_TEXTE,
) -> Iterator[Defaut]:
    """Check one text: a plain string (French) or ``{language: text}``.

    ``langues`` are those it must exist in, besides French.
    """
    if texte is None or texte == {} or (isinstance(texte, str) and not texte.strip()):
        if obligatoire:
            yield Defaut(
                lieu,
                "texte_manque",
                f"Il manque «\u00a0{lieu[-1]}\u00a0».",
                "Écrivez-le, en français au moins.",
            )
        return
    if isinstance(texte, str):
        texte = {LANGUE_SOURCE: texte}
    if not isinstance(texte, Mapping):
        yield Defaut(
            lieu,
            "texte_forme",
            "Ce n’est pas un texte.",
            "Mettez le texte entre guillemets droits.",
        )
        return
    yield from cles_inconnues(texte, lieu, frozenset(LANGUES))
    for langue, contenu in texte.items():
        yield from defauts_mots(contenu, (*lieu, str(langue)), longueur)
    yield from _langues(texte, lieu, langues)


def _langues(texte: Mapping[str, Any], lieu: Lieu, langues: tuple[str, ...]) -> Iterator[Defaut]:
    ecrites = {
        langue for langue, contenu in texte.items() if contenu is not None and str(contenu).strip()
    }
    if LANGUE_SOURCE not in ecrites:
        yield Defaut(
            lieu, "texte_francais", "Il manque le texte français.", ecrivez("fr: votre texte")
        )
    manquent = [langue for langue in langues if langue not in ecrites | {LANGUE_SOURCE}]
    if manquent:
        yield Defaut(
            lieu,
            "texte_traduction",
            f"Il manque la traduction{_de(texte)}\u00a0: {', '.join(manquent)}.",
            "Ajoutez-la, ou enlevez cette langue de «\u00a0langues\u00a0».",
        )


def _de(texte: Mapping[str, Any]) -> str:
    """Return which text it is, by its first French words: several may stand on one line."""
    francais = " ".join(_INVISIBLES.sub("", str(texte.get(LANGUE_SOURCE) or "")).split())
    debut = francais if len(francais) <= DEBUT else francais[: DEBUT - 1].rstrip() + "…"
    return f" de «\u00a0{debut}\u00a0»" if debut else ""


def defauts_mots(contenu: Any, lieu: Lieu, longueur: int = LONGUEUR_TEXTE) -> Iterator[Defaut]:
    """Check the words themselves, in one language."""
    if contenu is None:
        return
    if not isinstance(contenu, str):
        yield Defaut(
            lieu,
            "texte_forme",
            "Ce n’est pas un texte.",
            "Mettez le texte entre guillemets droits.",
        )
        return
    if len(contenu) > longueur:
        yield Defaut(
            lieu,
            "texte_long",
            f"Ce texte a {len(contenu)} signes, c’est trop.",
            f"Gardez {longueur} signes au plus. Une idée par phrase.",
        )
    if _INVISIBLES.search(contenu):
        yield Defaut(
            lieu,
            "texte_signe",
            "Ce texte contient un signe invisible.",
            "Effacez ce texte et tapez-le de nouveau.",
        )
