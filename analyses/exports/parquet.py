"""Parquet, for programs that read columns: each column has its type, its title and its description."""

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from .jeu import Champ, Jeu, Valeur

_COMPRESSION: Final = "zstd(3)"
ORIGINE: Final = date(1970, 1, 1).toordinal()


def parquet(jeu: Jeu) -> bytes:
    """Return a Parquet file: what has no value is null, and the method is in its metadata."""
    from arro3.core import DataType, Field, Schema, Table
    from arro3.io import write_parquet

    types = {
        "string": DataType.utf8(),
        "integer": DataType.int64(),
        "number": DataType.float64(),
        "date": DataType.date32(),
    }
    colonnes = zip(*jeu.lignes(), strict=True) if jeu.rangees else ((),) * len(jeu.champs)
    tableau = Table.from_arrays(
        [
            _colonne(champ, colonne, types[champ.type])
            for champ, colonne in zip(jeu.champs, colonnes, strict=True)
        ],
        schema=Schema(
            [
                Field(
                    champ.nom,
                    types[champ.type],
                    nullable=not champ.requis,
                    metadata={"description": f"{champ.titre}. {champ.description}"},
                )
                for champ in jeu.champs
            ]
        ),
    )
    tampon = BytesIO()
    # One key, everywhere: several come out in any order, and the bytes would not be the same.
    methode = json.dumps({"titre": jeu.titre, **dict(jeu.methode)}, ensure_ascii=False)
    write_parquet(tableau, tampon, compression=_COMPRESSION, key_value_metadata={"voix": methode})
    return tampon.getvalue()


def _colonne(champ: Champ, valeurs: Sequence[Valeur], type_: Any) -> Any:
    from arro3.core import Array, DataType

    pleines = [valeur if valeur != "" else None for valeur in valeurs]
    if champ.type != "date":
        return Array(pleines, type_)
    # The library makes no column of days: the days since 1970 become one.
    jours = [v.toordinal() - ORIGINE if isinstance(v, date) else None for v in pleines]
    return Array(jours, DataType.int32()).cast(type_)
