"""What several tests of a file only look at is made once for all of them, and undone after the last.

Mark such a file with ``pytest.mark.xdist_group``, or each worker makes its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker


@contextmanager
def une_fois(ouvrir: DjangoDbBlocker, dossier: Path) -> Iterator[None]:
    """Keep open what is done inside, in the database and in ``dossier``, until the fixture ends.

    A test undoes its own changes to the database; what it does to the files of ``dossier`` stays.
    """
    with ouvrir.unblock(), override_settings(DOSSIER_DONNEES=dossier), transaction.atomic():
        yield
        transaction.set_rollback(True)
