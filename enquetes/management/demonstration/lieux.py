"""Ten real territoires of the Hauts-de-France, an invented one, invented structures, uneven numbers of people.

Two territoires hold fewer than 11 people, and several structures too: what hiding does is seen.
"""

from typing import Final

from voix.commun.erreurs import SaisieInvalide
from voix.comptes.models import Structure, Territoire, TypeStructure

from .personnes import Lieu

_NORD = (("fr", 78), ("ar", 9), ("uk", 5), ("en", 8))

LIEUX_BESOINS: Final[tuple[Lieu, ...]] = (
    Lieu("200072460", "Épicerie Le Panier ouvert", 92, accueil=0.9),
    Lieu("200072460", "Association Table commune", 58, accueil=0.6),
    Lieu("246200364", "Épicerie La Gaillette", 74, accueil=0.7, rural=0.1),
    Lieu("246200364", "Centre social des Deux-Ponts", 46, accueil=0.8, rural=0.1),
    Lieu("245900428", "Épicerie du Phare", 63, accueil=0.6, rural=0.1, langues=_NORD),
    Lieu("245900428", "Association Le Chaland", 35, accueil=0.3, rural=0.1, langues=_NORD),
    Lieu("200044618", "Épicerie de la Scarpe", 51, accueil=0.7),
    Lieu("200044618", "Centre social Les Terrasses", 27, accueil=0.5),
    Lieu("248000531", "Épicerie des Hortillons", 42, accueil=0.8, rural=0.1),
    Lieu("248000531", "Association Les Marmites", 23, accueil=0.4, rural=0.1),
    Lieu("200071892", "Épicerie du Canal", 34, accueil=0.6),
    Lieu("200071892", "Association Main tendue", 14, accueil=0.4),
    Lieu("200067999", "Association Le Grenier", 33, accueil=0.7, rural=0.4),
    Lieu("245901160", "Épicerie Le Marché d’Anzin", 21, accueil=0.5),
    Lieu("245901160", "Association Coup de pouce", 8, accueil=0.6),
    Lieu("200035442", "Épicerie itinérante du Sud", 9, accueil=0.8, rural=0.9),
    Lieu("240200444", "Association Terre et table", 7, accueil=0.6, rural=1.0),
)
"""Code of the territoire, invented structure, how many of its people start to answer."""


LIEUX_ATELIERS: Final[tuple[Lieu, ...]] = (
    Lieu("200072460", "Épicerie Le Panier ouvert", 48, accueil=0.9),
    Lieu("246200364", "Épicerie La Gaillette", 40, accueil=0.7),
    Lieu("245900428", "Épicerie du Phare", 36, accueil=0.6),
    Lieu("200044618", "Épicerie de la Scarpe", 33, accueil=0.7),
    Lieu("248000531", "Épicerie des Hortillons", 30, accueil=0.8),
    Lieu("200071892", "Épicerie du Canal", 27, accueil=0.6),
    Lieu("200067999", "Association Le Grenier", 24, accueil=0.7),
    Lieu("245901160", "Épicerie Le Marché d’Anzin", 18, accueil=0.5),
    Lieu("200035442", "Épicerie itinérante du Sud", 14, accueil=0.8),
    Lieu("240200444", "Association Terre et table", 6, accueil=0.6),
)
"""Who came before the first closing: the two smallest are shown together."""
DE_PLUS: Final = (24, 20, 20, 20, 18, 18, 0, 0, 0, 16)
"""Who came to each after it: nobody, or enough for its figures to be published again."""


LIEU_ATELIER: Final = Lieu("200072460", "Épicerie Le Panier ouvert", 26, accueil=0.9)
LIEU_SUIVI: Final = Lieu("FICTIF09", "Épicerie de l’Écluse (fictive)", 70)
LIEU_PROFIL: Final = Lieu("FICTIF09", "Épicerie de l’Écluse (fictive)", 140, accueil=0.8)
LIEU_ECOUTE: Final = Lieu("FICTIF09", "Épicerie de l’Écluse (fictive)", 110, accueil=0.8)
"""In an invented territoire, whose caseload is in the registers: answers are read beside it.

``manage.py tableau1`` brings it in.
"""


def territoire_de_code(code: str) -> Territoire:
    """Return the territoire of that official code; say what to do when it is not loaded."""
    territoire = Territoire.objects.filter(code=code).order_by("chemin").first()
    if territoire is None:
        raise SaisieInvalide(
            f"Le territoire {code} n’est pas dans la base. Chargez d’abord les territoires."
        )
    return territoire


def structure_de(lieu: Lieu) -> Structure:
    """Return the invented structure of a place; create it the first time."""
    structure, _ = Structure.objects.get_or_create(
        territoire=territoire_de_code(lieu.territoire),
        nom=lieu.structure,
        defaults={"type": _type(lieu.structure)},
    )
    return structure


def _type(nom: str) -> TypeStructure:
    debuts = {
        "Épicerie": TypeStructure.EPICERIE,
        "Centre social": TypeStructure.CENTRE_SOCIAL,
        "Association": TypeStructure.ASSOCIATION,
    }
    return next((type_ for debut, type_ in debuts.items() if nom.startswith(debut)))
