"""A questionnaire written in a text editor: read it, or say every error with its line.

Aliases, dates and the many spellings of true and false of YAML 1.1 are refused or read as plain
words: « non » and « no » are answers here, and a short file cannot unfold into a huge one.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from enquetes.bibliotheque.echelles import echelle_de
from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES
from enquetes.parcours.lecture import definition_depuis
from enquetes.parcours.verification import Defaut, graves, verifier

from .corrections import sans_insecables
from .fautes import (
    ENTIER_FICHIER,
    MAL_ECRITE,
    DefautDeFichier,
    a_reecrire,
    extrait,
    illisible,
    insecables,
    redressees,
    tabulee,
)
from .noeuds import (
    Lieu,
    cles_en_double,
    cles_en_mots,
    cles_sans_majuscule,
    garder_la_pleine,
    lignes_des_lieux,
)
from .oublis import CONNUES
from .remarques import textes_coupes
from .reparation import Reparateur, est_defendue, jusqu_ou
from .tabulations import LARGEURS, PLUTOT_TABULEES, en_espaces, lignes_tabulees
from .typographie import soigner

TAILLE_MAX: Final = 300_000
"""Bytes. The longest bundled questionnaire, in four languages, has a tenth of it."""

EXEMPLE: Final = Path(__file__).with_name("exemple.yaml")
"""The commented example, with every way to answer."""

AUTRE_TIRET: Final = (
    "Gardez une seule des deux lignes. Si une autre page, question ou réponse commence ici, mettez "
    "un tiret devant\u00a0: - code."
)
PERDUE: Final = "\ufffd"
"""What stands for a byte that could not be read."""
ECHELLE_ENTIERE: Final = (
    "Ce questionnaire ne pose pas toute l’échelle publiée.",
    "Passez par «\u00a0Utiliser une échelle publiée\u00a0», ou enlevez «\u00a0echelle\u00a0».",
)
"""What is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file gave: the data of a definition, or everything that is wrong with it."""

    donnees: dict[str, Any] | None
    defauts: tuple[DefautDeFichier, ...] = ()
    conseils: tuple[DefautDeFichier, ...] = ()
    """What would make it better; it may be published without."""

    @property
    def est_juste(self) -> bool:
        return self.donnees is not None and not self.defauts


def _marque(evenement: yaml.Event) -> Any:
    return evenement.start_mark


class _Chargeur(yaml.SafeLoader):
    """Plain words stay words: only whole numbers, decimals, true, false and null are read."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        evenement = self.peek_event()  # type: ignore[no-untyped-call]  # untyped in PyYAML's stubs
        if (
            isinstance(evenement, yaml.AliasEvent)
            or getattr(evenement, "anchor", None) is not None
        ):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=_marque(evenement))
        if getattr(evenement, "tag", None) is not None:
            raise yaml.MarkedYAMLError(problem="constructor", problem_mark=_marque(evenement))
        return super().compose_node(parent, index)


for _etiquette, _motif, _debuts in (
    ("int", r"-?(?:0|[1-9][0-9]{0,8})", "-0123456789"),
    ("float", r"-?[0-9]{1,9}\.[0-9]{1,9}", "-0123456789"),
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
):
    _Chargeur.add_implicit_resolver(
        f"tag:yaml.org,2002:{_etiquette}", re.compile(rf"^(?:{_motif})$"), list(_debuts)
    )


def lire_fichier(octets: bytes) -> Lecture:
    """Read the bytes of a file; whatever they are, the answer is a definition or a list."""
    if len(octets) > TAILLE_MAX:
        return _refus(
            "Ce fichier est trop gros pour un questionnaire.",
            f"Gardez moins de {TAILLE_MAX // 1000} Ko. Vérifiez que c’est le bon fichier.",
        )
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        return _refus(
            "Ce fichier n’est pas du texte en UTF-8.",
            "Dans votre éditeur, enregistrez-le de nouveau en choisissant «\u00a0UTF-8\u00a0».",
            ligne=octets.count(b"\n", 0, erreur.start) + 1,
        )
    return lire_texte(texte)


