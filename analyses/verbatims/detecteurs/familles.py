"""Family names: after a civility, after a first name, before one, in the list of family names."""

from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Type
from analyses.verbatims.pliage import Pliage, ensemble

from .indices import (
    CIVILITES,
    PARENTS,
    ROLES,
    Indice,
)
from .mots import ANNONCES, Mot

PAS_UN_NOM: Final = ensemble(
    "qui que est a et le la les de du des au aux en il elle je tu on nous vous ils elles tres trop pas plus "
    "aussi pour par sur sans sous dans avec car mais ou donc ne se me ma mon mes sa son ses vraiment toujours "
    "ca c y m s l d j n t qu si tout toute"
)
DEVANT_SAINT: Final = ensemble("saint sainte st ste san santa")
PARTICULES: Final = ensemble(
    "el al ben bel ait ould de da di do dos van von le la du des abou bou bent bint st"
)


class Familles:
    """What a reader of a text knows of family names."""

    def __init__(self, texte: Pliage, mots: list[Mot], lexiques: Lexiques) -> None:
        self.texte, self.mots, self.lexiques = texte, mots, lexiques

    def _prenom(self, mot: str) -> str:
        """Return the class of a first name, compound ones by their parts; empty if it is none."""
        connus = self.lexiques.prenoms
        if mot in connus:
            return connus[mot]
        parties = mot.split("-")
        if len(parties) > 1 and all(
            p in connus and p not in self.lexiques.jamais | DEVANT_SAINT for p in parties
        ):
            return max(connus[partie] for partie in parties)
        return ""

    def _apres_civilite(self, mot: Mot) -> tuple[Type, str] | None:
        lexiques = self.lexiques
        noble = mot.apostrophe == "d" and len(mot.texte) > 3  # « Mme D’Alessandro »
        if mot.capitale and (noble or lexiques.plutot_nom(mot.texte)) and mot.texte not in ROLES:
            return Type.NOM, ""
        if mot.texte in ROLES | PARENTS or (lexiques.est_mot(mot.texte) and not mot.capitale):
            connu = mot.texte in lexiques.noms and mot.texte not in lexiques.jamais
            return (Type.NOM, "nom, ou mot") if connu else None
        if len(mot.texte) < 2 or mot.texte in lexiques.jamais:
            return None
        sur_prenom = self._prenom(mot.texte) in {"c", "p"} and not lexiques.plutot_nom(mot.texte)
        return (Type.PRENOM if sur_prenom else Type.NOM), ""

    def _avant_un_prenom(self, rang: int) -> bool:
        """« TRAORE Aminata »."""
        suivant = self.mots[rang + 1] if rang + 1 < len(self.mots) else None
        if suivant is None or not suivant.colle or not suivant.capitale:
            return False
        return bool(self._prenom(suivant.texte)) and not self.lexiques.est_mot(suivant.texte)

    def _nom_de_famille(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        mot = self.mots[rang]
        famille = mot.texte in self.lexiques.noms
        if autour is Indice.SIGNATURE and self._est_lieu(mot.texte):
            return None
        if autour is Indice.SIGNATURE and (famille or mot.capitale):
            return (Type.NOM, "") if famille and mot.capitale else (Type.PRENOM, "signature ?")
        if mot.capitale and not mot.initial and not self.texte.plat[mot.debut : mot.fin].isupper():
            pluriel = self.mots[rang - 1].texte == "les"
            if famille and (autour is Indice.AVEC or pluriel) and not self._est_lieu(mot.texte):
                return Type.NOM, ""
            return Type.NOM, "nom propre ?"
        return None

    def _est_lieu(self, mot: str) -> bool:
        return mot.replace("-", " ") in self.lexiques.communes

    def _nom_apres_particule(self, rang: int) -> bool:
        """« Mme EL AMRANI », « Karim Ben Salah »."""
        if rang + 1 >= len(self.mots) or not self.mots[rang + 1].colle:
            return False
        suivant = self.mots[rang + 1]
        if suivant.texte in ROLES | PARENTS:
            return False
        connu = suivant.texte in self.lexiques.noms and not self.lexiques.est_mot(suivant.texte)
        return suivant.capitale or connu

    def _nom_apres(self, rang: int, autour: Indice) -> Type | None:
        """Return the type of a word that goes on with a name: « Lina Dupont », « Marie Claude »."""
        mot, lexiques = self.mots[rang], self.lexiques
        if not mot.colle or len(mot.texte) < 2:
            return None
        connu = mot.texte in lexiques.noms
        if mot.texte in PARTICULES and mot.capitale and self._nom_apres_particule(rang):
            return Type.NOM
        if mot.texte in PAS_UN_NOM or mot.texte in lexiques.jamais:
            return Type.NOM if connu and mot.capitale and self.mots[rang - 1].capitale else None
        prenom = self._prenom(mot.texte)
        mot_courant = lexiques.est_mot(mot.texte)
        if prenom and (not mot_courant or mot.texte in lexiques.surs or mot.capitale):
            compose = f"{self.mots[rang - 1].texte}-{mot.texte}" in lexiques.prenoms
            return Type.PRENOM if compose or not lexiques.plutot_nom(mot.texte) else Type.NOM
        if mot.capitale and mot.texte not in ANNONCES | ROLES | CIVILITES | PARENTS:
            return Type.NOM
        if connu and not mot_courant:
            return Type.NOM
        return None
