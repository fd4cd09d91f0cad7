"""The checks of the settings of a question, against what its type accepts."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from voix.commun.nombres import grouper

from .classes import conseillees, mots
from .definition import LANGUE_SOURCE, Forme, Nature, Reglage
from .periodes import periodes
from .verification_base import Contexte, Defaut, Lieu, cles_inconnues, ecrivez
from .verification_textes import defauts_texte

_TROP_GRAND: Final = re.compile(r"-?[0-9]{10,}")
LONGUEUR_OPTION: Final = 40
DECIMALES_AU_PLUS: Final = 4
_SOUS_ZERO: Final = -10
"""A least number that is proposed below zero."""


def defauts_options(
    options: Any, lieu: Lieu, nature: Nature, contexte: Contexte
) -> Iterator[Defaut]:
    """Check every setting, then that ``min`` and ``max`` leave something to answer."""
    if options is None:
        yield from _sans({}, lieu, nature)
        return
    if not isinstance(options, Mapping):
        yield Defaut(
            lieu,
            "options_forme",
            "Les options sont mal écrites.",
            ecrivez("options: {min: 0, max: 10}"),
        )
        return
    yield from cles_inconnues(options, lieu, nature.options)
    for reglage in nature.reglages:
        if reglage.nom in options:
            yield from _une(options[reglage.nom], (*lieu, reglage.nom), reglage, contexte)
    yield from _sans(options, lieu, nature)
    yield from _bornes(options, lieu, nature)
    yield from _classes(options, lieu, nature)


def _sans(options: Mapping[str, Any], lieu: Lieu, nature: Nature) -> Iterator[Defaut]:
    """Say what is lost without a setting; the questionnaire may do without."""
    for reglage in nature.reglages:
        if reglage.sans and reglage.nom not in options:
            conseil = ecrivez(f"options: {{{reglage.exemple}}}")
            yield Defaut(lieu, "option_conseillee", reglage.sans, conseil, grave=False)


def _une(valeur: Any, lieu: Lieu, reglage: Reglage, contexte: Contexte) -> Iterator[Defaut]:
    if reglage.forme is Forme.TEXTE:
        yield from defauts_texte(
            valeur, lieu, contexte.langues, obligatoire=True, longueur=LONGUEUR_OPTION
        )
        return
    dire, juste = _FORMES[reglage.forme]
    if _a_un_trop_grand(valeur):
        yield _hors_bornes(lieu, reglage)
        return
    if not juste(valeur):
        yield Defaut(
            lieu,
            f"option_{reglage.forme.value}",
            f"«\u00a0{reglage.nom}\u00a0» doit être {dire}.",
            ecrivez(reglage.exemple),
        )
        return
    for nombre in valeur if isinstance(valeur, list) else [valeur]:
        trop_petit = reglage.mini is not None and nombre < reglage.mini
        if trop_petit or (reglage.maxi is not None and nombre > reglage.maxi):
            yield _hors_bornes(lieu, reglage)
            return


def _hors_bornes(lieu: Lieu, reglage: Reglage) -> Defaut:
    bornes = " à ".join(
        grouper(n, LANGUE_SOURCE) for n in (reglage.mini, reglage.maxi) if n is not None
    )
    return Defaut(
        lieu,
        "option_hors_bornes",
        f"«\u00a0{reglage.nom}\u00a0» va de {bornes}.",
        ecrivez(reglage.exemple),
    )


def _a_un_trop_grand(valeur: Any) -> bool:
    """Return whether a whole number has so many digits that the file gives it as a word."""
    lus = valeur if isinstance(valeur, list) else [valeur]
    return any(isinstance(lu, str) and _TROP_GRAND.fullmatch(lu) is not None for lu in lus)


def _est_entier(valeur: Any) -> bool:
    return isinstance(valeur, int) and not isinstance(valeur, bool)


def _est_nombre(valeur: Any) -> bool:
    return _est_entier(valeur) or (isinstance(valeur, float) and math.isfinite(valeur))


def _sont_croissants(valeur: Any) -> bool:
    if not isinstance(valeur, list) or not valeur or not all(map(_est_entier, valeur)):
        return False
    return all(avant < apres for avant, apres in pairwise(valeur))


_FORMES: Final[Mapping[Forme, tuple[str, Callable[[Any], bool]]]] = {
    Forme.ENTIER: ("un nombre entier", _est_entier),
    Forme.NOMBRE: ("un nombre", _est_nombre),
    Forme.ENTIERS: ("une liste de nombres entiers, du plus petit au plus grand", _sont_croissants),
    Forme.PERIODES: (
        "une liste croissante de mois avant l’ouverture, à partir de 0, ou de dates, comme 2025-07",
        lambda valeur: periodes(valeur) is not None,
    ),
    Forme.OUI_NON: ("«\u00a0oui\u00a0» ou «\u00a0non\u00a0»", lambda v: v in ("oui", "non")),
}


def bornes_de(options: Any, nature: Nature) -> tuple[float, float, int]:
    """Return what a number may be: least, greatest, decimals; what is badly written is as if absent."""
    lues: Mapping[str, Any] = options if isinstance(options, Mapping) else {}
    plus_grand = reglage.maxi if (reglage := nature.reglage("max")) else None
    mini, maxi = lues.get("min", 0), lues.get("max", plus_grand or 0)
    decimales = lues.get("decimales", 0)
    return (
        mini if _est_nombre(mini) else 0,
        maxi if _est_nombre(maxi) else plus_grand or 0,
        min(max(decimales, 0), DECIMALES_AU_PLUS) if _est_entier(decimales) else 0,
    )


def _bornes(options: Mapping[str, Any], lieu: Lieu, nature: Nature) -> Iterator[Defaut]:
    mini, maxi = options.get("min", 0), options.get("max", math.nan)
    if not _est_nombre(mini) or not _est_nombre(maxi):
        return
    if mini > maxi:
        dit = "min" in options
        yield Defaut(
            lieu,
            "option_bornes",
            "«\u00a0min\u00a0» est plus grand que «\u00a0max\u00a0»."
            if dit
            else "«\u00a0max\u00a0» est plus petit que zéro, et «\u00a0min\u00a0» n’est pas écrit.",
            "Échangez-les." if dit else _plus_bas(maxi, nature),
        )
    elif "decimales" in nature.options:
        permises = bornes_de(options, nature)[2]
        if not _laissent(mini, maxi, permises):
            dits = " et ".join(str(nombre).replace(".", ",") for nombre in (mini, maxi))
            yield Defaut(
                lieu,
                "option_bornes_vides",
                f"Entre {dits}, il n’y a aucun nombre qu’on puisse répondre.",
                _ecarter(mini, maxi, permises),
            )


def _classes(options: Mapping[str, Any], lieu: Lieu, nature: Nature) -> Iterator[Defaut]:
    """Say that the least numbers are counted with others: it can be written otherwise, before any answer."""
    reglage = nature.reglage("classes")
    if reglage is None or reglage.forme is not Forme.ENTIERS:
        return
    lisibles = all(_est_nombre(options.get(cle, 0)) for cle in ("min", "max", "decimales"))
    if not lisibles or not _sont_croissants(options.get("classes", [0])):
        return
    if proposees := conseillees(options):
        yield Defaut(
            (*lieu, "classes" if "classes" in options else "min"),
            "option_classes",
            "Les classes ne commencent pas au plus petit nombre qu’on peut répondre\u00a0: dans les "
            f"résultats, la première sera «\u00a0{mots(options)[0]}\u00a0».",
            ecrivez(f"classes: [{', '.join(map(str, proposees))}]"),
            grave=False,
        )


def _plus_bas(maxi: float, nature: Nature) -> str:
    """Return the remedy of a greatest number below zero: a least one, ten below where it can be."""
    reglage = nature.reglage("min")
    plancher = reglage.mini if reglage and reglage.mini is not None else math.floor(maxi)
    mini = max(_SOUS_ZERO if maxi > _SOUS_ZERO else math.floor(maxi) + _SOUS_ZERO, plancher)
    return ecrivez(f"options: {{min: {mini}, max: {maxi}}}")


def _ecarter(mini: float, maxi: float, permises: int) -> str:
    """Return the remedy of two bounds with nothing between them: figures enough, when there may be."""
    assez = range(permises + 1, DECIMALES_AU_PLUS + 1)
    decimales = next((d for d in assez if _laissent(mini, maxi, d)), None)
    if decimales is None:
        return "Écartez-les."
    return f"Écartez-les, ou permettez des chiffres après la virgule\u00a0: decimales: {decimales}"


def _laissent(mini: float, maxi: float, decimales: int) -> bool:
    pas = Decimal(10) ** decimales
    return math.ceil(Decimal(str(mini)) * pas) <= math.floor(Decimal(str(maxi)) * pas)
