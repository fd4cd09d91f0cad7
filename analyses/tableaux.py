"""Count a cliché and protect the counts at once: nothing between the two is given to anyone."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analyses.confidentialite.comptage import TOTAL, Comptage, Groupe
from analyses.confidentialite.mains import AUTRES_COLONNES, tableau_des_mains
from analyses.confidentialite.protection import Sujet, premier_niveau, proteger
from analyses.confidentialite.regles import plus_strict, seuils_de
from analyses.confidentialite.tableau import Colonne as ColonneTableau
from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction.cliche import Cliche
from analyses.extraction.lecture import (
    LIEUX,
    SANS_AUCUNE_STRUCTURE,
    SANS_STRUCTURE,
    Collecte,
    Source,
    cliche_de,
    exiger_colonne,
    sans_ventilation,
)
from analyses.extraction.mains import QuestionComptee, SalleComptee, mains_de
from analyses.extraction.plan import LIBELLES, Colonne
from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import mois_en_mots

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class _Groupement:
    """A partition of the respondents: a number for each, and the groups by number."""

    nom: str
    titre: str
    codes: "Codes"
    groupes: tuple[Groupe, ...]
    """Leaves first, in the order of their numbers; then the groups that contain them."""
    nb_feuilles: int
    question: Colonne | None = None


def tableau(prise: Source, question: str, par: str = "") -> TableauProtege:
    """Return a question's protected table, for everybody or by ``par``.

    ``par``: territoire, structure, mois, or the code of another question of one answer.
    Errors: ``SaisieInvalide`` for a question or a grouping that does not exist.
    """
    colonne = _exiger_colonne(prise, question)
    if par and par not in LIEUX:
        possibles = [code for code, _titre in groupements(prise, question)]
        if par != question and par not in {*possibles, *(c.question for c in prise.colonnes)}:
            raise sans_ventilation(par, possibles)
        autre = _exiger_colonne(prise, par)
        if autre.multiple or autre.question == question:
            raise SaisieInvalide(
                "Choisissez une autre question, à une seule réponse, pour croiser."
            )
    if par and (motif := sans_valeur(prise, question) or sans_valeur(prise, par)):
        raise SaisieInvalide(motif)
    return _calculer(cliche_de(prise).empreinte, _Cle(prise, colonne, par))


def tous(prise: Source) -> list[TableauProtege]:
    """Return the one-way table of every question, in the order of the questionnaire."""
    return [tableau(prise, colonne.question) for colonne in prise.colonnes]


def groupements(prise: Source, question: str) -> list[tuple[str, str]]:
    """Return by what a question may be crossed, of what somebody has: code and French label."""
    lieux = [("territoire", "Territoire"), ("structure", "Structure"), ("mois", "Mois")]
    autres = [(c.question, c.titre) for c in prise.colonnes if not c.multiple]
    tous_ = lieux + [(code, titre) for code, titre in autres if code != question]
    if sans_valeur(prise, question):
        return []
    return [(code, titre) for code, titre in tous_ if not sans_valeur(prise, code)]


def sans_valeur(prise: Source, par: str) -> str:
    """Return why a grouping, or a question, has nothing to compare, in French; empty when it has.

    Only of organisations: of persons, that nobody answered a question is for the closing to tell.
    """
    if prise.personnes:
        return ""
    cliche = cliche_de(prise)
    if par == "structure":
        codes = {code for code, _libelle, _parent in cliche.dimensions[par].groupes}
        return SANS_AUCUNE_STRUCTURE if codes == {SANS_STRUCTURE} else ""
    colonne = prise.colonne(par)
    if colonne is None or not _est_vide(cliche.empreinte, _Cle(prise, colonne, "")):
        return ""
    return (
        f"«\u00a0{colonne.titre}\u00a0» n’a reçu aucune réponse\u00a0: il n’y a rien à comparer."
    )


@lru_cache(maxsize=4096)
def _est_vide(_empreinte: str, cle: "_Cle") -> bool:
    """Return whether nobody answered; remembered, since a page asks it of every question."""
    dites = [r for r, (code, _libelle) in enumerate(cle.colonne.modalites) if code not in LIBELLES]
    return not any(
        _compter(cliche_de(cle.prise), cle.colonne, None).effectifs[TOTAL][r] for r in dites
    )


@dataclass(frozen=True)
class _Cle:
    """What a table depends on; equal by relevé, question and grouping."""

    prise: Source
    colonne: Colonne
    par: str

    def __hash__(self) -> int:
        return hash((self.prise.releve.pk, self.colonne.question, self.par))

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, _Cle) and (
            self.prise.releve.pk == autre.prise.releve.pk
            and self.colonne.question == autre.colonne.question
            and self.par == autre.par
        )


@lru_cache(maxsize=4096)
def _calculer(_empreinte: str, cle: _Cle) -> TableauProtege:
    """Count and protect; remembered, since a relevé never changes."""
    if cle.par == "territoire":
        ensemble = _calculer(_empreinte, _Cle(cle.prise, cle.colonne, "structure"))
        return premier_niveau(ensemble, "territoire", "Territoire")
    prise, colonne, cliche = cle.prise, cle.colonne, cliche_de(cle.prise)
    groupement = _groupement(prise, cliche, cle.par) if cle.par else None
    profils = (prise.collecte.profil, colonne.profil)
    seuils = seuils_de(personnes=prise.personnes, profils=profils)
    seuils_groupes = seuils
    if groupement and groupement.question:
        autres = (prise.collecte.profil, groupement.question.profil)
        seuils_groupes = seuils_de(personnes=prise.personnes, profils=autres)
    return proteger(
        _compter(cliche, colonne, groupement),
        _sujet(prise, colonne, groupement),
        seuils=plus_strict(seuils, seuils_groupes),
        seuils_question=seuils,
        seuils_groupes=seuils_groupes,
    )


def _exiger_colonne(prise: Source, question: str) -> Colonne:
    return exiger_colonne(prise.collecte, prise.colonnes, question)


def _sujet(prise: Source, colonne: Colonne, groupement: _Groupement | None) -> Sujet:
    return Sujet(
        question=colonne.question,
        titre=colonne.titre,
        colonnes=tuple(ColonneTableau(code, libelle) for code, libelle in colonne.modalites),
        groupes_nom=groupement.nom if groupement else "",
        groupes_titre=groupement.titre if groupement else "",
        ou=(("collecte", (prise.collecte.nom,)), ("releve", (str(prise.releve.numero),))),
        arrete_le=prise.releve.arrete_le.isoformat(),
    )


def _groupement(prise: Source, cliche: Cliche, par: str) -> _Groupement:
    if par == "structure":
        return _structures(cliche)
    if par == "mois":
        dimension = cliche.dimensions[par]
        groupes = tuple(
            Groupe(code, mois_en_mots(code)) for code, _libelle, _ in dimension.groupes
        )
        return _Groupement(par, dimension.titre, cliche.colonne(par), groupes, len(groupes))
    autre = _exiger_colonne(prise, par)
    groupes = tuple(Groupe(code, libelle) for code, libelle in autre.modalites)
    return _Groupement(par, autre.titre, cliche.colonne(par), groupes, len(groupes), autre)


def _structures(cliche: Cliche) -> _Groupement:
    """Nest structures in territoires: one hierarchy, protected as one table."""
    import numpy as np

    lieux, maisons = (
        cliche.dimensions["territoire"].groupes,
        cliche.dimensions["structure"].groupes,
    )
    paires = cliche.colonne("territoire").astype(np.uint32) * len(maisons) + cliche.colonne(
        "structure"
    )
    presentes, codes = np.unique(paires, return_inverse=True)
    feuilles = []
    for paire in presentes.tolist():
        lieu, maison = lieux[paire // len(maisons)], maisons[paire % len(maisons)]
        feuilles.append(Groupe(f"{lieu[0]}/{maison[0]}", maison[1], lieu[0]))
    hauts = tuple(Groupe(code, libelle) for code, libelle, _ in lieux)
    return _Groupement("structure", "Structure", codes, (*feuilles, *hauts), len(feuilles))


def _compter(cliche: Cliche, colonne: Colonne, groupement: _Groupement | None) -> Comptage:
    """Count with numpy: a million answers in milliseconds."""
    largeur = len(colonne.modalites)
    if colonne.multiple:
        reponses = cliche.colonne(colonne.question)
        lignes = [
            _par_groupe(((reponses >> r) & 1).astype(bool), groupement) for r in range(largeur)
        ]
        effectifs = [list(colonne_) for colonne_ in zip(*lignes, strict=True)]
    else:
        effectifs = _croiser(cliche.colonne(colonne.question), largeur, groupement)
    tailles = _tailles(cliche, groupement)
    feuilles = groupement.groupes[: groupement.nb_feuilles] if groupement else ()
    comptes = {g.code: tuple(effectifs[i]) for i, g in enumerate(feuilles)}
    nombres = {g.code: tailles[i] for i, g in enumerate(feuilles)}
    hauts = groupement.groupes[groupement.nb_feuilles :] if groupement else ()
    for haut in hauts:
        dedans = [g.code for g in feuilles if g.parent == haut.code]
        comptes[haut.code] = _somme([comptes[code] for code in dedans], largeur)
        nombres[haut.code] = sum(nombres[code] for code in dedans)
    comptes[TOTAL] = _somme([tuple(ligne) for ligne in effectifs], largeur)
    nombres[TOTAL] = cliche.nombre
    return Comptage(
        reponses=tuple(code for code, _ in colonne.modalites),
        groupes=groupement.groupes if groupement else (),
        effectifs=comptes,
        tailles=nombres,
        multiple=colonne.multiple,
        symetrique=groupement is not None and groupement.question is not None,
    )


def _somme(lignes: list[tuple[int, ...]], largeur: int) -> tuple[int, ...]:
    return (
        tuple(sum(colonne) for colonne in zip(*lignes, strict=True)) if lignes else (0,) * largeur
    )


def _croiser(reponses: "Codes", largeur: int, groupement: _Groupement | None) -> list[list[int]]:
    import numpy as np

    if groupement is None:
        comptes: list[int] = np.bincount(reponses, minlength=largeur).tolist()
        return [comptes]
    cles = groupement.codes.astype(np.uint32) * largeur + reponses
    taille = groupement.nb_feuilles * largeur
    croises: list[list[int]] = np.bincount(cles, minlength=taille).reshape(-1, largeur).tolist()
    return croises


def _par_groupe(coches: "Codes", groupement: _Groupement | None) -> list[int]:
    import numpy as np

    if groupement is None:
        return [int(np.count_nonzero(coches))]
    compte: list[int] = np.bincount(
        groupement.codes[coches], minlength=groupement.nb_feuilles
    ).tolist()
    return compte


def _tailles(cliche: Cliche, groupement: _Groupement | None) -> list[int]:
    import numpy as np

    if groupement is None:
        return [cliche.nombre]
    tailles: list[int] = np.bincount(groupement.codes, minlength=groupement.nb_feuilles).tolist()
    return tailles


def mains_levees(collecte: Collecte) -> list[TableauProtege]:
    """Return what rooms said by raising hands, apart from all that persons answered."""
    return [
        tableau_des_mains(
            Sujet(
                question=posee.question,
                titre=posee.titre,
                colonnes=_colonnes_des_mains(posee),
                groupes_nom="seance",
                groupes_titre="Séance",
            ),
            [
                (salle.seance, salle.libelle, salle.presents, _effectifs_des_mains(posee, salle))
                for salle in posee.salles
            ],
            multiple=posee.multiple,
            profil=posee.profil,
        )
        for posee in mains_de(collecte)
    ]


def _colonnes_des_mains(posee: QuestionComptee) -> tuple[ColonneTableau, ...]:
    abstention, sans_main = AUTRES_COLONNES
    siennes = tuple(ColonneTableau(code, libelle) for code, libelle in posee.modalites)
    # Who raises several hands, or none, cannot be told where several answers may be given.
    return (*siennes, abstention) if posee.multiple else (*siennes, abstention, sans_main)


def _effectifs_des_mains(posee: QuestionComptee, salle: SalleComptee) -> tuple[int, ...]:
    mains = tuple(salle.comptes.get(code, 0) for code, _ in posee.modalites)
    if posee.multiple:
        return (*mains, salle.abstentions)
    return (*mains, salle.abstentions, salle.presents - sum(mains) - salle.abstentions)


__all__ = ["groupements", "mains_levees", "sans_valeur", "tableau", "tous"]
