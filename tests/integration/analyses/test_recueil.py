"""By which ways answers came, and how many were set aside: frozen with a closing, never by subtraction."""

import json

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from analyses.actions.clotures import publier_releve
from analyses.confidentialite.recueil import dire_ecartees, ecartees_dites, sources_dites
from analyses.cube import cube_de, sources
from analyses.extraction.lecture import releves_de, source
from analyses.lectures import lecture_du_releve
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Ecart, Passation
from tests import builders
from tests.integration.analyses.test_resultats import AVIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def collecte():
    return builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")


def repondre(collecte, **par_mode):
    return [
        passation
        for mode, nombre in par_mode.items()
        for passation in builders.des_passations(
            collecte, nombre, reponses={"venu": "oui"}, mode=mode
        )
    ]


def clore(collecte):
    releve = arreter_releve(collecte=collecte, par=builders.un_compte())
    return publier_releve(releve_id=releve.pk, par="essai")


def dites(publication) -> dict[str, str]:
    lu = sources(cube_de(publication))
    return {
        colonne.code: lu.total.dire(cellule)
        for colonne, cellule in zip(lu.colonnes, lu.total.cellules, strict=True)
    }


@pytest.mark.parametrize(("papier", "nombres"), [(10, ("masqué",) * 2), (11, ("11", "30"))])
def test_sources_are_counted_only_when_none_is_small(collecte, papier, nombres):
    """With the total known, one small source among two is found by subtraction (§4)."""
    repondre(collecte, telephone=30, papier=papier)
    assert dites(clore(collecte)) == dict(zip(("papier", "lien"), nombres, strict=True))


@pytest.mark.parametrize(
    ("arrivees", "dit"),
    [
        (
            {"telephone": 20, "papier": 3},
            False,
        ),  # one closing less the other: three persons on paper
        ({"telephone": 20}, True),
        ({"telephone": 20, "papier": 11}, True),
    ],
)
def test_a_later_closing_never_tells_of_a_few_persons_by_subtraction(collecte, arrivees, dit):
    repondre(collecte, telephone=30, papier=20)
    clore(collecte)
    repondre(collecte, **arrivees)
    seconde = dites(clore(collecte))
    assert (seconde["papier"] != "masqué") == (seconde["lien"] != "masqué") == dit


def test_who_left_is_counted_with_who_came(collecte):
    """Two erased and thirteen new: eleven more, and yet not told."""
    avant = repondre(collecte, telephone=30, papier=20)
    clore(collecte)
    Passation.objects.filter(pk__in=[p.pk for p in avant[-2:]]).update(etat="effacee", reponses={})
    repondre(collecte, telephone=13)
    assert set(dites(clore(collecte)).values()) == {"masqué"}


def test_they_are_frozen_printed_and_exported_with_the_closing(collecte, tmp_path):
    repondre(collecte, telephone=30, papier=20)
    ecartees = builders.des_passations(collecte, 7, reponses={"venu": "non"})
    ecart = Ecart.objects.create(
        collecte=collecte, motif="x", raison="x", decide_le=timezone.localdate()
    )
    siennes = Passation.objects.filter(pk__in=[p.pk for p in ecartees])
    siennes.update(ecart=ecart)
    clore(collecte)
    siennes.update(ecart=None)  # lifted since: the closing keeps what it told
    lue = lecture_du_releve(source(collecte, releves_de(collecte)[0]))
    assert lue.ecartees() == "7"
    assert [nombre for _libelle, nombre in lue.sources()] == ["20", "30"]
    call_command("exporter_tableaux", collecte.nom, "--dossier", str(tmp_path / "d"))
    (table,) = (json.loads(f.read_text("utf-8")) for f in (tmp_path / "d").glob("*-source.json"))
    assert table["where"] == {"mises_a_l_ecart": ["7"]}
    assert [c["value"] for c in table["cells"]] == [50, 20, 30]


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 40), min_size=1),
    st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 40))),
)
def test_what_is_told_of_sources_leaves_no_small_number_by_subtraction(nombres, changements):
    if sources_dites(nombres, changements, 11):
        assert min(nombres.values()) >= 11
        assert all(not 0 < n < 11 for changement in changements for n in changement.values())


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_what_is_told_of_those_set_aside_is_true_and_never_a_small_step(suite):
    """A reader keeps every exact number ever told, and subtracts them all."""
    exacts: list[int] = []
    for nombre in suite:
        bas, haut = ecartees_dites(nombre, exacts, 5)
        assert bas <= nombre <= haut
        if bas == haut:
            assert bas >= 5
            assert all(abs(bas - avant) >= 5 for avant in exacts)
            exacts.append(bas)
        else:
            assert haut - bas >= 4


@pytest.mark.parametrize(
    ("bornes", "dit"), [((0, 4), "moins de 5"), ((7, 7), "7"), ((8, 16), "entre 8 et 16")]
)
def test_those_set_aside_are_said_in_french(bornes, dit):
    assert dire_ecartees(*bornes) == dit
