"""Style and script written inside respondents' pages: one request a page, and no third party.

Both are static, so the Content-Security-Policy allows them by their hash and nothing else.
"""

import base64
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

DOSSIER = Path(__file__).resolve().parent.parent / "static" / "voix"


@cache
def style() -> str:
    """Return the style of respondents' pages, comments and line ends taken out."""
    brut = "".join(
        (DOSSIER / nom).read_text(encoding="utf-8") for nom in ("jetons.css", "voix.css")
    )
    return re.sub(r"/\*.*?\*/|\n", "", brut, flags=re.DOTALL)


@cache
def script() -> str:
    """Return the script that only enhances."""
    return (DOSSIER / "voix.js").read_text(encoding="utf-8").replace("\n", "")


def source_csp(texte: str) -> str:
    """Return the expression by which a policy allows exactly this text."""
    return f"'sha256-{base64.b64encode(sha256(texte.encode()).digest()).decode()}'"
