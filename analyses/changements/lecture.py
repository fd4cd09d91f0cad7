"""From what was written of a contrast to what a page shows: a protected table, its sentences."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from analyses.confidentialite.composition import SANS
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Montree, tableau_publie
from analyses.confidentialite.regles import SENSIBLE
from analyses.confidentialite.tableau import Colonne, Dimension, Modalite, TableauProtege
from analyses.confidentialite.traits import AGE

from .exposition import RIEN, TROP_PETITS, phrase_d_exposition, tableau_d_exposition
from .phrases import (
    MOTS,
    RETENTION_ALERTE,
    RETENTION_BORNES,
    RETENU,
    RIEN_A_MONTRER,
    bornes_possibles,
    est_orientee,
    phrase_bornes,
    phrase_desaccord,
    phrase_epreuve,
    phrase_moyennes,
    phrase_nette,
    phrase_oui_non,
    phrase_partage,
    phrase_recu,
    phrase_retention,
    phrase_taille,
    phrase_verdict,
    repondu_de,
    taille_dite,
)
from .verdict import Verdict

COLONNES: Final = (
    Colonne("progressent", "Progressent"),
    Colonne("stables", "Stables"),
    Colonne("reculent", "Reculent"),
    Colonne("manquent", "Sans réponse l’une des deux fois"),
)
SANS_SENS: Final = (
    Colonne("progressent", "La réponse augmente"),
    Colonne("stables", "Stable"),
    Colonne("reculent", "La réponse diminue"),
    Colonne("manquent", "Sans réponse l’une des deux fois"),
)
"""The same, of a question of which nobody said which way is better."""

COUPLES: Final = (
    Colonne("oui_oui", "Oui les deux fois"),
    Colonne("oui_non", "Oui, puis non"),
    Colonne("non_oui", "Non, puis oui"),
    Colonne("non_non", "Non les deux fois"),
    Colonne("manquent", "Sans réponse l’une des deux fois"),
)
MOITIES: Final = (
    Colonne("bas", "Moitié basse de l’échelle"),
    Colonne("haut", "Moitié haute"),
    Colonne("sans", "Sans réponse"),
)
AGES: Final = tuple(
    Colonne(code, libelle)
    for code, libelle in (
        *((c.code, c.libelle) for c in AGE.plus_larges[0]),
        (SANS, "Sans réponse"),
    )
)
AGES_TUS: Final = (
    "Les âges ne sont pas comparés\u00a0: le questionnaire de l’entrée ne demande pas la tranche d’âge du "
    "module PROFIL. «\u00a0suivi-entree\u00a0» la demande."
)
AGES_TROP_PETITS: Final = (
    "Les âges ne sont pas comparés\u00a0: il faut au moins 11 familles parties et 11 restées, et rien qui "
    "laisse deviner l’âge de quelques-unes."
)
PARCOURS: Final = Dimension(
    "parcours",
    "Parcours",
    (
        Modalite("TOTAL", "Ensemble"),
        Modalite("restees", "Ont répondu les deux fois", "TOTAL"),
        Modalite("parties", "N’ont pas répondu la seconde fois", "TOTAL"),
    ),
)


@dataclass(frozen=True, slots=True)
class Critere:
    """One outcome on the page."""

    code: str
    libelle: str
    declaree: bool
    sens: str
    """Which way is better, in words; nothing when nobody said it."""
    orientee: bool
    mesure: str
    """The published scale and its source, or « module Voix, non comparable »."""
    tableau: TableauProtege
    phrases: tuple[str, ...]
    verdict: str
    mot: str
    """The conclusion in one word, for the annexe; empty when nothing is judged."""
    nette: tuple[int, int, float, float] | None
    """Least and greatest net number of families, and the bounds with other families."""
    newcombe: tuple[float, float] | None = None
    """Of a yes/no outcome, for the evaluator: « oui » second minus first, in shares."""
    connus: tuple[tuple[int, int], ...] = ()
    """The split as it is known, in the order of ``COLONNES``."""
    repondu: tuple[int, int] = (0, 0)
    """How many answered both times, as displayed: what ``nette`` is a share of."""
    epreuve_nom: str = ""
    epreuve: str = ""
    """Which test the conclusion comes from."""
    raison: str = ""
    """Why nothing is shown; empty where something is."""
    conclusion: str = ""
    """The code of the conclusion; the annexe tells it in numbers."""
    p_signes: float | None = None
    """Of the sign test, in the worst case of the display."""
    taille: tuple[float, ...] = ()
    bornes: tuple[float, float] | None = None
    """Least and greatest share that gets better, whatever the others would have said."""

    @property
    def nette_en_parts(self) -> tuple[float, float, float, float] | None:
        """Return ``nette`` in shares of those who answered."""
        if self.nette is None:
            return None
        bas, haut, moins, plus = self.nette
        return (
            min(bas / n for n in self.repondu),
            max(haut / n for n in self.repondu),
            moins,
            plus,
        )


@dataclass(frozen=True, slots=True)
class Exposition:
    """The declared outcomes beside one count, or why they are not told."""

    titre: str
    tableaux: tuple[TableauProtege, ...]
    phrases: tuple[str, ...]
    tus: str
    """The outcomes that are shown above and not here."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """The report of one contrast."""

    nombre: int
    inscrites: int
    sans_suite: int
    retention: tuple[tuple[str, str], ...]
    par_vague: tuple[tuple[str, int], ...]
    saison: str
    exposition: str
    alerte: bool
    declares: tuple[Critere, ...]
    autres: tuple[Critere, ...]
    departs: tuple[TableauProtege, ...]
    """Where those who left started from, outcome by outcome."""
    ages: TableauProtege | None = None
    """Those who left beside those who stayed, by age band."""
    ages_tus: str = ""
    """Why ages are not compared; nothing of a report that had not to."""
    expositions: tuple["Exposition", ...] = ()
    """Change beside baskets and workshops, in the declared contrast."""
    jamais_servies: int = 0
    """Cards printed that no family used: they are in no count."""
    retenus: tuple[str, ...] = ()
    """What is withheld because it would have told, beside the rest, a count that is hidden."""

    @property
    def est_diffusable(self) -> bool:
        """Return whether enough pairs answered for anything to be told."""
        return self.nombre >= SENSIBLE.n_min


def lire(contenu: dict[str, Any], nombre: int, arrete_le: date) -> Lecture:
    """Return the report as it is shown, from what was written and nothing else."""
    criteres = [
        critere_lu(c, contenu["inscrites"], nombre, arrete_le) for c in contenu["criteres"]
    ]
    inscrites = contenu["inscrites"]
    return Lecture(
        nombre=nombre,
        inscrites=inscrites,
        sans_suite=contenu["sans_suite"],
        retention=tuple(
            (nom, phrase_retention(repondu, inscrites)) for nom, repondu in contenu["par_vague"]
        ),
        par_vague=tuple((nom, repondu) for nom, repondu in contenu["par_vague"]),
        jamais_servies=contenu.get("jamais_servies", 0),
        saison=_saison(contenu),
        exposition=phrase_recu(contenu["paniers"], contenu["ateliers"], inscrites),
        alerte=bool(inscrites) and 100 * nombre < RETENTION_ALERTE * inscrites,
        declares=tuple(c for c in criteres if c.declaree),
        autres=tuple(c for c in criteres if not c.declaree),
        departs=tuple(_depart(d, arrete_le) for d in contenu.get("departs", ())),
        ages=_ages(contenu.get("ages"), arrete_le),
        ages_tus=_ages_tus(contenu.get("ages")),
        expositions=tuple(
            _exposition(e, contenu["criteres"], arrete_le) for e in contenu.get("expositions", ())
        ),
        retenus=tuple(f"{r['libelle']}\u00a0: {r['quoi']}." for r in contenu.get("retraits", ())),
    )


def critere_lu(c: dict[str, Any], inscrites: int, nombre: int, arrete_le: date) -> Critere:
    """Return one outcome as it is shown."""
    connus = {case: tuple(bornes) for case, bornes in c.get("connus", {}).items()}
    lu = c | connus
    nette, couples = c.get("nette"), c.get("couples")
    return Critere(
        code=c["code"],
        libelle=c["libelle"],
        declaree=c["declaree"],
        sens=_sens(c),
        orientee=est_orientee(c),
        mesure=c.get("mesure", ""),
        tableau=_tableau(c, nombre, arrete_le),
        phrases=_phrases(lu, inscrites) if c["montre"] else (),
        verdict=phrase_verdict(lu),
        mot=MOTS[Verdict(c["verdict"])] if c["verdict"] else "",
        nette=(*nette[0], *nette[1]) if nette else None,
        newcombe=tuple(couples["newcombe"]) if couples and couples["newcombe"] else None,
        # PostgreSQL keeps the keys of an object in its own order.
        connus=tuple(connus[c.code] for c in COLONNES if connus),
        repondu=repondu_de(lu),
        epreuve=phrase_epreuve(c),
        epreuve_nom=c.get("epreuve", ""),
        conclusion=c["verdict"],
        p_signes=c.get("p_signes"),
        taille=taille_dite(lu),
        bornes=bornes_possibles(lu, inscrites) if c["montre"] else None,
        raison="" if c["montre"] else RETENU if c.get("retenu") else RIEN_A_MONTRER,
    )


def _phrases(lu: dict[str, Any], inscrites: int) -> tuple[str, ...]:
    dites = [
        phrase_desaccord(lu),
        phrase_partage(lu),
        phrase_oui_non(lu),
        phrase_moyennes(lu),
        phrase_nette(lu),
        phrase_taille(lu),
    ]
    if 100 * repondu_de(lu)[0] < RETENTION_BORNES * inscrites:
        dites.append(phrase_bornes(lu, inscrites))
    return tuple(phrase for phrase in dites if phrase)


def _sens(c: dict[str, Any]) -> str:
    if not est_orientee(c):
        return ""
    return "moins, c’est mieux" if c["baisse"] else "plus, c’est mieux"


def _tableau(c: dict[str, Any], nombre: int, arrete_le: date) -> TableauProtege:
    couples = c.get("couples")
    colonnes: tuple[Colonne, ...] = COLONNES if est_orientee(c) else SANS_SENS
    bornes = c.get("connus", {})
    if couples:
        colonnes = COUPLES
        bornes = {colonne.code: couples[colonne.code] for colonne in COUPLES}
    montrees = [_montree(case, *de_a) for case, de_a in bornes.items()]
    taille = [Montree("", nombre, nombre, "exact")] if montrees else []
    sujet = Sujet(c["code"], c["libelle"], colonnes, arrete_le=arrete_le.isoformat())
    return tableau_publie(
        sujet, (), {(): [*taille, *montrees]}, multiple=False, seuil=SENSIBLE.n_min
    )


def _depart(d: dict[str, Any], arrete_le: date) -> TableauProtege:
    titre = f"À l’entrée\u00a0: {d['libelle']}."
    return _par_parcours(d["code"], titre, MOITIES, d["lignes"], arrete_le)


def _ages(dits: dict[str, Any] | None, arrete_le: date) -> TableauProtege | None:
    if not dits or not dits["lignes"]:
        return None
    return _par_parcours(AGE.code, "Âge, à l’entrée.", AGES, dits["lignes"], arrete_le)


def _ages_tus(dits: dict[str, Any] | None) -> str:
    if not dits or dits["lignes"]:
        return ""
    return AGES_TROP_PETITS if dits["demande"] else AGES_TUS


def _par_parcours(
    code: str,
    titre: str,
    colonnes: tuple[Colonne, ...],
    lignes: list[dict[str, Any]],
    arrete_le: date,
) -> TableauProtege:
    sujet = Sujet(code, titre, colonnes, "parcours", "Parcours", arrete_le=arrete_le.isoformat())
    montrees: dict[tuple[str, ...], list[Montree]] = {
        (ligne["groupe"],): [
            Montree("", ligne["n"], ligne["n"], "exact"),
            *(Montree(*case) for case in ligne["cases"]),
        ]
        for ligne in lignes
    }
    return tableau_publie(sujet, (PARCOURS,), montrees, multiple=False, seuil=SENSIBLE.n_min)


def _exposition(e: dict[str, Any], criteres: list[dict[str, Any]], arrete_le: date) -> Exposition:
    titre = f"À côté des {e['quoi']}"
    if e["petits"]:
        return Exposition(titre, (), (TROP_PETITS,), "")
    libelles = {c["code"]: c["libelle"] for c in criteres if c["declaree"] and c["montre"]}
    tableaux = tuple(
        tableau_d_exposition({**e, **c}, libelles[c["code"]], arrete_le) for c in e["criteres"]
    )
    montres = {c["code"] for c in e["criteres"]}
    tus = ", ".join(nom for code, nom in libelles.items() if code not in montres)
    phrases = tuple(phrase_d_exposition(t) for t in tableaux) or (RIEN,)
    return Exposition(titre, tableaux, phrases, tus if tableaux else "")


def _montree(case: str, bas: int, haut: int) -> Montree:
    """Return a count as sums make it known: what was displayed, minus what no reader needs to deduce."""
    return Montree(case, bas, haut, "exact" if bas == haut else "milieu")


def _saison(contenu: dict[str, Any]) -> str:
    from voix.commun.francais import jour_en_mots

    def de_a(bornes: list[str]) -> str:
        debut, fin = (jour_en_mots(date.fromisoformat(jour)) for jour in bornes)
        return f"du {debut} au {fin}"

    return (
        f"Première réponse\u00a0: {de_a(contenu['entree'])}. Seconde\u00a0: {de_a(contenu['apres'])}. "
        "Les fruits et les légumes suivent les saisons\u00a0: comparez des mois semblables."
    )
