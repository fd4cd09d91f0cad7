"""What participants may be compared with those helped on: age and transport, and nothing else.

Never health nor origin (domaine §3.3). The tranches are the answers of the module PROFIL.
"""

from typing import Final

from .composition import Classe, Trait

AGE: Final = Trait(
    code="age",
    titre="Âge",
    question="pr1",
    tranches=(
        ("moins_26", "Moins de 26 ans"),
        ("de_26_a_39", "De 26 à 39 ans"),
        ("de_40_a_59", "De 40 à 59 ans"),
        ("de_60_a_74", "De 60 à 74 ans"),
        ("plus_74", "75 ans ou plus"),
    ),
    plus_larges=(
        (
            Classe(("moins_26", "de_26_a_39"), "Moins de 40 ans"),
            Classe(("de_40_a_59",), "De 40 à 59 ans"),
            Classe(("de_60_a_74", "plus_74"), "60 ans ou plus"),
        ),
        (
            Classe(("moins_26", "de_26_a_39", "de_40_a_59"), "Moins de 60 ans"),
            Classe(("de_60_a_74", "plus_74"), "60 ans ou plus"),
        ),
    ),
)
TRANSPORT: Final = Trait(
    code="transport",
    titre="Façon de se déplacer",
    question="pr4",
    tranches=(
        ("marche", "À pied"),
        ("velo", "À vélo"),
        ("bus", "En bus, tram ou train"),
        ("voiture", "Avec leur voiture"),
        ("conduite", "Conduites par quelqu’un"),
        ("autre", "Autrement"),
    ),
)
TRAITS: Final = (AGE, TRANSPORT)


def trait(code: str) -> Trait:
    """Return the trait of that code; ``KeyError`` when there is none."""
    for connu in TRAITS:
        if connu.code == code:
            return connu
    raise KeyError(code)
