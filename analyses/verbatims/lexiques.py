"""The reference lists, read once. Where they come from, their licences and dates: donnees/README.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase

from .pliage import ensemble, plier

_DONNEES = Path(__file__).resolve().parent / "donnees"
_SON_MIN = 4
_PRESQUE_MIN = 6
_NOM_COURANT = 6_000
"""Rank from which a name that is also a first name (Rachel, Fatou) is rather the first name."""
_FREQUENTE = 20_000
"""Inhabitants from which a commune that is also a word (« colombes ») is rather the commune."""

_COMMUNES_DOUTEUSES = ensemble(
    "nice tours vienne lens albi bar orange croix moulins fontaine sens plaisir saintes gap menton "
    "trappes cannes persan castres avion grasse valence grenade houilles mer brest dole hem vif "
    "die eu contes salles riz vannes"
)
"""Large enough, but said much more often of something else."""


@dataclass(frozen=True, slots=True)
class Lexiques:
    """Sets of folded words."""

    prenoms: dict[str, str]
    """First name → ``c`` (more than 500 births), ``p`` (100), ``r`` (50), ``v`` (fewer)."""
    surs: frozenset[str]
    """First names that are in the dictionary and yet are always names."""
    majuscules: frozenset[str]
    """First names when they have a capital, words when they have none."""
    jamais: frozenset[str]
    """In the list of first names, but words in the mouth of everybody."""
    noms: dict[str, int]
    """Family name → its rank among all; those of fewer than 500 persons are left out."""
    mots: frozenset[str]
    sons: frozenset[str]
    """Words as they sound: « manje » is « mange » badly written, not a name."""
    presque: frozenset[str]
    """Frequent first names with one letter left out: what a misspelt one shares with the right one."""
    communes: dict[str, int]
    """Commune → inhabitants (the most populous of that name)."""
    codes_postaux: frozenset[str]

    def est_mot(self, mot: str) -> bool:
        """Return whether a folded word is in the dictionary, or one of our short forms."""
        return mot in self.mots or mot in self.jamais

    def fait_de_mots(self, nom: str) -> bool:
        """Return whether a folded name is only words put together: « étiez-vous », « la machine »."""
        return all(self.est_mot(partie) for partie in re.split(r"[ '-]", nom))

    def sonne_comme_un_mot(self, mot: str) -> bool:
        """Return whether a folded word could be a word badly written."""
        return self.est_mot(mot) or son(mot) in self.sons

    def plutot_nom(self, mot: str) -> bool:
        """Return whether a folded word is borne as a family name by many, whatever else it is."""
        if mot not in self.prenoms:
            return mot in self.noms
        return self.noms.get(mot, _NOM_COURANT) < _NOM_COURANT

    def presque_un_mot(self, mot: str) -> bool:
        """Return whether a folded word is one letter away from a word of the dictionary."""
        return any(voisin in self.mots for voisin in _voisins(mot))

    def presque_un_prenom(self, mot: str) -> bool:
        """Return whether a folded word is one letter away from a frequent first name."""
        if len(mot) < _PRESQUE_MIN:
            return False
        return mot in self.presque or not self.presque.isdisjoint(sans_une_lettre(mot))

    def commune_sure(self, nom: str) -> bool:
        """Return whether a folded name is a commune and hardly anything else."""
        if nom not in self.communes or nom in _COMMUNES_DOUTEUSES:
            return False
        if nom.startswith(("saint ", "sainte ")):
            return True
        return not self.fait_de_mots(nom) or self.communes[nom] >= _FREQUENTE


_ECRITURES = tuple(
    (re.compile(motif), par)
    for motif, par in (
        (r"[^a-z]", ""),
        (r"qu|q|ck|c(?=[aoulrt])|c$", "k"),
        (r"ph", "f"),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])", "j"),
        (r"eau|au", "o"),
        (r"ai|ei|er$|ez$|et$|ee$|es$|ent$", "e"),
        (r"an|am|em(?=[bp])|en", "an"),
        (r"ou", "u"),
        (r"y", "i"),
        (r"z", "s"),
        (r"h", ""),
        (r"(.)\1", r"\1"),
        (r"[estdxp]$", ""),
        (r"[estdxp]$", ""),
    )
)


@lru_cache(maxsize=8192)
def son(mot: str) -> str:
    """Return roughly how a folded French word sounds: the same for « mange » and « manje »."""
    for motif, par in _ECRITURES:
        mot = motif.sub(par, mot)
    return mot


def _voisins(mot: str) -> Iterator[str]:
    """Iterate over the words one letter away: one left out, added, changed, or two exchanged."""
    for place in range(len(mot) + 1):
        avant, apres = mot[:place], mot[place:]
        yield avant + apres[1:]
        yield avant + apres[1:2] + apres[:1] + apres[2:]
        for lettre in ascii_lowercase:
            yield avant + lettre + apres
            yield avant + lettre + apres[1:]


def sans_une_lettre(mot: str) -> set[str]:
    """Return the words made by leaving out one letter."""
    return {mot[:place] + mot[place + 1 :] for place in range(len(mot))}


def _lignes(nom: str) -> list[str]:
    return (_DONNEES / nom).read_text(encoding="utf-8").splitlines()


def _ensemble(nom: str) -> frozenset[str]:
    return frozenset(plier(mot) for ligne in _lignes(nom) for mot in ligne.split())


@lru_cache(maxsize=1)
def lexiques() -> Lexiques:
    """Return the lists of this package, read on first use (less than a second, once)."""
    mots = frozenset(_lignes("mots.txt"))
    prenoms = dict(ligne.split(" ", 1) for ligne in _lignes("prenoms.txt"))
    prenoms |= dict.fromkeys(_ensemble("prenoms_voix.txt"), "c")
    frequents = [
        nom for nom, classe in prenoms.items() if classe == "c" and len(nom) >= _PRESQUE_MIN
    ]
    return Lexiques(
        prenoms=prenoms,
        surs=_ensemble("prenoms_surs_voix.txt"),
        majuscules=_ensemble("prenoms_majuscule_voix.txt"),
        jamais=_ensemble("prenoms_jamais_voix.txt"),
        noms={nom: rang for rang, nom in enumerate(_lignes("noms.txt"))},
        mots=mots,
        sons=frozenset(son.__wrapped__(mot) for mot in mots if len(mot) >= _SON_MIN),
        presque=frozenset(court for nom in frequents for court in (nom, *sans_une_lettre(nom))),
        communes={n: int(p) for n, p in (ligne.split(";") for ligne in _lignes("communes.txt"))},
        codes_postaux=frozenset(_lignes("codes_postaux.txt")),
    )
