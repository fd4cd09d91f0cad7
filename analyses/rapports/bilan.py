"""The bilan of a programme or of a territoire on paper, and the same on one page for a notice board.

It takes measures as they are shown: nothing is counted here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from analyses.indicateurs.indicateur import Forme
from analyses.indicateurs.registres.choix import NIVEAUX
from analyses.mesures import Entendu, LigneDeMoment, MesureDite, Repere, par_groupe
from analyses.mesures.dire import nombre_dit
from analyses.models import BLOCS
from voix.commun.pdf import composer

from .sections import section
from .word import en_word

MODELE: Final = Path(__file__).with_name("changement.typ")
EN_CLAIR: Final = Path(__file__).with_name("en_clair.typ")
LIGNES_MAX: Final = 8
"""Results on the notice board, in each of its two lists."""


class Dessin(Protocol):
    """A drawing and the sentence that says the same."""

    @property
    def svg(self) -> str: ...

    @property
    def texte(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Autour:
    """What is read beside the indicators."""

    moments: Sequence[LigneDeMoment]
    reperes: Sequence[Repere]
    entendus: Sequence[Entendu]


EN_ANNEXE: Final = "Chaque indicateur a une définition, une base, un objectif et une source\u00a0: ils sont en annexe."
METHODE: Final = [
    "«\u00a0Atteint\u00a0» est jugé sur le résultat exact, jamais sur l’arrondi.",
    "Sous 10, il n’y a pas de pourcentage\u00a0: un seul de plus changerait tout.",
    "Quand tous les territoires sont comptés, il n’y a pas d’intervalle\u00a0: ce n’est pas un échantillon.",
    "Un chiffre sur des personnes est masqué dès que 10 personnes ou moins pourraient être reconnues.",
]
LIMITES: Final = [
    "Ces chiffres viennent de ce que les territoires ont écrit. Ce qui n’est pas écrit n’est pas compté.",
    "Un niveau d’implication sans preuve datée compte pour 0.",
    "On observe ces résultats pendant le projet. Sans groupe comparé, on ne peut pas dire qu’ils viennent du projet.",
    "Des bases petites ne permettent pas de classer les territoires.",
]


def bilan_pdf(donnees: Mapping[str, Any]) -> bytes:
    """Return the bilan as an accessible PDF."""
    return composer(MODELE, donnees)


def bilan_word(donnees: Mapping[str, Any]) -> bytes:
    """Return the same bilan as a Word file, to be edited."""
    return en_word(donnees)


def bilan(
    dites: Sequence[MesureDite],
    *,
    entete: Mapping[str, Any],
    textes: Mapping[str, str],
    autour: Autour,
    dessins: Mapping[str, Dessin],
) -> dict[str, Any]:
    """Return what a bilan says, for whatever prints it.

    ``textes`` are the blocks that people wrote; ``dessins``, by group.
    """
    ecrits = {bloc: _ecrit(titre, textes[bloc]) for bloc, titre in BLOCS if bloc in textes}
    sections = [ecrits["introduction"]] if "introduction" in ecrits else []
    sections.append(section("En bref", phrases=[en_bref(dites)]))
    for groupe, siennes in par_groupe(dites).items():
        sections.append(_groupe(groupe, siennes, dessins.get(groupe)))
    sections.append(_moments(autour.moments))
    sections += [*_entendus(autour.entendus), *_contexte(autour.reperes)]
    sections += [ecrits[bloc] for bloc in ("faits", "suites") if bloc in ecrits]
    sections.append(section("Comment ces chiffres sont faits", liste=[EN_ANNEXE, *METHODE]))
    sections.append(section("Ce que ce bilan ne dit pas", liste=[*LIMITES, *_ambigus(dites)]))
    return {**entete, "alertes": [], "sections": sections, "annexe": _annexe(dites)}


def en_bref(dites: Sequence[MesureDite]) -> str:
    """Return how many targets are reached, in one sentence."""
    juges = [dite.mesure.atteint for dite in dites if dite.mesure.atteint is not None]
    if not juges:
        return "Aucun indicateur n’a encore à la fois un objectif et un résultat."
    atteints = sum(juges)
    s = "s" if atteints > 1 else ""
    return (
        f"Objectif atteint\u00a0: {atteints} indicateur{s} sur {len(juges)} qui ont un objectif et un "
        "résultat."
    )


def en_clair_pdf(
    dites: Sequence[MesureDite], *, entete: Mapping[str, Any], textes: Mapping[str, str]
) -> bytes:
    """Return one page for a notice board: what is reached, what is left to do, in whole numbers."""
    montrees = [dite for dite in dites if dite.mesure.atteint is not None and dite.base]
    listes = [
        ("C’est fait", [dite for dite in montrees if dite.mesure.atteint]),
        ("Il reste à faire", [dite for dite in montrees if not dite.mesure.atteint]),
    ]
    donnees = {
        **entete,
        "bref": en_bref(dites),
        "introduction": textes.get("introduction", ""),
        "suites": textes.get("suites", ""),
        "listes": [
            {
                "titre": titre,
                "lignes": [
                    {"nom": i.clair or i.nom, "combien": d.phrase}
                    for d in siennes[:LIGNES_MAX]
                    for i in (d.mesure.indicateur,)
                ],
                "reste": max(0, len(siennes) - LIGNES_MAX),
            }
            for titre, siennes in listes
            if siennes
        ],
    }
    return composer(EN_CLAIR, donnees)


def _ecrit(titre: str, texte: str) -> dict[str, Any]:
    return section(titre, phrases=[ligne for ligne in texte.splitlines() if ligne.strip()])


def _groupe(titre: str, dites: list[MesureDite], dessin: Dessin | None) -> dict[str, Any]:
    tableau = {
        "titre": f"{titre}\u00a0: objectif et résultat",
        "entetes": ["Indicateur", "Objectif", "Résultat", "Combien", "Écart"],
        "largeurs": [6, 2, 2, 4, 3],
        "phrases": [3],
        "rangs": [_rang(dite) for dite in dites],
    }
    return section(titre, figure=_figure(dessin), tableaux=[tableau])


def _rang(dite: MesureDite) -> list[str]:
    indicateur, mesure = dite.mesure.indicateur, dite.mesure
    nom = f"{indicateur.code}. {indicateur.nom}"
    if not dite.resultat:
        base = f"{dite.base}. " if dite.base else ""
        return [nom, dite.objectif, "", f"{base}{mesure.motif}", ""]
    juge = "" if mesure.atteint is None else ("atteint" if mesure.atteint else "pas atteint")
    ecart = ", ".join(mot for mot in (dite.ecart, juge) if mot)
    return [nom, dite.objectif, dite.resultat, dite.base, ecart]


def _figure(dessin: Dessin | None) -> dict[str, str] | None:
    if dessin is None:
        return None
    svg = dessin.svg
    if "xmlns=" not in svg:
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return {"svg": svg, "texte": dessin.texte}


def _moments(moments: Sequence[LigneDeMoment]) -> dict[str, Any]:
    return section(
        "À quels moments, jusqu’où",
        phrases=["Nombre de territoires selon le plus haut niveau prouvé, à chaque moment."],
        tableaux=[
            {
                "titre": "Moments et niveaux d’implication",
                "entetes": ["Moment", *(f"{code}. {nom}" for code, nom in NIVEAUX)],
                "largeurs": [3, *([2] * len(NIVEAUX))],
                "rangs": [[ligne.moment, *map(str, ligne.nombres)] for ligne in moments],
            }
        ],
    )


ENTENDUS: Final = (
    "Les réponses de chaque collecte close, sur les personnes accompagnées au même endroit. Une "
    "personne a pu répondre deux fois\u00a0: la vraie part est celle-ci, ou moins. Une collecte n’est là "
    "que si les deux nombres peuvent se dire."
)


def _entendus(entendus: Sequence[Entendu]) -> list[dict[str, Any]]:
    """Return who was not heard, or nothing: both numbers, or none of them."""
    if not entendus:
        return []
    tableau = {
        "titre": "Réponses et personnes accompagnées",
        "entetes": ["Collecte", "Où", "Réponses", "Personnes accompagnées", "Part"],
        "largeurs": [5, 4, 2, 3, 3],
        "phrases": [1],
        "rangs": [
            [e.collecte, e.territoire, str(e.reponses), str(e.accompagnees), e.part]
            for e in entendus
        ],
    }
    return [section("Qui n’a pas été entendu", phrases=[ENTENDUS], tableaux=[tableau])]


def _contexte(reperes: Sequence[Repere]) -> list[dict[str, Any]]:
    """Return the figures of context, or nothing: each with its year, its place and its source."""
    if not reperes:
        return []
    tableau = {
        "titre": "Chiffres lus ailleurs",
        "entetes": ["Repère", "Valeur", "Où", "Année", "Source"],
        "largeurs": [4, 2, 4, 1, 4],
        "phrases": [2, 4],
        "rangs": [[r.intitule, r.valeur, r.perimetre, str(r.annee), r.origine] for r in reperes],
    }
    phrase = "Ils situent le territoire, ils ne mesurent pas le projet."
    return [section("Le contexte", phrases=[phrase], tableaux=[tableau])]


def _ambigus(dites: Sequence[MesureDite]) -> list[str]:
    return [
        f"{d.mesure.indicateur.code}. {d.mesure.indicateur.ambigu}"
        for d in dites
        if d.mesure.indicateur.ambigu and d.mesure.valeur is not None
    ]


def _annexe(dites: Sequence[MesureDite]) -> dict[str, Any]:
    """Return the definitions, one row each, for a page on its side."""
    tableau = {
        "titre": "Définitions, bases et sources",
        "entetes": ["Indicateur", "Définition", "Base", "Intervalle", "Source"],
        "largeurs": [4, 9, 2, 2, 4],
        "phrases": [1, 2, 3, 4],
        "rangs": [
            [
                f"{i.code}. {i.nom}",
                i.definition,
                i.unite.pluriel,
                _intervalle(dite),
                i.source,
            ]
            for dite in dites
            for i in (dite.mesure.indicateur,)
        ],
    }
    return {"phrases": [], "tableaux": [tableau]}


def _intervalle(dite: MesureDite) -> str:
    if dite.mesure.intervalle is None or dite.mesure.indicateur.forme != Forme.PART:
        return ""
    bas, haut = dite.mesure.intervalle
    return f"{nombre_dit(bas)} à {nombre_dit(haut)}\u00a0%"
