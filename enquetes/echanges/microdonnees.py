"""Fictitious respondents written in a file, for whoever wants to try to break the protection.

A CSV with one row a person (the group dimensions, one column a question, ``recorded_at``,
``erased_at``) and a JSON description of it. Every error is returned at once, with its line.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from enquetes.parcours.definition import REFUS

TYPES: Final = {
    "choix": "choix_unique",
    "echelle": "choix_unique",
    "choix_multiple": "choix_multiple",
    "montant": "nombre",
}
RESERVES: Final = frozenset({"", "TOTAL", "_sr", REFUS})
CLASSES_MONTANT: Final = (0, 50, 100, 200, 300, 500, 1000, 2000)
"""Lower bounds of the classes of an amount, fixed before any is seen."""
ERREURS_AU_PLUS: Final = 50
DATES: Final = ("recorded_at", "erased_at")


class FichierFaux(ValueError):
    """What is wrong in the two files, one sentence each."""

    def __init__(self, erreurs: list[str]) -> None:
        super().__init__("\n".join(erreurs))
        self.erreurs = erreurs


@dataclass(frozen=True, slots=True)
class Code:
    """A group or an answer; ``parent`` is the group that contains it."""

    code: str
    libelle: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A column of the file: a dimension (``type`` empty) or a question."""

    nom: str
    codes: tuple[Code, ...]
    type: str = ""
    profil: str = "sensible"


@dataclass(frozen=True, slots=True)
class Description:
    """What the columns of the file mean."""

    questionnaire: str
    dimensions: tuple[Rubrique, ...]
    questions: tuple[Rubrique, ...]
    plan: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Personne:
    """One row: codes by column, the day it was recorded, the day it was erased if it was."""

    valeurs: Mapping[str, str | float | list[str]]
    recueillie_le: date
    effacee_le: date | None


def lire_description(texte: str) -> Description:
    """Read the description; raise :class:`FichierFaux` with all that is wrong."""
    try:
        donnees = json.loads(texte)
    except ValueError as erreur:
        raise FichierFaux([f"La description n’est pas du JSON\u00a0: {erreur}"]) from erreur
    if not isinstance(donnees, dict):
        raise FichierFaux(["La description doit être un objet JSON."])
    erreurs: list[str] = []
    dimensions = _rubriques(donnees, "dimensions", erreurs)
    questions = _rubriques(donnees, "questions", erreurs)
    plan = _plan(donnees.get("plan"), {d.nom for d in dimensions}, erreurs)
    noms = [r.nom for r in (*dimensions, *questions)]
    erreurs += [
        f"Le nom «\u00a0{n}\u00a0» sert deux fois." for n in sorted(set(noms)) if noms.count(n) > 1
    ]
    if not questions:
        erreurs.append("La description ne contient aucune question.")
    if erreurs:
        raise FichierFaux(erreurs)
    titre = str(donnees.get("questionnaire") or "Microdonnées")[:150]
    return Description(titre, dimensions, questions, plan)


def _rubriques(donnees: dict[str, Any], cle: str, erreurs: list[str]) -> tuple[Rubrique, ...]:
    brutes = donnees.get(cle, [])
    if not isinstance(brutes, list):
        erreurs.append(f"«\u00a0{cle}\u00a0» doit être une liste.")
        return ()
    return tuple(
        lue
        for rang, brute in enumerate(brutes, 1)
        if (
            lue := _rubrique(brute, f"{cle}, n°\u00a0{rang}", erreurs, question=cle == "questions")
        )
    )


def _rubrique(brute: Any, ou: str, erreurs: list[str], *, question: bool) -> Rubrique | None:
    nom = brute.get("name") if isinstance(brute, dict) else None
    if not isinstance(nom, str) or not nom or len(nom) > 64 or nom in DATES:  # noqa: PLR2004  (a column of 64 in the database)
        erreurs.append(f"{ou}\u00a0: il manque un nom («\u00a0name\u00a0») de 64 signes au plus.")
        return None
    genre = str(brute.get("type", "choix")) if question else ""
    if question and genre not in TYPES:
        erreurs.append(
            f"{nom}\u00a0: type «\u00a0{genre}\u00a0» inconnu. Écrivez {', '.join(TYPES)}."
        )
    codes = tuple(_codes(brute.get("codes", []), nom, erreurs))
    if not codes and genre != "montant":
        erreurs.append(f"{nom}\u00a0: il manque la liste «\u00a0codes\u00a0».")
    profil = str(brute.get("profil", "SENSIBLE")).lower()
    if profil not in {"sensible", "ordinaire"}:
        erreurs.append(f"{nom}\u00a0: profil inconnu. Écrivez SENSIBLE ou ORDINAIRE.")
    return Rubrique(nom, codes, genre, profil)


def _codes(bruts: Any, nom: str, erreurs: list[str]) -> list[Code]:
    lus: list[Code] = []
    for brut in bruts if isinstance(bruts, list) else []:
        donnees = brut if isinstance(brut, dict) else {"code": brut}
        code = str(donnees.get("code", ""))
        if code in RESERVES or len(code) > 64 or "|" in code:  # noqa: PLR2004  (a column of 64 in the database)
            erreurs.append(f"{nom}\u00a0: le code «\u00a0{code}\u00a0» n’est pas permis.")
            continue
        parent = str(donnees.get("parent") or "")
        lus.append(Code(code, str(donnees.get("label") or code), parent))
    connus = [c.code for c in lus]
    for code_ in lus:
        if code_.parent and code_.parent not in connus:
            erreurs.append(
                f"{nom}\u00a0: le parent «\u00a0{code_.parent}\u00a0» n’est pas dans la liste."
            )
        elif connus.count(code_.code) > 1:
            erreurs.append(f"{nom}\u00a0: le code «\u00a0{code_.code}\u00a0» est écrit deux fois.")
    return lus


