"""Tables leave for scripts only beside a whole register, and into a folder."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analyses.actions.sceau import _temoin
from enquetes.models import Collecte
from tests.integration.analyses.test_clotures import clore, importer, personnes

pytestmark = pytest.mark.django_db
__all__ = ["importer"]


def test_an_export_of_a_register_that_lost_a_page_is_refused(importer, tmp_path):
    nom = importer(personnes(60))
    clore(nom, "2025-03-31")
    temoin = _temoin(Collecte.objects.get(nom=nom))
    temoin.parent.mkdir(parents=True, exist_ok=True)
    temoin.write_text('{"numero": 2, "empreinte": "e"}', "utf-8")
    with pytest.raises(CommandError, match="est incomplet ou modifié"):
        call_command("exporter_tableaux", nom, "--dossier", str(tmp_path / "d"))
    assert not (tmp_path / "d").exists()
    temoin.unlink()
    call_command("exporter_tableaux", nom, "--dossier", str(tmp_path / "d"), stdout=StringIO())
    assert list((tmp_path / "d").glob("c1-*.json"))


def test_a_file_is_no_folder_to_write_in(importer, tmp_path):
    nom = importer(personnes(60))
    clore(nom, "2025-03-31")
    (tmp_path / "d").write_text("", "utf-8")
    with pytest.raises(CommandError, match="n’est pas un dossier"):
        call_command("exporter_tableaux", nom, "--dossier", str(tmp_path / "d"))