def lire_texte(texte: str) -> Lecture:
    """Read the text of a questionnaire; a letter that was lost on the way is an error of its line."""
    lignes = texte.splitlines()
    lecture, perdues = _lire(texte, lignes), list(_lettres_perdues(lignes))
    tous = sorted([*perdues, *lecture.defauts], key=lambda defaut: defaut.ligne)
    return replace(lecture, defauts=tuple(tous))


def _lire(texte: str, lignes: list[str]) -> Lecture:
    try:
        return _redressee(texte, lignes)
    except yaml.reader.ReaderError as erreur:
        return _signe_interdit(texte, lignes, erreur.position)
    except (RecursionError, ValueError, TypeError):
        return _refus(
            "Ce fichier ne se lit pas comme un questionnaire.",
            "Partez du fichier d’exemple, et changez-le peu à peu.",
        )


@dataclass(frozen=True, slots=True)
class _Charge:
    """What YAML gave: the data, the line of every place, the keys written twice."""

    donnees: Any
    lignes: dict[Lieu, int]
    doubles: list[tuple[int, str]]
    majuscules: list[tuple[int, str, str]]
    noeud: yaml.Node | None
    texte: str


def _charger(texte: str) -> _Charge:
    chargeur = _Chargeur(texte)
    noeud = chargeur.get_single_node()
    cles_en_mots(noeud)
    majuscules = list(cles_sans_majuscule(noeud, CONNUES))
    lignes, doubles = dict(lignes_des_lieux(noeud, ())), list(cles_en_double(noeud))
    garder_la_pleine(noeud)
    donnees = chargeur.construct_document(noeud) if noeud is not None else None
    return _Charge(soigner(donnees), lignes, doubles, majuscules, noeud, texte)


def _verifie(lu: _Charge, lignes: list[str]) -> Lecture:
    """Say all that is wrong with what was read; ``lignes`` are the author's, which are quoted.

    A line that YAML read as something else than what was meant is said once.
    """
    telle, lues = _tel_quel(lu, lignes), lu.texte.splitlines()
    droites = redressees(lues, lignes, {defaut.ligne for defaut in telle.defauts})
    texte = "\n".join(droites[n][0] if n in droites else une for n, une in enumerate(lues, 1))
    if not droites or _faute(texte):
        return telle
    droite = _tel_quel(_charger(texte), lignes)
    if len(droite.defauts) >= len(telle.defauts):
        return telle
    return _avec(droite, [dite for _ecrire, dite in droites.values()])


def _tel_quel(lu: _Charge, lignes: list[str]) -> Lecture:
    trouves = verifier(lu.donnees, NATURES, frozenset(PICTOGRAMMES))
    if not graves(trouves):
        trouves += _echelle_entiere(lu.donnees)
    places = {defaut: _placer(defaut, lu.lignes, lignes) for defaut in trouves}
    coupes = textes_coupes(lu.noeud, lu.texte.splitlines(), lignes)
    defauts = [
        *_cites(lu.doubles, lignes),
        *_majuscules(lu.majuscules, lignes),
        *coupes,
        *(places[defaut] for defaut in graves(trouves)),
    ]
    return Lecture(
        lu.donnees if isinstance(lu.donnees, dict) else None,
        tuple(sorted(defauts, key=lambda defaut: defaut.ligne)),
        tuple(places[defaut] for defaut in trouves if not defaut.grave),
    )


def _echelle_entiere(donnees: dict[str, Any]) -> list[Defaut]:
    """Return the fault of a published scale that is not asked in full: publishing would refuse it."""
    lue = definition_depuis(donnees)
    if not lue.echelle or echelle_de(lue) is not None:
        return []
    return [Defaut(("echelle",), "echelle_entiere", *ECHELLE_ENTIERE)]


