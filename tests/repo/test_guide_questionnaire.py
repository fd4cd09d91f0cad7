"""The guide for authors names every question type, every key and every option there is."""

import re
from pathlib import Path

from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES
from enquetes.parcours.verification_questions import PAGES_RESERVEES, QUESTIONS_RESERVEES

GUIDE = (Path(__file__).parents[2] / "docs/ecrire-un-questionnaire.md").read_text("utf-8")


def test_every_type_has_its_line_with_its_options():
    for type_, nature in NATURES.items():
        ligne = re.search(rf"^\| `{type_}` \|.*$", GUIDE, re.MULTILINE)
        assert ligne, type_
        for option in nature.options:
            assert f"`{option}`" in ligne[0], (type_, option)


def test_no_line_describes_a_type_that_does_not_exist():
    debut, fin = GUIDE.index("| type | réponse"), GUIDE.index("| option | sens")
    decrits = set(re.findall(r"^\| `(\w+)` \|", GUIDE[debut:fin], re.MULTILINE))
    assert decrits == set(NATURES)


def test_every_drawing_is_listed_and_no_other():
    debut = GUIDE.index("## Les dessins")
    listes = set(re.findall(r"`([a-z0-9_-]+)`", GUIDE[debut:]))
    assert listes == {code for code in PICTOGRAMMES if not code.startswith("sourire")}


def test_every_option_and_reserved_word_is_explained():
    options = {option for nature in NATURES.values() for option in nature.options}
    for mot in options | PAGES_RESERVEES | QUESTIONS_RESERVEES:
        assert f"`{mot}`" in GUIDE, mot
