"""The change report of a contrast on paper, its annexe with numbers at the end."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from analyses.changements.exposition import PRUDENCE
from analyses.changements.lecture import Critere, Lecture
from analyses.changements.phrases import (
    REGLES,
    RETENUS,
    familles_dites,
    jamais_servies,
    phrase_declaration,
)
from analyses.confidentialite.tableau import TableauProtege
from voix.commun.pdf import composer

from .annexe import COLONNES, COMPTES, EFFETS, TESTS, en_mots, lignes, limites, presence
from .sections import section

MODELE: Final = Path(__file__).with_name("changement.typ")


class Dessin(Protocol):
    """A drawing and the sentence that says the same."""

    @property
    def svg(self) -> str: ...

    @property
    def texte(self) -> str: ...


def rapport_pdf(
    lecture: Lecture,
    *,
    entete: Mapping[str, Any],
    declares_le: date,
    dessins: Mapping[str, Dessin],
) -> bytes:
    """Return the report: ``entete`` is its title, subtitle, footer and whether it is invented.

    ``dessins``: by code of outcome, and the empty code for all of them together.
    """
    sections = [_qui(lecture)]
    alertes = []
    if lecture.alerte:
        alertes.append(ALERTE)
    if lecture.est_diffusable:
        sections += _criteres(lecture, declares_le, dessins)
    else:
        alertes.append(INSUFFISANT)
    sections.append(section("Ce que ce rapport ne dit pas", liste=REGLES))
    annexe = _annexe(lecture, declares_le) if lecture.est_diffusable else None
    return composer(MODELE, {**entete, "alertes": alertes, "sections": sections, "annexe": annexe})


ALERTE: Final = "Moins de 6 familles sur 10 ont répondu les deux fois. Lisez ce rapport avec beaucoup de prudence."
INSUFFISANT: Final = (
    "Effectif insuffisant (moins de 11 familles ont répondu les deux fois)\u00a0: rien n’est affiché "
    "pour protéger les personnes."
)


def _qui(lecture: Lecture) -> dict[str, Any]:
    lignes = [f"{nom[:1].upper()}{nom[1:]}\u00a0: {phrase}" for nom, phrase in lecture.retention]
    phrases = [lecture.exposition, lecture.saison]
    if lecture.sans_suite:
        phrases.insert(
            0, f"Cartes perdues sans liste, hors du compte\u00a0: {lecture.sans_suite}."
        )
    if lecture.jamais_servies:
        phrases.insert(0, jamais_servies(lecture.jamais_servies))
    return section(
        "Qui a répondu",
        liste=[*lignes, f"Les deux fois\u00a0: {familles_dites(lecture.nombre, lecture.nombre)}."],
        suite=phrases,
    )


def _criteres(
    lecture: Lecture, declares_le: date, dessins: Mapping[str, Dessin]
) -> list[dict[str, Any]]:
    sections = [
        section(
            "Ce qui était déclaré",
            phrases=[phrase_declaration(len(lecture.declares), declares_le)],
            figure=_figure(dessins.get("")),
        )
    ]
    sections += [_critere(critere, dessins) for critere in lecture.declares]
    sections += _expositions(lecture)
    if lecture.autres:
        sections.append(
            section(
                "Les autres questions, sans conclusion",
                phrases=[
                    "Elles n’étaient pas déclarées\u00a0: un écart peut y être dû au hasard."
                ],
            )
        )
        vus = [critere for critere in lecture.autres if critere.tableau.total]
        sections += [_critere(critere, {}) for critere in vus]
    return sections + _reserves(lecture)


def _expositions(lecture: Lecture) -> list[dict[str, Any]]:
    """Return the declared outcomes beside baskets and workshops, and how not to read them."""
    if not lecture.expositions:
        return []
    sections = [section("À côté de ce que les familles ont reçu", phrases=[PRUDENCE])]
    for exposition in lecture.expositions:
        tus = f"Retenu, pour ne rien laisser deviner de quelques familles\u00a0: {exposition.tus}."
        sections.append(
            section(
                exposition.titre,
                niveau=3,
                liste=exposition.phrases,
                suite=[tus] if exposition.tus else [],
                tableaux=[_croise(tableau) for tableau in exposition.tableaux],
            )
        )
    return sections


def _reserves(lecture: Lecture) -> list[dict[str, Any]]:
    """Return what was withheld, and where those who left started from."""
    sections = []
    if lecture.retenus:
        sections.append(
            section(
                "Ce que nous avons retenu, et pourquoi",
                phrases=[RETENUS],
                liste=lecture.retenus,
            )
        )
    if lecture.departs or lecture.ages or lecture.ages_tus:
        sections.append(
            section(
                "D’où partaient les familles qui sont parties",
                phrases=[
                    (
                        "Comparez les deux lignes. Si elles se ressemblent, rien ne dit qu’elles "
                        "auraient changé pareil."
                    )
                ],
                suite=[lecture.ages_tus] if lecture.ages_tus else [],
                tableaux=[
                    _croise(tableau) for tableau in (*lecture.departs, lecture.ages) if tableau
                ],
            )
        )
    return sections


def _critere(critere: Critere, dessins: Mapping[str, Dessin]) -> dict[str, Any]:
    aide = " · ".join(mot for mot in (critere.sens, critere.mesure) if mot)
    return section(
        critere.libelle,
        niveau=3,
        aide=aide,
        fort=critere.verdict,
        phrases=[critere.raison] if critere.raison else list(critere.phrases),
        suite=[critere.epreuve] if critere.epreuve else [],
        figure=_figure(dessins.get(critere.code)),
        tableaux=[_total(critere.tableau)] if critere.declaree and critere.tableau.total else [],
    )


def _figure(dessin: Dessin | None) -> dict[str, str] | None:
    if dessin is None:
        return None
    svg = dessin.svg
    if "xmlns=" not in svg:
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return {"svg": svg, "texte": dessin.texte}


def _total(tableau: TableauProtege) -> dict[str, Any]:
    total = tableau.total
    rangs = (
        [
            [colonne.libelle, total.dire(cellule), total.dire_la_part(cellule)]
            for colonne, cellule in zip(tableau.colonnes, total.cellules, strict=True)
        ]
        if total
        else []
    )
    return {
        "titre": tableau.titre,
        "entetes": ["Réponse", f"Familles (sur {total.taille if total else 0})", "Part"],
        "largeurs": [3, 2, 2],
        "rangs": rangs,
    }


def _croise(tableau: TableauProtege) -> dict[str, Any]:
    return {
        "titre": tableau.titre,
        "entetes": [tableau.groupes_titre, "N", *(c.libelle for c in tableau.colonnes)],
        "largeurs": [3, 1, *([2] * len(tableau.colonnes))],
        "rangs": [
            [ligne.libelle, str(ligne.taille), *(ligne.dire(c) for c in ligne.cellules)]
            for ligne in tableau.lignes
        ],
    }


def _annexe(lecture: Lecture, declares_le: date) -> dict[str, Any]:
    """Return the numbers of every outcome in three tables, for pages on their side."""
    rangs = [en_mots(ligne) for ligne in lignes(lecture)]
    dits = [ligne for ligne in rangs if ligne["solde_bas"]]
    juges = [ligne for ligne in rangs if ligne["test"]]
    tableaux = [
        _de_l_annexe("Les comptes", COMPTES, rangs, [6, 2, 3, *[2] * 6]),
        _de_l_annexe("Les effets et leurs intervalles", EFFETS, dits, [4, *[2] * 10]),
    ]
    if juges:
        tableaux.append(
            _de_l_annexe("Les tests des critères déclarés", TESTS, juges, [5, 4, 5, 3, 3, 2, 3])
        )
    tableaux.append(
        {
            "titre": f"Présence, sur {familles_dites(lecture.inscrites, lecture.inscrites)}",
            "entetes": ["Vague", "Ont répondu", "Familles suivies", "Part"],
            "largeurs": [4, 2, 2, 2],
            "rangs": [
                [f"{dit}" for dit in rang[:3]] + [f"{rang[3]}\u00a0%" if lecture.inscrites else ""]
                for rang in presence(lecture)
            ],
        }
    )
    return {"phrases": limites(declares_le), "tableaux": tableaux}


def _de_l_annexe(
    titre: str,
    colonnes: Mapping[str, str],
    rangs: list[dict[str, str]],
    largeurs: list[int],
) -> dict[str, Any]:
    noms = ["critere", *(nom for nom in colonnes if nom != "critere")]
    return {
        "titre": titre,
        "entetes": [COLONNES[nom] for nom in noms],
        "largeurs": largeurs,
        "rangs": [[ligne[nom] for nom in noms] for ligne in rangs],
    }
