"""PDF files drawn by Typst, with the fonts that come with Voix and nothing from the machine."""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final


def composer(modele: Path, donnees: Mapping[str, Any], **dessins: str) -> bytes:
    """Return an accessible PDF (UA-1): ``donnees`` are words, never code; ``dessins`` are SVG files.

    The same input gives the same bytes.
    """
    import typst

    pdf = typst.compile(
        modele,
        format="pdf",
        font_paths=[polices()],
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(donnees), **dessins},
        pdf_standards=["ua-1"],
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst did not return one file.")
    return pdf


_IMAGE: Final = Path(__file__).with_name("image.typ")


def imager(svg: str, *, largeur_mm: int, ppp: int = 192) -> bytes:
    """Return an SVG drawing as a PNG picture, for files that take no SVG; ``ppp``: dots an inch."""
    import typst

    png = typst.compile(
        _IMAGE,
        format="png",
        ppi=ppp,
        font_paths=[polices()],
        ignore_system_fonts=True,
        sys_inputs={"svg": svg, "largeur": str(largeur_mm)},
    )
    if not isinstance(png, bytes):
        raise TypeError("Typst did not return one picture.")
    return png


def polices() -> Path:
    """Return the folder of DejaVu Sans (Latin, Cyrillic, Arabic), which matplotlib brings.

    The package is found, not imported: its import takes half a second.
    """
    trouve = find_spec("matplotlib")
    if trouve is None or not trouve.submodule_search_locations:
        raise ModuleNotFoundError("matplotlib")
    return Path(trouve.submodule_search_locations[0], "mpl-data", "fonts", "ttf")
