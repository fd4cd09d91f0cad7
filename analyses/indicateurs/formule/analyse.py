"""Read a formula: its grammar, then (in ``controle``) whether what it names exists."""

from typing import Final

from voix.commun.proches import vouliez_vous

from . import controle
from .arbre import (
    AuMoins,
    Comparaison,
    Condition,
    ErreurFormule,
    Formule,
    Mesure,
    Non,
    Tous,
    Un,
    Valeur,
    Verbe,
)
from .lexique import Mot, Sorte, mots

PROFONDEUR_MAX: Final = 20
"""Parentheses inside parentheses: a forged formula never exhausts the stack."""
_OPERATEURS: Final = ("=", "≠", "<", "<=", ">", ">=")
_RESERVES: Final = ("avec", "et", "ou", "non", "dans", "renseigné", "au_moins")


def lire(texte: str) -> Formule:
    """Return the formula written in ``texte``.

    Errors: ``ErreurFormule``, with its reason and its place, on anything outside the grammar, on a
    table, column or code that does not exist, and on values that cannot be compared.
    """
    return _Lecteur(texte).formule()


class _Lecteur:
    def __init__(self, texte: str) -> None:
        self.texte = texte
        self.mots = list(mots(texte))
        self.rang = 0
        self.profondeur = 0

    @property
    def mot(self) -> Mot:
        return self.mots[self.rang]

    def fini(self) -> bool:
        return self.rang == len(self.mots) - 1

    def avancer(self) -> Mot:
        lu = self.mot
        if not self.fini():
            self.rang += 1
        return lu

    def prendre(self, *textes: str) -> bool:
        """Take the next word if it is one of these."""
        if self.mot.est(*textes):
            self.avancer()
            return True
        return False

    def exiger(self, texte: str, ou: str) -> None:
        if not self.prendre(texte):
            raise ErreurFormule(
                f"il manque «\u00a0{texte}\u00a0» {ou}{self._vu()}", self.mot.position
            )

    def _vu(self) -> str:
        mot = self.mot
        return ", la formule s’arrête" if self.fini() else f", on lit «\u00a0{mot.texte}\u00a0»"

    def formule(self) -> Formule:
        if self.fini():
            raise ErreurFormule("la formule est vide", 1)
        haut = self.mesure()
        bas = self.mesure() if self.prendre("/") else None
        if not self.fini():
            raise ErreurFormule(
                f"on n’attend plus rien ici{self._vu()}. Une formule est une mesure, "
                "ou une mesure divisée par une autre",
                self.mot.position,
            )
        return Formule(self.texte, haut, bas)

    def mesure(self) -> Mesure:
        mot = self.avancer()
        if mot.sorte != Sorte.MOT or mot.texte not in list(Verbe):
            connus = ", ".join(Verbe)
            raise ErreurFormule(
                f"une mesure commence par {connus}{_proche(mot.texte, list(Verbe))}", mot.position
            )
        verbe = Verbe(mot.texte)
        self.exiger("(", f"après «\u00a0{verbe}\u00a0»")
        table = self.table()
        colonne = ""
        if verbe != Verbe.NOMBRE:
            self.exiger(".", f"et une colonne après «\u00a0{table.texte}\u00a0»")
            colonne_lue = self.avancer()
            controle.exiger_mesurable(verbe, table, colonne_lue)
            colonne = colonne_lue.texte
        condition = self.condition(table.texte) if self.prendre("avec") else None
        self.exiger(")", "pour finir la mesure")
        unite = controle.unite_de(verbe, table.texte, colonne)
        return Mesure(verbe, table.texte, colonne, condition, unite)

    def table(self) -> Mot:
        mot = self.avancer()
        controle.exiger_table(mot)
        return mot

    def condition(self, table: str) -> Condition:
        parties = [self.et(table)]
        while self.prendre("ou"):
            parties.append(self.et(table))
        return parties[0] if len(parties) == 1 else Un(tuple(parties))

    def et(self, table: str) -> Condition:
        parties = [self.simple(table)]
        while self.prendre("et"):
            parties.append(self.simple(table))
        return parties[0] if len(parties) == 1 else Tous(tuple(parties))

    def simple(self, table: str) -> Condition:
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAX:
            raise ErreurFormule("trop de parenthèses les unes dans les autres", self.mot.position)
        try:
            if self.prendre("non"):
                return Non(self.simple(table))
            if self.prendre("("):
                dedans = self.condition(table)
                self.exiger(")", "pour fermer la parenthèse")
                return dedans
            if self.mot.est("au_moins"):
                return self.au_moins(table)
            return self.comparaison(table)
        finally:
            self.profondeur -= 1

    def au_moins(self, table: str) -> AuMoins:
        self.avancer()
        self.exiger("(", "après «\u00a0au_moins\u00a0»")
        nombre = self.avancer()
        if nombre.sorte != Sorte.NOMBRE or int(nombre.texte) < 1:
            raise ErreurFormule("au_moins demande un nombre, 1 ou plus", nombre.position)
        self.exiger(",", "après le nombre")
        cible = self.table()
        controle.exiger_lien(table, cible)
        condition = self.condition(cible.texte) if self.prendre("avec") else None
        self.exiger(")", "pour finir «\u00a0au_moins\u00a0»")
        return AuMoins(int(nombre.texte), cible.texte, condition)

    def comparaison(self, table: str) -> Comparaison:
        mot = self.avancer()
        if mot.sorte != Sorte.MOT or mot.texte in _RESERVES:
            lu = f"«\u00a0{mot.texte}\u00a0»" if mot.texte else "la fin de la formule"
            raise ErreurFormule(f"on attend ici le nom d’une colonne, on lit {lu}", mot.position)
        controle.exiger_colonne(table, mot)
        if self.prendre("renseigné"):
            return Comparaison(mot.texte, "renseigné")
        operateur = self.mot
        if operateur.est(*_OPERATEURS, "dans"):
            self.avancer()
            lues = self.liste() if operateur.texte == "dans" else [self.avancer()]
            valeurs = tuple(controle.valeur(table, mot, operateur, lue) for lue in lues)
            return Comparaison(mot.texte, operateur.texte, valeurs)
        controle.exiger_oui_non(table, mot)
        return Comparaison(mot.texte, "=", (OUI,))

    def liste(self) -> list[Mot]:
        self.exiger("(", "après «\u00a0dans\u00a0»")
        lues = [self.avancer()]
        while self.prendre(","):
            lues.append(self.avancer())
        self.exiger(")", "pour fermer la liste")
        return lues


OUI: Final[Valeur] = "oui"


def _proche(lu: str, connus: list[str]) -> str:
    proche = vouliez_vous(lu, connus)
    return f". {proche}" if proche else ""
