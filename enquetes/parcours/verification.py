"""Every error of an author at once, each with its place and what to write instead.

Works on raw data (what a file or a form gave), never on a ``Definition``: a definition that can be
built may still be wrong, and a wrong one must be explained, not refused with a stack trace.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .definition import FORMAT, LANGUE_SOURCE, Nature, Repondants
from .verification_base import (
    LANGUES,
    Contexte,
    Defaut,
    cles_inconnues,
    ecrivez,
    est_slug,
    montrer,
    pluriel,
)
from .verification_questions import defauts_page
from .verification_textes import LONGUEUR_TITRE, defauts_mots, defauts_texte

CLES: Final = frozenset(
    {
        "format",
        "code",
        "titre",
        "description",
        "duree_minutes",
        "module",
        "echelle",
        "source",
        "langues",
        "langues_relues",
        "repondants",
        "pages",
    }
)
PLUS_DE_PAGES: Final = 80
ASSEZ_DE_QUESTIONS: Final = 30
"""Beyond, people give up (domaine §2.2): advice, not a refusal."""


def verifier(
    donnees: Any, natures: Mapping[str, Nature], pictogrammes: frozenset[str] | None = None
) -> list[Defaut]:
    """Return all defects of a questionnaire, in the order of the file; empty when it is right.

    ``pictogrammes`` is the allow-list of drawings; without it, drawings are not checked.
    A defect that is not ``grave`` is advice: see :func:`graves`.
    """
    if not isinstance(donnees, Mapping):
        return [
            Defaut(
                (),
                "forme",
                "Ce fichier n’est pas un questionnaire.",
                f"Commencez par cette ligne\u00a0: format: {FORMAT}",
            )
        ]
    contexte = Contexte(
        natures=natures,
        pictogrammes=pictogrammes,
        langues=_langues_lues(donnees),
        pris=frozenset(_codes_ecrits(donnees.get("pages"))),
    )
    return [*_entete(donnees, contexte), *_pages(donnees.get("pages"), contexte)]


def _codes_ecrits(pages: Any) -> Iterator[str]:
    for page in pages if isinstance(pages, list) else []:
        if isinstance(page, Mapping):
            yield str(page.get("code"))
            yield from _codes_ecrits(page.get("questions"))


def graves(defauts: list[Defaut]) -> list[Defaut]:
    """Return the defects that forbid publishing."""
    return [defaut for defaut in defauts if defaut.grave]


def _langues_lues(donnees: Mapping[str, Any]) -> tuple[str, ...]:
    langues = donnees.get("langues")
    if isinstance(langues, list):
        return tuple(langue for langue in LANGUES if langue in langues)
    return (LANGUE_SOURCE,)


def _entete(donnees: Mapping[str, Any], contexte: Contexte) -> Iterator[Defaut]:
    if donnees.get("format") != FORMAT:
        yield Defaut(
            ("format",),
            "format",
            "Le format du fichier n’est pas connu.",
            ecrivez(f"format: {FORMAT}"),
        )
    yield from cles_inconnues(donnees, (), CLES)
    if not est_slug(donnees.get("code")):
        yield Defaut(
            ("code",),
            "code",
            "Le code du questionnaire manque, ou ne convient pas.",
            "Des lettres minuscules sans accent, des chiffres, des tirets. "
            + ecrivez("code: mon-questionnaire"),
        )
    yield from defauts_texte(
        donnees.get("titre"),
        ("titre",),
        contexte.langues,
        obligatoire=True,
        longueur=LONGUEUR_TITRE,
    )
    yield from defauts_texte(donnees.get("description"), ("description",), ())
    yield from _langues(donnees)
    duree = donnees.get("duree_minutes", 5)
    if isinstance(duree, bool) or not isinstance(duree, int) or not 1 <= duree <= 60:  # noqa: PLR2004  (minutes in an hour)
        yield Defaut(
            ("duree_minutes",),
            "duree",
            "La durée n’est pas un nombre de minutes, de 1 à 60.",
            ecrivez("duree_minutes: 5"),
        )
    for cle in ("module", "source"):
        yield from defauts_mots(donnees.get(cle, ""), (cle,), LONGUEUR_TITRE)
    yield from _echelle(donnees)
    yield from _repondants(donnees)


def _repondants(donnees: Mapping[str, Any]) -> Iterator[Defaut]:
    if donnees.get("repondants", Repondants.PERSONNES) not in list(Repondants):
        yield Defaut(
            ("repondants",),
            "repondants",
            "On ne sait pas qui répond à ce questionnaire.",
            "personnes, ou organisations (aussi pour des territoires). "
            + ecrivez("repondants: personnes"),
        )


def _echelle(donnees: Mapping[str, Any]) -> Iterator[Defaut]:
    """Check a published scale; whether it is asked in full is seen where its template is known."""
    echelle = donnees.get("echelle", "")
    if echelle != "" and not est_slug(echelle):
        yield Defaut(
            ("echelle",),
            "echelle",
            "Le nom de l’échelle publiée ne convient pas.",
            ecrivez("echelle: fies"),
        )
    elif echelle and not str(donnees.get("source") or "").strip():
        yield Defaut(
            ("echelle",),
            "echelle_source",
            "Il manque d’où vient le texte de l’échelle.",
            ecrivez("source: Guide FAO 2016, page 12"),
        )


def _langues(donnees: Mapping[str, Any]) -> Iterator[Defaut]:
    for cle in ("langues", "langues_relues"):
        langues = donnees.get(cle, [LANGUE_SOURCE])
        if not isinstance(langues, list):
            yield Defaut(
                (cle,),
                "langues",
                f"«\u00a0{cle}\u00a0» doit être une liste de langues.",
                ecrivez(f"{cle}: [{langues if langues in LANGUES else LANGUE_SOURCE}]"),
            )
            continue
        if cle == "langues" and LANGUE_SOURCE not in langues:
            connues = (une for une in LANGUES if une == LANGUE_SOURCE or une in langues)
            yield Defaut(
                (cle,),
                "langues",
                "La liste des langues doit contenir le français.",
                ecrivez(f"{cle}: [{', '.join(connues)}]"),
            )
        yield from _chaque_langue(langues, cle, donnees.get("langues", [LANGUE_SOURCE]))


def _chaque_langue(langues: list[Any], cle: str, proposees: Any) -> Iterator[Defaut]:
    for rang, langue in enumerate(langues):
        if langue not in LANGUES:
            yield Defaut(
                (cle, rang),
                "langue",
                f"La langue «\u00a0{montrer(langue)}\u00a0» n’est pas connue.",
                f"Prenez l’une de\u00a0: {', '.join(LANGUES)}.",
            )
        elif langue in langues[:rang]:
            yield Defaut(
                (cle, rang),
                "langue_double",
                f"La langue «\u00a0{langue}\u00a0» est écrite deux fois.",
                "Gardez-la une seule fois.",
            )
        elif isinstance(proposees, list) and langue not in proposees:
            yield Defaut(
                (cle, rang),
                "langue_relue",
                f"La langue «\u00a0{langue}\u00a0» est relue, mais n’est pas proposée.",
                "Ajoutez-la à «\u00a0langues\u00a0», ou enlevez-la d’ici.",
            )


def _pages(pages: Any, contexte: Contexte) -> Iterator[Defaut]:
    if not isinstance(pages, list) or not pages:
        yield Defaut(
            ("pages",),
            "pages",
            "Il n’y a pas de page.",
            "Écrivez «\u00a0pages\u00a0», puis une page par question.",
        )
        return
    if len(pages) > PLUS_DE_PAGES:
        yield Defaut(
            ("pages",),
            "trop_de_pages",
            f"Il y a {len(pages)} pages, c’est trop.",
            f"Gardez {pluriel(PLUS_DE_PAGES, 'page')} au plus.",
        )
    for rang, page in enumerate(pages):
        yield from defauts_page(page, ("pages", rang), contexte)
    yield from _nombre_de_questions(contexte)


def _nombre_de_questions(contexte: Contexte) -> Iterator[Defaut]:
    if not contexte.nb_questions:
        yield Defaut(
            ("pages",),
            "sans_question",
            "Aucune page ne pose de question.",
            "Ajoutez au moins une question.",
        )
    elif contexte.nb_questions > ASSEZ_DE_QUESTIONS:
        yield Defaut(
            ("pages",),
            "beaucoup_de_questions",
            f"Il y a {pluriel(contexte.nb_questions, 'question')}. Au-delà de "
            f"{ASSEZ_DE_QUESTIONS}, beaucoup de personnes s’arrêtent en route.",
            "Gardez les questions dont vous ferez quelque chose.",
            grave=False,
        )


__all__ = ["Defaut", "graves", "verifier"]
