"""First names that are known: always names, words at times, or mostly words."""

from typing import Final

from analyses.verbatims.modele import Type
from analyses.verbatims.pliage import ensemble

from .familles import Familles
from .indices import (
    DETERMINANTS,
    FORTS,
    PARENTS,
    ROLES,
    Indice,
    apres_determinant,
    sujet_d_un_verbe,
)
from .mots import Mot

_COURTS: Final = ensemble(
    "sam lea zoe eva leo noa ali aya awa ana mia luc guy ugo noe lou eli ida ada léa"
)
_MOTS_D_ABORD: Final = ensemble(
    "aime aimee desire desiree honore claire clair blanche grace clemence constance violette marine eden capucine "
    "flore line ange lois max anis melodie prudence felicite hope gloria jade ambre iris roman marin loup "
    "brunette charlotte madeleine pascal cherif celeste benoite leger sema lana tara salma safa lino medina"
)
"""First names that, at the head of a sentence, are words unless a verb or a name follows."""
_DEVANT_QUELQU_UN: Final = ensemble(
    "avec chez merci bonjour que connais connait rencontre remercie vu croise garde demande"
)
_ADRESSES: Final = ensemble(
    "merci demande demander demandez parle parler parlez dit dire dites grace bravo salut bonjour pense pensez donne "
    "donner donnez confie bisous bises bisou coucou telephone telephoner reconnaissante reconnaissant adresser"
)
_DIMINUTIFS: Final = ensemble("lulu jojo lolo toto fanfan mimi nono zaza dede momo mumu titi kiki")
_DATES: Final = ensemble(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi "
    "jeudi vendredi samedi dimanche noel paques ramadan"
)
_QUALITES: Final = ensemble("grace constance clemence prudence felicite melodie violence ombre")
"""« avec patience » names nobody."""
_CHOSES: Final = ensemble(
    "pierre rose olive prune clementine marguerite colin aurore victoire ange iris jasmine violette flore fleur "
    "perle luna aube ambre capucine garance camelia dahlia eglantine heloise margot lila lilas myrtille mirabelle "
    "reine prince noe avril melodie harmonie alize ocean saphir cerise lys colombe etienne fabien pascal leandre "
    "loic paul pol ben samba neo eve celeste dune sixte sylvestre toussaint valery hilaire basile gaston"
)

_COULEURS: Final = ensemble("rose violette blanche claire brune prune ocean")
"""« rose et blanche »: a cloth, when both are colours."""
_TENDRES: Final = ensemble("ange loup lion prince perle fleur reine soleil lapin")
"""« mon petit ange » names nobody."""


