"""First names and family names: what is known as a name, and what its neighbours say of it."""

from collections.abc import Iterator
from typing import Final

from analyses.verbatims.lexiques import Lexiques
from analyses.verbatims.modele import Trouvaille, Type
from analyses.verbatims.pliage import Pliage, ensemble

from .expressions import MARQUES, PAYS_ET_VILLES, places_neutres
from .indices import (
    CIVILITES,
    DETERMINANTS,
    ELISIONS_DE_NOMS,
    PARENTS,
    ROLES,
    Indice,
    apres_determinant,
    indice,
    sujet_d_un_verbe,
)
from .mots import ANNONCES, Mot, decouper

FORTS: Final = frozenset((Indice.PARENTE, Indice.CIVILITE, Indice.PRESENTATION, Indice.SIGNATURE))
_COURTS: Final = ensemble(
    "lea zoe eva leo noa ali aya awa ana mia luc guy ugo noe lou eli ida ada léa"
)
_PAS_UN_NOM: Final = ensemble(
    "qui que est a et le la les de du des au aux en il elle je tu on nous vous ils elles tres trop pas plus "
    "aussi pour par sur sans sous dans avec car mais ou donc ne se me ma mon mes sa son ses vraiment toujours "
    "ca c y m s l d j n t qu si tout toute"
)
_PRES_D_UN_NOM: Final = ensemble("avec merci bonjour bonsoir que qu et pour")
_SAINTS: Final = ("saint-", "sainte-", "st-", "ste-")
_MOTS_D_ABORD: Final = ensemble(
    "aime aimee desire desiree honore claire clair blanche grace clemence constance violette marine eden capucine "
    "flore line ange lois max anis melodie prudence felicite hope gloria jade ambre iris roman marin loup "
    "brunette charlotte madeleine pascal cherif celeste benoite leger sema lana tara salma safa lino medina"
)
"""First names that, at the head of a sentence, are words unless a verb or a name follows."""
_DEVANT_QUELQU_UN: Final = ensemble(
    "avec chez merci bonjour que connais connait rencontre remercie vu croise garde demande"
)
_DATES: Final = ensemble(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi "
    "jeudi vendredi samedi dimanche noel paques ramadan"
)
_DEVANT_SAINT: Final = ensemble("saint sainte st ste san santa")


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


