"""Whether what a formula names exists, and may be compared with what it is compared with."""

from datetime import date
from typing import Final

from analyses.indicateurs.registres.schema import Colonne, Nature
from analyses.indicateurs.registres.tables import TABLES
from analyses.indicateurs.unites import Moment, Unite
from voix.commun.proches import vouliez_vous

from .arbre import ErreurFormule, Valeur, Verbe
from .lexique import Mot, Sorte

_ORDRE: Final = frozenset({"<", "<=", ">", ">="})
_LISTEES: Final = frozenset({Nature.LISTE, Nature.LIENS})


def _suggestion(lu: str, connus: list[str]) -> str:
    return vouliez_vous(lu, connus) or f"Choisissez parmi\u00a0: {', '.join(connus)}."


def exiger_table(mot: Mot) -> None:
    """Refuse a word that is not the name of a table."""
    if mot.sorte != Sorte.MOT or mot.texte not in TABLES:
        raise ErreurFormule(
            f"la table «\u00a0{mot.texte}\u00a0» n’existe pas. {_suggestion(mot.texte, sorted(TABLES))}",
            mot.position,
        )


def exiger_colonne(table: str, mot: Mot) -> Colonne:
    """Return the column of that name; refuse one that the table has not."""
    colonnes = TABLES[table].colonnes
    if mot.texte in colonnes:
        return colonnes[mot.texte]
    if not colonnes:
        raise ErreurFormule(
            f"la table «\u00a0{table}\u00a0» n’a pas de colonne. Utilisez au_moins(1, …)",
            mot.position,
        )
    raise ErreurFormule(
        f"la table «\u00a0{table}\u00a0» n’a pas de colonne «\u00a0{mot.texte}\u00a0». "
        f"{_suggestion(mot.texte, sorted(colonnes))}",
        mot.position,
    )


def exiger_lien(table: str, cible: Mot) -> None:
    """Refuse to ask a row for the rows of a table that it does not lead to."""
    liens = TABLES[table].liens
    if cible.texte not in liens:
        permis = ", ".join(sorted(liens)) or "aucune"
        raise ErreurFormule(
            f"depuis «\u00a0{table}\u00a0» on ne compte pas les «\u00a0{cible.texte}\u00a0». Tables permises\u00a0: {permis}",
            cible.position,
        )


def exiger_oui_non(table: str, mot: Mot) -> None:
    """Refuse a column alone when it does not say yes or no."""
    if exiger_colonne(table, mot).nature != Nature.OUI_NON:
        raise ErreurFormule(
            f"«\u00a0{mot.texte}\u00a0» ne dit pas oui ou non. Ajoutez «\u00a0renseigné\u00a0», ou comparez avec «\u00a0=\u00a0»",
            mot.position,
        )


def exiger_mesurable(verbe: Verbe, table: Mot, mot: Mot) -> None:
    """Refuse a column that this verb cannot count."""
    if mot.sorte != Sorte.MOT:
        raise ErreurFormule("on attend ici le nom d’une colonne", mot.position)
    colonne = exiger_colonne(table.texte, mot)
    if verbe == Verbe.DISTINCTS:
        if colonne.nature in _LISTEES:
            raise ErreurFormule(
                f"«\u00a0{mot.texte}\u00a0» porte plusieurs valeurs\u00a0: «\u00a0distincts\u00a0» n’en compte qu’une par ligne",
                mot.position,
            )
    elif colonne.nature != Nature.ENTIER or colonne.unite is None:
        nombres = sorted(
            nom
            for nom, c in TABLES[table.texte].colonnes.items()
            if c.nature == Nature.ENTIER and c.unite is not None
        )
        raise ErreurFormule(
            f"«\u00a0{mot.texte}\u00a0» n’est pas un nombre que l’on additionne. "
            f"Colonnes possibles\u00a0: {', '.join(nombres) or 'aucune dans cette table'}",
            mot.position,
        )


def unite_de(verbe: Verbe, table: str, colonne: str) -> type[Unite]:
    """Return what a measure counts: rows have the unit of their table, sums that of their column."""
    if verbe == Verbe.NOMBRE:
        return TABLES[table].unite
    if verbe == Verbe.DISTINCTS:
        return Moment
    return TABLES[table].colonnes[colonne].unite or TABLES[table].unite


def valeur(table: str, colonne_lue: Mot, operateur: Mot, lue: Mot) -> Valeur:
    """Return a value as it is stored; refuse one that this column can never hold."""
    colonne = exiger_colonne(table, colonne_lue)
    if operateur.texte in _ORDRE and colonne.nature not in {Nature.ENTIER, Nature.DATE}:
        raise ErreurFormule(
            f"«\u00a0{colonne.nom}\u00a0» n’a pas d’ordre\u00a0: comparez avec «\u00a0=\u00a0», «\u00a0≠\u00a0» ou «\u00a0dans\u00a0»",
            operateur.position,
        )
    if lue.sorte in {Sorte.FIN, Sorte.SIGNE}:
        raise ErreurFormule(
            f"il manque une valeur après «\u00a0{operateur.texte}\u00a0»", lue.position
        )
    if colonne.nature == Nature.ENTIER:
        return _entier(colonne, lue)
    if colonne.nature == Nature.DATE:
        return _date(colonne, lue)
    codes = ("oui", "non") if colonne.nature == Nature.OUI_NON else colonne.codes
    if codes and lue.texte not in codes:
        raise ErreurFormule(
            f"«\u00a0{colonne.nom}\u00a0» ne vaut jamais «\u00a0{lue.texte}\u00a0». {_suggestion(lue.texte, list(codes))}",
            lue.position,
        )
    return lue.texte


def _entier(colonne: Colonne, lue: Mot) -> int:
    if lue.sorte != Sorte.NOMBRE:
        raise ErreurFormule(
            f"«\u00a0{colonne.nom}\u00a0» est un nombre\u00a0: écrivez des chiffres", lue.position
        )
    return int(lue.texte)


def _date(colonne: Colonne, lue: Mot) -> str:
    try:
        if lue.sorte == Sorte.DATE:
            return date.fromisoformat(lue.texte).isoformat()
    except ValueError:
        pass
    raise ErreurFormule(
        f"«\u00a0{colonne.nom}\u00a0» est une date\u00a0: écrivez-la comme 2024-01-31",
        lue.position,
    )
