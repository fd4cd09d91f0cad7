"""What before a word says that a name follows: kinship, civility, « je m’appelle », a signature."""

from enum import Enum
from typing import Final

from analyses.verbatims.pliage import Pliage, ensemble

from .mots import Mot, precedents


class Indice(Enum):
    """What surrounds a word."""

    AUCUN = 0
    AVEC = 1
    """After « avec », « chez », « merci à »…: a person often, not always."""
    PARENTE = 2
    """« ma fille … », « la diététicienne … »."""
    CIVILITE = 3
    PRESENTATION = 4
    """« je m’appelle … », « son prénom c’est … »."""
    NOMME = 6
    """« un ami nommé … »: said of things too (« un plat appelé … »)."""
    SIGNATURE = 5
    """Alone after the last sentence."""


FORTS: Final = frozenset(
    (Indice.PARENTE, Indice.CIVILITE, Indice.PRESENTATION, Indice.NOMME, Indice.SIGNATURE)
)
PARENTS: Final = ensemble(
    "fille filles fils fiston mari femme soeur soeurs frere frangin frangine mere pere maman papa cousin cousine tante "
    "tata tatie tonton oncle niece neveu grand-mere grand-pere mamie mamy mami mémé meme papi papy pepe voisin voisine voisins copine copain ami "
    "amie amis pote epoux epouse compagnon compagne conjoint conjointe bebe enfant enfants gamin gamine gosse jumeau "
    "jumelle jumeaux jumelles marraine parrain belle-mere beau-pere belle-soeur beau-frere belle-fille beau-fils gendre "
    "bru petit-fils petite-fille ex ex-mari ex-femme cheri cherie fiance fiancee ado colocataire coloc collegue "
    "garcon ainee aine cadette cadet benjamine dernier derniere petit petite grand grande puce chouchou chien chat"
)
ROLES: Final = ensemble(
    "dieteticienne dieteticien benevole benevoles animatrice animateur educatrice educateur responsable directrice "
    "directeur docteur medecin infirmiere infirmier maitresse instituteur institutrice prof professeur conseillere conseiller cuisiniere cuisinier "
    "coordinatrice coordinateur stagiaire salariee salarie presidente president tutrice tuteur curatrice curateur "
    "avocat avocate pharmacien pharmacienne psychologue psy referente referent juge policier gardien gardienne imam "
    "pretre pasteur ambassadrice ambassadeur formatrice formateur chef cheffe assistante assistant sociale social sage-femme "
    "nounou nourrice patron patronne caissiere caissier secretaire facteur boulanger boulangere kine dentiste concierge "
    "proprietaire proprio mediatrice mediateur intervenante intervenant interprete maire adjointe adjoint elu elue accompagnatrice "
    "accompagnateur ecoutante ergo orthophoniste puericultrice travailleuse equipiere equipier chauffeur vigile "
    "technicienne cesf nutritionniste service-civique jeune dame monsieur bonhomme mec meuf nana gars"
)
CIVILITES: Final = ensemble(
    "mme mmes madame mr mrs monsieur mlle melle mademoiselle mdm mne msieur dr me pr docteur messieurs mesdames sr"
)
_FAMILLES: Final = ensemble("famille nom noms patronyme")
ELISIONS_DE_NOMS: Final = ensemble("n m o")
_SEULS: Final = ensemble("mamie mamy papi papy tata tonton tatie tantine maman papa")
"""Said without a possessive: « mamie Josette »."""
_PRESENTE: Final = ensemble(
    "appelle apelle appel apel mapel mappel mapelle mappelle sappelle sapel prenom surnom signe "
    "signee jmappelle jmapel jmapelle jmappel appelait"
)
_NOMME: Final = ensemble(
    "appele appelee apele nomme nommee prenomme prenommee surnomme surnommee baptise"
)
_LIENS_PRESENTES: Final = ensemble("c est cest s m je moi donc etait sont : et suis")
_SUR_LA_SONNETTE: Final = frozenset(
    ("chez", verbe)
    for verbe in (
        "sonnez",
        "sonner",
        "sonne",
        "sonnes",
        "sonné",
        "toquez",
        "frappez",
        "livrer",
        "livrez",
    )
)
"""« sonnez chez Benhaddou »: a family name, read backwards."""
_DETERMINANTS: Final = ensemble(
    "mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs le la les l un une des cette cet ce d du de"
)
DETERMINANTS: Final = ensemble(
    "le la les l un une des du d de ce cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs au aux "
    "quel quelle plusieurs quelques chaque aucun aucune deux trois en plus moins trop tres se"
)
_AVEC: Final = ensemble(
    "connait rencontre croise garde avec chez a merci bonjour bonsoir salut coucou cher chere grace bravo pour par et que qu ou comme sans contre "
    "vu vois voir demande dit dire aime connais remercie appelle voici voila de d dont sauf c est etait"
)
_ADJECTIFS: Final = ensemble(
    "petit petite grand grande aine ainee cadette cadet dernier derniere deuxieme second seconde premiere premier "
    "jeune ancien ancienne nouvelle nouveau meilleure meilleur autre gentille chere cher adorable fameux aimee adoree "
    "cherie cheri de l epicerie sociale social benevole"
)
_VERBES: Final = ensemble(
    "est a m me nous s se etait avait va vient fait dit ma sa qui fera sera aide aidait explique explik "
    "habite vit travaille pense veut peut sait mange dort joue adore aime pleure vous lui n ne "
    "etaient ont sont fume parle prend garde gardait donne donnait cuisine prepare accueille ecoute repond"
)


