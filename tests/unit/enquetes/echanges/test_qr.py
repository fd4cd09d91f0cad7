"""The QR code of a poster: level M, four white modules around, the exact address inside."""

import re
from xml.etree import ElementTree

from enquetes.echanges import qr

ADRESSE = "https://voix.exemple.fr/r/q1w2e3r4t5y6u7i8o9p0aa/"


def test_code_is_of_level_m_and_small_enough_for_a_poster():
    code = qr.code_qr(ADRESSE)
    assert code.error == "M"
    assert not code.is_micro
    assert code.version <= 4


def test_drawing_leaves_a_quiet_zone_of_four_modules():
    modules = qr.code_qr(ADRESSE).symbol_size(border=0)[0]
    racine = ElementTree.fromstring(qr.svg(ADRESSE, nom="QR code"))  # noqa: S314  (our own drawing)
    assert racine.get("viewBox") == f"0 0 {modules + 8} {modules + 8}"
    noir = racine.findall("path")[-1].get("d") or ""
    assert re.match(r"M4 4\.5h7", noir)


def test_name_given_to_screen_readers_is_escaped():
    assert 'aria-label="&lt;b&gt;"' in qr.svg(ADRESSE, nom="<b>")


def test_file_is_a_stand_alone_drawing():
    fichier = qr.fichier_svg(ADRESSE)
    assert ElementTree.fromstring(fichier).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  (our own drawing)
