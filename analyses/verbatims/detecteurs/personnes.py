"""First names and family names: what is known as a name, and what its neighbours say of it."""

from collections.abc import Iterator
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

from .expressions import MARQUES, PAYS_ET_VILLES, places_neutres
from .familles import DEVANT_SAINT, PARTICULES, PAS_UN_NOM
from .indices import (
    CIVILITES,
    ELISIONS_DE_NOMS,
    FORTS,
    PARENTS,
    ROLES,
    Indice,
    apres_determinant,
    indice,
    sujet_d_un_verbe,
)
from .mots import decouper
from .prenoms import Prenoms

_PRES_D_UN_NOM: Final = ensemble("avec merci bonjour bonsoir que qu et pour")
_SAINTS: Final = ("saint-", "sainte-", "st-", "ste-")


def trouver(texte: Pliage, lexiques: Lexiques) -> Iterator[Trouvaille]:
    """Yield the names of persons of a folded text, one word (or hyphenated words) at a time."""
    mots = decouper(texte)
    neutres = places_neutres(texte.plie)
    lecteur = _Lecteur(texte, mots, lexiques)
    rang = 0
    while rang < len(mots):
        mot = mots[rang]
        neutre = mot.debut in neutres
        if neutre and indice(texte, mots, rang) not in FORTS:
            rang += 1
            continue
        trouvailles, rang = lecteur.lire(rang)
        yield from trouvailles


class _Lecteur(Prenoms):
    """Judges the words of one text."""

    def lire(self, rang: int) -> tuple[list[Trouvaille], int]:
        """Return what is found at a word, and where to go on."""
        if len(self.mots[rang].texte) < 2:
            return [], rang + 1
        autour = indice(self.texte, self.mots, rang)
        verdict = self._juger(rang, autour)
        if verdict is None:
            return [], rang + 1
        nature, motif = verdict
        trouvailles = [self._trouvaille(rang, nature, motif)]
        if motif:
            return trouvailles, rang + 1
        suite = rang + 1
        while suite < len(self.mots) and suite <= rang + 3:
            suivant = self._nom_apres(suite, autour)
            if suivant is None:
                break
            trouvailles.append(self._trouvaille(suite, suivant, ""))
            suite += 1
        return trouvailles, suite

    def _trouvaille(self, rang: int, nature: Type, motif: str) -> Trouvaille:
        mot = self.mots[rang]
        debut = mot.debut
        if mot.apostrophe in ELISIONS_DE_NOMS:
            entier = f"{mot.apostrophe}'{mot.texte}"
            debut -= 2 * (mot.capitale or entier in self.lexiques.noms)
        elif mot.apostrophe == "d" and self._d_un_nom(rang):
            debut -= 2
        return Trouvaille(debut, mot.fin, nature, motif)

    def _d_un_nom(self, rang: int) -> bool:
        """« D’Alessandro », « Mme d’Alessio »: the « d » is hers; « la sœur d’Alessio » is not."""
        mot = self.mots[rang]
        ecrit = self.texte.plat[mot.debut - 2].isupper() and not mot.initial
        civil = rang > 1 and self.mots[rang - 2].texte in CIVILITES
        return mot.capitale and (ecrit or civil)

    def _juger(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        """Return the type of a name and why it is doubtful; nothing if it is no name."""
        mot = self.mots[rang]
        particule = mot.texte in PARTICULES and autour is Indice.CIVILITE
        if particule and self._nom_apres_particule(rang):
            return Type.NOM, ""
        if (
            mot.capitale
            and autour is Indice.NOMME
            and self.mots[rang - 1].texte.startswith("surnom")
        ):
            return Type.PRENOM, ""
        if mot.texte in PAS_UN_NOM or (rang and self.mots[rang - 1].texte in DEVANT_SAINT):
            return None
        if autour not in FORTS and (mot.texte in MARQUES or mot.texte.startswith(_SAINTS)):
            return None
        if autour not in FORTS and mot.texte in PAYS_ET_VILLES:
            return (Type.COMMUNE, "pays ou ville étrangère") if mot.capitale else None
        if autour is Indice.CIVILITE:
            return self._apres_civilite(mot)
        if self._prenom(mot.texte):
            return self._juger_prenom(rang, autour)
        return self._juger_inconnu(rang, autour)

    def _juger_inconnu(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        """Judge a word of no list by what is before it; with a capital alone it is only doubtful."""
        mot, lexiques = self.mots[rang], self.lexiques
        if (
            len(mot.texte) < 3
            or lexiques.fait_de_mots(mot.texte)
            or mot.texte in PARENTS | ROLES | CIVILITES
        ):
            return None
        if autour is Indice.PRESENTATION or (autour is Indice.PARENTE and mot.colle):
            if mot.capitale or not lexiques.sonne_comme_un_mot(mot.texte):
                return Type.PRENOM, ""
            return None
        if autour is Indice.NOMME and mot.capitale:
            return Type.PRENOM, ""
        if self._inconnu_nomme(rang, autour) or self._mal_ecrit(rang, autour):
            return Type.PRENOM, ""
        if mot.texte in lexiques.noms and mot.capitale and self._avant_un_prenom(rang):
            return Type.NOM, ""
        return self._nom_de_famille(rang, autour)

    def _inconnu_nomme(self, rang: int, autour: Indice) -> bool:
        """« avec Zorkha », « Zorkha m’a aidé »: a capital, no article, and nothing it could be."""
        mot = self.mots[rang]
        if not mot.capitale or mot.texte in MARQUES or self._est_lieu(mot.texte):
            return False
        if self.texte.plat[mot.debut : mot.fin].isupper() or self.lexiques.sonne_comme_un_mot(
            mot.texte
        ):
            return False
        if mot.initial and self.lexiques.presque_un_mot(mot.texte):
            return False  # « Acceuil est loin »
        accompagne = autour is Indice.AVEC and self.mots[rang - 1].texte in _PRES_D_UN_NOM
        return accompagne or sujet_d_un_verbe(self.mots, rang, reprise=True)

    def _mal_ecrit(self, rang: int, autour: Indice) -> bool:
        """« Fransoise », « Jaqueline »: a letter away from a frequent first name."""
        mot = self.mots[rang]
        if mot.texte in MARQUES or self._est_lieu(mot.texte):
            return False
        if not self.lexiques.presque_un_prenom(mot.texte):
            return False
        nomme = autour is Indice.AVEC or sujet_d_un_verbe(self.mots, rang, reprise=True)
        doute = self.lexiques.sonne_comme_un_mot(mot.texte) or mot.texte in self.lexiques.noms
        doute = doute or self.lexiques.presque_un_mot(mot.texte)
        return (mot.capitale or nomme) and not doute and not apres_determinant(self.mots, rang)
