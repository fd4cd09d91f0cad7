"""Count what a formula asks for, over rows held in memory."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from statistics import median
from typing import Any, Final

from .arbre import AuMoins, Comparaison, Condition, Mesure, Non, Tous, Un, Verbe

Ligne = Mapping[str, Any]
TERRITOIRE: Final = "territoire"
"""Key of every row: the identifier of its territoire."""
POIDS: Final = "_poids"
"""How many a row stands for: answers come counted; a hidden count is ``None``."""

_COMPARER: Final = {"=": eq, "≠": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


class ValeurCachee(Exception):
    """The count rests on a figure that is hidden to protect persons."""


class ReponsesMelees(Exception):
    """The count would add answers that one person may have given together."""


@dataclass(frozen=True, slots=True)
class Plusieurs:
    """The table of a question with several answers: its rows do not add up to its persons."""

    cle: tuple[Any, ...]
    codes: frozenset[str]
    exprimes: frozenset[str]
    tous: int | None
    """Who answered the questionnaire; none when it is hidden."""
    exprimees: int | None
    """Who gave one of the answers ``exprimes``."""

    def compter(self, retenues: Sequence[Ligne]) -> int:
        """Return how many persons the kept rows are: those of one answer, or of all of them."""
        if len(retenues) == 1:
            return _poids(retenues[0])
        codes = {ligne["code"] for ligne in retenues}
        if codes not in (self.codes, self.exprimes):
            raise ReponsesMelees
        compte = self.tous if codes == self.codes else self.exprimees
        if compte is None:
            raise ValeurCachee
        return compte


PLUSIEURS: Final = "_plusieurs"
"""Key of a row of answers: its ``Plusieurs``, when a person may give several."""


class Donnees:
    """The tables of some territoires. Rows hold plain values: booleans, numbers, texts, dates."""

    def __init__(self, tables: Mapping[str, Sequence[Ligne]]) -> None:
        self._tables = {nom: list(lignes) for nom, lignes in tables.items()}
        self._par_territoire: dict[str, dict[Any, list[Ligne]]] = {}
        self._parts: dict[Any, Donnees] | None = None

    def lignes(self, table: str) -> list[Ligne]:
        """Return every row of a table; none when nothing was written down."""
        return self._tables.get(table, [])

    def territoires(self) -> list[Any]:
        """Return the identifiers of the territoires, in their order."""
        return [ligne[TERRITOIRE] for ligne in self.lignes("territoires")]

    def liees(self, depuis: str, ligne: Ligne, table: str) -> Iterable[Ligne]:
        """Return the rows of ``table`` that a row of ``depuis`` leads to."""
        if depuis != "territoires":
            liees: Iterable[Ligne] = ligne.get(table, ())
            return liees
        if table not in self._par_territoire:
            rangees: dict[Any, list[Ligne]] = defaultdict(list)
            for autre in self.lignes(table):
                rangees[autre[TERRITOIRE]].append(autre)
            self._par_territoire[table] = rangees
        return self._par_territoire[table].get(ligne[TERRITOIRE], [])

    def du_territoire(self, territoire: Any) -> "Donnees":
        """Return what belongs to one territoire; every part is made at the first call."""
        if self._parts is None:
            rangees: dict[Any, dict[str, list[Ligne]]] = defaultdict(lambda: defaultdict(list))
            for nom, lignes in self._tables.items():
                for ligne in lignes:
                    rangees[ligne[TERRITOIRE]][nom].append(ligne)
            self._parts = {cle: Donnees(tables) for cle, tables in rangees.items()}
        return self._parts.get(territoire, Donnees({}))


def calculer(mesure: Mesure, donnees: Donnees) -> int | float | None:
    """Return the number that a measure asks for.

    ``None`` when there is nothing to take a mean or a median of. Errors: ``ValeurCachee`` when a
    count that it needs is hidden, ``ReponsesMelees`` when persons would be counted twice.
    """
    est_retenue = preparer(mesure.condition, mesure.table)
    retenues = [ligne for ligne in donnees.lignes(mesure.table) if est_retenue(ligne, donnees)]
    if mesure.verbe == Verbe.NOMBRE:
        return _compter(retenues) if mesure.table == "reponses" else sum(map(_poids, retenues))
    if mesure.verbe == Verbe.DISTINCTS:
        return len(
            {
                (ligne[TERRITOIRE], ligne[mesure.colonne])
                for ligne in retenues
                if ligne.get(mesure.colonne) is not None
            }
        )
    valeurs: list[int] = [n for ligne in retenues if (n := ligne.get(mesure.colonne)) is not None]
    if mesure.verbe == Verbe.SOMME:
        return sum(valeurs)
    if not valeurs:
        return None
    return median(valeurs) if mesure.verbe == Verbe.MEDIANE else sum(valeurs) / len(valeurs)


def calculer_par_territoire(mesure: Mesure, donnees: Donnees) -> dict[Any, int | float | None]:
    """Return the number that a measure asks for in each territoire, its rows gone through once.

    Errors: ``ValeurCachee`` as for all of them together.
    """
    if mesure.verbe not in {Verbe.NOMBRE, Verbe.SOMME}:
        return {t: calculer(mesure, donnees.du_territoire(t)) for t in donnees.territoires()}
    est_retenue = preparer(mesure.condition, mesure.table)
    sommes: dict[Any, int | float | None] = dict.fromkeys(donnees.territoires(), 0)
    for ligne in donnees.lignes(mesure.table):
        if est_retenue(ligne, donnees):
            compte = _poids(ligne) if mesure.verbe == Verbe.NOMBRE else ligne.get(mesure.colonne)
            sommes[ligne[TERRITOIRE]] = (sommes.get(ligne[TERRITOIRE]) or 0) + (compte or 0)
    return sommes


def _compter(reponses: Sequence[Ligne]) -> int:
    """Return how many persons gave these answers; who gave two of a question counts once."""
    ensemble: dict[Plusieurs, list[Ligne]] = defaultdict(list)
    total = 0
    for ligne in reponses:
        if PLUSIEURS in ligne:
            ensemble[ligne[PLUSIEURS]].append(ligne)
        else:
            total += _poids(ligne)
    return total + sum(question.compter(siennes) for question, siennes in ensemble.items())


def _poids(ligne: Ligne) -> int:
    poids: int | None = ligne.get(POIDS, 1)
    if poids is None:
        raise ValeurCachee
    return poids


Test = Callable[[Ligne, Donnees], bool]
"""Whether a row meets a condition; a column that is empty meets no comparison."""


@lru_cache(maxsize=1024)
def preparer(condition: Condition | None, table: str) -> Test:
    """Return the test of a condition on the rows of ``table``, made once: a programme has tens of thousands of rows."""
    if condition is None:
        return _toujours
    if isinstance(condition, Non):
        partie = preparer(condition.partie, table)
        return lambda ligne, donnees: not partie(ligne, donnees)
    if isinstance(condition, Tous | Un):
        return _plusieurs(condition, table)
    if isinstance(condition, AuMoins):
        return _au_moins(condition, table)
    return _une_comparaison(condition)


def _toujours(_ligne: Ligne, _donnees: Donnees) -> bool:
    return True


def _plusieurs(condition: Tous | Un, table: str) -> Test:
    parties = tuple(preparer(partie, table) for partie in condition.parties)
    arret = isinstance(condition, Un)

    def test(ligne: Ligne, donnees: Donnees) -> bool:
        # « et » stops at the first that fails, « ou » at the first that holds.
        for partie in parties:
            if partie(ligne, donnees) is arret:
                return arret
        return not arret

    return test


def _au_moins(condition: AuMoins, depuis: str) -> Test:
    est_comptee = preparer(condition.condition, condition.table)

    def test(ligne: Ligne, donnees: Donnees) -> bool:
        trouvees = 0
        for liee in donnees.liees(depuis, ligne, condition.table):
            if est_comptee(liee, donnees):
                trouvees += 1
                if trouvees >= condition.nombre:
                    return True
        return False

    return test


def _une_comparaison(condition: Comparaison) -> Test:
    """Return the test of one comparison: short for what most columns hold, exact for the others."""
    colonne = condition.colonne
    if condition.valeurs in _OUI_NON and condition.operateur in {"=", "≠"}:
        voulu = (condition.valeurs == ("oui",)) is (condition.operateur == "=")
        return lambda ligne, _: (
            voulu is (valeur is True)
            if (valeur := ligne.get(colonne)) is None or isinstance(valeur, bool)
            else _comparer(condition, valeur)
        )
    if condition.operateur in {"=", "dans"} and all(isinstance(v, str) for v in condition.valeurs):
        dites = frozenset(condition.valeurs)
        return lambda ligne, _: (
            valeur in dites
            if isinstance(valeur := ligne.get(colonne), str) and valeur
            else _comparer(condition, valeur)
        )
    return lambda ligne, _: _comparer(condition, ligne.get(colonne))


_OUI_NON: Final = (("oui",), ("non",))


def _comparer(condition: Comparaison, valeur: Any) -> bool:
    """Compare one value. « oui » and « non » are true and false; an empty yes or no is « non »."""
    if condition.operateur == "renseigné":
        return valeur not in (None, "", (), [])
    if valeur is None and condition.valeurs in _OUI_NON:
        valeur = False
    if valeur in (None, "", ()):
        return False
    if isinstance(valeur, list | tuple | frozenset | set):
        portees = {str(v) for v in valeur}
        dedans = any(str(v) in portees for v in condition.valeurs)
        return not dedans if condition.operateur == "≠" else dedans
    stockee = _stockee(valeur)
    if condition.operateur == "dans":
        return stockee in condition.valeurs
    resultat: bool = _COMPARER[condition.operateur](stockee, condition.valeurs[0])
    return resultat


def _stockee(valeur: Any) -> Any:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return valeur.isoformat() if isinstance(valeur, date) else valeur
