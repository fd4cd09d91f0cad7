"""Registers as the plain rows that formulas count, with what is deduced from them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from analyses.extraction.seances import SeanceRacontee, seances_racontees
from analyses.indicateurs.formule.calcul import TERRITOIRE
from analyses.indicateurs.registres import REGISTRES, Nature
from analyses.models import MODELES, Action, PresenceCollective, Programme
from analyses.models.participation.instance import COLLEGES

from .dates import Ligne, connue
from .unites import Rattachement

LISTE_MAX: Final = 5000
"""Most ids that a statement is given; beyond, the whole register is read and sorted here."""


class Lecteur:
    """Reads registers for the units of a perimeter; séances add their meetings and moments."""

    def __init__(
        self,
        rattachement: Rattachement,
        programmes: Sequence[int],
        au: date | None = None,
        au_dessus: Collection[int] = (),
    ) -> None:
        self.rattachement = rattachement
        self.au_dessus = au_dessus
        """Territoires that hold the units: they count for themselves, and are none of them."""
        self.lieux: Rattachement = rattachement | {pk: pk for pk in au_dessus}
        """All the territoires that are read."""
        self.programmes = programmes
        self.au = au
        self._lus: dict[str, list[Any]] = {}

    def au_jour(self, jour: date) -> "Lecteur":
        """Return a reader of the same registers as they were on a day; nothing is read again."""
        autre = Lecteur(self.rattachement, self.programmes, jour, self.au_dessus)
        autre._lus = self._lus
        return autre

    def _lieux_de(self, nom: str) -> Rattachement:
        """Return the territoires whose rows of a register count.

        Persons counted above may be those of the units, and what a unit hides would be found by
        subtraction. Moments are told of units, which are their base.
        """
        dans_les_unites = REGISTRES[nom].personnes or nom == "implications"
        return self.rattachement if dans_les_unites else self.lieux

    def lire(self, nom: str) -> list[Ligne]:
        """Return the rows of a register, each with the unit that it counts for."""
        if nom == "presences":
            return _presences(self.rattachement, self.programmes, self.au)
        lignes = _avec_le_dernier(nom, list(self._lignes(nom)))
        if nom in {"reunions", "implications"}:
            lignes += self._des_seances(nom, lignes)
        lieux = self._lieux_de(nom)
        return [
            ligne if unite == ligne[TERRITOIRE] else ligne | {TERRITOIRE: unite}
            for ligne in lignes
            if (unite := lieux.get(ligne[TERRITOIRE])) is not None
        ]

    def jours(self) -> set[date]:
        """Return the days that registers and séances tell of; rows are looked at as they are stored."""
        trouves = {
            ligne[colonne]
            for nom, colonnes in _JOURS.items()
            for lieux in (self._lieux_de(nom),)
            for ligne in self._tous(nom)
            if ligne[TERRITOIRE] in lieux
            for colonne in colonnes
        }
        for seance in self._seances:
            reunie = seance.est_une_reunion and seance.territoire in self.lieux
            associee = seance.moment and seance.niveau is not None
            if reunie or (associee and seance.territoire in self.rattachement):
                trouves.add(seance.le)
        return trouves - {None}

    def _lignes(self, nom: str) -> Iterable[Ligne]:
        if nom == "actions":
            return self._actions.values()
        if nom == "acteurs":
            return [acteur | _de_l_acteur(acteur, self._actions_de) for acteur in self._tous(nom)]
        deduire = _DEDUIRE.get(nom)
        return [li | deduire(li) for li in self._tous(nom)] if deduire else self._tous(nom)

    def _une_fois(self, quoi: str, lire: Callable[[], Iterable[Any]]) -> list[Any]:
        """Return what is in the database, read once whatever the days."""
        if quoi not in self._lus:
            self._lus[quoi] = list(lire())
        return self._lus[quoi]

    def _tous(self, nom: str) -> list[Ligne]:
        """Return the rows of a register as they were on the day; nobody changes one in place."""
        lus = self._une_fois(nom, lambda: self._requete(nom))
        if self.au is None:
            return lus
        return [ligne for lue in lus if (ligne := connue(nom, lue, self.au)) is not None]

    def _requete(self, nom: str) -> Any:
        """Return the columns of a register, by name: plain values, no object made for each row."""
        modele, registre = MODELES[nom], REGISTRES[nom]
        requete: Any = modele._default_manager.all()
        if len(self.lieux) <= LISTE_MAX:
            requete = modele.des_territoires(self.lieux)
        if registre.du_programme:
            requete = requete.filter(programme__in=self.programmes)
        voulues = [c.nom for c in registre.colonnes if c.nature != Nature.LIENS]
        return requete.order_by("pk").values("pk", TERRITOIRE, *voulues, *_AVEC.get(nom, ()))

    @property
    def _liens(self) -> list[tuple[int, int, str]]:
        """Who takes part in what: action, actor, name of the actor; in one statement."""
        liens = Action.acteurs.through._default_manager.order_by("acteur__nom")
        if len(self.lieux) <= LISTE_MAX:
            liens = liens.filter(action__territoire__in=list(self.lieux))
        voulus = liens.values_list("action_id", "acteur_id", "acteur__nom")
        return self._une_fois("liens", lambda: voulus)

    @cached_property
    def _actions(self) -> dict[int, Ligne]:
        """The actions known on that day, by id."""
        noms: dict[int, list[str]] = defaultdict(list)
        for action, _acteur, nom in self._liens:
            noms[action].append(nom)
        return {
            action["pk"]: action
            | {"acteurs": tuple(noms[action["pk"]]), "nb_acteurs": len(noms[action["pk"]])}
            for action in self._tous("actions")
        }

    @cached_property
    def _actions_de(self) -> dict[int, list[Ligne]]:
        """The actions of each actor, by id."""
        siennes: dict[int, list[Ligne]] = defaultdict(list)
        for action, acteur, _nom in self._liens:
            if action in self._actions:
                siennes[acteur].append(self._actions[action])
        return siennes

    def _des_seances(self, nom: str, notees: list[Ligne]) -> list[Ligne]:
        """Return what séances tell, unless somebody has written the same down in the register."""
        if nom == "reunions":
            deja = {(n[TERRITOIRE], n["le"], n["intitule"]) for n in notees}
            return [
                _reunion_de(s)
                for s in self._seances
                if s.est_une_reunion and (s.territoire, s.le, s.titre) not in deja
            ]
        deja = {(n[TERRITOIRE], n["le"], n["moment"]) for n in notees}
        return [
            _implication_de(s)
            for s in self._seances
            if s.moment and s.niveau is not None and (s.territoire, s.le, s.moment) not in deja
        ]

    @cached_property
    def _seances(self) -> list[SeanceRacontee]:
        """Séances told by that day: read once, for meetings and for moments."""
        toutes = self._une_fois("seances", seances_racontees)
        return [s for s in toutes if self.au is None or s.le <= self.au]


def _reunion_de(seance: SeanceRacontee) -> Ligne:
    presents = {f"presents_{college}": nombre for college, nombre in seance.presents.items()}
    return {
        TERRITOIRE: seance.territoire,
        "le": seance.le,
        "intitule": seance.titre,
        "instance": None,
        "moment": seance.moment,
        "soutiens": seance.soutiens,
        "nb_soutiens": len(seance.soutiens),
        "sieges_personnes": None,
        "sieges_personnes_occupes": None,
    } | presents


def _implication_de(seance: SeanceRacontee) -> Ligne:
    niveau = seance.niveau or 0
    return {
        TERRITOIRE: seance.territoire,
        "moment": seance.moment,
        "le": seance.le,
        "niveau": str(niveau),
        "preuve": seance.titre if seance.prouve else "",
        "niveau_prouve": niveau if seance.prouve else 0,
    }


def _de_l_acteur(acteur: Ligne, actions_de: Mapping[int, list[Ligne]]) -> Ligne:
    actions = actions_de.get(acteur["pk"], [])
    return {
        "recense": True,
        "rencontre": acteur["rencontre_le"] is not None,
        "participe": bool(acteur["participe_le"] or acteur["anime"] or actions),
        "actions": actions,
    }


def _de_la_reunion(reunion: Ligne) -> Ligne:
    sieges = reunion["instance__sieges_personnes"] if reunion["instance"] else None
    occupes = None
    if sieges is not None:
        # Somebody who comes besides the seats does not fill a second one.
        occupes = min(sieges, reunion["presents_personnes"] or 0)
    return {
        "nb_soutiens": len(reunion["soutiens"]),
        "sieges_personnes": sieges,
        "sieges_personnes_occupes": occupes,
    }


def _de_la_proposition(proposition: Ligne) -> Ligne:
    recue, repondue = proposition["recue_le"], proposition["repondue_le"]
    return {"delai": (repondue - recue).days if repondue else None}


_AVEC: Final = {"reunions": ("instance__sieges_personnes",)}
"""Columns of another register that a row needs."""

_DEDUIRE: Final[dict[str, Callable[[Ligne], Ligne]]] = {
    "instances": lambda i: {"sieges": sum(i[f"sieges_{college}"] or 0 for college in COLLEGES)},
    "reunions": _de_la_reunion,
    "implications": lambda i: {"niveau_prouve": int(i["niveau"]) if i["preuve"] else 0},
    "propositions": _de_la_proposition,
}
"""What is deduced from a row (``indicateurs.registres.tables``)."""

_JOURS: Final = {
    "acteurs": ("recense_le", "rencontre_le", "participe_le"),
    "actions": ("commencee_le",),
    "reunions": ("le",),
    "implications": ("le",),
    "jalons": ("le",),
}
"""Columns that say when something happened, for what an evolution follows."""

_DATES = {"effectifs": "du", "ambassadeurs": "arrete_le"}


def _avec_le_dernier(nom: str, lignes: list[Ligne]) -> list[Ligne]:
    """Mark the latest row of each territoire, where rows follow each other in time."""
    if nom not in _DATES:
        return lignes
    derniers: dict[Any, Any] = {}
    for ligne in lignes:
        jour = ligne[_DATES[nom]]
        derniers[ligne[TERRITOIRE]] = max(jour, derniers.get(ligne[TERRITOIRE], jour))
    return [
        ligne | {"dernier": ligne[_DATES[nom]] == derniers[ligne[TERRITOIRE]]} for ligne in lignes
    ]


def _presences(unites: Rattachement, programmes: Sequence[int], au: date | None) -> list[Ligne]:
    """Return one row for each collective session and each territoire: a blank is an absence.

    A session counts for every territoire of its programme as soon as one of them is written down.
    """
    membres = _membres(programmes)
    dites: dict[tuple[int, int], dict[int, Ligne]] = defaultdict(dict)
    colonnes = ("programme", "territoire", "numero", "tenu_le", "present", "poste_pourvu")
    for lue in PresenceCollective.objects.filter(programme__in=programmes).values(*colonnes):
        presence = connue("presences", lue, au)
        if presence is not None:
            dites[presence["programme"], presence["numero"]][presence[TERRITOIRE]] = presence
    lignes: list[Ligne] = []
    voulus = set(unites.values())
    for (programme, numero), presentes in dites.items():
        for territoire in membres[programme]:
            if territoire in voulus:
                dite = presentes.get(territoire, {})
                lignes.append(
                    {
                        TERRITOIRE: territoire,
                        "numero": numero,
                        "tenu_le": dite.get("tenu_le"),
                        "present": bool(dite.get("present")),
                        "poste_pourvu": dite.get("poste_pourvu"),
                    }
                )
    return lignes


def _membres(programmes: Iterable[int]) -> dict[int, list[int]]:
    membres: dict[int, list[int]] = defaultdict(list)
    liens = Programme.territoires.through._default_manager.filter(programme__in=list(programmes))
    for programme, territoire in liens.values_list("programme_id", "territoire_id"):
        membres[programme].append(territoire)
    return membres
