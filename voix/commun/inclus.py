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
AU_DELA_DES_QUESTIONS = "/* Beyond questions"
"""Where, in the style, the rules begin that the page of a question does not need."""


def _serrer(texte: str) -> str:
    """Take out comments, indentation and line ends."""
    return re.sub(r"/\*.*?\*/|\n\s*", "", texte, flags=re.DOTALL)


def _debut(fichier: str, repere: str) -> str:
    """Return a style file up to a mark."""
    return (DOSSIER / fichier).read_text(encoding="utf-8").partition(repere)[0]


@cache
def style() -> str:
    """Return the style of respondents' pages."""
    jetons = _debut("jetons.css", POUR_LES_EQUIPES)
    return _serrer(jetons + (DOSSIER / "voix.css").read_text(encoding="utf-8"))


@cache
def style_de_question() -> str:
    """Return the style of the page that is sent ten times: without what only the others show."""
    jetons = _debut("jetons.css", POUR_LES_EQUIPES)
    return _serrer(jetons + _debut("voix.css", AU_DELA_DES_QUESTIONS))


@cache
def script() -> str:
    """Return the script that only enhances."""
    return _serrer((DOSSIER / "voix.js").read_text(encoding="utf-8"))


def source_csp(texte: str) -> str:
    """Return the expression by which a policy allows exactly this text."""
    return f"'sha256-{base64.b64encode(sha256(texte.encode()).digest()).decode()}'"
