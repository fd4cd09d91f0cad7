"""The guide for authors names every question type, every key and every option there is."""

import re
from pathlib import Path

from enquetes.champs import NATURES

GUIDE = (Path(__file__).parents[2] / "docs/ecrire-un-questionnaire.md").read_text("utf-8")


def test_every_type_has_its_line_with_its_options():
    for type_, nature in NATURES.items():
        ligne = re.search(rf"^\| `{type_}` \|.*$", GUIDE, re.MULTILINE)
        assert ligne, type_
        for option in nature.options:
            assert f"`{option}`" in ligne[0], (type_, option)


def test_no_line_describes_a_type_that_does_not_exist():
    debut = GUIDE.index("| type | réponse")
    decrits = set(re.findall(r"^\| `(\w+)` \|", GUIDE[debut:], re.MULTILINE))
    assert decrits == set(NATURES)
