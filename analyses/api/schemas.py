"""The form of every answer; OpenAPI is made from it."""

from datetime import date
from typing import Any, Generic, TypeVar

from ninja import Field, Schema

T = TypeVar("T")
Nombre = int | float


class Erreur(Schema):
    code: str = Field(description="Pour un programme.")
    message: str = Field(description="Pour une personne, en français.")


class Accueil(Schema):
    """What a token opens, for a first call."""

    jeton: str
    portees: list[str]
    expire_le: date = Field(description="Dernier jour.")
    adresses: dict[str, str]


class Page(Schema, Generic[T]):
    total: int
    page: int
    pages: int
    suivante: str | None = Field(description="Adresse de la page suivante, s’il y en a une.")
    resultats: list[T]


class Lieu(Schema):
    code: str = Field(description="Niveau et code officiel.", examples=["commune-93010"])
    nom: str


class Collecte(Schema):
    nom: str = Field(description="Nom court\u00a0: c’est lui que prennent les adresses.")
    titre: str
    public: str
    territoire: Lieu
    structure: str | None
    unite: str = Field(description="Qui répond\u00a0: personne ou organisation.")
    etat: str
    ouvre_le: date
    ferme_le: date
    fictive: bool
    rendue_le: date | None = Field(description="Depuis quand le retour aux personnes est public.")


class Source(Schema):
    titre: str
    nombre: str = Field(description="Comme à l’écran\u00a0: un nombre, ou «\u00a0masqué\u00a0».")


class Releve(Schema):
    numero: int
    arrete_le: date
    lisible: bool = Field(description="Ses tableaux sont publiés.")
    nombre: int | None = Field(description="Réponses comptées, une fois les tableaux publiés.")
    sources: list[Source] = Field(description="D’où viennent les réponses, figé à la clôture.")
    mises_a_l_ecart: str | None = Field(
        description="Réponses mises à l’écart, figé à la clôture, comme à l’écran."
    )


class CollecteDetaillee(Collecte):
    releves: list[Releve]


class Resume(Schema):
    question: str
    titre: str
    par: str = Field(description="Ventilation\u00a0; vide\u00a0: tout le monde.")
    par_titre: str
    adresse: str


class Groupement(Schema):
    par: str
    titre: str


class Groupe(Schema):
    parmi: str = Field(examples=["structure:t12s4"])
    titre: str
    groupe: str


class Question(Schema):
    question: str
    titre: str
    comptee: bool
    raison: str = Field(
        description="Pourquoi elle n’a pas de tableau\u00a0; vide\u00a0: elle en a."
    )
    posee_si: str = Field(description="À qui elle a été posée\u00a0; vide\u00a0: à tout le monde.")
    groupements: list[Groupement] = Field(description="Ce que «\u00a0par\u00a0» peut dire.")
    groupes: list[Groupe] = Field(description="Ce que «\u00a0parmi\u00a0» peut dire.")
    pourquoi: list[str] = Field(description="Pourquoi des cases sont masquées, ou entre deux.")


class Tableau(Schema):
    """A protected table, as confidentialité §9 writes it."""

    format: str = Field(examples=["voix-sdc-table/1"])
    id: str
    question: str
    where: dict[str, list[str]]
    as_of: str
    threshold: int
    dimensions: list[dict[str, Any]]
    cells: list[dict[str, Any]]
    statistics: list[dict[str, Any]]


class Publication(Schema):
    collecte: str
    numero: int
    releve: int | None
    au: date = Field(description="Réponses reçues jusqu’à ce jour.")
    nombre: int
    empreinte: str = Field(description="Sceau SHA-256 de tout ce qui a été publié.")
    precedente: str = Field(description="Sceau de la publication d’avant.")
    tableaux: str | None = Field(description="Où lire ses tableaux.")


class Programme(Schema):
    nom: str
    titre: str
    territoire: Lieu
    fictif: bool
    indicateurs: str


class ProgrammeDetaille(Programme):
    territoires: list[Lieu]


class Territoire(Lieu):
    indicateurs: str


class Definition(Schema):
    code: str
    nom: str
    groupe: str
    definition: str
    formule: str
    unite: str
    forme: str
    objectif: int | None
    sens: str
    base_min: int
    ambigu: str
    absent: str
    source: str


class Mesure(Schema):
    code: str
    nom: str
    groupe: str
    k: Nombre | None
    n: Nombre | None
    valeur: Nombre | None = Field(
        description="Comme à l’écran\u00a0: pour cent entier, ou nombre."
    )
    objectif: int | None
    ecart: Nombre | None
    atteint: bool | None
    unite: str
    forme: str
    sens: str
    mise_en_commun: str
    intervalle: list[int] | None
    entre: list[int] | None = Field(description="Bornes, quand le chiffre exact est masqué.")
    moyenne_des_taux: float | None
    motif: str = Field(description="Pourquoi il n’y a pas de valeur.")
    definition: str
    ambigu: str
    source: str
    details: dict[str, Nombre | None]


REFUS: dict[int, type[Schema]] = dict.fromkeys((401, 403, 404, 409, 422), Erreur)
"""What any address may answer besides what it is asked for."""
