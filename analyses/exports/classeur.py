"""The workbook, whatever its format: Données, Dictionnaire, Modalités, Méthode."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .jeu import Jeu, Valeur

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_DEBUT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_FIN = "</office:spreadsheet></office:body></office:document-content>"
_MANIFESTE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: its header, its rows; read once."""

    nom: str
    entete: tuple[str, ...]
    rangees: Iterator[Sequence[Valeur]]


def feuilles(jeu: Jeu) -> Iterator[Feuille]:
    """Yield the four sheets of a workbook."""
    yield Feuille("Données", tuple(c.titre for c in jeu.champs), jeu.lignes())
    yield Feuille(
        "Dictionnaire",
        ("Colonne", "Code", "Description", "Type"),
        ((c.titre, c.nom, c.description, _EN_MOTS[c.type]) for c in jeu.champs),
    )
    yield Feuille("Modalités", ("Question ou colonne", "Code", "Texte"), iter(jeu.modalites))
    yield Feuille("Méthode", ("Sujet", "Ce qu’il faut savoir"), iter(jeu.methode))


_EN_MOTS: Final = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date",
}


def ods(jeu: Jeu) -> bytes:
    """Return an OpenDocument workbook: texts are typed as texts, so that none is computed.

    Written here: the only library that writes it is no longer kept, and slow.
    """
    contenu = [_DEBUT]
    for feuille in feuilles(jeu):
        contenu.append(f"<table:table table:name={quoteattr(feuille.nom)}>")
        contenu.append(_rangee(feuille.entete))
        contenu.extend(map(_rangee, feuille.rangees))
        contenu.append("</table:table>")
    contenu.append(_FIN)
    tampon = BytesIO()
    with ZipFile(tampon, "w") as archive:
        # First and not compressed: this is how a program knows what the file is.
        ranger(archive, "mimetype", _MIME, ZIP_STORED)
        ranger(archive, "META-INF/manifest.xml", _MANIFESTE)
        ranger(archive, "content.xml", "".join(contenu))
    return tampon.getvalue()


def ranger(
    archive: ZipFile, nom: str, contenu: str | bytes, compression: int = ZIP_DEFLATED
) -> None:
    """Add a file without a date: the same tables always make the same bytes."""
    archive.writestr(ZipInfo(nom, (1980, 1, 1, 0, 0, 0)), contenu, compression)


def _rangee(valeurs: Sequence[Valeur]) -> str:
    return f"<table:table-row>{''.join(map(_case, valeurs))}</table:table-row>"


def _case(valeur: Valeur) -> str:
    if valeur is None or valeur == "":
        return "<table:table-cell/>"
    if isinstance(valeur, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{valeur}">'
            f"<text:p>{valeur:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(valeur, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valeur}">'
            f"<text:p>{str(valeur).replace('.', ',')}</text:p></table:table-cell>"
        )
    propre = "".join(signe for signe in valeur if signe >= " ")
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(propre)}</text:p></table:table-cell>"
    )
