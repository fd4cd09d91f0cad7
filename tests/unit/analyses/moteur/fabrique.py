"""Small problems for tests, from persons and their answers."""

import numpy as np

from analyses.confidentialite.moteur.modele import Probleme, classes_de, decouper
from analyses.confidentialite.moteur.parametres import SENSIBLE


def probleme(appartenance, reponses, nb_reponses, *, parametres=SENSIBLE, reunions=(), **options):
    """Return a problem from memberships (groups × persons) and one answer a person.

    Every group shows every answer, and every union of answers.
    """
    appartenance = np.asarray(appartenance, dtype=bool)
    coupe = decouper(appartenance)
    verite = np.zeros((coupe.tailles.size, nb_reponses), dtype=np.int64)
    for personne, morceau in enumerate(coupe.morceau_de):
        if morceau >= 0 and reponses[personne] >= 0:
            verite[morceau, reponses[personne]] += 1
    disparus = None
    if (np.asarray(reponses) < 0).any():
        disparus = coupe.tailles - verite.sum(axis=1)
    classes = classes_de(nb_reponses, reunions)
    cellules = np.array([(g, k) for g in range(len(appartenance)) for k in range(len(classes))])
    return Probleme(
        groupes=coupe.groupes,
        tailles=coupe.tailles,
        classes=classes,
        cellules=cellules,
        verite=verite,
        parametres=parametres,
        disparus=disparus,
        **options,
    )


def tableau(lignes, *, parametres=SENSIBLE, **options):
    """Return a problem from a table of counts (groups × answers): total, then disjoint groups."""
    lignes = np.asarray(lignes)
    groupe = np.repeat(np.arange(len(lignes)), lignes.sum(axis=1))
    reponses = np.concatenate([np.repeat(np.arange(lignes.shape[1]), ligne) for ligne in lignes])
    appartenance = [np.ones_like(groupe, bool), *(groupe == g for g in range(len(lignes)))]
    return probleme(appartenance, reponses, lignes.shape[1], parametres=parametres, **options)


def exact(p):
    """Return the display that tells everything."""
    vrai = p.sommes(p.verite)
    return vrai.copy(), vrai.copy()


def rien(p):
    """Return the display that tells nothing."""
    return np.zeros_like(p.bases), p.bases.copy()
