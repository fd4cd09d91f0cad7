"""What is counted together, and its tables read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyses.extraction.lecture import collectes_des
from analyses.indicateurs.formule.arbre import Formule
from analyses.indicateurs.formule.calcul import TERRITOIRE, Donnees
from analyses.indicateurs.registres import REGISTRES
from analyses.models import Programme
from voix.comptes.models import Territoire

from .dates import Ligne
from .lignes import Lecteur
from .protection import Noms
from .reponses import lire_enquetes, lire_reponses
from .unites import contenants, rattacher, unites_de


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What is counted together: the territoires that are the units, and the programmes."""

    titre: str
    territoires: tuple[Territoire, ...]
    programmes: tuple[Programme, ...]
    fictif: bool = False
    est_un_programme: bool = False
    au_dessus: tuple[Territoire, ...] = ()
    """Of the territoire that is looked at, itself and those inside it that hold the units."""

    @property
    def noms(self) -> Noms:
        """Return the code and the name of each territoire."""
        return {t.pk: (f"{t.niveau}-{t.code}", t.nom) for t in self.territoires}


def perimetre_du_programme(programme: Programme) -> Perimetre:
    """Return the territoires of a programme."""
    membres = tuple(programme.territoires.order_by("chemin"))
    return Perimetre(
        programme.titre, membres, (programme,), programme.fictif, est_un_programme=True
    )


def perimetre_du_territoire(territoire: Territoire) -> Perimetre:
    """Return a territoire, with its units and their programmes."""
    unites = unites_de(territoire)
    programmes = tuple(Programme.objects.filter(territoires__in=unites).distinct())
    fictif = bool(programmes) and all(p.fictif for p in programmes)
    au_dessus = tuple(t for t in contenants(unites) if t.chemin.startswith(territoire.chemin))
    return Perimetre(territoire.nom, unites, programmes, fictif, au_dessus=au_dessus)


def lecteur_de(perimetre: Perimetre) -> Lecteur:
    """Return what reads the registers of a perimeter."""
    return Lecteur(
        rattacher(perimetre.territoires),
        [p.pk for p in perimetre.programmes],
        au_dessus=[t.pk for t in perimetre.au_dessus],
    )


def donnees_des_tables(
    perimetre: Perimetre,
    noms: frozenset[str],
    au: date | None = None,
    formules: Sequence[Formule] = (),
    lecteur: Lecteur | None = None,
) -> Donnees:
    """Read tables by their names; answers are those of the questions that formulas name.

    ``lecteur``: what has read the registers already, for another day.
    """
    ids = [t.pk for t in perimetre.territoires]
    lecteur = lecteur or lecteur_de(perimetre)
    unites = lecteur.lieux
    if au is not None:
        lecteur = lecteur.au_jour(au)
    tables: dict[str, Sequence[Ligne]] = {n: lecteur.lire(n) for n in REGISTRES if n in noms}
    collectes = collectes_des(unites) if noms & {"reponses", "enquetes"} else []
    if "reponses" in noms:
        tables["reponses"] = lire_reponses(formules, unites, collectes)
    if "enquetes" in noms:
        tables["enquetes"] = lire_enquetes(unites, collectes)
    tables["territoires"] = [{TERRITOIRE: pk} for pk in ids]
    return Donnees(tables)
