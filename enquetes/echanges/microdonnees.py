"""Fictitious respondents written in a file, for whoever wants to try to break the protection.

A CSV with one row a person (the group dimensions, one column a question, ``recorded_at``,
``erased_at``) and a JSON description of it. Every error is returned at once, with its line.
"""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any, Final

from .codes_de_fichier import SIGNES_AU_PLUS, Code, lire_codes, texte_de

TYPES: Final = {
    "choix": "choix_unique",
    "echelle": "choix_unique",
    "choix_multiple": "choix_multiple",
    "montant": "nombre",
}
CLASSES_MONTANT: Final = (0, 50, 100, 200, 300, 500, 1000, 2000)
"""Lower bounds of the classes of an amount, fixed before any is seen."""
ERREURS_AU_PLUS: Final = 50
DATES: Final = ("recorded_at", "erased_at")
PREMIER_JOUR, DERNIER_JOUR = date(1900, 1, 1), date(2199, 12, 31)
_MONTANT: Final = re.compile(r"[0-9]{1,9}([.,][0-9]+)?")
_ILLISIBLE: Final = re.compile(r'[-+]?\d+|.*["|,\\].*')
"""Names that a path in a JSON document or the name of a table would read as something else."""


class FichierFaux(ValueError):
    """What is wrong in the two files, one sentence each."""

    def __init__(self, erreurs: list[str]) -> None:
        # Half a sign, quoted from the file, could not be written anywhere.
        self.erreurs = [erreur.encode("utf-8", "replace").decode() for erreur in erreurs]
        super().__init__("\n".join(self.erreurs))


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
    donnees = _objet(texte)
    erreurs: list[str] = []
    dimensions = _rubriques(donnees, "dimensions", erreurs)
    questions = _rubriques(donnees, "questions", erreurs)
    plan = _plan(donnees.get("plan"), {d.nom for d in dimensions}, erreurs)
    titre = _titre(donnees.get("questionnaire"), erreurs)
    noms = [r.nom for r in (*dimensions, *questions)]
    erreurs += [
        f"Le nom «\u00a0{n}\u00a0» sert deux fois." for n in sorted(set(noms)) if noms.count(n) > 1
    ]
    if not questions:
        erreurs.append("La description ne contient aucune question.")
    if erreurs:
        raise FichierFaux(erreurs)
    return Description(titre, dimensions, questions, plan)


def _titre(brut: Any, erreurs: list[str]) -> str:
    if brut is not None and not isinstance(brut, str):
        erreurs.append(
            '«\u00a0questionnaire\u00a0»\u00a0: écrivez un titre, {"questionnaire": "Repas"}.'
        )
        return ""
    return texte_de(brut, "«\u00a0questionnaire\u00a0»", erreurs)[:150] or "Microdonnées"


def _objet(texte: str) -> dict[str, Any]:
    """Return the JSON object of a text; say in French where it breaks."""
    try:
        donnees = json.loads(texte)
    except json.JSONDecodeError as erreur:
        ou = f"ligne {erreur.lineno}, colonne {erreur.colno}"
        quoi = "Vérifiez les guillemets, les virgules et les accolades."
        raise FichierFaux([f"La description n’est pas du JSON\u00a0: {ou}. {quoi}"]) from erreur
    except ValueError as erreur:  # Python reads no number of thousands of digits
        raise FichierFaux(
            [
                "La description contient un nombre démesuré. Écrivez-le plus court, ou entre guillemets."
            ]
        ) from erreur
    except RecursionError as erreur:
        raise FichierFaux(
            ["La description emboîte trop de listes. Reprenez le modèle de la documentation."]
        ) from erreur
    if not isinstance(donnees, dict):
        raise FichierFaux(['La description doit être un objet JSON\u00a0: {"questionnaire": …}.'])
    return donnees


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
    if isinstance(nom, str) and nom.strip() in DATES:
        erreurs.append(
            f"{ou}\u00a0: «\u00a0{nom}\u00a0» est la colonne d’un jour. Choisissez un autre nom."
        )
        return None
    if not isinstance(nom, str) or not nom.strip() or len(nom) > SIGNES_AU_PLUS:
        erreurs.append(f"{ou}\u00a0: il manque un nom («\u00a0name\u00a0») de 64 signes au plus.")
        return None
    if nom != nom.strip() or not nom.isprintable() or _ILLISIBLE.fullmatch(nom):
        erreurs.append(
            f"{ou}\u00a0: le nom «\u00a0{nom}\u00a0» n’est pas permis. "
            "Retirez guillemets, virgules, barres et espaces au bord\u00a0; "
            "un nombre seul n’est pas un nom."
        )
        return None
    genre = str(brute.get("type", "choix")) if question else ""
    if question and genre not in TYPES:
        erreurs.append(
            f"{nom}\u00a0: type «\u00a0{genre}\u00a0» inconnu. Écrivez {', '.join(TYPES)}."
        )
    codes = tuple(lire_codes(brute.get("codes", []), nom, erreurs, reponses=question))
    if not codes and genre != "montant":
        erreurs.append(f"{nom}\u00a0: il manque la liste «\u00a0codes\u00a0».")
    if codes and genre == "montant":
        erreurs.append(
            f"{nom}\u00a0: un montant n’a pas de codes. Retirez «\u00a0codes\u00a0», "
            "ou écrivez le type choix."
        )
    profil = str(brute.get("profil", "SENSIBLE")).lower()
    if profil not in {"sensible", "ordinaire"}:
        erreurs.append(f"{nom}\u00a0: profil inconnu. Écrivez SENSIBLE ou ORDINAIRE.")
    return Rubrique(nom, codes, genre, profil)


