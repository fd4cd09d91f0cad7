"""The pictograms of Voix: one family, drawn for Voix, and the only ones a questionnaire may name.

Each value is the inside of an ``<svg viewBox="0 0 32 32">`` whose strokes are 2 wide, rounded and
of the colour of the text (``ATTRIBUTS``). A definition holds a code, never a drawing: nothing that
an author types reaches a page as markup. Faces differ by their shape, not by their colour.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ATTRIBUTS: Final = (
    'viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"'
)

_TETE = '<circle cx="16" cy="16" r="13"/>'
_YEUX = '<path d="M11 13h.01M21 13h.01" stroke-width="3.5"/>'

_A_MANGER: Final = {
    "fruits": '<path d="M16 11c-4-3-11-1-11 6 0 6 4 11 7.5 11 1.5 0 2-1 3.5-1s2 1 3.5 1c3.5 0 7.5-5 7.5-11 0-7-7-9-11-6z"/><path d="M16 11c0-3 0-5 2-7M19 8c3 1 5-1 5-4-3 0-5 1-5 4z"/>',
    "legumes": '<path d="M4 28 13 12c3-5 11-1 8 6-.4 1-1 1.5-2 2z"/><path d="m12 18 3 2M9 23l2 1M20 11c0-3 0-5 2-8M21 12c3 0 5-1 7-4M21 11l5-6"/>',
    "legumineuses": '<path d="M3 10c1 10 8 16 15 16 6 0 10-4 11-10-8 5-18 3-26-6z"/><circle cx="11" cy="18" r="2"/><circle cx="17" cy="21" r="2"/><circle cx="23" cy="21" r="1"/><path d="M29 16c0-3-1-4-2-5"/>',
    "pain": '<path d="M5 27c-3-3-1-8 4-13S22 2 26 6s-1 8-6 13S8 30 5 27z"/><path d="m10 16 5 2M14 11l5 2M19 7l5 2"/>',
    "poisson": '<path d="M3 16c5-8 14-9 20-2l6-5c-1 5-1 9 0 14l-6-5c-6 7-15 6-20-2z"/><path d="M14 12c1 2 1 6 0 8"/><path d="M9 15h.01" stroke-width="3"/>',
    "sardine": '<path d="M9 11h17a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V14"/><circle cx="6" cy="9" r="3"/><path d="M9 9V3M7 20c3-5 9-5 12 0l5-3v6l-5-3c-3 4-9 4-12 0z"/><path d="M11 19.5h.01"/>',
    "charcuterie": '<path d="M12 8c0 7 3 11 10 12 5 .7 5 8 0 8C11 28 4 20 4 8c0-5 8-5 8 0z"/><path d="M8 4V2M26 24h3M8 11l2-1M10 18l2-2M15 23l1-2"/>',
    "viande": '<path d="M14 19c-4-5 0-14 7-15 5-1 9 3 8 8-1 7-10 11-15 7z"/><path d="m14 19-5 5c-2-1-4 0-4 2s2 2 3 1c0 2 3 2 3 0 0-1 0-2-1-2l6-5"/>',
    "oeuf": '<path d="M16 4c5 0 9 9 9 14a9 9 0 0 1-18 0c0-5 4-14 9-14z"/><path d="M12 20c.5 2 2 3 4 3"/>',
    "verre": '<path d="M7 10h18l-2 19H9zM8 17h16M17 17l3-14h5"/>',
    "lait": '<path d="M8 13h16v16H8zM8 13l3-6h10l3 6M11 7V3h10v4"/><path d="M16 17c2 2 3 3 3 5a3 3 0 0 1-6 0c0-2 1-3 3-5z"/>',
    "noix": '<path d="M4 13c0-6 5-8 12-8s12 2 12 8zM16 5V2M6 13c0 8 5 13 10 16 5-3 10-8 10-16M11 18c1 2 2 4 4 5"/>',
    "marmite": '<path d="M6 14h20v9a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4zM3 17h3M26 17h3M4 14h24M12 10c-2-2 2-3 0-6M20 10c-2-2 2-3 0-6"/>',
    "cuisine": '<circle cx="12" cy="20" r="9"/><circle cx="12" cy="20" r="5"/><path d="m18 13 10-10"/>',
    "etiquette": '<path d="M4 5h11l13 13-10 10L4 15z"/><path d="M10 11h.01" stroke-width="3.5"/><path d="m14 17 4 4M18 15l3 3"/>',
    "panier": '<path d="M3 13h26l-3 14H6zM9 13l5-9M23 13l-5-9M12 18v5M16 18v5M20 18v5"/>',
    "savon": '<rect x="4" y="16" width="24" height="12" rx="5"/><path d="M10 22h12"/><circle cx="11" cy="9" r="3"/><circle cx="19" cy="6" r="2"/><circle cx="22" cy="12" r="1"/>',
    "bebe": '<path d="M11 13h10v13a3 3 0 0 1-3 3h-4a3 3 0 0 1-3-3zM10 13c0-3 2-3 4-4 0-2-1-2-1-4 0-3 6-3 6 0 0 2-1 2-1 4 2 1 4 1 4 4zM17 18h4M17 23h4"/>',
}

_GENS_ET_LIEUX: Final = {
    "personne": '<circle cx="16" cy="9" r="5"/><path d="M6 28c0-7 4-11 10-11s10 4 10 11z"/>',
    "famille": '<circle cx="9" cy="8" r="4"/><circle cx="23" cy="8" r="4"/><circle cx="16" cy="18" r="3"/><path d="M3 28V20c0-4 2-5 6-5M29 28V20c0-4-2-5-6-5M10 29c0-4 2-6 6-6s6 2 6 6z"/>',
    "groupe": '<circle cx="16" cy="10" r="4"/><circle cx="6" cy="13" r="3"/><circle cx="26" cy="13" r="3"/><path d="M9 27c0-6 2-9 7-9s7 3 7 9zM5 26H2c0-4 1-6 4-6M27 26h3c0-4-1-6-4-6"/>',
    "reunion": '<ellipse cx="16" cy="21" rx="9" ry="4"/><circle cx="16" cy="8" r="3"/><circle cx="5" cy="14" r="3"/><circle cx="27" cy="14" r="3"/><path d="M11 16c0-5 10-5 10 0M3 21v7M29 21v7M16 25v4"/>',
    "lien": '<circle cx="8" cy="8" r="4"/><circle cx="24" cy="8" r="4"/><path d="M3 28V19c0-3 2-4 5-4 2 0 3 1 4 3l4 3 4-3c1-2 2-3 4-3 3 0 5 1 5 4v9"/>',
    "soutien": '<path d="M16 16c-5-3-7-6-7-8 0-4 5-5 7-1 2-4 7-3 7 1 0 2-2 5-7 8zM3 20h5c3 0 4 3 7 3h5a2 2 0 0 1 0 4h-6M20 23l6-3c2-1 4 1 2 3l-7 6H3"/>',
    "main": '<path d="M9 18V8a2 2 0 0 1 4 0v7V5a2 2 0 0 1 4 0v10V7a2 2 0 0 1 4 0v9-5a2 2 0 0 1 4 0v9c0 6-3 9-8 9-4 0-6-2-8-5l-4-6c-1-2 2-4 4-2z"/>',
    "parole": '<path d="M6 4h20a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H15l-7 6v-6H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zM9 10h14M9 16h9"/>',
    "ecoute": '<path d="M7 13a9 9 0 0 1 18 0c0 5-4 6-5 10-1 5-7 6-9 2"/><path d="M12 14a4 4 0 0 1 8 0c0 3-4 3-4 6"/>',
    "coeur": '<path d="M16 28C7 21 3 16 3 11c0-7 10-9 13-2 3-7 13-5 13 2 0 5-4 10-13 17z"/>',
    "maison": '<path d="M3 15 16 4l13 11M7 12v16h18V12M13 28v-9h6v9"/>',
    "bus": '<path d="M6 4h20a2 2 0 0 1 2 2v19H4V6a2 2 0 0 1 2-2zM4 16h24M16 4v12M8 25v3M24 25v3"/><path d="M9 20.5h.01M23 20.5h.01" stroke-width="3"/>',
    "voiture": '<path d="M6 24H3v-7l4-2 3-7h12l3 7 4 2v7h-3M12 24h8M7 15h18M16 8v7"/><circle cx="9" cy="24" r="3"/><circle cx="23" cy="24" r="3"/>',
    "velo": '<circle cx="7" cy="21" r="5"/><circle cx="25" cy="21" r="5"/><path d="m7 21 5-11 7 11H7M12 11h10l-3 10M22 11l3 10M9 8h5M22 11l-1-4h4"/>',
    "marche": '<circle cx="17" cy="5" r="3"/><path d="m11 29 4-9v-9l-5 3-1 5M15 11c4 0 3 5 8 6M15 20l5 4 1 5"/>',
    "carte": '<path d="m3 8 8-3 10 3 8-3v19l-8 3-10-3-8 3zM11 5v19M21 8v19"/>',
    "lieu": '<path d="M16 29C9 21 7 17 7 13a9 9 0 0 1 18 0c0 4-2 8-9 16z"/><circle cx="16" cy="13" r="3"/>',
}

_SIGNES: Final = {
    "sourire_1": _TETE + '<path d="M8 13l5-3M24 13l-5-3M9 24c2-8 12-8 14 0z"/><path d="M11 15h.01M21 15h.01" stroke-width="3"/>',
    "sourire_2": _TETE + _YEUX + '<path d="M11 22c2-3 8-3 10 0"/>',
    "sourire_3": _TETE + _YEUX + '<path d="M10 19c2 4 10 4 12 0"/>',
    "sourire_4": _TETE + '<path d="M8 13c1-3 4-3 5 0M19 13c1-3 4-3 5 0M8 17h16c0 10-16 10-16 0z"/>',
    "oui": '<path d="m5 17 8 8L27 8"/>',
    "non": '<path d="m7 7 18 18M25 7 7 25"/>',
    "question": _TETE + '<path d="M12 13c0-6 9-5 8 0-.5 3-4 3-4 6"/><path d="M16 23.5h.01" stroke-width="3"/>',
    "plus": '<path d="M16 5v22M5 16h22"/>',
    "stop": '<path d="M11 3h10l8 8v10l-8 8H11l-8-8V11zM9 16h14"/>',
    "interdit": _TETE + '<path d="m7 7 18 18"/>',
    "loupe": '<circle cx="13" cy="13" r="9"/><path d="m20 20 9 9"/>',
    "calendrier": '<rect x="4" y="6" width="24" height="22" rx="2"/><path d="M4 13h24M10 3v5M22 3v5"/><path d="M10 18h.01M16 18h.01M22 18h.01M10 23h.01M16 23h.01" stroke-width="3"/>',
    "horloge": _TETE + '<path d="M16 8v8l6 3"/>',
    "attente": '<path d="M8 3h16M8 29h16M10 3v5c0 4 6 5 6 8s-6 4-6 8v5M22 3v5c0 4-6 5-6 8s6 4 6 8v5M13 25h6"/>',
    "euro": _TETE + '<path d="M21 10c-4-3-9 0-9 6s5 9 9 6M9 14h9M9 18h8"/>',
    "argent": '<path d="M24 10V5H7a3 3 0 0 0-3 3v17a2 2 0 0 0 2 2h20a2 2 0 0 0 2-2V12a2 2 0 0 0-2-2H6c-1 0-2-1-2-2M28 15h-6a3.5 3.5 0 0 0 0 7h6"/>',
    "telephone": '<rect x="8" y="2" width="16" height="28" rx="3"/><path d="M14 6h4"/><path d="M16 25.5h.01" stroke-width="3"/>',
    "cadenas": '<rect x="6" y="14" width="20" height="14" rx="2"/><path d="M10 14v-4a6 6 0 0 1 12 0v4M16 19v4"/>',
    "crayon": '<path d="m4 28 2-8L21 5c3-3 9 3 6 6L12 26zM18 8l6 6M6 20l6 6"/>',
    "document": '<path d="M7 3h12l6 6v20H7zM19 3v6h6M11 15h10M11 20h10M11 25h6"/>',
    "ordinateur": '<rect x="5" y="6" width="22" height="15" rx="2"/><path d="M2 26h28"/>',
    "idee": '<path d="M12 23c0-4-5-5-5-11a9 9 0 0 1 18 0c0 6-5 7-5 11zM12 26h8M14 29h4"/>',
    "livre": '<path d="M16 8C12 5 8 5 3 6v19c5-1 9-1 13 2 4-3 8-3 13-2V6c-5-1-9-1-13 2zM16 8v19"/>',
    "colere": '<path d="M6 4h20a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H15l-7 6v-6H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z"/><path d="m17 7-5 7h7l-5 6"/>',
    "larme": '<path d="M16 3c6 8 9 12 9 17a9 9 0 0 1-18 0c0-5 3-9 9-17z"/><path d="M12 20c0 3 2 4 4 4"/>',
    "bouteille": '<path d="M13 3h6v6c0 3 4 4 4 8v12H9V17c0-4 4-5 4-8zM9 18h14M9 25h14"/>',
    "camion": '<path d="M5 24H2V7h17v17h-8M19 12h6l5 6v6h-3M19 24h2"/><circle cx="8" cy="24" r="3"/><circle cx="24" cy="24" r="3"/>',
    "fleche": '<path d="M4 16h23M18 7l9 9-9 9"/>',
}  # fmt: skip

PICTOGRAMMES: Final[Mapping[str, str]] = MappingProxyType(_A_MANGER | _GENS_ET_LIEUX | _SIGNES)
"""Code → inside of the drawing. The allow-list that ``verification`` and the pages use."""


def en_fichier(code: str) -> str:
    """Return a pictogram as an SVG file of its own, in black: for paper."""
    attributs = ATTRIBUTS.replace("currentColor", "#000")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributs}>{PICTOGRAMMES[code]}</svg>'


def svg(code: str) -> str:
    """Return the whole drawing, or nothing for a code that is not in the list."""
    interieur = PICTOGRAMMES.get(code)
    return f"<svg {ATTRIBUTS}>{interieur}</svg>" if interieur else ""