def _faute(texte: str) -> yaml.YAMLError | None:
    """Return the first fault of writing of a text."""
    try:
        _charger(texte)
    except yaml.YAMLError as erreur:
        return erreur
    return None


def _combien(texte: str) -> int:
    """Return how many errors a text has; very many when it cannot be read."""
    try:
        return len(_tel_quel(_charger(texte), texte.splitlines()).defauts)
    except yaml.YAMLError:
        return sys.maxsize


def _lue(texte: str, lignes: list[str], part: int = 1) -> tuple[Lecture, bool]:
    """Return what is said of a text, and whether it was read to its end.

    ``part``: in how many readings of this kind the work is shared.
    """
    try:
        return _verifie(_charger(texte), lignes), True
    except yaml.reader.ReaderError:
        raise
    except yaml.YAMLError as erreur:
        tabulees = lignes_tabulees(texte)
        if len(tabulees) > PLUTOT_TABULEES:
            return _tabulee(texte, lignes, tabulees)
        return _malgre_les_fautes(texte, lignes, erreur, part)


def _tabulee(texte: str, lignes: list[str], tabulees: list[int]) -> tuple[Lecture, bool]:
    """Read a file indented with tabulations, all of one width: the one that lets the most be read.

    Of several, the one that leaves the fewest errors.
    """
    jusque = {n: jusqu_ou(_faute(en_espaces(texte, n))) for n in LARGEURS}
    restent = [n for n in LARGEURS if jusque[n] == max(jusque.values())]
    lues = {n: _lue(en_espaces(texte, n), lignes, len(restent)) for n in restent}
    entieres = {n: lecture for n, (lecture, entiere) in lues.items() if entiere}
    largeur = min(entieres, key=lambda n: len(entieres[n].defauts), default=None)
    dite = tabulee(lignes, tabulees, largeur)
    if largeur is None:
        return Lecture(None, (dite,)), False
    return _avec(entieres[largeur], [dite]), True


def _avec(lecture: Lecture, autres: list[DefautDeFichier]) -> Lecture:
    """Return what was read of a text that was mended: it is not published."""
    tous = sorted([*autres, *lecture.defauts], key=lambda defaut: defaut.ligne)
    return Lecture(None, tuple(tous), lecture.conseils)


def _redressee(texte: str, lignes: list[str]) -> Lecture:
    """Return what is said of a text: as it is, or once the no-break spaces of its margins are spaces."""
    ecrites = {n: sans_insecables(ligne) for n, ligne in enumerate(lignes, 1)}
    autres = [n for n, ecrite in ecrites.items() if ecrite != lignes[n - 1]]
    telle = None if autres and _faute(texte) else _lue(texte, lignes)[0]
    if telle is not None and (telle.est_juste or not autres):
        return telle
    droite, _entiere = _lue("\n".join(ecrites.values()), lignes)
    # Below a text, they may be its author's: then nothing changes without them.
    if telle is not None and (
        telle.defauts == droite.defauts or len(telle.defauts) < len(droite.defauts)
    ):
        return telle
    return _avec(droite, [insecables(lignes, n, ecrites[n]) for n in autres])


def _malgre_les_fautes(
    texte: str, lignes: list[str], erreur: yaml.YAMLError, part: int
) -> tuple[Lecture, bool]:
    """Say each fault of writing, and all that is wrong elsewhere, as far as it can be read.

    What was mended to go on is never published: the author writes it.
    """
    reparateur, suite, lues = Reparateur(texte, _faute, _combien, part), erreur, texte.splitlines()
    defauts: list[DefautDeFichier] = []
    devinees: set[int] = set()
    laissees: set[int] = set()
    while reparee := reparateur.reparer(suite):
        reparation, encore = reparee
        defauts.append(a_reecrire(lues, suite, reparation))
        if reparation.laissee:
            laissees.add(reparation.ligne)
        elif est_defendue(suite):
            devinees.add(reparation.ligne)
        if encore is None:
            autres = _verifie(_charger(reparateur.texte), lignes)
            siens = tuple(d for d in autres.defauts if d.ligne not in laissees)
            return _sans_les_devinees(replace(autres, defauts=siens), defauts, devinees), True
        suite = encore
    lus = (replace(defaut, message=MAL_ECRITE) for defaut in defauts)
    return Lecture(None, (*lus, illisible(lues, suite))), False


