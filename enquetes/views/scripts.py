"""The scripts of a device, as they are sent: same programme, fewer bytes, no tool to build them.

Only what means nothing goes: comments, indentation, spaces around signs. A test parses what is
written and what is sent, and compares the two trees.

What the document of a questionnaire runs is sent in the same file as ``coffre.js``: one round trip less,
and one file compresses better than three.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString

from voix.commun import inclus

SOURCES: Final = Path(inclus.DOSSIER) / "hors-ligne"
SCRIPTS: Final = (
    "coffre.js",
    "preparer.js",
    "animer.js",
    "code.js",
    "accueil.js",
    "rapport.js",
)
STYLE: Final = "voix.css"
"""Kept once for the pages of who runs the séance; that of who answers carries its own."""
SUITES: Final = (("carte.js", "#carte"), ("document.js", "#commencer"))
"""What is sent after ``coffre.js``, and the element without which a page has nothing to do with it."""

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "\./coffre\.js";$', flags=re.MULTILINE)

_COMMENTAIRES: Final = re.compile(
    r"/\*.*?\*/|(?:^|(?<=\s))// .*?$", flags=re.DOTALL | re.MULTILINE
)
_LITTERAUX: Final = re.compile(
    r"""("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`"""
    # A regular expression begins where no value can have ended.
    r"""|(?<=[(,=:!&|?{};\[>])\s*/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[a-z]*)"""
)
"""What is sent as it is written: texts, and regular expressions."""
_SIGNES: Final = re.compile(r" *([*/%=<>!&|?:,;{}()\[\]]|[+-](?! *[+-])) *")
_SEUL: Final = re.compile(r"(?<![\w$])\((\w+)\)(?==>)")
"""What an arrow takes, alone: its brackets say nothing, save after ``async``, which they part from it."""


def source(nom: str) -> str:
    """Return a script as it is written; after ``coffre.js``, each of its suites, in a block of its own."""
    texte = (SOURCES / nom).read_text(encoding="utf-8")
    if nom == "coffre.js":
        for suite, element in SUITES:
            ecrit = _IMPORT.sub("", (SOURCES / suite).read_text(encoding="utf-8"))
            texte += f'if (document.querySelector("{element}")) {{\n{ecrit}\n}}\n'
    return texte


@cache
def script(nom: str) -> bytes:
    """Return a script as it is sent."""
    lignes = re.sub(r"\s*\n\s*", "\n", _COMMENTAIRES.sub("", source(nom))).strip()
    # Only after signs that never end a statement by themselves: elsewhere a line end may count.
    morceaux = _LITTERAUX.split(re.sub(r"([;{,(])\n", r"\1", lignes))
    return "".join(
        # Before « } » a « ; » says nothing: no statement here is empty.
        un.strip(" ") if rang % 2 else _SEUL.sub(r"\1", _SIGNES.sub(r"\1", un).replace(";}", "}"))
        for rang, un in enumerate(morceaux)
    ).encode()


@cache
def version() -> str:
    """Return what changes with the scripts and the style: a document always loads the ones it was drawn for."""
    envoyes = b"".join(script(nom) for nom in SCRIPTS) + inclus.style().encode()
    return sha256(envoyes).hexdigest()[:10]


class _Clair(DjangoJSONEncoder):
    """Letters as they are: one of Arabic or Ukrainian takes two bytes, escaped it takes six."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"ensure_ascii": False, "separators": (",", ":")})


def dans_la_page(plan: dict[str, Any]) -> SafeString:
    """Return what the scripts must know, as an element of the page."""
    return json_script(plan, "plan", encoder=_Clair)