def indice(texte: Pliage, mots: list[Mot], rang: int) -> Indice:
    """Return what the words around one say of it."""
    avant = tuple(precedents(mots, rang, 6))
    if avant:
        fort = _indice_fort(texte, mots, rang, avant)
        if fort is not Indice.AUCUN:
            return fort
    if _est_signature(texte, mots, rang):
        return Indice.SIGNATURE
    if not mots[rang].initial and avant and avant[0] in _AVEC and mots[rang].apostrophe != "l":
        return Indice.AVEC
    return Indice.AUCUN


def _indice_fort(texte: Pliage, mots: list[Mot], rang: int, avant: tuple[str, ...]) -> Indice:
    mot = mots[rang]
    if mot.apostrophe in ELISIONS_DE_NOMS and len(avant) > 1:
        avant = avant[1:]  # « madame N’Diaye »
    if (
        mot.apostrophe == "d"
        and len(avant) > 1
        and mot.capitale
        and (avant[1] in CIVILITES or _monsieur(texte, mots, rang, avant[1]))
    ):
        return Indice.CIVILITE  # « madame D’Alessandro »
    if _civil(texte, mots, rang, avant[0]):
        return Indice.CIVILITE if mot.colle or mot.apostrophe else Indice.AUCUN
    if _presente(avant):
        return Indice.PRESENTATION
    if avant[:2] in _SUR_LA_SONNETTE or avant[:3] == ("de", "nom", "au"):
        return Indice.CIVILITE
    if avant[0] in _NOMME:
        return Indice.NOMME
    entre = texte.plie[mots[rang - 1].fin : mot.debut].strip()
    if not mot.colle and not (entre in {",", "(", ":"} and mot.capitale):
        return Indice.AUCUN
    return Indice.PARENTE if _parent(avant) else Indice.AUCUN


def _civil(texte: Pliage, mots: list[Mot], rang: int, avant: str) -> bool:
    """Return whether « madame », « M. », « famille », « nom : » is just before."""
    if avant in CIVILITES or (avant in _FAMILLES and mots[rang].capitale):
        return True
    return mots[rang].capitale and _monsieur(texte, mots, rang, avant)


def _monsieur(texte: Pliage, mots: list[Mot], rang: int, avant: str) -> bool:
    """Return whether « M. », or « M », is just before; what a name elides is a part of it."""
    place = mots[rang - (2 if mots[rang].apostrophe else 1)]
    return avant == "m" and (texte.plie[place.fin] == "." or texte.plat[place.debut] == "M")


def _parent(avant: tuple[str, ...]) -> bool:
    """Return whether « ma petite fille », « mamie », « la diététicienne » is just before."""
    reste = avant
    while len(reste) > 1 and reste[0] in _ADJECTIFS and reste[0] not in PARENTS:
        reste = reste[1:]
    if reste[0] in _SEULS:
        return True
    possede = len(reste) > 1 and reste[1] in _DETERMINANTS | _ADJECTIFS
    en_role = reste[0] in ROLES and len(reste) > 1 and (possede or reste[1] in ROLES)
    return en_role or (reste[0] in PARENTS and possede)


def _presente(avant: tuple[str, ...]) -> bool:
    if avant[:3] == ("est", "c", "moi") or avant[:2] in {("c", "moi"), ("cest", "moi")}:
        return True
    for place, mot in enumerate(avant):
        if mot in _PRESENTE:
            return place <= 1 or all(lien in _LIENS_PRESENTES for lien in avant[:place])
        if mot not in _LIENS_PRESENTES:
            return False
    return False


def _est_signature(texte: Pliage, mots: list[Mot], rang: int) -> bool:
    """One or two words alone at the very end, after a full stop, a comma, a dash or a new line."""
    if len(mots) < 4 or rang < len(mots) - 3:
        return False
    for debut in range(rang, max(rang - 3, 0), -1):
        entre = texte.plie[mots[debut - 1].fin : mots[debut].debut]
        if set(entre) & set(".,!\n-;)") and "'" not in entre and (" " in entre or "\n" in entre):
            reste = texte.plie[mots[-1].fin :]
            nomme = mots[debut].texte not in _AVEC | DETERMINANTS
            return nomme and len(mots) - debut <= 2 and len(reste) <= 12
    return False


def sujet_d_un_verbe(mots: list[Mot], rang: int, *, reprise: bool = False) -> bool:
    """Return whether a word without a determiner is followed by a verb: only a name can be."""
    suivant = mots[rang + 1] if rang + 1 < len(mots) else None
    if suivant and suivant.texte in {"le", "la"} and rang + 2 < len(mots):
        # « Jojo le chauffeur », and nothing else that a role is.
        return mots[rang + 2].texte in ROLES and not apres_determinant(mots, rang)
    seul = mots[rang].initial or mots[rang - 1].texte not in DETERMINANTS
    if not seul or mots[rang].apostrophe or suivant is None or not suivant.colle:
        return False
    # « Jaqueline elle crie »: taken up by a pronoun.
    return suivant.texte in _VERBES or (reprise and suivant.texte in {"elle", "il"})


def apres_determinant(mots: list[Mot], rang: int) -> bool:
    """Return whether a word comes just after an article or a possessive."""
    mot = mots[rang]
    if mot.apostrophe in {"l", "d"}:
        return mot.apostrophe == "l"
    return (
        not mot.initial and rang > 0 and mots[rang - 1].texte in DETERMINANTS - {"de", "d", "en"}
    )
