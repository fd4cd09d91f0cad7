"""The definition of an indicator, which holds together or is refused.

The base is part of the definition: a share of territoires, one of acteurs and one of persons are
never added nor compared (domaine §1.2).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from .formule.analyse import lire
from .formule.arbre import Formule, Verbe
from .personnes import parle_de_personnes, refus
from .pourcentages import BASE_MIN
from .unites import Personne, Unite


class Forme(StrEnum):
    """What the value is."""

    PART = "part"
    """A share in percent: both sides count the same unit."""
    RAPPORT = "rapport"
    """So many of one thing for each of another: a mean, one decimal."""
    NOMBRE = "nombre"
    """A count."""


class Sens(StrEnum):
    """Which way the target is reached."""

    AU_MOINS = "au_moins"
    AU_PLUS = "au_plus"


class MiseEnCommun(StrEnum):
    """How several territoires make one figure."""

    ENSEMBLE = "ensemble"
    """Numerators added, denominators added."""
    PART_DES_TERRITOIRES = "part_des_territoires"
    """The base is the territoires themselves."""
    SOMME = "somme"
    """Counts added."""


class Intervalle(StrEnum):
    """What is said of chance."""

    RECENSEMENT = "recensement"
    """Every unit was counted: k and N, no interval."""
    WILSON = "wilson"
    """The base is a sample: 95 % interval."""
    AUCUN = "aucun"
    """Neither: no interval has a meaning here."""


class Suivi(StrEnum):
    """What is read from the displayed reports of change of cohorts, not counted by a formula."""

    EVOLUTION = "evolution"
    """Net share of the families that improve at the module POUVOIR."""
    COUVERTURE = "couverture"
    """Who answered among the cards given."""


class IndicateurInvalide(ValueError):  # noqa: N818  (a French name)
    """A definition that cannot be used; ``champ`` is the one to correct, the text is French."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ
        self.message = message


@dataclass(frozen=True)
class Indicateur:
    """One indicator. Errors: ``IndicateurInvalide``; ``ErreurFormule`` when a formula is wrong."""

    code: str
    nom: str
    definition: str
    formule: str
    forme: Forme = Forme.PART
    objectif: int | None = None
    """In percent for a share, else in units."""
    sens: Sens = Sens.AU_MOINS
    source: str = ""
    groupe: str = ""
    mise_en_commun: MiseEnCommun = MiseEnCommun.ENSEMBLE
    intervalle: Intervalle = Intervalle.RECENSEMENT
    base_min: int = BASE_MIN
    """Fewest units of the base that get a percentage."""
    ambigu: str = ""
    """What the source left open, and what was chosen."""
    details: tuple[tuple[str, str], ...] = ()
    """Label and formula of figures shown beside the value."""
    absent: str = ""
    """Why it cannot be counted yet."""
    clair: str = ""
    """What is counted, for a person who reads little; the name where nothing is written."""
    suivi: Suivi | None = None
    """What it reads from reports of change; its formula is then empty."""

    def __post_init__(self) -> None:
        if not self.code or not self.nom or not self.definition:
            raise IndicateurInvalide("nom", "Il manque le code, le nom ou la définition.")
        if self.absent or self.suivi:
            return
        self._exiger_forme()
        self._exiger_objectif()
        self._exiger_personnes()

    @cached_property
    def lue(self) -> Formule:
        """Return the formula, read once."""
        return lire(self.formule)

    @property
    def unite(self) -> type[Unite]:
        """Return what the base counts; for a plain count, what is counted."""
        if self.suivi:
            return Personne
        return (self.lue.denominateur or self.lue.numerateur).unite

    @property
    def personnes(self) -> bool:
        """Return whether its figures are about persons, and so protected before they leave."""
        return bool(self.suivi) or any(parle_de_personnes(mesure) for mesure in self.lue.mesures)

    def _exiger_forme(self) -> None:
        bas, haut = self.lue.denominateur, self.lue.numerateur
        if self.forme == Forme.NOMBRE:
            if bas is not None:
                raise IndicateurInvalide(
                    "formule",
                    "Un nombre n’a pas de base\u00a0: enlevez «\u00a0/\u00a0» et la suite.",
                )
            return
        if bas is None:
            raise IndicateurInvalide(
                "formule",
                "Il manque la base\u00a0: ajoutez «\u00a0/\u00a0», puis ce que l’on divise.",
            )
        if self.forme == Forme.PART and haut.unite is not bas.unite:
            raise IndicateurInvalide(
                "formule",
                f"Une part compare une chose à elle-même. Ici, on divise des {haut.unite.pluriel} par "
                f"des {bas.unite.pluriel}. Changez l’un des deux, ou choisissez «\u00a0rapport\u00a0».",
            )
        if self.forme == Forme.PART and {haut.verbe, bas.verbe} & _SANS_COMPTE:
            raise IndicateurInvalide(
                "formule",
                "Une moyenne ou une médiane ne donne pas une part\u00a0: comptez ou additionnez.",
            )

    def _exiger_personnes(self) -> None:
        motif = refus(self.lue, divisible=self.forme == Forme.PART)
        for _, texte in self.details:
            lue = lire(texte)
            motif = motif or refus(lue, divisible=False)
            if any(parle_de_personnes(mesure) for mesure in lue.mesures):
                motif = motif or "Un détail ne compte pas des personnes."
        if motif:
            raise IndicateurInvalide("formule", motif)

    def _exiger_objectif(self) -> None:
        if self.objectif is None:
            return
        if self.objectif < 0 or (self.forme == Forme.PART and self.objectif > CENT):
            raise IndicateurInvalide("objectif", "L’objectif d’une part va de 0 à 100\u00a0%.")


CENT: Final = 100
_SANS_COMPTE: Final = frozenset({Verbe.MOYENNE, Verbe.MEDIANE})