def _plan(brut: Any, dimensions: set[str], erreurs: list[str]) -> tuple[tuple[str, ...], ...]:
    if brut is None:
        return tuple((nom,) for nom in sorted(dimensions))
    if not isinstance(brut, list):
        erreurs.append(
            f"plan\u00a0: «\u00a0{brut}\u00a0» doit être une liste de listes de dimensions, "
            'comme [["structure"], ["structure", "public"]].'
        )
        return ()
    plan: list[tuple[str, ...]] = []
    for croisement in brut:
        noms = [croisement] if isinstance(croisement, str) else croisement
        inconnus = (
            [str(n) for n in noms if str(n) not in dimensions] if isinstance(noms, list) else []
        )
        if not isinstance(noms, list):
            erreurs.append(
                f"plan\u00a0: «\u00a0{croisement}\u00a0» doit être une liste de dimensions."
            )
        elif inconnus:
            erreurs.append(
                f"plan\u00a0: «\u00a0{inconnus[0]}\u00a0» n’est pas une dimension. "
                f"Choisissez parmi\u00a0: {', '.join(sorted(dimensions)) or 'aucune'}."
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
    lignes = _tableau(texte)
    erreurs: list[str] = []
    lecteur = _Lecteur(description)
    try:
        lignes.fieldnames = _colonnes(lignes)
        _exiger_colonnes(lignes.fieldnames, description)
        # A row of separators alone is a blank line of a spreadsheet.
        personnes = [
            lecteur.lire(lignes.line_num, ligne, erreurs) for ligne in lignes if _remplie(ligne)
        ]
    except csv.Error as erreur:
        quoi = "Vérifiez les guillemets, ou enregistrez-le à nouveau en CSV."
        raise FichierFaux(
            [f"ligne {lignes.line_num + 1}\u00a0: ce n’est pas du CSV. {quoi}"]
        ) from erreur
    if erreurs:
        reste = len(erreurs) - ERREURS_AU_PLUS
        raise FichierFaux(
            erreurs[:ERREURS_AU_PLUS] + ([f"… et {reste} autres erreurs."] if reste > 0 else [])
        )
    if not personnes:
        raise FichierFaux(["Le fichier ne contient aucune personne."])
    return personnes


def est_datee(texte: str) -> bool:
    """Return whether a file says on which day each person answered; else it is today."""
    return DATES[0] in _colonnes(_tableau(texte))


def _tableau(texte: str) -> "csv.DictReader[str]":
    return csv.DictReader(StringIO(texte, newline=""), delimiter=_separateur(texte))


def _colonnes(lignes: "csv.DictReader[str]") -> list[str]:
    return [nom.strip() for nom in lignes.fieldnames or ()]


def _exiger_colonnes(noms: Sequence[str], description: Description) -> None:
    voulus = [r.nom for r in (*description.dimensions, *description.questions)]
    manquent = [nom for nom in voulus if nom not in noms]
    if manquent:
        raise FichierFaux([f"Il manque ces colonnes\u00a0: {', '.join(manquent)}."])
    if "erased_at" in noms and "recorded_at" not in noms:
        raise FichierFaux(
            ["Il manque la colonne recorded_at\u00a0: le jour de chaque réponse, AAAA-MM-JJ."]
        )
    doubles = [nom for nom in (*voulus, *DATES) if noms.count(nom) > 1]
    if doubles:
        raise FichierFaux([f"Ces colonnes sont écrites deux fois\u00a0: {', '.join(doubles)}."])


def _remplie(ligne: Mapping[str | None, Any]) -> bool:
    return any(cellule for cellule in ligne.values() if cellule and str(cellule).strip())


def _separateur(texte: str) -> str:
    entete = texte.split("\n", 1)[0]
    return max(",;\t", key=entete.count)


class _Lecteur:
    """Reads one row after the other against the description."""

    def __init__(self, description: Description) -> None:
        self.rubriques = (*description.dimensions, *description.questions)
        self.connus = {r.nom: frozenset(c.code for c in r.codes) for r in self.rubriques}

    def lire(self, rang: int, ligne: Mapping[Any, Any], erreurs: list[str]) -> Personne:
        valeurs: dict[str, str | float | list[str]] = {}
        for rubrique in self.rubriques:
            brut = (ligne.get(rubrique.nom) or "").strip()
            if brut:
                valeurs[rubrique.nom] = self._valeur(rubrique, brut, f"ligne {rang}", erreurs)
        if None in ligne:
            erreurs.append(f"ligne {rang}\u00a0: plus de cellules que de colonnes.")
        if not (ligne.get("recorded_at", "-") or "").strip():
            erreurs.append(f"ligne {rang}, recorded_at\u00a0: écrivez le jour, AAAA-MM-JJ.")
        recueillie = _jour(ligne.get("recorded_at"), f"ligne {rang}, recorded_at", erreurs)
        effacee = _jour(ligne.get("erased_at"), f"ligne {rang}, erased_at", erreurs)
        if recueillie and not PREMIER_JOUR <= recueillie <= DERNIER_JOUR:
            erreurs.append(
                f"ligne {rang}, recorded_at\u00a0: le {recueillie.isoformat()} n’est pas un jour où "
                f"répondre. Écrivez un jour de {PREMIER_JOUR.year} à {DERNIER_JOUR.year}."
            )
        if recueillie and effacee and effacee < recueillie:
            erreurs.append(
                f"ligne {rang}, erased_at\u00a0: le {effacee.isoformat()} est avant recorded_at. "
                "Écrivez un jour qui n’est pas avant, ou laissez vide."
            )
        return Personne(valeurs, recueillie or date.today(), effacee)  # noqa: DTZ011  (a day without hour)

    def _valeur(
        self, rubrique: Rubrique, brut: str, ou: str, erreurs: list[str]
    ) -> str | float | list[str]:
        if rubrique.type == "montant":
            if not _MONTANT.fullmatch(brut):
                erreurs.append(
                    f"{ou}, {rubrique.nom}\u00a0: «\u00a0{brut}\u00a0» n’est pas un nombre. "
                    "Écrivez un montant de 0 à 999999999, comme 12,50."
                )
                return 0.0
            return float(brut.replace(",", "."))
        multiple = rubrique.type == "choix_multiple"
        codes = [c for code in brut.split("|") if (c := code.strip())] if multiple else [brut]
        erreurs += [
            f"{ou}, {rubrique.nom}\u00a0: le code «\u00a0{code}\u00a0» n’est pas dans la description."
            for code in codes
            if code not in self.connus[rubrique.nom]
        ]
        return codes if multiple else brut


def _jour(brut: str | None, ou: str, erreurs: list[str]) -> date | None:
    """Read a day; a time after it is left out, since a time tells who answered."""
    if not brut or not brut.strip():
        return None
    try:
        # The whole is read: « 2025-03-31T99 » is a slip, not a day.
        lu = datetime.fromisoformat(brut.strip()).date()
        if brut.strip()[:10] != lu.isoformat():  # a week, a day of the year
            raise ValueError
        return lu
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
