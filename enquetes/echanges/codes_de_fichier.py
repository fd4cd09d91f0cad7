"""Codes and texts of the description of a file of fictitious respondents: read, or refused in words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from enquetes.parcours.definition import REFUS

RESERVES: Final = frozenset({"", "TOTAL", "_sr", REFUS})
_SILENCE: Final = re.compile(r"_nr(\(.*\))?")
"""Codes of those who have none, in results (ADR 0158)."""
SIGNES_AU_PLUS: Final = 64
"""Longest name or code: a column of 64 in the database."""
_SANS_FORME: Final = frozenset({"Cc", "Cs"})
"""Kinds of signs that no database keeps or no page shows: controls, halves of a sign."""


@dataclass(frozen=True, slots=True)
class Code:
    """A group or an answer; ``parent`` is the group that contains it."""

    code: str
    libelle: str
    parent: str = ""


def texte_de(brut: Any, ou: str, erreurs: list[str]) -> str:
    """Return a text as it is shown; nothing when there is none."""
    if brut is None or brut == "":
        return ""
    if isinstance(brut, bool) or not isinstance(brut, str | int | float):
        erreurs.append(f"{ou}\u00a0: écrivez un texte, entre guillemets.")
        return ""
    if any(unicodedata.category(signe) in _SANS_FORME for signe in str(brut)):
        erreurs.append(f"{ou}\u00a0: retirez les signes invisibles ou coupés en deux.")
        return ""
    return str(brut)


def lire_codes(bruts: Any, nom: str, erreurs: list[str], *, reponses: bool) -> list[Code]:
    """Read the codes of a column; ``reponses``: they are answers, not groups."""
    lus: list[Code] = []
    for brut in bruts if isinstance(bruts, list) else []:
        donnees = brut if isinstance(brut, dict) else {"code": brut}
        code = _code(donnees.get("code"))
        if pourquoi := _refus_du_code(code, reponses=reponses):
            montre = code if len(code) <= SIGNES_AU_PLUS else f"{code[:SIGNES_AU_PLUS]}…"
            erreurs.append(
                f"{nom}\u00a0: le code «\u00a0{montre}\u00a0» n’est pas permis, {pourquoi}."
            )
            continue
        parent = _code(donnees.get("parent"))
        erreurs += _fautes_du_parent(nom, code, donnees.get("parent"), reponses=reponses)
        ou = f"{nom}, libellé de «\u00a0{code}\u00a0»"
        lus.append(Code(code, texte_de(donnees.get("label"), ou, erreurs) or code, parent))
    erreurs += _fautes_d_ensemble(lus, nom)
    return lus


def _fautes_d_ensemble(lus: list[Code], nom: str) -> list[str]:
    """Return what is wrong between codes that are right one by one."""
    erreurs: list[str] = []
    connus = [c.code for c in lus]
    for code_ in lus:
        if code_.parent and code_.parent not in connus:
            erreurs.append(
                f"{nom}\u00a0: le parent «\u00a0{code_.parent}\u00a0» n’est pas dans la liste."
            )
        elif connus.count(code_.code) > 1:
            erreurs.append(f"{nom}\u00a0: le code «\u00a0{code_.code}\u00a0» est écrit deux fois.")
    erreurs += [
        f"{nom}\u00a0: le code «\u00a0{code}\u00a0» se lirait comme "
        f"«\u00a0{code.replace('+', ' + ')}\u00a0» réunis. Changez-le."
        for code in dict.fromkeys(connus)
        if "+" in code and set(code.split("+")) <= set(connus) - {code}
    ]
    erreurs += [
        f"{nom}\u00a0: le code «\u00a0{code.code}\u00a0» est son propre parent."
        for code in lus
        if _tourne(code, {c.code: c.parent for c in lus})
    ]
    return erreurs


def _fautes_du_parent(nom: str, code: str, parent: Any, *, reponses: bool) -> list[str]:
    if parent and reponses:
        faute = f"{nom}\u00a0: la réponse «\u00a0{code}\u00a0» a un «\u00a0parent\u00a0». "
        return [faute + "Retirez-le\u00a0: seules les dimensions s’emboîtent."]
    if parent and not _code(parent):
        return [
            f"{nom}\u00a0: le parent de «\u00a0{code}\u00a0» n’est pas un code. Écrivez un texte."
        ]
    return []


def _code(brut: Any) -> str:
    """Return a code written as a text or a number; nothing for anything else."""
    lisible = isinstance(brut, str | int | float) and not isinstance(brut, bool)
    return str(brut) if lisible else ""


def _refus_du_code(code: str, *, reponses: bool) -> str:
    """Say why a code is refused, or nothing."""
    if code in RESERVES:
        return "il est réservé ou vide"
    if _SILENCE.fullmatch(code):
        return "il dit dans les résultats qui n’a pas de code\u00a0: laissez ces cellules vides"
    if len(code) > SIGNES_AU_PLUS:
        return f"{SIGNES_AU_PLUS} signes au plus"
    if code != code.strip() or not code.isprintable():
        return "retirez les espaces au bord et les signes invisibles"
    if reponses and "|" in code:
        return "la barre sépare plusieurs réponses\u00a0: écrivez-le sans barre"
    return ""


def _tourne(code: Code, parents: Mapping[str, str]) -> bool:
    """Return whether going up from a code comes back to it."""
    vus: set[str] = set()
    ici = code.parent
    while ici and ici not in vus:
        vus.add(ici)
        ici = parents.get(ici, "")
    return code.code in vus
