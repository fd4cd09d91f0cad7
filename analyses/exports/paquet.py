"""JSON, Table Schema and the Frictionless data package: what programs and open-data sites read."""

import json
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from .classeur import ranger
from .jeu import Champ, Jeu
from .parquet import parquet
from .texte import OUVERTES, TABLEUR, Profil, csv_ouvert, csv_tableur

_MANQUANTES = [""]
VERSION: Final = "2.0.0"
"""Of the columns, as schema.data.gouv.fr counts: a column that goes is a new first number."""
CREE_LE: Final = "2026-11-27"


def en_json(jeu: Jeu) -> bytes:
    """Return the figures in the format of programs: of results, the protected tables themselves."""
    return _serialiser(jeu.document)


def schema(jeu: Jeu) -> bytes:
    """Return the Table Schema of the open-data file, with what schema.data.gouv.fr asks for."""
    entete = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": "voix-" + jeu.document["format"].split("/")[0].removeprefix("voix-"),
        "title": f"Chiffres publiés\u00a0: {jeu.titre}",
        "description": jeu.description,
        "countryCode": "FR",
        "version": VERSION,
        "created": CREE_LE,
        "lastModified": CREE_LE,
        "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0"}],
        "contributors": [{"title": "Voix", "role": "author"}],
    }
    return _serialiser(entete | _champs(jeu, OUVERTES))


def paquet(jeu: Jeu) -> bytes:
    """Return everything in one archive, described by ``datapackage.json``."""
    methode = "\r\n\r\n".join(f"{sujet}\r\n{texte}" for sujet, texte in jeu.methode)
    tampon = BytesIO()
    with ZipFile(tampon, "w") as archive:
        ranger(archive, "datapackage.json", _serialiser(_descripteur(jeu)))
        ranger(archive, "donnees-ouvertes.csv", csv_ouvert(jeu))
        ranger(archive, "tableur.csv", csv_tableur(jeu))
        ranger(archive, "schema.json", schema(jeu))
        ranger(archive, "donnees.parquet", parquet(jeu))
        ranger(archive, "tableaux.json", en_json(jeu))
        ranger(archive, "LISEZMOI.txt", methode.encode("utf-8-sig"))
    return tampon.getvalue()


def _descripteur(jeu: Jeu) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": jeu.nom,
        "title": jeu.titre,
        "description": "\n\n".join(f"{sujet}\u00a0: {texte}" for sujet, texte in jeu.methode),
        "version": jeu.arrete_le,
        "resources": [
            _ressource(jeu, OUVERTES),
            _ressource(jeu, TABLEUR),
        ],
    }


def _ressource(jeu: Jeu, profil: Profil) -> dict[str, Any]:
    return {
        "name": profil.nom,
        "path": f"{profil.nom}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": profil.encodage,
        "dialect": {"delimiter": profil.separateur, "lineTerminator": "\r\n", "header": True},
        "schema": _champs(jeu, profil),
    }


def _champs(jeu: Jeu, profil: Profil) -> dict[str, Any]:
    return {"fields": [_champ(c, profil) for c in jeu.champs], "missingValues": _MANQUANTES}


def _champ(champ: Champ, profil: Profil) -> dict[str, Any]:
    contraintes: dict[str, Any] = {}
    if champ.requis:
        contraintes["required"] = True
    if champ.type in {"integer", "number"} and champ.minimum is not None:
        contraintes["minimum"] = champ.minimum
    if champ.valeurs:
        contraintes["enum"] = list(champ.valeurs)
    decrit: dict[str, Any] = {
        "name": champ.titre if profil.francais else champ.nom,
        "title": champ.titre,
        "description": champ.description,
        "type": champ.type,
    }
    if profil.francais and champ.type == "number":
        decrit["decimalChar"] = ","
    if profil.francais and champ.type == "date":
        decrit["format"] = "%d/%m/%Y"
    if champ.exemple not in {None, ""} and not profil.francais:
        decrit["example"] = champ.exemple
    return decrit | ({"constraints": contraintes} if contraintes else {})


def _serialiser(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
