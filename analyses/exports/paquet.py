"""JSON, Table Schema and the Frictionless data package: what programs and open-data sites read."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from .classeur import ranger
from .lignes import CHAMPS, Champ, Jeu
from .texte import OUVERTES, TABLEUR, Profil, csv_ouvert, csv_tableur

_MANQUANTES = [""]


def en_json(jeu: Jeu) -> bytes:
    """Return the protected tables themselves, in their own format."""
    return _serialiser(
        {
            "format": "voix-tableaux/1",
            "nom": jeu.nom,
            "titre": jeu.titre,
            "arrete_le": jeu.arrete_le,
            "fictif": jeu.fictif,
            "methode": dict(jeu.methode),
            "tableaux": [tableau.en_json() for tableau in jeu.tableaux],
        }
    )


def schema(jeu: Jeu) -> bytes:
    """Return the Table Schema of the open-data file."""
    entete = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": "voix-tableaux",
        "title": f"Tableaux protégés\u00a0: {jeu.titre}",
        "description": "Une ligne par chiffre montré. Aucune réponse d’une personne.",
        "countryCode": "FR",
    }
    return _serialiser(entete | _champs())


def paquet(jeu: Jeu) -> bytes:
    """Return everything in one archive, described by ``datapackage.json``."""
    methode = "\r\n\r\n".join(f"{sujet}\r\n{texte}" for sujet, texte in jeu.methode)
    tampon = BytesIO()
    with ZipFile(tampon, "w") as archive:
        ranger(archive, "datapackage.json", _serialiser(_descripteur(jeu)))
        ranger(archive, "donnees-ouvertes.csv", csv_ouvert(jeu))
        ranger(archive, "tableur.csv", csv_tableur(jeu))
        ranger(archive, "schema.json", schema(jeu))
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
            _ressource("donnees-ouvertes", OUVERTES, [champ.nom for champ in CHAMPS]),
            _ressource("tableur", TABLEUR, [champ.titre for champ in CHAMPS]),
        ],
    }


def _ressource(nom: str, profil: Profil, entete: list[str]) -> dict[str, Any]:
    return {
        "name": nom,
        "path": f"{nom}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": profil.encodage,
        "dialect": {"delimiter": profil.separateur, "lineTerminator": "\r\n", "header": True},
        "schema": _champs(entete),
    }


def _champs(entete: list[str] | None = None) -> dict[str, Any]:
    noms = entete or [champ.nom for champ in CHAMPS]
    decrits = [_champ(champ) | {"name": nom} for champ, nom in zip(CHAMPS, noms, strict=True)]
    return {"fields": decrits, "missingValues": _MANQUANTES}


def _champ(champ: Champ) -> dict[str, Any]:
    contraintes: dict[str, Any] = {}
    if champ.requis:
        contraintes["required"] = True
    if champ.type == "integer":
        contraintes["minimum"] = 0
    if champ.valeurs:
        contraintes["enum"] = list(champ.valeurs)
    decrit: dict[str, Any] = {
        "name": champ.nom,
        "title": champ.titre,
        "description": champ.description,
        "type": champ.type,
    }
    if champ.exemple not in {None, ""}:
        decrit["example"] = champ.exemple
    return decrit | ({"constraints": contraintes} if contraintes else {})


def _serialiser(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
