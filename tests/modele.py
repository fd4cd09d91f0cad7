"""The database of the tests is made once for all the workers of a run: each of the others copies it.

Every migration costs twenty seconds of a processor, and the suite runs on three workers, twice.
PostgreSQL copies a database as it copies its own template, SQLite as a file: as Django does for its
own parallel runner, which pytest-xdist does not use.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.creation import BaseDatabaseCreation

SUFFIXE = "modele"


@contextmanager
def partage(dossier: Path, ouvrir: Callable[[], Any]) -> Iterator[None]:
    """Make the first database asked for as Django does, and those of the other workers from it.

    ``dossier`` belongs to one run; the worker that made the model takes it away at its own end, the
    database opened by ``ouvrir``.
    """
    creer = BaseDatabaseCreation.create_test_db
    faits: list[tuple[BaseDatabaseCreation, str]] = []

    def creer_ou_copier(self: Any, *args: Any, **options: Any) -> str:
        with _seul(dossier):
            modele = dossier / f"{SUFFIXE}-{self.connection.vendor}"
            if modele.exists():
                return _copier(self, modele.read_text())
            nom = creer(self, *args, **options)
            self.connection.close()  # SQLite: what its journal holds goes into the file
            self.clone_test_db(SUFFIXE, verbosity=0)
            faits.append((self, self.get_test_db_clone_settings(SUFFIXE)["NAME"]))
            modele.write_text(faits[-1][1])
            return nom

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(BaseDatabaseCreation, "create_test_db", creer_ou_copier)
        yield
    with _seul(dossier), ouvrir():
        for creation, nom in faits:
            (dossier / f"{SUFFIXE}-{creation.connection.vendor}").unlink()
            creation._destroy_test_db(nom, verbosity=0)


@contextmanager
def _seul(dossier: Path) -> Iterator[None]:
    with (dossier / "modele.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        yield


def _copier(creation: Any, modele: str) -> str:
    """Copy the model under this worker's own name, and connect to the copy."""
    connexion = creation.connection
    if connexion.vendor == "sqlite":
        nom = shutil.copy(modele, creation._get_test_db_name())
    else:
        connexion.settings_dict["TEST"]["TEMPLATE"] = modele
        nom = creation._create_test_db(verbosity=0, autoclobber=True)
    connexion.close()
    settings.DATABASES[connexion.alias]["NAME"] = connexion.settings_dict["NAME"] = nom
    connexion.ensure_connection()
    return str(nom)
