"""What is wrong with a French text that somebody will read: typography, and how it speaks to them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FAUTES: Final = {
    "apostrophe droite": re.compile(r"\b(?:[dlnmtsjc]|qu|jusqu|lorsqu|aujourd)'\w", re.IGNORECASE),
    "tutoiement": re.compile(r"\b(?:tu|te|ton|tes|toi)\b(?![-/._=])", re.IGNORECASE),
    "espace sécable": re.compile(r"(?<=\S) (?:[;?!»]|:(?=\s|$))|« "),
    "espace oubliée": re.compile(r"[a-zà-ÿ](?:[?!»](?=\s|$)|;(?=\s))|«\w"),
}
"""Narrow or not, the space before « : ; ? ! » never breaks the line."""
MOTS_FRANCAIS: Final = re.compile(
    r"[à-ÿœ’«»]|\b(?:le|la|les|un|une|des|du|de|et|ou|est|pas|tu|vous|votre|vos|ce|cette|par|pour|dans|que|sur)\b",
    re.IGNORECASE,
)


def fautes(texte: str) -> list[str]:
    """Return what is wrong in a text, with its place; nothing for what is not French."""
    if " " not in texte.strip() or not MOTS_FRANCAIS.search(texte):
        return []
    return [
        f"{nom} : {texte[max(0, trouve.start() - 30) : trouve.end() + 20]!r}"
        for nom, motif in FAUTES.items()
        for trouve in motif.finditer(texte)
    ]


def _valeur(noeud: ast.AST) -> str:
    """Return the words of a string; what is filled in counts as one word."""
    if isinstance(noeud, ast.JoinedStr):
        return "".join(
            str(p.value) if isinstance(p, ast.Constant) else "mot" for p in noeud.values
        )
    return noeud.value if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) else ""


def _documentation(arbre: ast.AST) -> set[int]:
    """Return the nodes that are documentation: English, read by whoever programs."""
    return {
        id(noeud.value)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant)
    }


def phrases(fichier: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a Python file that are not documentation, with their line."""
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    passer = _documentation(arbre)
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.JoinedStr):
            passer |= {id(p) for p in ast.walk(noeud) if p is not noeud}
        if isinstance(noeud, ast.Constant | ast.JoinedStr) and id(noeud) not in passer:
            yield noeud.lineno, _valeur(noeud)
