"""The scripts of a device, as they are sent: same programme, fewer bytes, no tool to build them.

Only what means nothing goes: comments, indentation, spaces around signs. A test parses what is
written and what is sent, and compares the two trees.
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
    "document.js",
    "preparer.js",
    "accueil.js",
    "rapport.js",
    "carte.js",
)
A_PART: Final = frozenset({"accueil.js", "rapport.js", "carte.js"})
"""What a document keeps only where it uses it."""

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


@cache
def script(nom: str) -> bytes:
    """Return a script as it is sent."""
    source = (SOURCES / nom).read_text(encoding="utf-8")
    lignes = re.sub(r"\s*\n\s*", "\n", _COMMENTAIRES.sub("", source)).strip()
    # Only after signs that never end a statement by themselves: elsewhere a line end may count.
    morceaux = _LITTERAUX.split(re.sub(r"([;{,(])\n", r"\1", lignes))
    return "".join(
        un.strip(" ") if rang % 2 else _SIGNES.sub(r"\1", un) for rang, un in enumerate(morceaux)
    ).encode()


@cache
def version() -> str:
    """Return what changes with the scripts: a document always loads the ones it was drawn for."""
    return sha256(b"".join(script(nom) for nom in SCRIPTS)).hexdigest()[:10]


class _Clair(DjangoJSONEncoder):
    """Letters as they are: one of Arabic or Ukrainian takes two bytes, escaped it takes six."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"ensure_ascii": False, "separators": (",", ":")})


def dans_la_page(plan: dict[str, Any]) -> SafeString:
    """Return what the scripts must know, as an element of the page."""
    return json_script(plan, "plan", encoder=_Clair)