def _sans_les_devinees(
    autres: Lecture, defauts: list[DefautDeFichier], devinees: set[int]
) -> Lecture:
    """Say what is wrong once only where a shortcut stands: what replaced it is not the author's.

    What to write there still is: the types that exist, how a code is made.
    """
    siens = tuple(d for d in autres.defauts if d.ligne not in devinees)
    aides = {d.ligne: d.conseil for d in autres.defauts if d.ligne in devinees}
    dites = [
        replace(d, conseil=f"{d.conseil} {aides[d.ligne]}") if d.ligne in aides else d
        for d in defauts
    ]
    return _avec(replace(autres, defauts=siens), dites)


def _refus(message: str, conseil: str, ligne: int = ENTIER_FICHIER) -> Lecture:
    return Lecture(None, (DefautDeFichier(ligne, "", message, conseil),))


def _lettres_perdues(lignes: list[str]) -> Iterator[DefautDeFichier]:
    """Yield the lines that hold the mark of a byte that was not UTF-8: nobody wrote it."""
    for rang, ligne in enumerate(lignes, 1):
        if PERDUE in ligne:
            yield DefautDeFichier(
                rang,
                extrait(lignes, rang),
                f"Une lettre a été perdue\u00a0: «\u00a0{PERDUE}\u00a0».",
                "Retapez-la ici. Ou enregistrez votre fichier de nouveau en choisissant "
                "«\u00a0UTF-8\u00a0», puis renvoyez-le.",
            )


def _signe_interdit(texte: str, lignes: list[str], position: int) -> Lecture:
    ligne = texte.count("\n", 0, position) + 1
    montre = "".join(signe if signe.isprintable() else PERDUE for signe in extrait(lignes, ligne))
    return Lecture(
        None,
        (
            DefautDeFichier(
                ligne,
                montre,
                "Cette ligne contient un signe invisible qui n’est pas du texte.",
                "Effacez la ligne et tapez-la de nouveau.",
            ),
        ),
    )


def _cites(doubles: list[tuple[int, str]], lignes: list[str]) -> Iterator[DefautDeFichier]:
    for ligne, cle in doubles:
        yield DefautDeFichier(
            ligne,
            extrait(lignes, ligne),
            f"«\u00a0{cle}\u00a0» est écrit deux fois au même endroit.",
            AUTRE_TIRET if cle == "code" else "Gardez une seule des deux lignes.",
        )


def _majuscules(
    majuscules: list[tuple[int, str, str]], lignes: list[str]
) -> Iterator[DefautDeFichier]:
    for ligne, ecrite, juste in majuscules:
        message = f"«\u00a0{ecrite}\u00a0» n’est pas connu ici."
        conseil = f"Écrivez «\u00a0{juste}\u00a0», sans majuscule."
        yield DefautDeFichier(ligne, extrait(lignes, ligne), message, conseil)


def _placer(
    defaut: Defaut, lignes_des_lieux: dict[Lieu, int], lignes: list[str]
) -> DefautDeFichier:
    """Give a defect its line, or that of the nearest thing around it that is written."""
    lieu = defaut.lieu
    while lieu and lieu not in lignes_des_lieux:
        lieu = lieu[:-1]
    ligne = lignes_des_lieux.get(lieu, 1 if lignes else ENTIER_FICHIER)
    return DefautDeFichier(ligne, extrait(lignes, ligne), defaut.message, defaut.conseil)
