"""What a PDF for everybody must be (PDF/UA), read in its structure; veraPDF is in no registry we reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

TITRES = tuple(f"/H{niveau}" for niveau in range(1, 7))


@dataclass(frozen=True, slots=True)
class LuParUneMachine:
    """What a screen reader finds in a file."""

    pages: int
    titre: str
    langue: str
    elements: tuple[str, ...]
    """Kinds of the elements, in the order of reading."""

    @property
    def titres(self) -> list[int]:
        """Return the levels of the headings, in the order of reading."""
        return [int(sorte[2:]) for sorte in self.elements if sorte in TITRES]


def verifier_pdf(contenu: bytes) -> LuParUneMachine:
    """Assert that a file is tagged, in a language, titled, that pictures have words and headings an order."""
    with pikepdf.open(BytesIO(contenu)) as pdf:
        racine = pdf.Root
        assert bool(racine.MarkInfo.Marked)
        assert bool(racine.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadonnees:
            assert metadonnees["pdfuaid:part"] == "1"
            titre = metadonnees["dc:title"]
        elements = tuple(_elements(racine.StructTreeRoot))
        for element in elements:
            if str(element.S) == "/Figure":
                assert str(element.Alt).strip(), "a figure without words"
            if str(element.S) == "/Table":
                assert any(str(e.S) == "/TH" for e in _elements(element)), "a table without header"
        lus = tuple(str(element.S) for element in elements)
        lu = LuParUneMachine(len(pdf.pages), str(titre), str(racine.Lang), lus)
        assert lu.titre
        assert lu.titres[:1] == [1]
        assert all(b <= a + 1 for a, b in zip(lu.titres, lu.titres[1:], strict=False)), lu.titres
        _verifier_le_texte(pdf)
        return lu


def _elements(noeud: Any) -> Iterator[Any]:
    enfants = noeud.get("/K", [])
    for enfant in enfants if isinstance(enfants, pikepdf.Array) else [enfants]:
        if isinstance(enfant, pikepdf.Dictionary) and "/S" in enfant:
            yield enfant
            yield from _elements(enfant)


def _verifier_le_texte(pdf: pikepdf.Pdf) -> None:
    """Assert that every piece of text is marked: real content, or an artifact that is not read."""
    for page in pdf.pages:
        profondeur = 0
        for ordre in pikepdf.parse_content_stream(page):
            nom = str(ordre.operator)
            if nom in {"BDC", "BMC"}:
                profondeur += 1
            elif nom == "EMC":
                profondeur -= 1
            elif nom in {"Tj", "TJ"}:
                assert profondeur > 0, "text outside the structure"
        assert profondeur == 0
