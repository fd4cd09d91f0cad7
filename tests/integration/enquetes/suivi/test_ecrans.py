"""The dietician's screens: set up in two pages, follow by number, print."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.suivi.cohortes import creer_cohorte
from enquetes.models import Carte, Cohorte, Rang
from tests import builders
from tests.suivi import DEFINITION, repondre, un_projet_de_cohorte, une_cohorte
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def dieteticienne(client):
    compte = builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr")
    client.force_login(compte)
    return client


def saisie(**changements):
    depart = timezone.localdate() + timedelta(days=40)
    version = builders.une_version(DEFINITION)
    structure = builders.une_structure(builders.un_territoire())
    valeurs = {
        "cle": str(uuid4()),
        "titre": "Paniers 2027",
        "demandeur": "L’épicerie",
        "structure": structure.pk,
        "effectif": "70",
        "fenetre": "21",
        "coupe_le": str(depart + timedelta(days=700)),
    }
    for rang in Rang:
        valeurs[f"version_{rang.value}"] = version.pk
        valeurs[f"cible_{rang.value}"] = str(depart + timedelta(days=100 * (rang - 1)))
    return valeurs | changements


def test_a_cohort_is_set_up_in_two_screens_and_told_what_it_can_show(dieteticienne):
    donnees = saisie()
    second = dieteticienne.get(f"/espace/suivi/nouveau/?{urlencode(donnees)}")
    texte = second.content.decode()
    assert "Ce que 70 familles peuvent montrer" in texte
    assert "Écran 2 sur 2" in texte
    envoi = donnees | {"critere_1": "a3", "sens_1": "hausse"}
    envoi |= {f"sens_{n}": "hausse" for n in range(2, 6)}
    page = dieteticienne.post("/espace/suivi/nouveau/", envoi)
    cohorte = Cohorte.objects.get()
    assert page["Location"] == f"/espace/suivi/{cohorte.pk}/"
    assert [c.questions for c in cohorte.criteres.all()] == [["a3"]]


@pytest.mark.parametrize(
    ("changement", "mot"),
    [
        ({"effectif": "beaucoup"}, "Écrivez un nombre"),
        ({"fenetre": "60"}, "touche la précédente"),
        ({"coupe_le": "2026-01-01"}, "après la fin de la dernière vague"),
        ({"structure": "999"}, "Choisissez une structure de la liste"),
        ({"cible_2": "hier"}, "Écrivez une date"),
        (
            {"cible_1": str(timezone.localdate() - timedelta(days=22))},
            "L’entrée serait déjà finie",
        ),
    ],
)
def test_a_mistake_is_said_where_it_is_and_keeps_what_was_typed(dieteticienne, changement, mot):
    page = dieteticienne.get(f"/espace/suivi/nouveau/?{urlencode(saisie(**changement))}")
    texte = page.content.decode()
    assert mot in texte
    assert "Paniers 2027" in texte


def test_without_any_outcome_the_second_screen_says_so(dieteticienne):
    page = dieteticienne.post("/espace/suivi/nouveau/", saisie() | {"critere_1": ""})
    assert "Choisissez au moins un critère" in page.content.decode()
    assert not Cohorte.objects.exists()


def test_the_follow_up_says_who_answered_and_never_what(dieteticienne):
    cohorte = une_cohorte(cartes=4, par=builders.un_compte())
    repondre(Carte.de(cohorte, 2), Rang.ENTREE, {"a3": "6", "cu1": "5"})
    texte = dieteticienne.get(f"/espace/suivi/{cohorte.pk}/").content.decode()
    assert texte.count("a répondu</td>") == 1
    assert texte.count("attendue</td>") == 3
    for adresse in ("", "cartes/2/", "prochaine/"):
        page = dieteticienne.get(f"/espace/suivi/{cohorte.pk}/{adresse}").content.decode()
        assert Carte.de(cohorte, 2).empreinte not in page
        assert "Tout à fait" not in page


def test_the_next_list_holds_the_expected_cards_only(dieteticienne):
    cohorte = une_cohorte(cartes=4, par=builders.un_compte())
    repondre(Carte.de(cohorte, 2), Rang.ENTREE, {"a3": "6"})
    dieteticienne.post(f"/espace/suivi/{cohorte.pk}/cartes/3/depart/", {"partie": "1"})
    texte = dieteticienne.get(f"/espace/suivi/{cohorte.pk}/prochaine/").content.decode()
    numeros = [n for n in range(1, 5) if f"n°&nbsp;{n}</th>" in texte]
    assert numeros == [1, 4]


def test_cards_are_printed_once_with_their_code_and_dates(dieteticienne):
    cohorte = une_cohorte(cartes=0, par=builders.un_compte())
    envoi = {"a_partir": "1", "nombre": "9"}
    page = dieteticienne.post(f"/espace/suivi/{cohorte.pk}/cartes/", envoi)
    texte = page.content.decode()
    assert texte.count('class="grand-code"') == 9
    assert "no-store" in page["Cache-Control"]
    encore = dieteticienne.post(f"/espace/suivi/{cohorte.pk}/cartes/", envoi)
    assert encore.status_code == 409
    assert "déjà été faites" in encore.content.decode()


def test_presences_are_noted_by_number(dieteticienne):
    cohorte = une_cohorte(cartes=4, par=builders.un_compte())
    adresse = f"/espace/suivi/{cohorte.pk}/presences/"
    refus = dieteticienne.post(adresse, {"quoi": "paniers", "numeros": "1, 44"})
    assert "Aucune carte n’a ces numéros" in refus.content.decode()
    dieteticienne.post(adresse, {"quoi": "paniers", "numeros": "1, 4"})
    assert [c.paniers for c in cohorte.cartes.order_by("numero")] == [1, 0, 0, 1]


def test_the_calendar_names_nobody_and_holds_the_four_days(dieteticienne):
    cohorte = une_cohorte(par=builders.un_compte())
    page = dieteticienne.get(f"/espace/suivi/{cohorte.pk}/dates.ics")
    texte = page.content.decode()
    assert page["Content-Type"].startswith("text/calendar")
    assert texte.count("BEGIN:VEVENT") == 4
    assert f"DTSTART;VALUE=DATE:{timezone.localdate():%Y%m%d}" in texte
    assert all(len(ligne.encode()) <= 75 for ligne in texte.split("\r\n"))


@pytest.mark.parametrize("geste", ["remplacer", "rupture", "couper"])
def test_each_grave_gesture_asks_first(dieteticienne, geste):
    cohorte = une_cohorte(par=builders.un_compte())
    chemins = {"remplacer": "cartes/1/remplacer/", "rupture": "perdue/", "couper": "couper/"}
    adresse = f"/espace/suivi/{cohorte.pk}/{chemins[geste]}"
    assert dieteticienne.get(adresse).status_code == 200
    assert Carte.de(cohorte, 1).remplacee == 0
    envoi = {"remplacee": "0", "a_partir": "2"}
    assert dieteticienne.post(adresse, envoi).status_code in {200, 302}


@pytest.mark.parametrize("geste", ["cartes/1/remplacer/", "perdue/"])
@pytest.mark.parametrize("chiffres", ["9" * 5000, "9" * 10])
def test_a_number_that_no_card_can_have_changes_nothing(dieteticienne, geste, chiffres):
    cohorte = une_cohorte(par=builders.un_compte())
    envoi = {"remplacee": chiffres, "a_partir": chiffres}
    page = dieteticienne.post(f"/espace/suivi/{cohorte.pk}/{geste}", envoi)
    assert page.status_code < 500
    assert Carte.de(cohorte, 1).remplacee == 0


def test_without_any_card_no_zero_is_counted(dieteticienne):
    cohorte = une_cohorte(cartes=0)
    texte = dieteticienne.get(f"/espace/suivi/{cohorte.pk}/").content.decode()
    assert '<td class="nombre">0</td>' not in texte
    assert "Pas encore de carte" in texte
    assert "Les quatre vagues" in texte


@pytest.mark.parametrize("geste", ["remplacer", "effacer"])
def test_what_needs_the_paper_list_is_refused_before_it_is_offered(dieteticienne, geste):
    cohorte = une_cohorte(cartes=1, liste_papier=False)
    page = dieteticienne.get(f"/espace/suivi/{cohorte.pk}/cartes/1/{geste}/")
    assert page.status_code == 409
    assert "Sans la liste sur papier" in page.content.decode()


def test_two_cohorts_of_a_structure_never_have_one_name(dieteticienne):
    donnees = saisie()
    envoi = donnees | {"critere_1": "a3"} | {f"sens_{n}": "hausse" for n in range(1, 6)}
    for _ in range(2):  # pressed twice, it is the same one
        assert dieteticienne.post("/espace/suivi/nouveau/", envoi).status_code == 302
    autre = envoi | {"cle": str(uuid4()), "titre": donnees["titre"].upper()}
    page = dieteticienne.post("/espace/suivi/nouveau/", autre)
    assert "Cette structure a déjà un suivi de ce nom." in page.content.decode()
    assert Cohorte.objects.count() == 1
    projet = un_projet_de_cohorte(titre="Paniers 2027")
    with pytest.raises(SaisieInvalide, match="déjà un suivi de ce nom"):
        creer_cohorte(projet=projet, par=builders.un_compte())


def test_the_questionnaires_that_the_guide_names_are_found_on_the_screen(client):
    """The guide said « suivi-entree », the list « Vos repas » among twelve others."""
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="liste@exemple.fr"))
    builders.une_version(DEFINITION)
    page = client.get(reverse("enquetes:nouvelle_cohorte")).content.decode()
    assert page.count("Ce que vous mangez (suivi-essai), version\u00a01") == len(Rang)