def _plan(brut: Any, dimensions: set[str], erreurs: list[str]) -> tuple[tuple[str, ...], ...]:
    if brut is None:
        return tuple((nom,) for nom in sorted(dimensions))
    plan: list[tuple[str, ...]] = []
    for croisement in brut if isinstance(brut, list) else [None]:
        noms = [croisement] if isinstance(croisement, str) else croisement
        if not isinstance(noms, list) or not set(map(str, noms)) <= dimensions:
            erreurs.append(
                f"plan\u00a0: «\u00a0{croisement}\u00a0» doit être une liste de dimensions."
            )
        elif len(noms) > 3:  # noqa: PLR2004  (confidentialité §4.2)
            erreurs.append(
                f"plan\u00a0: «\u00a0{croisement}\u00a0» croise plus de trois dimensions."
            )
        else:
            plan.append(tuple(map(str, noms)))
    return tuple(dict.fromkeys(plan))


def lire_personnes(texte: str, description: Description) -> list[Personne]:
    """Read the rows; raise :class:`FichierFaux` with all that is wrong, and where."""
    lignes = csv.DictReader(texte.splitlines(), delimiter=_separateur(texte))
    manquent = [
        r.nom
        for r in (*description.dimensions, *description.questions)
        if r.nom not in (lignes.fieldnames or ())
    ]
    if manquent:
        raise FichierFaux([f"Il manque ces colonnes\u00a0: {', '.join(manquent)}."])
    erreurs: list[str] = []
    lecteur = _Lecteur(description)
    personnes = [lecteur.lire(rang, ligne, erreurs) for rang, ligne in enumerate(lignes, 2)]
    if erreurs:
        reste = len(erreurs) - ERREURS_AU_PLUS
        raise FichierFaux(
            erreurs[:ERREURS_AU_PLUS] + ([f"… et {reste} autres erreurs."] if reste > 0 else [])
        )
    if not personnes:
        raise FichierFaux(["Le fichier ne contient aucune personne."])
    return personnes


def _separateur(texte: str) -> str:
    entete = texte.split("\n", 1)[0]
    return ";" if entete.count(";") > entete.count(",") else ","


class _Lecteur:
    """Reads one row after the other against the description."""

    def __init__(self, description: Description) -> None:
        self.rubriques = (*description.dimensions, *description.questions)
        self.connus = {r.nom: frozenset(c.code for c in r.codes) for r in self.rubriques}

    def lire(self, rang: int, ligne: Mapping[str, str | None], erreurs: list[str]) -> Personne:
        valeurs: dict[str, str | float | list[str]] = {}
        for rubrique in self.rubriques:
            brut = (ligne.get(rubrique.nom) or "").strip()
            if brut:
                valeurs[rubrique.nom] = self._valeur(rubrique, brut, f"ligne {rang}", erreurs)
        recueillie = _jour(ligne.get("recorded_at"), f"ligne {rang}, recorded_at", erreurs)
        effacee = _jour(ligne.get("erased_at"), f"ligne {rang}, erased_at", erreurs)
        return Personne(valeurs, recueillie or date.today(), effacee)  # noqa: DTZ011  (a day without hour)

    def _valeur(
        self, rubrique: Rubrique, brut: str, ou: str, erreurs: list[str]
    ) -> str | float | list[str]:
        if rubrique.type == "montant":
            try:
                return float(brut.replace(",", "."))
            except ValueError:
                erreurs.append(
                    f"{ou}, {rubrique.nom}\u00a0: «\u00a0{brut}\u00a0» n’est pas un nombre."
                )
                return 0.0
        codes = brut.split("|") if rubrique.type == "choix_multiple" else [brut]
        erreurs += [
            f"{ou}, {rubrique.nom}\u00a0: le code «\u00a0{code}\u00a0» n’est pas dans la description."
            for code in codes
            if code not in self.connus[rubrique.nom]
        ]
        return codes if rubrique.type == "choix_multiple" else brut


def _jour(brut: str | None, ou: str, erreurs: list[str]) -> date | None:
    """Read a day; a time after it is left out, since a time tells who answered."""
    if not brut or not brut.strip():
        return None
    try:
        return date.fromisoformat(brut.strip()[:10])
    except ValueError:
        erreurs.append(f"{ou}\u00a0: «\u00a0{brut}\u00a0» n’est pas une date AAAA-MM-JJ.")
        return None


def definition_de(description: Description) -> dict[str, Any]:
    """Return the questionnaire that these columns amount to, as a definition's JSON."""
    rubriques = (*description.dimensions, *description.questions)
    return {
        "format": "voix-questionnaire/1",
        "code": "microdonnees",
        "titre": {"fr": description.questionnaire},
        "langues": ["fr"],
        "pages": [
            {"code": f"p{rang}", "questions": [_question(rubrique)]}
            for rang, rubrique in enumerate(rubriques, 1)
        ],
    }


def _question(rubrique: Rubrique) -> dict[str, Any]:
    question: dict[str, Any] = {
        "code": rubrique.nom,
        "type": TYPES.get(rubrique.type, "choix_unique"),
        "texte": {"fr": rubrique.nom},
        "profil": rubrique.profil,
    }
    if rubrique.type == "montant":
        question["options"] = {"classes": list(CLASSES_MONTANT)}
    if rubrique.codes:
        question["choix"] = [{"code": c.code, "texte": {"fr": c.libelle}} for c in rubrique.codes]
    return question
