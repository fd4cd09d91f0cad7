"""The pages: who is helped is written on a telephone, and what may be said is read at once."""

import pytest
from django.urls import reverse

from analyses.figures.diversite import parts_comparees
from analyses.models import Composition
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_diversite import composer, dites, repondre
from tests.integration.analyses.registres.test_personnes import effectif
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

AGES = {"moins_26": 40, "de_26_a_39": 60, "de_40_a_59": 80, "de_60_a_74": 80, "plus_74": 40}
SAISIE = AGES | {"arrete_le": "2026-01-31", "origine": "Logiciel de la structure"}


@pytest.fixture
def close():
    """Return a programme whose only territoire has 300 helped and 150 answers."""
    programme = un_programme(1)
    importer("effectifs", effectif("59001", 300, 150, 50))
    repondre(30, 40, 50, 15, 15)
    return programme


def une_evaluation():
    return builders.un_compte(Role.EVALUATION, une_region(), "eval@exemple.fr")


def test_from_the_registers_to_what_may_be_said(client, close):
    client.force_login(une_coordination())
    registres = client.get(reverse("analyses:registres")).content.decode()
    assert reverse("analyses:ou_composer") in registres
    ou = un_membre().pk
    page = client.get(reverse("analyses:ou_composer"), {"territoire": ou, "trait": "age"})
    adresse = reverse("analyses:composer", args=[ou, "age"])
    assert page["Location"] == adresse
    fin = client.post(adresse, SAISIE, follow=True).content.decode()
    assert "C’est enregistré" in fin
    assert "Moins présentes qu’attendu\u00a0: De 60 à 74 ans (27\u00a0% des personnes" in fin
    assert "300 personnes accompagnées, comptées le 31 janvier 2026" in fin


def test_an_evaluator_reads_and_does_not_write(client, close):
    composer(*AGES.values())
    client.force_login(une_evaluation())
    tableau = client.get(reverse("analyses:programme", args=["essai"])).content.decode()
    adresse = reverse("analyses:diversite_programme", args=["essai"])
    assert adresse in tableau
    page = client.get(adresse).content.decode()
    assert "Moins présentes qu’attendu" in page
    assert reverse("analyses:ou_composer") not in page
    ou = un_membre().pk
    for nom in ("composer", "decomposer"):
        assert client.get(reverse(f"analyses:{nom}", args=[ou, "age"])).status_code == 403
    assert Composition.objects.count() == 1


def test_another_territoire_sees_nothing_of_it(client, close):
    composer(*AGES.values())
    ailleurs = builders.un_territoire("75", nom="Ailleurs")
    ou = un_membre().pk
    for role in (Role.COORDINATION, Role.EVALUATION):
        client.force_login(builders.un_compte(role, ailleurs, f"{role}@ailleurs.fr"))
        for nom in ("composer", "decomposer"):
            page = client.post(reverse(f"analyses:{nom}", args=[ou, "age"]), SAISIE)
            assert page.status_code in {403, 404}
        assert client.get(reverse("analyses:diversite_territoire", args=[ou])).status_code == 404
    assert Composition.objects.count() == 1


def test_every_mistake_is_said_beside_its_field(client, close):
    client.force_login(une_coordination())
    adresse = reverse("analyses:composer", args=[un_membre().pk, "age"])
    page = client.post(adresse, {"moins_26": "beaucoup", "de_26_a_39": "-4"}).content.decode()
    assert "Écrivez un nombre entier, de 0 à" in page
    assert "Écrivez un nombre pour «\u00a075 ans ou plus\u00a0», 0 s’il n’y a personne." in page
    assert "Dites d’où viennent ces nombres." in page
    assert "beaucoup" in page
    vide = client.post(adresse, SAISIE | dict.fromkeys(AGES, 0)).content.decode()
    assert "Écrivez combien de personnes ont été comptées." in vide
    assert not Composition.objects.exists()


def test_taking_it_away_is_asked_first(client, close):
    composer(*AGES.values())
    client.force_login(une_coordination())
    adresse = reverse("analyses:decomposer", args=[un_membre().pk, "age"])
    assert "ne sera plus montrée" in client.get(adresse).content.decode()
    assert dites().comparaisons
    fin = client.post(adresse, follow=True).content.decode()
    assert "aucun comptage n’est en vigueur" in fin
    assert client.post(adresse).status_code == 409


def test_numbers_that_are_hidden_are_on_no_page_of_an_evaluator(client, close):
    composer(40, 60, 80, 113, 7)
    client.force_login(une_evaluation())
    page = client.get(reverse("analyses:diversite_territoire", args=[un_membre().pk]))
    texte = page.content.decode()
    assert "60 ans ou plus" in texte
    assert "75 ans ou plus" not in texte
    assert "113" not in texte


def test_a_figure_says_in_words_all_that_it_draws(close):
    composer(*AGES.values())
    (comparaison,) = dites().comparaisons
    figure = parts_comparees(comparaison.parts)
    for part in comparaison.parts:
        assert part.libelle in figure.texte
        assert f"{part.part_accompagnees}\u00a0% des personnes accompagnées" in figure.texte
        assert part.dire_le_verdict in figure.texte
    assert figure.svg == parts_comparees(comparaison.parts).svg
    assert "aria-hidden" in figure.svg


def test_an_unknown_trait_is_no_page(client, close):
    client.force_login(une_coordination())
    assert (
        client.get(reverse("analyses:composer", args=[un_membre().pk, "sante"])).status_code == 404
    )


def test_a_long_programme_says_that_the_page_is_not_all_of_it(client, monkeypatch, close):
    composer(*AGES.values())
    client.force_login(une_evaluation())
    adresse = reverse("analyses:diversite_programme", args=["essai"])
    assert "territoires au plus" not in client.get(adresse).content.decode()
    for module in ("mesures", "views"):
        monkeypatch.setattr(f"analyses.{module}.diversite.UNITES_MAX", 1)
    # One territoire, and the page shows one: there is no other.
    assert "territoires au plus" not in client.get(adresse).content.decode()
    un_programme(2)
    composer(*AGES.values(), territoire=un_membre("59002"))
    assert "Cette page montre 1 territoire au plus" in client.get(adresse).content.decode()
