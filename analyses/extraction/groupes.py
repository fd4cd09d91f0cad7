"""Turn a dimension of the plan into the group of each person: codes, labels, parents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from enquetes.models import Collecte
from enquetes.parcours.definition import REFUS
from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import mois_en_mots
from voix.comptes.models import Structure, Territoire

from .lecture import colonnes_de
from .personnes import SOURCES, Personnes
from .plan import SANS_REPONSE, Colonne

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[Any]]

QUESTION: Final = "question:"
"""Source of a dimension made of answers: its groups are answers too, and protected as such."""
RUBRIQUE: Final = "rubrique:"
"""Source of a dimension that an imported file gives: a place, a public. It has no table."""
MUETTES: Final = frozenset({SANS_REPONSE, REFUS})


@dataclass(frozen=True, slots=True)
class Groupement:
    """A dimension over the persons of a closing."""

    nom: str
    titre: str
    codes: tuple[tuple[str, str, str], ...]
    """Code, label, code of the group that contains it (or nothing)."""
    rangs: "Codes"
    """Rank of each person's code, -1 for none."""
    entier: bool = False
    """Whether one code holds all the others, and everybody has it."""

    def en_json(self) -> dict[str, Any]:
        """Return what a reader of the tables must know of it; nothing of the persons."""
        return {
            "nom": self.nom,
            "titre": self.titre,
            "entier": self.entier,
            "codes": [{"code": c, "libelle": lib, "parent": p} for c, lib, p in self.codes],
        }


def dimensions_possibles(collecte: Collecte) -> list[dict[str, Any]]:
    """Return all that a plan may group by: places, the month, and ordinary questions of one answer.

    A sensitive question groups nobody (``motif_de_ne_pas_grouper``).
    """
    lieux = [("structure", "Structure"), ("territoire", "Territoire"), ("mois", "Mois")]
    lieux.append(("source", "Source"))
    return [
        *({"nom": nom, "titre": titre, "source": nom, "codes": []} for nom, titre in lieux),
        *(
            {
                "nom": colonne.question,
                "titre": colonne.titre,
                "source": QUESTION + colonne.question,
                "codes": _codes_de(colonne),
            }
            for colonne in colonnes_de(collecte)
            if not colonne.multiple
            and colonne.profil == "ordinaire"
            and colonne.question not in dict(lieux)
        ),
    ]


def motif_de_ne_pas_grouper(colonnes: Iterable[Colonne], nom: str) -> str:
    """Return why a question can never group persons, in French; empty when it can, or is none.

    The groups of those who answered a sensitive question would be a list of who answered what: so
    two sensitive questions are never crossed (ADR 0101). Its profile is the questionnaire's: a collecte
    raises thresholds, a referent lowers them; neither changes what the question is about.
    """
    colonne = next((c for c in colonnes if c.question == nom), None)
    if colonne is None:
        return ""
    titre = f"«\u00a0{colonne.titre}\u00a0»"
    if colonne.multiple:
        return f"{titre} accepte plusieurs réponses\u00a0: elle ne forme pas de groupes."
    if colonne.profil == "ordinaire":
        return ""
    return (
        f"{titre} est une question sensible\u00a0: elle ne sert jamais à grouper les personnes, on lirait "
        "dans ses groupes qui a répondu quoi. Deux questions sensibles ne se croisent donc pas. "
        "Lisez chacune à part, ou comparez-la selon un lieu, un mois ou une question ordinaire."
    )


def groupement(
    dimension: Mapping[str, Any], personnes: Personnes, collecte: Collecte
) -> Groupement:
    """Return the groups of one dimension; raise ``SaisieInvalide`` for an unknown source."""
    nom, titre, source = (str(dimension[cle]) for cle in ("nom", "titre", "source"))
    if source.startswith((QUESTION, RUBRIQUE)):
        codes, de_chacun = _question(dimension, source.partition(":")[2], personnes)
    elif source == "mois":
        de_chacun = list(personnes.lieux["mois"])
        codes = [(mois, mois_en_mots(mois), "") for mois in sorted(set(de_chacun))]
    elif source == "source":
        de_chacun = list(personnes.lieux["source"])
        codes = [(c, libelle, "") for c, libelle in SOURCES if c in set(de_chacun)]
    elif source in {"territoire", "structure"}:
        codes, de_chacun = _lieux(personnes, avec_structures=source == "structure")
    else:
        raise SaisieInvalide(f"La dimension «\u00a0{nom}\u00a0» ne vient de nulle part.")
    rangs = _rangs([c for c, _, _ in codes], de_chacun)
    # That everybody answered a question is not told by the name of the whole.
    entier = not source.startswith(QUESTION) and [p for _, _, p in codes].count("") == 1
    return Groupement(nom, titre, tuple(codes), rangs, entier and bool((rangs >= 0).all()))


def _rangs(codes: list[str], de_chacun: Iterable[str]) -> "Codes":
    import numpy as np

    rangs = {code: rang for rang, code in enumerate(codes)}
    return np.array([rangs.get(code, -1) for code in de_chacun], np.int64)


def _question(
    dimension: Mapping[str, Any], code: str, personnes: Personnes
) -> tuple[list[tuple[str, str, str]], list[str]]:
    colonne = next((c for c in personnes.colonnes if c.question == code and not c.multiple), None)
    if colonne is None:
        raise SaisieInvalide(f"«\u00a0{code}\u00a0» n’est pas une question à une seule réponse.")
    # A plan is checked when it is written; one that came by another way publishes nothing.
    sert = str(dimension["source"]).startswith(QUESTION)
    if sert and (motif := motif_de_ne_pas_grouper(personnes.colonnes, code)):
        raise SaisieInvalide(motif)
    codes = [
        (str(c["code"]), str(c["libelle"]), str(c.get("parent") or ""))
        for c in dimension.get("codes") or _codes_de(colonne)
    ]
    modalites = ["" if c in MUETTES else c for c, _ in colonne.modalites]
    return codes, [modalites[rang] for rang in personnes.codes[code].tolist()]


def _codes_de(colonne: Colonne) -> list[dict[str, str]]:
    return [{"code": c, "libelle": lib} for c, lib in colonne.modalites if c not in MUETTES]


def _lieux(
    personnes: Personnes, *, avec_structures: bool
) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Nest structures in territoires: one hierarchy, so that it is protected as one."""
    ids = sorted(set(personnes.lieux["territoire"]))
    lieux = Territoire.objects.in_bulk(ids)
    codes = [(f"t{pk}", lieux[pk].nom, "") for pk in sorted(ids, key=lambda i: lieux[i].chemin)]
    if not avec_structures:
        return codes, [f"t{pk}" for pk in personnes.lieux["territoire"]]
    paires = list(zip(personnes.lieux["territoire"], personnes.lieux["structure"], strict=True))
    maisons = Structure.objects.in_bulk([s for _, s in set(paires) if s])
    for lieu, maison in sorted({p for p in paires if p[1]}):
        codes.append((f"t{lieu}s{maison}", maisons[maison].nom, f"t{lieu}"))
    return codes, [f"t{lieu}s{maison}" if maison else f"t{lieu}" for lieu, maison in paires]
