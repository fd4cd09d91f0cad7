"""The value of an indicator: k, N, what is shown, whether the target is reached, or why not."""

from dataclasses import dataclass
from typing import Any

from voix.commun.nombres import arrondi

from .formule.analyse import lire
from .formule.calcul import (
    Donnees,
    ReponsesMelees,
    ValeurCachee,
    calculer,
    calculer_par_territoire,
)
from .indicateur import Forme, Indicateur, Intervalle, Sens
from .pourcentages import wilson

Nombre = int | float


@dataclass(frozen=True, slots=True)
class Mesure:
    """What one indicator gives for some territoires. ``motif`` says why ``valeur`` is empty."""

    indicateur: Indicateur
    k: Nombre | None = None
    n: Nombre | None = None
    valeur: Nombre | None = None
    """Whole percent for a share, one decimal for a ratio, else the count."""
    motif: str = ""
    details: tuple[tuple[str, Nombre | None], ...] = ()
    intervalle: tuple[int, int] | None = None
    entre: tuple[int, int] | None = None
    """Between which percents the share lies, where its exact value is hidden."""
    moyenne: tuple[float, int] | None = None
    """Mean of the territoires' own shares in percent, and over how many, beside a pooled share."""

    @property
    def atteint(self) -> bool | None:
        """Return whether the target is reached by the exact figure; nothing when there is no value.

        79.6 % shown as 80 % does not reach 80 %: rounding never decides.
        """
        objectif, exacte = self.indicateur.objectif, self.exacte
        if objectif is None or self.valeur is None or exacte is None:
            return None
        return exacte >= objectif if self.indicateur.sens == Sens.AU_MOINS else exacte <= objectif

    @property
    def exacte(self) -> float | None:
        """Return the value before rounding, in the unit of the target."""
        if self.k is None:
            return None
        if self.indicateur.forme == Forme.NOMBRE:
            return self.k
        if not self.n:
            return None
        cent = 100 if self.indicateur.forme == Forme.PART else 1
        return cent * self.k / self.n

    @property
    def ecart(self) -> Nombre | None:
        """Return the shown value minus the target: points for a share."""
        if self.valeur is None or self.indicateur.objectif is None:
            return None
        return round(self.valeur - self.indicateur.objectif, 1)

    def en_json(self) -> dict[str, Any]:
        """Return what scripts read."""
        i = self.indicateur
        return {
            "code": i.code,
            "nom": i.nom,
            "groupe": i.groupe,
            "k": self.k,
            "n": self.n,
            "valeur": self.valeur,
            "objectif": i.objectif,
            "ecart": self.ecart,
            "atteint": self.atteint,
            "unite": i.unite.code,
            "forme": i.forme.value,
            "sens": i.sens.value,
            "mise_en_commun": i.mise_en_commun.value,
            "intervalle": list(self.intervalle) if self.intervalle else None,
            "entre": list(self.entre) if self.entre else None,
            "moyenne_des_taux": round(self.moyenne[0], 1) if self.moyenne else None,
            "motif": self.motif,
            "definition": i.definition,
            "ambigu": i.ambigu,
            "source": i.source,
            "details": dict(self.details),
        }


def mesurer(indicateur: Indicateur, donnees: Donnees) -> Mesure:
    """Count one indicator. Figures about persons are raw here: ``confidentialite`` comes after."""
    if indicateur.absent:
        return Mesure(indicateur, motif=indicateur.absent)
    try:
        k = calculer(indicateur.lue.numerateur, donnees)
        bas = indicateur.lue.denominateur
        n = calculer(bas, donnees) if bas else None
        details = details_de(indicateur, donnees)
    except ValeurCachee:
        return Mesure(indicateur, motif=CACHE)
    except ReponsesMelees:
        return Mesure(indicateur, motif=MELEES)
    return conclure(indicateur, k, n, details)


CACHE = "Masqué pour protéger les personnes\u00a0: trop peu de réponses."
"""Of answers. Registers and follow-ups say what they count themselves."""

MELEES = (
    "Cette question accepte plusieurs réponses\u00a0: qui en a donné deux compterait deux fois. "
    "Comptez une seule réponse, ou toutes."
)

RIEN = "Rien n’est encore saisi pour la base."


def details_de(indicateur: Indicateur, donnees: Donnees) -> tuple[tuple[str, Nombre | None], ...]:
    """Return the figures shown beside the value; none of them counts persons."""
    return tuple(
        (nom, calculer(lire(texte).numerateur, donnees)) for nom, texte in indicateur.details
    )


def conclure(
    indicateur: Indicateur,
    k: Nombre | None,
    n: Nombre | None,
    details: tuple[tuple[str, Nombre | None], ...] = (),
) -> Mesure:
    """Return what may be said of k and N: nothing over zero, no percent over a small base."""
    if indicateur.forme == Forme.NOMBRE:
        return Mesure(indicateur, k, None, k, "", details)
    if k is None or not n:
        # Nothing was written, or nothing of what is counted: both are a base of none.
        vide = f"Pas de résultat\u00a0: la base est de 0\u00a0{indicateur.unite.singulier}."
        return Mesure(indicateur, k, n, motif=vide if n == 0 else RIEN, details=details)
    if k > n and indicateur.forme == Forme.PART:
        return Mesure(
            indicateur,
            k,
            n,
            motif=f"{k} sur {n}\u00a0: la partie dépasse le tout. Vérifiez les registres.",
            details=details,
        )
    if n < indicateur.base_min:
        return Mesure(
            indicateur,
            k,
            n,
            motif=f"Base trop petite pour un pourcentage (moins de {indicateur.base_min}).",
            details=details,
        )
    if indicateur.forme == Forme.RAPPORT:
        return Mesure(indicateur, k, n, round(k / n, 1), "", details)
    entre = wilson(int(k), int(n)) if indicateur.intervalle == Intervalle.WILSON else None
    return Mesure(indicateur, k, n, arrondi(int(k), int(n)), "", details, entre)


def moyenne_des_taux(indicateur: Indicateur, donnees: Donnees) -> tuple[float, int] | None:
    """Return the mean of the territoires' own shares, in percent, and over how many.

    Shown beside a pooled share (I4): one large territoire weighs like a small one.
    """
    bas = indicateur.lue.denominateur
    if bas is None:
        return None
    combien = calculer_par_territoire(indicateur.lue.numerateur, donnees)
    sur = calculer_par_territoire(bas, donnees)
    taux = [
        100 * k / n
        for territoire in donnees.territoires()
        if (k := combien[territoire]) is not None and (n := sur[territoire])
    ]
    return (sum(taux) / len(taux), len(taux)) if taux else None
