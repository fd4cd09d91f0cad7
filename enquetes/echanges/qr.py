"""The QR code of a link, as SVG: level M and a quiet zone of four modules (collecte §4.1)."""

from io import BytesIO

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ZONE_BLANCHE = 4
"""Modules left white around the code: fewer, and some telephones do not see it."""


def code_qr(adresse: str) -> segno.QRCode:
    """Return the code of an absolute address."""
    return segno.make(adresse, error="m", micro=False, boost_error=False)


def svg(adresse: str, *, nom: str) -> SafeString:
    """Return the code as an inline SVG with its name for screen readers; CSS gives its size."""
    code = code_qr(adresse)
    cote = code.symbol_size(border=ZONE_BLANCHE)[0]
    trace = code.svg_inline(
        border=ZONE_BLANCHE, omitsize=True, svgclass=None, lineclass=None, light="#fff"
    )
    interieur = trace[trace.index(">") + 1 : trace.rindex("</svg>")]
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" '
        'shape-rendering="crispEdges">{2}</svg>',
        cote,
        nom,
        mark_safe(interieur),  # noqa: S308  (drawn by segno from modules, holds no text of ours)
    )


def fichier_svg(adresse: str) -> bytes:
    """Return the code as a stand-alone SVG file, for a poster made elsewhere."""
    fichier = BytesIO()
    code_qr(adresse).save(fichier, kind="svg", scale=10, border=ZONE_BLANCHE, light="#fff")
    return fichier.getvalue()
