"""A small programme, for the tests of registers and indicators."""

from analyses.actions.registres import creer_programme, importer_registre
from analyses.actions.registres.importation import Bilan
from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.mesure import Mesure
from analyses.indicateurs.registres import REGISTRES
from analyses.mesures import mesurer_tout
from analyses.mesures.perimetre import Perimetre
from analyses.models import Programme
from tests import builders
from voix.comptes.models import Compte, Territoire

PAR_CODE = {i.code: i for i in catalogue()}


def une_region() -> Territoire:
    return builders.un_territoire("32", nom="Région")


def un_membre(code: str = "59001", nom: str = "") -> Territoire:
    return builders.un_territoire(code, une_region(), nom or f"Commune {code}")


def une_coordination() -> Compte:
    return builders.un_compte(territoire=une_region())


def un_programme(nb: int = 2, nom: str = "essai") -> Programme:
    membres = [un_membre(f"{59001 + rang}") for rang in range(nb)]
    return creer_programme(
        nom=nom,
        titre="Programme d’essai",
        territoire=une_region(),
        territoires=membres,
        par=une_coordination(),
    )


def un_fichier(registre: str, *lignes: dict[str, str], separateur: str = ";") -> bytes:
    """Return a file whose missing columns are empty."""
    entete = REGISTRES[registre].entete
    ecrites = [separateur.join(entete)]
    ecrites += [separateur.join(ligne.get(nom, "") for nom in entete) for ligne in lignes]
    return "\n".join(ecrites).encode()


def importer(registre: str, *lignes: dict[str, str]) -> Bilan:
    return importer_registre(
        nom=registre, octets=un_fichier(registre, *lignes), par=une_coordination()
    )


def un_acteur(**colonnes: str) -> dict[str, str]:
    return {"territoire": "59001", "nom": "Épicerie", "type": "epicerie"} | colonnes


def mesure(perimetre: Perimetre, code: str) -> Mesure:
    """Return one bundled indicator of a perimeter."""
    return mesurer_tout(perimetre, [PAR_CODE[code]])[0]