class Prenoms(Familles):
    """What a reader of a text knows of first names."""

    def _juger_prenom(self, rang: int, autour: Indice) -> tuple[Type, str] | None:
        mot, lexiques = self.mots[rang], self.lexiques
        if self._compose(rang):
            return Type.PRENOM, ""
        if mot.texte in lexiques.jamais:
            return self._jamais(mot, autour)
        if self._mot_tendre(rang):
            return Type.PRENOM, "prénom, ou mot"
        if mot.texte in lexiques.surs or not lexiques.est_mot(mot.texte):
            return self._prenom_sur(rang, autour)
        if self._a_quelqu_un(rang):
            return Type.PRENOM, ""
        if mot.texte in lexiques.majuscules:
            return self._prenom_a_majuscule(rang, autour)
        return self._prenom_ambigu(rang, autour)

    def _compose(self, rang: int) -> bool:
        """« marie christine », of which one is a word too."""
        if rang + 1 >= len(self.mots) or not self.mots[rang + 1].colle:
            return False
        ensemble_ = f"{self.mots[rang].texte}-{self.mots[rang + 1].texte}"
        return self.lexiques.prenoms.get(ensemble_, "v") in "cp"

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
        if mot.capitale or mot.texte in _DIMINUTIFS:
            return Type.PRENOM, "prénom, ou mot"
        return self._sujet_ou_compagnon(rang)

    def _mot_tendre(self, rang: int) -> bool:
        """« mon petit ange »; « mon petit Ange » is his name."""
        mot = self.mots[rang]
        petit = rang > 0 and self.mots[rang - 1].texte in {"petit", "petite"}
        return petit and mot.texte in _TENDRES and not mot.capitale

    def _sujet_ou_compagnon(self, rang: int) -> tuple[Type, str] | None:
        """« marie et karim », « marie m’a aidé »: in lower case, by what goes with it only."""
        if self._avec_un_autre(rang):
            return Type.PRENOM, ""
        agit = sujet_d_un_verbe(self.mots, rang, reprise=True)
        if not agit or apres_determinant(self.mots, rang):
            return None
        return Type.PRENOM, ("" if self.mots[rang].initial else "prénom, ou mot")

    def _avec_un_autre(self, rang: int) -> bool:
        """« marie et karim sont venus »."""
        for lien, autre in ((rang + 1, rang + 2), (rang - 1, rang - 2)):
            if 0 <= autre < len(self.mots) and self.mots[lien].texte == "et":
                mot = self.mots[autre].texte
                if {mot, self.mots[rang].texte} <= _COULEURS:
                    return False
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
        agit = mot.initial and mot.texte in _CHOSES and sujet_d_un_verbe(self.mots, rang)
        if agit or (connu and self._premier_de_deux(rang)):
            return Type.PRENOM, ""
        if not mot.capitale or not connu or apres_determinant(self.mots, rang):
            seul = rang and self.mots[rang - 1].texte in {"avec", "chez"} and mot.texte in _CHOSES
            seul = seul or self._deux_choses_agissent(rang) or self._c_est_lui_qui(rang)
            return (Type.PRENOM, "prénom, ou mot") if seul and connu else None
        suivi = rang + 1 < len(self.mots) and self._nom_apres(rang + 1, Indice.AVEC) is Type.NOM
        if suivi or sujet_d_un_verbe(self.mots, rang):
            return Type.PRENOM, ""
        if autour is Indice.AVEC and self._adresse_a(rang):
            return Type.PRENOM, ""
        return (Type.PRENOM, "prénom, ou mot") if not mot.initial else None

    def _a_quelqu_un(self, rang: int) -> bool:
        """« grâce à rose », « jean et moi »: a thing would have its article."""
        mot = self.mots[rang]
        if mot.initial and [suite.texte for suite in self.mots[rang + 1 : rang + 3]] == [
            "et",
            "moi",
        ]:
            return self._prenom(mot.texte) == "c"
        if rang < 2 or not mot.colle or mot.initial or self._prenom(mot.texte) != "c":
            return False
        if mot.texte in _DATES | PARENTS | ROLES or mot.apostrophe:
            return False
        avant = self.mots[rang - 1].texte
        return avant == "a" and self.mots[rang - 2].texte in _ADRESSES

    def _deux_choses_agissent(self, rang: int) -> bool:
        """« pierre et olive sont… »: two people, or things told without their article."""
        debut = rang - 2 if rang >= 2 and self.mots[rang - 1].texte == "et" else rang
        suite = [mot.texte for mot in self.mots[debut : debut + 4]]
        if len(suite) < 4 or suite[1] != "et" or not {suite[0], suite[2]} <= _CHOSES:
            return False
        return suite[3] in {"sont", "ont", "font", "viennent", "aident", "etaient"}

    def _premier_de_deux(self, rang: int) -> bool:
        """« Colin et Prune ont mangé »: the capital of the second, within a sentence, says it of both."""
        if rang + 2 >= len(self.mots) or not self.mots[rang].capitale:
            return False
        lien, autre = self.mots[rang + 1 : rang + 3]
        nomme = autre.capitale and not autre.initial and autre.colle and lien.colle
        return lien.texte == "et" and nomme and self._prenom(autre.texte) == "c"

    def _c_est_lui_qui(self, rang: int) -> bool:
        """« c’est pierre qui fait les courses »: a thing would have its article."""
        mot = self.mots[rang]
        if not rang or rang + 1 >= len(self.mots) or mot.apostrophe or mot.texte not in _CHOSES:
            return False
        devant = self.mots[rang - 1].texte in {"est", "cest", "etait"}
        return devant and self.mots[rang + 1].texte == "qui"

    def _adresse_a(self, rang: int) -> bool:
        """« avec Rose », « merci à Rose »: somebody, not a thing."""
        if self.mots[rang - 1].texte in _DEVANT_QUELQU_UN:
            return True
        adresse = rang > 1 and self.mots[rang - 1].texte == "a"
        return adresse and self.mots[rang - 2].texte in _ADRESSES

    def _nom_de_chose(self, mot: str) -> bool:
        """« ma sœur rose » names her; « ma sœur aimée » does not."""
        return mot in _CHOSES
