"""Style and script written inside respondents' pages: one request a page, and no third party.

Both are static, so the Content-Security-Policy allows them by their hash and nothing else.
"""

import base64
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

DOSSIER = Path(__file__).resolve().parent.parent / "static" / "voix"
POUR_LES_EQUIPES = "/* Staff"
"""Where, in the tokens, those begin that respondents' pages do not need."""


def _serrer(texte: str) -> str:
    """Take out comments, indentation and line ends."""
    return re.sub(r"/\*.*?\*/|\n\s*", "", texte, flags=re.DOTALL)


@cache
def style() -> str:
    """Return the style of respondents' pages."""
    jetons = (DOSSIER / "jetons.css").read_text(encoding="utf-8").partition(POUR_LES_EQUIPES)[0]
    return _serrer(jetons + (DOSSIER / "voix.css").read_text(encoding="utf-8"))


@cache
def script() -> str:
    """Return the script that only enhances."""
    return _serrer((DOSSIER / "voix.js").read_text(encoding="utf-8"))


def source_csp(texte: str) -> str:
    """Return the expression by which a policy allows exactly this text."""
    return f"'sha256-{base64.b64encode(sha256(texte.encode()).digest()).decode()}'"
