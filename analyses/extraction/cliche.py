"""The cliché of a relevé: its answers as columns of codes on disk, memory-mapped.

One byte an answer (a mask of 4 bytes for a multiple choice, 2 bytes for a place). Rows are in a
random order: it tells nothing of who came first. Written aside, then renamed: two builders at
once, or a power cut, leave one whole cliché or none. Never rewritten: a later relevé has its own.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

MANIFESTE: Final = "manifeste.json"
FORMAT: Final = "voix-cliche/1"
Tableau = "np.ndarray[Any, np.dtype[Any]]"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to group: the codes and labels of its groups, each with its parent."""

    nom: str
    titre: str
    groupes: tuple[tuple[str, str, str], ...]
    """Code, label, code of the territoire that contains it (empty outside of structures)."""


@dataclass(frozen=True, slots=True)
class Cliche:
    """An open cliché: columns are read from disk when they are counted."""

    dossier: Path
    nombre: int
    dimensions: Mapping[str, Dimension]
    empreinte: str

    def colonne(self, nom: str) -> "np.ndarray[Any, np.dtype[Any]]":
        """Return one column of codes, mapped and not loaded."""
        import numpy as np

        charge: np.ndarray[Any, np.dtype[Any]] = np.load(
            self.dossier / f"{nom}.npy", mmap_mode="r"
        )
        return charge


def ecrire(
    dossier: Path,
    colonnes: Mapping[str, "np.ndarray[Any, np.dtype[Any]]"],
    dimensions: Iterable[Dimension],
) -> str:
    """Write a cliché at ``dossier`` unless one is there; return the hash of the one that stands."""
    import numpy as np

    nombre = len(next(iter(colonnes.values())))
    ordre = np.random.default_rng(secrets.randbits(128)).permutation(nombre)
    neuf = dossier.with_name(f".{dossier.name}.{os.getpid()}.{secrets.token_hex(4)}")
    neuf.mkdir(parents=True)
    try:
        hachage = sha256()
        for nom, valeurs in sorted(colonnes.items()):
            melangees = valeurs[ordre]
            hachage.update(nom.encode() + melangees.tobytes())
            np.save(neuf / f"{nom}.npy", melangees)
        manifeste = {
            "format": FORMAT,
            "nombre": nombre,
            "empreinte": hachage.hexdigest(),
            "dimensions": [[d.nom, d.titre, d.groupes] for d in dimensions],
        }
        (neuf / MANIFESTE).write_text(json.dumps(manifeste, ensure_ascii=False), encoding="utf-8")
        neuf.rename(dossier)
    except OSError:
        # Another builder was quicker: its cliché is whole, since a rename is.
        if not (dossier / MANIFESTE).exists():
            raise
    finally:
        shutil.rmtree(neuf, ignore_errors=True)
    return ouvrir(dossier).empreinte


@lru_cache(maxsize=64)
def ouvrir(dossier: Path) -> Cliche:
    """Open the cliché at ``dossier``; raise ``FileNotFoundError`` when there is none."""
    manifeste = json.loads((dossier / MANIFESTE).read_text(encoding="utf-8"))
    dimensions = {
        nom: Dimension(nom, titre, tuple((c, libelle, p) for c, libelle, p in groupes))
        for nom, titre, groupes in manifeste["dimensions"]
    }
    return Cliche(dossier, manifeste["nombre"], dimensions, manifeste["empreinte"])
