"""Every error of an author at once, each with its place and what to write instead.

Works on raw data (what a file or a form gave), never on a ``Definition``: a definition that can be
built may still be wrong, and a wrong one must be explained, not refused with a stack trace.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .definition import FORMAT, Nature
from .verification_base import LANGUES, Defaut, cle_inconnue, est_slug
from .verification_questions import Contexte, defauts_page, defauts_texte

_CLES = frozenset(
    {
        "format",
        "code",
        "titre",
        "description",
        "duree_minutes",
        "module",
        "langues",
        "langues_relues",
        "pages",
    }
)
PLUS_DE_PAGES = 80


def verifier(
    donnees: Any, natures: Mapping[str, Nature], pictogrammes: frozenset[str] | None = None
) -> list[Defaut]:
    """Return all defects of a questionnaire, in the order of the file; empty when it is right.

    ``pictogrammes`` is the allow-list of drawings; without it, drawings are not checked.
    """
    if not isinstance(donnees, Mapping):
        return [
            Defaut(
                (),
                "forme",
                "Ce fichier n’est pas un questionnaire.",
                "Commencez par la ligne «\u00a0format\u00a0: voix-questionnaire/1\u00a0».",
            )
        ]
    contexte = Contexte(natures=natures, pictogrammes=pictogrammes, langues=_langues_lues(donnees))
    return [*_entete(donnees, contexte), *_pages(donnees.get("pages"), contexte)]


def _langues_lues(donnees: Mapping[str, Any]) -> tuple[str, ...]:
    langues = donnees.get("langues")
    if isinstance(langues, list):
        return tuple(langue for langue in langues if langue in LANGUES) or ("fr",)
    return ("fr",)


def _entete(donnees: Mapping[str, Any], contexte: Contexte) -> Iterator[Defaut]:
    if donnees.get("format") != FORMAT:
        yield Defaut(
            ("format",), "format", "Le format du fichier n’est pas connu.", f"format: {FORMAT}"
        )
    for cle in donnees:
        if cle not in _CLES:
            yield cle_inconnue((cle,), cle, _CLES)
    if not est_slug(donnees.get("code")):
        yield Defaut(
            ("code",),
            "code",
            "Le code du questionnaire manque, ou ne convient pas.",
            "Des lettres minuscules sans accent, des chiffres, des tirets\u00a0: «\u00a0mon-questionnaire\u00a0».",
        )
    yield from defauts_texte(donnees.get("titre"), ("titre",), contexte, obligatoire=True)
    yield from defauts_texte(donnees.get("description"), ("description",), contexte, traduit=False)
    yield from _langues(donnees)
    duree = donnees.get("duree_minutes", 5)
    if isinstance(duree, bool) or not isinstance(duree, int) or not 1 <= duree <= 60:  # noqa: PLR2004  (minutes in an hour)
        yield Defaut(
            ("duree_minutes",),
            "duree",
            "La durée n’est pas un nombre de minutes.",
            "duree_minutes: 5",
        )
    if not isinstance(donnees.get("module", ""), str):
        yield Defaut(
            ("module",),
            "module",
            "Le module est un texte.",
            "module: module Voix v1, non comparable",
        )


def _langues(donnees: Mapping[str, Any]) -> Iterator[Defaut]:
    for cle in ("langues", "langues_relues"):
        langues = donnees.get(cle, ["fr"])
        if not isinstance(langues, list) or "fr" not in langues:
            yield Defaut(
                (cle,),
                "langues",
                "La liste des langues doit contenir le français.",
                f"{cle}: [fr]",
            )
            continue
        for rang, langue in enumerate(langues):
            if langue not in LANGUES:
                yield Defaut(
                    (cle, rang),
                    "langue",
                    f"La langue «\u00a0{langue}\u00a0» n’est pas connue.",
                    "Une de\u00a0: " + ", ".join(LANGUES),
                )


def _pages(pages: Any, contexte: Contexte) -> Iterator[Defaut]:
    if not isinstance(pages, list) or not pages:
        yield Defaut(
            ("pages",), "pages", "Il n’y a pas de page.", "pages: puis une page par question."
        )
        return
    if len(pages) > PLUS_DE_PAGES:
        yield Defaut(
            ("pages",),
            "trop_de_pages",
            f"Il y a {len(pages)} pages, c’est trop.",
            f"Gardez {PLUS_DE_PAGES} pages au plus. 30 questions fatiguent déjà.",
        )
    for rang, page in enumerate(pages):
        yield from defauts_page(page, ("pages", rang), contexte)
    if not contexte.repond:
        yield Defaut(
            ("pages",),
            "sans_question",
            "Aucune page ne pose de question.",
            "Ajoutez au moins une question.",
        )


__all__ = ["Defaut", "verifier"]