class _Lecteur:
    """Judges the words of one text."""

    def __init__(self, texte: Pliage, mots: list[Mot], lexiques: Lexiques) -> None:
        self.texte, self.mots, self.lexiques = texte, mots, lexiques

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
        return Trouvaille(debut, mot.fin, nature, motif)

    def _juger(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        """Return the type of a name and why it is doubtful; nothing if it is no name."""
        mot = self.mots[rang]
        particule = mot.texte in PARTICULES and autour is Indice.CIVILITE
        if particule and self._nom_apres_particule(rang):
            return Type.NOM, ""
        if mot.texte in _PAS_UN_NOM or (rang and self.mots[rang - 1].texte in _DEVANT_SAINT):
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

    def _prenom(self, mot: str) -> str:
        """Return the class of a first name, compound ones by their parts; empty if it is none."""
        connus = self.lexiques.prenoms
        if mot in connus:
            return connus[mot]
        parties = mot.split("-")
        if len(parties) > 1 and all(
            p in connus and p not in self.lexiques.jamais | _DEVANT_SAINT for p in parties
        ):
            return max(connus[partie] for partie in parties)
        return ""

    def _apres_civilite(self, mot: Mot) -> tuple[Type, str] | None:
        lexiques = self.lexiques
        if mot.capitale and mot.texte in lexiques.noms and mot.texte not in ROLES:
            return Type.NOM, ""
        if mot.texte in ROLES | PARENTS or (lexiques.est_mot(mot.texte) and not mot.capitale):
            connu = mot.texte in lexiques.noms and mot.texte not in lexiques.jamais
            return (Type.NOM, "nom, ou mot") if connu else None
        if len(mot.texte) < 2 or mot.texte in lexiques.jamais:
            return None
        sur_prenom = self._prenom(mot.texte) in {"c", "p"} and mot.texte not in lexiques.noms
        return (Type.PRENOM if sur_prenom else Type.NOM), ""

    def _juger_prenom(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        mot, lexiques = self.mots[rang], self.lexiques
        if mot.texte in lexiques.jamais:
            return self._jamais(mot, autour)
        if mot.texte in lexiques.surs or not lexiques.est_mot(mot.texte):
            return self._prenom_sur(rang, autour)
        if mot.texte in lexiques.majuscules:
            return self._prenom_a_majuscule(rang, autour)
        return self._prenom_ambigu(rang, autour)

    def _jamais(self, mot: Mot, autour: Indice) -> tuple[Type, str] | None:
        nomme = (
            autour in {Indice.PARENTE, Indice.PRESENTATION} and mot.capitale and len(mot.texte) > 3
        )
        connu = self._prenom(mot.texte) in {"c", "p"} and mot.texte not in _DATES
        return (Type.PRENOM, "" if connu else "prénom, ou mot") if nomme else None

    def _prenom_sur(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        mot = self.mots[rang]
        classe = self._prenom(mot.texte)
        if autour not in FORTS and classe not in "cp" and self._est_lieu(mot.texte):
            return None
        if autour in FORTS or (mot.capitale and (not mot.initial or classe in "cp")):
            return Type.PRENOM, ""
        assez_long = len(mot.texte) >= 4 or mot.texte in _COURTS
        if classe == "c" and assez_long:
            return Type.PRENOM, ""
        ecrit_mal = self.lexiques.sonne_comme_un_mot(mot.texte)
        if len(mot.texte) >= 5 and not ecrit_mal and (classe == "p" or mot.capitale):
            return Type.PRENOM, ""
        if classe in "pr" and len(mot.texte) >= 4 and not ecrit_mal:
            return Type.PRENOM, "prénom rare"
        return None

    def _prenom_a_majuscule(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        mot = self.mots[rang]
        apres_article = apres_determinant(self.mots, rang)
        if autour in FORTS and not mot.capitale and self._suivi_d_un_article(rang):
            return Type.PRENOM, "prénom, ou mot"
        if autour in FORTS and (
            mot.capitale or autour is not Indice.SIGNATURE or not self.texte.plat.islower()
        ):
            return Type.PRENOM, ""
        if mot.capitale and not apres_article:
            if mot.initial and mot.texte in _MOTS_D_ABORD:
                return self._en_tete(rang)
            return Type.PRENOM, ""
        if autour is Indice.AVEC and not apres_article and not mot.capitale:
            nomme = self.mots[rang - 1].texte == "avec" and mot.texte not in _QUALITES
            nomme = nomme or self._avec_un_autre(rang)
            return Type.PRENOM, ("" if nomme else "prénom, ou mot")
        if mot.capitale:
            return Type.PRENOM, "prénom, ou mot"
        if self._avec_un_autre(rang) or (
            sujet_d_un_verbe(self.mots, rang, reprise=True) and not apres_article
        ):
            return Type.PRENOM, (
                "" if mot.initial or self._avec_un_autre(rang) else "prénom, ou mot"
            )
        return None

    def _avec_un_autre(self, rang: int) -> bool:
        """« marie et karim sont venus »."""
        for lien, autre in ((rang + 1, rang + 2), (rang - 1, rang - 2)):
            if 0 <= autre < len(self.mots) and self.mots[lien].texte == "et":
                mot = self.mots[autre].texte
                if self._prenom(mot) == "c" and mot not in self.lexiques.jamais:
                    return True
        return False

    def _en_tete(self, rang: int) -> tuple[Type, str] | None:
        """« Claire m’a aidé » or « Claire Dupont », not « Claire et nette »."""
        suite = rang + 1 < len(self.mots) and self.mots[rang + 1].capitale
        suivi = suite and self._nom_apres(rang + 1, Indice.AVEC) is not None
        return (Type.PRENOM, "") if suivi or sujet_d_un_verbe(self.mots, rang) else None

    def _suivi_d_un_article(self, rang: int) -> bool:
        """« ma fille claire ses dettes »: a verb, not a name."""
        return rang + 1 < len(self.mots) and self.mots[rang + 1].texte in DETERMINANTS - {
            "en",
            "de",
            "d",
            "l",
        }

    def _prenom_ambigu(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        mot = self.mots[rang]
        connu = self._prenom(mot.texte) == "c"
        if autour in FORTS and mot.capitale:
            return Type.PRENOM, ""
        if autour in {Indice.PARENTE, Indice.PRESENTATION} and connu:
            return Type.PRENOM, ("" if self._nom_de_chose(mot.texte) else "prénom, ou mot")
        if mot.initial and mot.texte in _CHOSES and sujet_d_un_verbe(self.mots, rang):
            return Type.PRENOM, ""
        if not mot.capitale or not connu or apres_determinant(self.mots, rang):
            return None
        suivi = rang + 1 < len(self.mots) and self._nom_apres(rang + 1, Indice.AVEC) is Type.NOM
        if suivi or sujet_d_un_verbe(self.mots, rang):
            return Type.PRENOM, ""
        if autour is Indice.AVEC and self.mots[rang - 1].texte in _DEVANT_QUELQU_UN:
            return Type.PRENOM, ""
        return (Type.PRENOM, "prénom, ou mot") if not mot.initial else None

    def _nom_de_chose(self, mot: str) -> bool:
        """« ma sœur rose » names her; « ma sœur aimée » does not."""
        return mot in _CHOSES

    def _juger_inconnu(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        """Judge a word of no list by what is before it; with a capital alone it is only doubtful."""
        mot, lexiques = self.mots[rang], self.lexiques
        if (
            len(mot.texte) < 3
            or lexiques.est_mot(mot.texte)
            or mot.texte in PARENTS | ROLES | CIVILITES
        ):
            return None
        if autour is Indice.PRESENTATION or (autour is Indice.PARENTE and mot.colle):
            if mot.capitale or not lexiques.sonne_comme_un_mot(mot.texte):
                return Type.PRENOM, ""
            return None
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
        return (mot.capitale or nomme) and not doute and not apres_determinant(self.mots, rang)

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
        return suivant.capitale or suivant.texte in self.lexiques.noms

    def _nom_apres(self, rang: int, autour: Indice) -> Type | None:
        """Return the type of a word that goes on with a name: « Lina Dupont », « Marie Claude »."""
        mot, lexiques = self.mots[rang], self.lexiques
        if not mot.colle or len(mot.texte) < 2:
            return None
        connu = mot.texte in lexiques.noms
        if mot.texte in PARTICULES and mot.capitale and self._nom_apres_particule(rang):
            return Type.NOM
        if mot.texte in _PAS_UN_NOM or mot.texte in lexiques.jamais:
            return Type.NOM if connu and mot.capitale and self.mots[rang - 1].capitale else None
        prenom = self._prenom(mot.texte)
        mot_courant = lexiques.est_mot(mot.texte)
        if prenom and (not mot_courant or mot.texte in lexiques.surs or mot.capitale):
            compose = f"{self.mots[rang - 1].texte}-{mot.texte}" in lexiques.prenoms
            return Type.PRENOM if compose or not connu else Type.NOM
        if mot.capitale and mot.texte not in ANNONCES | ROLES | CIVILITES | PARENTS:
            return Type.NOM
        if connu and not mot_courant:
            return Type.NOM
        return None


PARTICULES: Final = ensemble(
    "el al ben bel ait ould de da di do dos van von le la du des abou bou bent bint st"
)
_QUALITES: Final = ensemble(
    "grace constance clemence prudence felicite melodie violence marine jean ombre"
)
"""« avec patience » names nobody."""
_CHOSES: Final = ensemble(
    "pierre rose olive prune clementine marguerite colin aurore victoire ange iris jasmine violette flore fleur "
    "perle luna aube ambre capucine garance camelia dahlia eglantine heloise margot lila lilas myrtille mirabelle "
    "reine prince noe avril melodie harmonie alize ocean saphir cerise lys colombe etienne fabien pascal leandre "
    "loic paul pol ben samba neo eve celeste dune sixte sylvestre toussaint valery hilaire basile gaston"
)
