"""A sheet of paper says its wave, and is copied into that one, were it late."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from enquetes.actions.suivi.cartes import passation_de
from enquetes.echanges.papier import feuille as dessin
from enquetes.models import Carte, Cohorte, Collecte, EtatPassation, Mode, Passation, Rang
from tests import builders
from tests.suivi import lien_de_la_carte, repondre, une_carte, une_cohorte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
PAPIER = {"mode": Mode.PAPIER}


@pytest.fixture
def equipe():
    client = Client()
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    return client


def copier(client: Client, code: str, rang: Rang) -> int:
    """Copy a sheet of that wave; return what the last page answers."""
    page = client.post("/carte/", {"code": code, **PAPIER, "vague": int(rang)})
    lien = lien_de_la_carte(client, code, page=page)
    client.post(lien, {"a3": "2"})
    return client.post(lien.replace("/a3/", "/verifier/")).status_code


def envoyee(cohorte: Cohorte, rang: Rang) -> Passation | None:
    vague = cohorte.vague(rang)
    sienne = Passation.objects.filter(pk=passation_de(Carte.de(cohorte, 1), vague))
    return sienne.filter(etat=EtatPassation.TERMINEE).first()


def test_the_sheet_says_its_wave_on_the_page_and_in_its_name(equipe, monkeypatch):
    cohorte, donnees = une_cohorte(cartes=0), {}
    monkeypatch.setattr(dessin, "composer", lambda _m, d, **_: str(donnees.update(d)).encode())
    dits = {}
    for rang in (Rang.ENTREE, Rang.POST):
        pdf = equipe.get(f"/espace/suivi/{cohorte.pk}/vagues/{rang.value}/feuille.pdf")
        dits[donnees["vague"]] = pdf["Content-Disposition"]
    assert set(dits) == {
        "Entrée · Paniers et ateliers",
        "Après le dispositif · Paniers et ateliers",
    }
    assert '"entree-suivi-essai-fr-' in dits["Entrée · Paniers et ateliers"]
    assert (
        '"apres-le-dispositif-suivi-essai-fr-' in dits["Après le dispositif · Paniers et ateliers"]
    )


def test_who_copies_a_sheet_is_asked_of_which_wave_and_nothing_is_chosen(equipe):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.MI_PARCOURS)
    code = une_carte(cohorte).code
    texte = equipe.post("/carte/", {"code": code, **PAPIER}).content.decode()
    assert "De quelle vague est cette feuille" in texte
    assert f'value="{code}"' in texte
    assert 'id="vague_1"' in texte
    assert 'id="vague_2"' in texte
    assert 'id="vague_3"' not in texte  # not begun
    assert 'id="vague_1" checked' not in texte
    assert "/r/" not in texte
    assert 'id="err" role="alert" tabindex="-1" autofocus' in texte  # the focus goes there
    assert "<title>Erreur" not in texte
    suite = equipe.post("/carte/", {"code": code, **PAPIER, "vague_demandee": "1"})
    assert suite.status_code == 400
    texte = suite.content.decode()
    assert "<title>Erreur" in texte
    assert '<a href="#vague_1">Choisissez la vague de cette feuille.</a>' in texte
    assert 'aria-describedby="vague_err"' in texte


def test_the_sheet_of_a_finished_wave_is_offered_until_its_report(equipe):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.SORTIE)

    def offertes() -> set[int]:
        texte = equipe.get(f"/espace/suivi/{cohorte.pk}/").content.decode()
        return {int(rang) for rang in re.findall(r"/vagues/(\d)/feuille\.pdf", texte)}

    assert offertes() == {1, 2, 3, 4}
    arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par="commande")
    assert offertes() == {3, 4}


def test_a_late_sheet_lands_in_its_own_wave_on_its_last_day(equipe):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.MI_PARCOURS)
    code = une_carte(cohorte).code
    assert copier(equipe, code, Rang.ENTREE) == 302
    tard = envoyee(cohorte, Rang.ENTREE)
    assert tard is not None
    assert tard.mode == Mode.PAPIER
    assert tard.jour == cohorte.vague(Rang.ENTREE).collecte.ferme_le
    assert envoyee(cohorte, Rang.MI_PARCOURS) is None


def test_between_two_waves_a_sheet_is_copied_too(equipe):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.MI_PARCOURS)
    demain = timezone.localdate() + timedelta(days=5)
    Collecte.objects.filter(vague__rang=Rang.MI_PARCOURS).update(ouvre_le=demain)
    assert copier(equipe, une_carte(cohorte).code, Rang.ENTREE) == 302
    assert envoyee(cohorte, Rang.ENTREE) is not None


def test_once_the_report_is_made_no_sheet_enters(equipe):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.SORTIE)
    code = une_carte(cohorte).code
    for numero in range(11):
        une_carte(cohorte)
        carte = Carte.de(cohorte, numero + 2)
        repondre(carte, Rang.ENTREE, {"a3": "1"})
        repondre(carte, Rang.MI_PARCOURS, {"a3": "1"})
    page = equipe.post("/carte/", {"code": code, **PAPIER, "vague": 1})
    lien = lien_de_la_carte(equipe, code, page=page)
    equipe.post(lien, {"a3": "2"})
    arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par="commande")
    assert equipe.post(lien.replace("/a3/", "/verifier/")).status_code == 410
    assert envoyee(cohorte, Rang.ENTREE) is None
    texte = equipe.post("/carte/", {"code": code, **PAPIER}).content.decode()
    assert 'id="vague_1"' not in texte
    assert 'id="vague_3"' in texte


@pytest.mark.parametrize("mode", ["", Mode.PAPIER])
def test_a_family_never_answers_a_wave_that_is_over(client, mode):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.MI_PARCOURS)
    carte = une_carte(cohorte)
    page = client.post("/carte/", {"code": carte.code, "mode": mode, "vague": "1"})
    lien = lien_de_la_carte(client, carte.code, page=page)
    acces = cohorte.vague(Rang.MI_PARCOURS).collecte.acces.get(principal=True)
    assert acces.jeton in lien
