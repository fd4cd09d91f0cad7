"""Moments × levels: how far people took part, and when, in how many territoires."""

from dataclasses import dataclass

from analyses.indicateurs.formule.calcul import TERRITOIRE
from analyses.indicateurs.registres.choix import MOMENTS, NIVEAUX

from .perimetre import Perimetre, donnees_des_tables


@dataclass(frozen=True, slots=True)
class LigneDeMoment:
    """One moment: in how many territoires each level is the highest that is proved."""

    moment: str
    nombres: tuple[int, ...]


def niveaux_par_moment(perimetre: Perimetre) -> list[LigneDeMoment]:
    """Return for each moment how many territoires reached each level, 0 to 5.

    Level 0 counts the territoires where nothing is proved: the row adds up to all of them.
    """
    donnees = donnees_des_tables(perimetre, frozenset({"implications"}))
    plus_hauts: dict[tuple[int, str], int] = {}
    for ligne in donnees.lignes("implications"):
        cle = (ligne[TERRITOIRE], ligne["moment"])
        plus_hauts[cle] = max(plus_hauts.get(cle, 0), ligne["niveau_prouve"])
    lignes = []
    for code, libelle in MOMENTS:
        niveaux = [plus_hauts.get((t, code), 0) for t in donnees.territoires()]
        nombres = tuple(niveaux.count(int(niveau)) for niveau, _ in NIVEAUX)
        lignes.append(LigneDeMoment(libelle[:1].upper() + libelle[1:], nombres))
    return lignes
