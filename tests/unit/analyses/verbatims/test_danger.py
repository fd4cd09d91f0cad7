"""What tells of a danger is shown to whoever reads; what only sounds like it is not."""

import pytest

from analyses.verbatims.detecteurs.signalements import DANGER
from analyses.verbatims.masquage import analyser

from .corpus import lire

LOTS = ("developpement", "reserve", "complement", "formes", "sms", "dictee", "courriers")


def dit_un_danger(texte: str) -> bool:
    return any(s.motif == DANGER for s in analyser(texte).signalements)


@pytest.mark.parametrize(
    "texte",
    [
        "mon mari me frappe quand il boit",
        "IL ME BAT",
        "j’ai plus envie de vivre",
        "on n’a rien mangé depuis deux jours",
        "je dors dehors avec mon bébé",
        "mon père me viole",
        "il tape mes enfants",
        "je suis battue par mon compagnon",
        "je veux en finir avec tout",
        "jai peur de mon ex",
        "envie de me tuer",
    ],
)
def test_a_danger_is_signalled(texte):
    assert dit_un_danger(texte)


@pytest.mark.parametrize(
    "texte",
    [
        "je me bats pour mes droits",
        "le chef tape la recette sur son téléphone",
        "le bus me tape sur les nerfs",
        "j’ai peur de tomber",
        "il frappe à la porte",
        "la mort du petit commerce",
    ],
)
def test_what_only_sounds_like_it_is_not(texte):
    assert not dit_un_danger(texte)


@pytest.mark.parametrize("lot", LOTS)
def test_ordinary_texts_tell_of_none(lot):
    assert [v.texte for v in lire(lot) if dit_un_danger(v.texte)] == []
