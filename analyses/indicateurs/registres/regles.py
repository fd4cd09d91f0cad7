"""What the columns of one row say of each other. A rule yields what does not hold."""

from collections.abc import Iterator
from typing import Any

from .schema import Ecart, Ligne, Regle


def pas_avant(apres: str, avant: str, phrase: str) -> Regle:
    """Return the rule: the date ``apres`` does not come before the date ``avant``."""

    def regle(ligne: Ligne) -> Iterator[Ecart]:
        a, b = ligne.get(apres), ligne.get(avant)
        if a and b and a < b:
            yield Ecart(apres, phrase, "Corrigez l’une des deux dates.")

    return regle


def au_plus(petit: str, grand: str, phrase: str) -> Regle:
    """Return the rule: the number ``petit`` does not exceed the number ``grand``."""

    def regle(ligne: Ligne) -> Iterator[Ecart]:
        a, b = ligne.get(petit), ligne.get(grand)
        if a is not None and b is not None and a > b:
            yield Ecart(petit, f"{phrase}\u00a0: {a} pour {b}.", "Vérifiez les deux nombres.")

    return regle


def va_avec(colonne: str, attendue: str, conseil: str, valeur: Any = None) -> Regle:
    """Return the rule: where ``colonne`` is filled (or is ``valeur``), ``attendue`` is filled."""

    def regle(ligne: Ligne) -> Iterator[Ecart]:
        dite = ligne.get(colonne)
        porte = bool(dite) if valeur is None else dite == valeur
        if porte and ligne.get(attendue) in (None, "", ()):
            yield Ecart(attendue, f"«\u00a0{attendue}\u00a0» est vide.", conseil)

    return regle


def acteur_coherent(ligne: Ligne) -> Iterator[Ecart]:
    """Say what does not hold between met, participating and the reason of not participating."""
    participe = ligne.get("participe_le") or ligne.get("anime")
    if participe and not ligne.get("rencontre_le"):
        yield Ecart(
            "rencontre_le",
            "Cet acteur participe, mais il n’a pas de date de rencontre.",
            "Écrivez le jour de la première rencontre.",
        )
    if participe and ligne.get("raison"):
        yield Ecart(
            "raison",
            "Cet acteur participe, et il a une raison de ne pas participer.",
            "Effacez la raison, ou la date de participation.",
        )


def jalon_prouve(ligne: Ligne) -> Iterator[Ecart]:
    """Ask a milestone that is reached for its date, and for what shows it."""
    if not ligne.get("atteint"):
        return
    if not ligne.get("le"):
        yield Ecart("le", "Ce jalon est atteint, sans date.", "Écrivez le jour.")
    if not ligne.get("preuve") and not ligne.get("texte"):
        yield Ecart(
            "preuve",
            "Ce jalon est atteint, sans preuve.",
            "Écrivez le nom du document, ou la phrase retenue ensemble dans «\u00a0texte\u00a0».",
        )


def annee_plausible(ligne: Ligne) -> Iterator[Ecart]:
    """Ask for a year of four digits."""
    annee = ligne.get("annee")
    if annee is not None and not ANNEE_MIN <= annee <= ANNEE_MAX:
        yield Ecart("annee", f"L’année {annee} n’est pas possible.", "Écrivez-la comme 2021.")


ANNEE_MIN, ANNEE_MAX = 1900, 2100
