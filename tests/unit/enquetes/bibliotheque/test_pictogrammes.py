from xml.etree import ElementTree as ET

import pytest

from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES, svg

BALISES = {"path", "circle", "ellipse", "rect"}
ATTRIBUTS = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "stroke-width"}


@pytest.mark.parametrize("code", PICTOGRAMMES)
def test_drawing_is_light_plain_and_takes_the_colour_of_the_text(code):
    assert len(PICTOGRAMMES[code].encode()) <= 400
    dessin = ET.fromstring(svg(code))  # noqa: S314  (our own drawing)
    assert dessin.get("stroke") == "currentColor"
    assert dessin.get("aria-hidden") == "true"
    for trait in dessin:
        assert trait.tag in BALISES
        assert set(trait.attrib) <= ATTRIBUTS, "a colour or a script has no place in a pictogram"


def test_every_drawing_differs():
    assert len(set(PICTOGRAMMES.values())) == len(PICTOGRAMMES)


def test_scale_of_faces_and_expected_codes_are_there():
    attendus = {f"sourire_{n}" for n in (1, 2, 3, 4)} | {"oui", "non", "question", "maison"}
    assert attendus <= set(PICTOGRAMMES)


def test_unknown_code_draws_nothing():
    assert svg('"><script>') == ""


def test_allow_list_cannot_be_changed():
    with pytest.raises(TypeError):
        PICTOGRAMMES["nouveau"] = "<path/>"
