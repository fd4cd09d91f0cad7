"""What is counted. Each unit is a type of its own: a share of territoires is not one of persons.

Source: domaine §1.2 (« territory-, person- and answer-level bases are different types »).
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar


class Unite:
    """Something that can be counted: never used itself, only through its subclasses."""

    code: ClassVar[str] = ""
    singulier: ClassVar[str] = ""
    pluriel: ClassVar[str] = ""


class Territoire(Unite):
    """A territoire, or the organisation that carries the project there."""

    code, singulier, pluriel = "territoire", "territoire", "territoires"


class Acteur(Unite):
    """An organisation of the network."""

    code, singulier, pluriel = "acteur", "acteur", "acteurs"


class Personne(Unite):
    """Somebody: every figure in this unit is protected before it leaves."""

    code, singulier, pluriel = "personne", "personne", "personnes"


class Reponse(Unite):
    """An answer given in the name of an organisation; the same one may answer several times."""

    code, singulier, pluriel = "reponse", "réponse", "réponses"


class Presence(Unite):
    """One territoire at one collective session, or one seat at one meeting."""

    code, singulier, pluriel = "presence", "présence", "présences"


class Action(Unite):
    """Something done by the network."""

    code, singulier, pluriel = "action", "action", "actions"


class Instance(Unite):
    """A committee."""

    code, singulier, pluriel = "instance", "instance", "instances"


class Siege(Unite):
    """A seat in a committee."""

    code, singulier, pluriel = "siege", "siège", "sièges"


class Reunion(Unite):
    """A meeting."""

    code, singulier, pluriel = "reunion", "réunion", "réunions"


class Proposition(Unite):
    """Something that the people concerned asked for."""

    code, singulier, pluriel = "proposition", "proposition", "propositions"


class Jalon(Unite):
    """A yes or no of a territoire, with its evidence."""

    code, singulier, pluriel = "jalon", "jalon", "jalons"


class Moment(Unite):
    """A moment of the project at which people were involved, in one territoire."""

    code, singulier, pluriel = "moment", "moment", "moments"


class Enquete(Unite):
    """A collecte."""

    code, singulier, pluriel = "enquete", "enquête", "enquêtes"


class Repere(Unite):
    """A figure of context, read elsewhere."""

    code, singulier, pluriel = "repere", "repère", "repères"


class Jour(Unite):
    """A day of delay."""

    code, singulier, pluriel = "jour", "jour", "jours"


UNITES: Final[dict[str, type[Unite]]] = {u.code: u for u in Unite.__subclasses__()}

U = TypeVar("U", bound=Unite)


@dataclass(frozen=True, slots=True)
class Effectif(Generic[U]):
    """How many of one unit."""

    nombre: int
    unite: type[U]

    def __post_init__(self) -> None:
        if self.nombre < 0:
            raise ValueError(f"{self.nombre} {self.unite.pluriel}")

    def __add__(self, autre: "Effectif[U]") -> "Effectif[U]":
        """Return the sum; ``TypeError`` when the units differ."""
        if self.unite is not autre.unite:
            raise TypeError(f"{self.unite.pluriel} + {autre.unite.pluriel}")
        return Effectif(self.nombre + autre.nombre, self.unite)

    def __str__(self) -> str:
        nom = self.unite.pluriel if self.nombre > 1 else self.unite.singulier
        return f"{self.nombre} {nom}"


@dataclass(frozen=True, slots=True)
class Part(Generic[U]):
    """``k`` among ``n``, both of one unit.

    Errors: ``TypeError`` when the units differ, ``ValueError`` when the part exceeds the whole.
    """

    k: Effectif[U]
    n: Effectif[U]

    def __post_init__(self) -> None:
        if self.k.unite is not self.n.unite:
            raise TypeError(f"{self.k.unite.pluriel} / {self.n.unite.pluriel}")
        if self.k.nombre > self.n.nombre:
            raise ValueError(f"{self.k.nombre} / {self.n.nombre}")

    @property
    def unite(self) -> type[U]:
        """Return what is counted."""
        return self.k.unite

    def __add__(self, autre: "Part[U]") -> "Part[U]":
        """Pool two parts: numerators together, denominators together."""
        return Part(self.k + autre.k, self.n + autre.n)
