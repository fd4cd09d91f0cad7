"""Who left beside who stayed, by age band: asked at entrée only, told like every other group."""

from typing import Any

import pytest

from analyses.actions.changements import arreter_changement
from analyses.changements.lecture import AGES_TROP_PETITS, AGES_TUS, Lecture, lire
from analyses.models import Changement
from enquetes.bibliotheque import lire as lire_fourni
from enquetes.models import Carte, Rang
from tests import builders, suivi

pytestmark = pytest.mark.django_db

FAMILLES, RESTENT = 70, 45
AGES = ("moins_26", "de_26_a_39", "de_40_a_59", "de_60_a_74", "plus_74")


def _page(**changements: Any) -> dict[str, Any]:
    page = next(p for p in lire_fourni("profil")["pages"] if p["code"] == "age")
    return page | {"questions": [page["questions"][0] | changements]}


def _cohorte(monkeypatch, page: dict[str, Any] | None, restent: int = RESTENT):
    """Return a followed group; of those who left, everybody but two is under forty."""
    pages = [*suivi.DEFINITION["pages"], *([page] if page else [])]
    monkeypatch.setattr(suivi, "DEFINITION", suivi.DEFINITION | {"pages": pages})
    cohorte = suivi.une_cohorte(cartes=FAMILLES)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        jeune = carte.numero > restent + 2
        reponses = {"a3": str(carte.numero % 5)}
        if page:
            reponses["pr1"] = AGES[carte.numero % 2] if jeune else AGES[2 + carte.numero % 3]
        suivi.repondre(carte, Rang.ENTREE, reponses)
        if carte.numero <= restent:
            suivi.repondre(carte, Rang.SORTIE, {"a3": "5"})
    suivi.finir(cohorte)
    return cohorte


def _lu(cohorte, rang: Rang = Rang.SORTIE) -> Lecture:
    fait = arreter_changement(cohorte=cohorte, rang=rang, par=builders.un_compte())
    return lire(fait.contenu, fait.nombre, fait.arrete_le)


def test_those_who_left_are_compared_by_age_band_with_those_who_stayed(monkeypatch, client):
    cohorte = _cohorte(monkeypatch, _page())
    lue = _lu(cohorte)
    tableau = lue.ages
    assert tableau is not None
    assert not lue.ages_tus
    titres = [c.libelle for c in tableau.colonnes]
    assert titres == ["Moins de 40 ans", "De 40 à 59 ans", "60 ans ou plus", "Sans réponse"]
    lignes = {ligne.libelle: ligne for ligne in tableau.lignes}
    parties = lignes["N’ont pas répondu la seconde fois"]
    assert parties.taille == FAMILLES - RESTENT
    jeunes = parties.cellules[0]
    assert (jeunes.bas, jeunes.haut) != (23, 23), "all but two: never told exactly"
    assert jeunes.bas <= 23 <= jeunes.haut
    assert jeunes.bas > 0
    client.force_login(builders.un_compte())
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert "Âge, à l’entrée." in texte
    assert "Moins de 40 ans" in texte


@pytest.mark.parametrize(
    "page",
    [None, _page(texte={"fr": "Quel âge avez-vous donc ?"})],
    ids=["not-asked", "other-words"],
)
def test_where_it_is_not_asked_word_for_word_the_report_says_so(monkeypatch, page):
    lue = _lu(_cohorte(monkeypatch, page))
    assert lue.ages is None
    assert lue.ages_tus == AGES_TUS


def test_too_few_who_left_are_not_told_and_the_report_says_so(monkeypatch):
    lue = _lu(_cohorte(monkeypatch, _page(), restent=FAMILLES - 6))
    assert lue.ages is None
    assert lue.ages_tus == AGES_TROP_PETITS


def test_it_is_told_once_in_the_declared_contrast(monkeypatch):
    cohorte = _cohorte(monkeypatch, _page())
    lue = _lu(cohorte, Rang.MI_PARCOURS)
    assert (lue.ages, lue.ages_tus) == (None, "")


def test_a_report_made_before_says_nothing_of_it(monkeypatch):
    cohorte = _cohorte(monkeypatch, _page())
    _lu(cohorte)
    fait = Changement.objects.get()
    contenu = {cle: lu for cle, lu in fait.contenu.items() if cle != "ages"}
    lue = lire(contenu, fait.nombre, fait.arrete_le)
    assert (lue.ages, lue.ages_tus) == (None, "")
