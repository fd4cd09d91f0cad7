"""An identifier of a device and that of the database: one for one, and each the other's undone."""

from uuid import uuid4

from enquetes.echanges.correspondance import cle_de, fermer, identifiant_de, rouvrir
from enquetes.parcours.enveloppe import Enveloppe


def test_each_identifier_has_one_of_its_own_and_comes_back(tmp_path, settings):
    settings.DOSSIER_DONNEES = tmp_path
    tires = [uuid4() for _ in range(2_000)]
    cles = [cle_de(un) for un in tires]
    assert [identifiant_de(cle) for cle in cles] == tires
    assert len(set(cles)) == len(tires)
    assert not set(cles) & set(tires)
    assert {(cle.version, cle.variant) for cle in cles} == {(4, tires[0].variant)}


def test_another_installation_has_others(tmp_path, settings):
    un = uuid4()
    settings.DOSSIER_DONNEES = tmp_path / "ici"
    ici = cle_de(un)
    settings.DOSSIER_DONNEES = tmp_path / "ailleurs"
    assert cle_de(un) != ici


def test_a_copy_is_closed_otherwise_each_time_and_opens(tmp_path, settings):
    settings.DOSSIER_DONNEES = tmp_path
    scellee = Enveloppe(uuid4(), "q", "v", "kid", "ZWs=", "aXY=", "Y3Q=")
    copies = {fermer(scellee) for _ in range(3)}
    assert len(copies) == 3
    assert {rouvrir(copie) for copie in copies} == {scellee}
