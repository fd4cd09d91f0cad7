"""A report as a Word file that people edit: what ``changement.typ`` reads, with Word's own structure.

Headings are headings, tables repeat their header row, a drawing has its sentence, the language is said:
a screen reader finds the same document as in the PDF (ADR 0097).
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from voix.commun.pdf import imager

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

LARGEUR_DESSIN_MM: Final = 118
MARGE_MM: Final = 18
PAGE_MM: Final = (210, 297)
LANGUE: Final = "fr-FR"
_NON_ECRIVABLES: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def en_word(donnees: Mapping[str, Any]) -> bytes:
    """Return the report; ``donnees`` are words, as for the PDF."""
    import docx

    document = docx.Document()
    _preparer(document, donnees)
    document.add_heading(_net(donnees["titre"]), level=1)
    if donnees["fictive"]:
        _alerte(document, "Données fictives.")
    document.add_paragraph(_net(donnees["sous_titre"]))
    for alerte in donnees["alertes"]:
        _alerte(document, alerte)
    for section in donnees["sections"]:
        _section(document, section)
    if donnees["annexe"]:
        _annexe(document, donnees["annexe"])
    tampon = BytesIO()
    document.save(tampon)
    return tampon.getvalue()


def _preparer(document: "Document", donnees: Mapping[str, Any]) -> None:
    """Set the paper, the language, the fonts, the title and the footer."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    proprietes = document.core_properties
    proprietes.title, proprietes.language = _net(donnees["titre"]), LANGUE
    proprietes.author, proprietes.comments = "Voix", ""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGE_MM)
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.startswith(("Heading", "Caption")):
            style.font.name, style.font.color.rgb = "Arial", RGBColor(0, 0, 0)
            # The theme's own fonts would win over the name.
            for reste in list(style.element.rPr.rFonts.attrib):
                if reste.lower().endswith("theme"):
                    del style.element.rPr.rFonts.attrib[reste]
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10.5)
    _dire_la_langue(document)
    _pied(document, donnees["pied"])


def _dire_la_langue(document: "Document") -> None:
    """Say French once, for every word of the document."""
    from docx.oxml.ns import qn

    for langue in document.styles.element.iter(qn("w:lang")):
        langue.set(qn("w:val"), LANGUE)
    for langue in document.settings.element.iter(qn("w:themeFontLang")):
        langue.set(qn("w:val"), LANGUE)


def _pied(document: "Document", texte: str) -> None:
    """Write the footer and the number of the page, which Word counts."""
    paragraphe = document.sections[0].footer.paragraphs[0]
    paragraphe.add_run(f"{_net(texte)} · ")
    for genre, champ in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraphe.add_run()
        run._r.append(
            _element("w:fldChar", fldCharType=genre) if genre else _element("w:instrText", champ)
        )


def _section(document: "Document", section: Mapping[str, Any]) -> None:
    document.add_heading(_net(section["titre"]), level=section["niveau"])
    if section["aide"]:
        document.add_paragraph(_net(section["aide"]))
    if section["fort"]:
        document.add_paragraph().add_run(_net(section["fort"])).bold = True
    for phrase in section["phrases"]:
        document.add_paragraph(_net(phrase))
    for phrase in section["liste"]:
        document.add_paragraph(_net(phrase), style="List Bullet")
    for phrase in section["suite"]:
        document.add_paragraph(_net(phrase))
    if section["figure"]:
        _figure(document, section["figure"])
    for tableau in section["tableaux"]:
        _tableau(document, tableau, PAGE_MM[0] - 2 * MARGE_MM)


def _alerte(document: "Document", texte: str) -> None:
    document.add_paragraph().add_run(_net(texte)).bold = True


def _figure(document: "Document", figure: Mapping[str, str]) -> None:
    """Add a drawing; the sentence that says the same is its alternative text."""
    from docx.shared import Mm

    image = BytesIO(imager(figure["svg"], largeur_mm=LARGEUR_DESSIN_MM))
    dessin = document.add_picture(image, width=Mm(LARGEUR_DESSIN_MM))
    dessin._inline.docPr.set("descr", _net(figure["texte"]))


def _tableau(document: "Document", tableau: Mapping[str, Any], largeur_mm: int) -> None:
    """Add a table under its title: header row repeated on each page, no row cut in two."""
    from docx.shared import Mm

    titre = document.add_paragraph(_net(tableau["titre"]), style="Caption")
    titre.paragraph_format.keep_with_next = True
    rangs = [tableau["entetes"], *tableau["rangs"]]
    table = document.add_table(len(rangs), len(tableau["entetes"]), style="Table Grid")
    table.autofit = False
    somme = sum(tableau["largeurs"])
    largeurs = [Mm(largeur_mm * part / somme) for part in tableau["largeurs"]]
    for colonne, largeur in zip(table.columns, largeurs, strict=True):
        colonne.width = largeur
    a_gauche = {0, *tableau.get("phrases", ())}
    for rang, textes in zip(table.rows, rangs, strict=True):
        _rang(rang, textes, a_gauche, entete=textes is rangs[0])
    table._tbl.tblPr.append(_element("w:tblCaption", val=_net(tableau["titre"])))
    document.add_paragraph()


def _rang(rang: "_Row", textes: Sequence[str], a_gauche: set[int], *, entete: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    rang._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    if entete:
        rang._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for place, (case, texte) in enumerate(zip(rang.cells, textes, strict=True)):
        mot = case.paragraphs[0].add_run(_net(texte))
        mot.font.size, mot.bold = Pt(8.5), entete
        if place not in a_gauche and not entete:
            case.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _annexe(document: "Document", annexe: Mapping[str, Any]) -> None:
    """Add the definitions on a page on its side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page = document.add_section()
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(PAGE_MM[1]), Mm(PAGE_MM[0])
    document.add_heading("Annexe\u00a0: les nombres", level=2)
    for tableau in annexe["tableaux"]:
        _tableau(document, tableau, PAGE_MM[1] - 2 * MARGE_MM)


def _element(nom: str, texte: str = "", **attributs: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(nom)
    for attribut, valeur in attributs.items():
        element.set(qn(f"w:{attribut}"), valeur)
    if texte:
        element.text = texte
    return element


def _net(texte: str) -> str:
    """Return a text without the signs that XML refuses."""
    return _NON_ECRIVABLES.sub("", texte)
