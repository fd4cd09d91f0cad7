"""From JSON to a definition and back, and the hash that names a version for ever."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from .definition import (
    FORMAT,
    LANGUE_SOURCE,
    Choix,
    Condition,
    Definition,
    Page,
    Profil,
    Question,
    Repondants,
    Texte,
    degeler,
)

Donnees = Mapping[str, Any]


def _nfc(donnees: Any) -> Any:
    """Compose accents, so that the same letters typed on two systems give the same hash."""
    if isinstance(donnees, str):
        return unicodedata.normalize("NFC", donnees)
    if isinstance(donnees, Mapping):
        return {_nfc(cle): _nfc(valeur) for cle, valeur in donnees.items()}
    if isinstance(donnees, list | tuple):
        return [_nfc(valeur) for valeur in donnees]
    return donnees


def texte_depuis(donnees: str | Mapping[str, str] | None) -> Texte:
    """Read ``{language: text}``; a plain string is French.

    The spaces around, which an editor adds unseen, are left out.
    """
    if isinstance(donnees, str):
        donnees = {LANGUE_SOURCE: donnees}
    textes = {langue: (texte or "").strip() for langue, texte in (donnees or {}).items()}
    return Texte.depuis({langue: texte for langue, texte in textes.items() if texte})


def definition_depuis(donnees: Donnees) -> Definition:
    """Build a definition from data that ``verification`` accepts.

    Errors: ``KeyError``, ``TypeError`` or ``ValueError`` on anything else.
    """
    if donnees.get("format") != FORMAT:
        raise ValueError(f"format {donnees.get('format')!r}")
    donnees = _nfc(donnees)
    return Definition(
        code=donnees["code"],
        titre=texte_depuis(donnees["titre"]),
        description=texte_depuis(donnees.get("description")),
        langues=tuple(donnees.get("langues") or (LANGUE_SOURCE,)),
        langues_relues=tuple(sorted(donnees.get("langues_relues") or (LANGUE_SOURCE,))),
        duree_minutes=donnees.get("duree_minutes", 5),
        module=(donnees.get("module") or "").strip(),
        echelle=donnees.get("echelle") or "",
        source=(donnees.get("source") or "").strip(),
        repondants=Repondants(donnees.get("repondants") or Repondants.PERSONNES),
        pages=tuple(_page(page) for page in donnees["pages"]),
    )


def _page(donnees: Donnees) -> Page:
    condition = donnees.get("si")
    return Page(
        code=donnees["code"],
        questions=tuple(_question(question) for question in donnees["questions"]),
        condition=Condition(condition) if condition is not None else None,
    )


def _question(donnees: Donnees) -> Question:
    return Question(
        code=donnees["code"],
        type=donnees["type"],
        texte=texte_depuis(donnees["texte"]),
        aide=texte_depuis(donnees.get("aide")),
        choix=tuple(_choix(choix) for choix in donnees.get("choix") or ()),
        profil=Profil(donnees.get("profil", Profil.SENSIBLE)),
        pictogramme=donnees.get("pictogramme") or "",
        options=tuple(sorted((donnees.get("options") or {}).items())),
    )


def _choix(donnees: Donnees) -> Choix:
    return Choix(
        code=donnees["code"],
        texte=texte_depuis(donnees["texte"]),
        pictogramme=donnees.get("pictogramme") or "",
        exclusif=donnees.get("exclusif", False),
        precision=donnees.get("precision", False),
    )


def en_json(definition: Definition) -> dict[str, Any]:
    """Return the definition as JSON data; what has its default value is left out."""
    return _sans_vide(
        {
            "format": FORMAT,
            "code": definition.code,
            "titre": definition.titre.en_json(),
            "description": definition.description.en_json(),
            "langues": list(definition.langues),
            "langues_relues": list(definition.langues_relues),
            "duree_minutes": definition.duree_minutes,
            "module": definition.module,
            "echelle": definition.echelle,
            "source": definition.source,
            # Left out when it is what nobody said: older versions keep their hash.
            "repondants": definition.repondants
            if definition.repondants != Repondants.PERSONNES
            else None,
            "pages": [_page_en_json(page) for page in definition.pages],
        }
    )


def _page_en_json(page: Page) -> dict[str, Any]:
    return _sans_vide(
        {
            "code": page.code,
            "si": degeler(page.condition.arbre) if page.condition else None,
            "questions": [_question_en_json(question) for question in page.questions],
        }
    )


def _question_en_json(question: Question) -> dict[str, Any]:
    profil = "" if question.profil is Profil.SENSIBLE else question.profil.value
    return _sans_vide(
        {
            "code": question.code,
            "type": question.type,
            "texte": question.texte.en_json(),
            "aide": question.aide.en_json(),
            "profil": profil,
            "pictogramme": question.pictogramme,
            "choix": [_choix_en_json(choix) for choix in question.choix],
            "options": {nom: degeler(valeur) for nom, valeur in question.options},
        }
    )


def _choix_en_json(choix: Choix) -> dict[str, Any]:
    return _sans_vide(
        {
            "code": choix.code,
            "texte": choix.texte.en_json(),
            "pictogramme": choix.pictogramme,
            "exclusif": choix.exclusif,
            "precision": choix.precision,
        }
    )


def _sans_vide(donnees: dict[str, Any]) -> dict[str, Any]:
    vides: tuple[Any, ...] = (None, "", False, [], {})
    return {
        cle: valeur
        for cle, valeur in donnees.items()
        if not any(
            valeur is vide or (valeur == vide and type(valeur) is type(vide)) for vide in vides
        )
    }


def canonique(definition: Definition) -> str:
    """Return the one JSON text of a definition: sorted keys, no spaces, composed accents."""
    return json.dumps(
        en_json(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def empreinte(definition: Definition) -> str:
    """Return the SHA-256 of the canonical JSON, 64 hexadecimal signs."""
    return hashlib.sha256(canonique(definition).encode()).hexdigest()
