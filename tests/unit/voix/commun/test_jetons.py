"""The colours of the identity are legible on every ground they are used on."""

import re

import pytest

from voix.commun.inclus import DOSSIER

JETONS = dict(
    re.findall(r"--([\w-]+):(#[0-9a-f]{6})", (DOSSIER / "jetons.css").read_text("utf-8"))
)
BLANC = "#ffffff"
TEXTES = [
    *[(encre, fond) for encre in ("encre", "doux", "accent") for fond in ("papier", "carte")],
    *[(encre, "accent-clair") for encre in ("encre", "doux", "accent")],
    *[("rouge", fond) for fond in ("papier", "carte", "rouge-clair")],
    *[("vert", fond) for fond in ("carte", "vert-clair")],
    *[("ambre", fond) for fond in ("carte", "ambre-clair")],
    *[("encre", fond) for fond in ("rouge-clair", "vert-clair", "ambre-clair")],
    ("ivoire", "nuit"),
]
BORDURES = [("trait", "papier"), ("trait", "carte"), ("accent", "papier"), ("rouge", "papier")]


def _luminance(couleur: str) -> float:
    parts = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(k * p for k, p in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


def contraste(une: str, autre: str) -> float:
    clair, sombre = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


@pytest.mark.parametrize(("encre", "fond"), TEXTES)
def test_text_is_at_seven_to_one(encre, fond):
    assert contraste(JETONS[encre], JETONS[fond]) >= 7


@pytest.mark.parametrize(("encre", "fond"), BORDURES)
def test_borders_of_controls_are_at_four_and_a_half_to_one(encre, fond):
    assert contraste(JETONS[encre], JETONS[fond]) >= 4.5


def test_white_on_the_accent_and_the_halo_of_the_focus_stand_out():
    assert contraste(BLANC, JETONS["accent"]) >= 7
    assert contraste(JETONS["safran"], JETONS["encre"]) >= 4.5
    assert contraste(JETONS["safran"], JETONS["nuit"]) >= 4.5


def test_black_and_white_are_one_to_twenty_one():
    assert round(contraste("#000000", BLANC), 2) == 21
