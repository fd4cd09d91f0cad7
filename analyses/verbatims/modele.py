"""What detectors say: a span of a text, of a type, sure or only doubtful."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """What a span is. The last four are only ever signalled, never masked."""

    PRENOM = "prenom"
    NOM = "nom"
    TELEPHONE = "telephone"
    EMAIL = "email"
    ADRESSE = "adresse"
    CODE_POSTAL_VILLE = "code_postal_ville"
    COMMUNE = "commune"
    STRUCTURE = "structure"
    DATE = "date"
    NUMERO = "numero"
    PLAQUE = "plaque"
    COMPTE_SOCIAL = "compte_social"
    URL = "url"
    ROLE = "role"
    AGE = "age"
    TRAIT = "trait"


REMPLACEMENTS = {
    Type.PRENOM: "[prénom]",
    Type.NOM: "[nom]",
    Type.TELEPHONE: "[téléphone]",
    Type.EMAIL: "[e-mail]",
    Type.ADRESSE: "[adresse]",
    Type.CODE_POSTAL_VILLE: "[lieu]",
    Type.COMMUNE: "[lieu]",
    Type.STRUCTURE: "[structure]",
    Type.DATE: "[date]",
    Type.NUMERO: "[numéro]",
    Type.PLAQUE: "[plaque]",
    Type.COMPTE_SOCIAL: "[compte]",
    Type.URL: "[lien]",
    Type.ROLE: "[rôle]",
    Type.AGE: "[âge]",
    Type.TRAIT: "[…]",
}
"""By type, never a pseudonym and never a first letter: both link (§7.2)."""


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """What a detector found, in offsets of the folded text."""

    debut: int
    fin: int
    type: Type
    motif: str = ""
    """Why it is only doubtful, in French for the person who reads; empty when it is sure."""

    faible: bool = False
    """Gives way to what has a more precise form."""

    @property
    def sur(self) -> bool:
        """Return whether it is to be masked."""
        return not self.motif


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text as given, in code points, to be masked."""

    debut: int
    fin: int
    type: Type


@dataclass(frozen=True, slots=True)
class Signalement:
    """A part of the text as given that a person should look at."""

    debut: int
    fin: int
    type: Type
    motif: str


@dataclass(frozen=True, slots=True)
class Analyse:
    """What was found in one text: spans do not overlap, and are in order; so are signalements."""

    spans: tuple[Span, ...]
    signalements: tuple[Signalement, ...]
