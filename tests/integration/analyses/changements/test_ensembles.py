"""Cohorts of one place told together: what an account reads, and nothing it could not add up."""

import pytest
from django.urls import reverse

from analyses.actions.changements import arreter_changement
from analyses.models import Changement
from enquetes.models import Carte, Cohorte, Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def un_suivi(mieux: int, moins: int, cartes: int = 24):
    cohorte = une_cohorte(cartes=cartes)
    for carte in Carte.objects.filter(cohorte=cohorte):
        carte.cohorte = cohorte
        apres = 5 if carte.numero <= mieux else 1 if carte.numero <= mieux + moins else 3
        repondre(carte, Rang.ENTREE, {"a3": "3"})
        repondre(carte, Rang.SORTIE, {"a3": str(apres)})
    finir(cohorte)
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par="commande")
    return cohorte


def test_two_cohorts_of_a_structure_are_added_up_without_a_conclusion(client):
    un, deux = un_suivi(12, 5), un_suivi(10, 6)
    client.force_login(builders.un_compte(Role.EVALUATION, email="eval@exemple.fr"))
    adresse = reverse("analyses:ensemble", args=["structure", un.structure_id])
    assert f'href="{adresse}"' in client.get(reverse("analyses:changements")).content.decode()
    texte = client.get(adresse).content.decode()
    connus = [
        Changement.de(cohorte.pk)[3].contenu["criteres"][0]["connus"]["progressent"]
        for cohorte in (un, deux)
    ]
    bas, haut = (sum(connu[i] for connu in connus) for i in (0, 1))
    dit = f"{bas}" if bas == haut else f"entre {bas} et {haut}"
    assert f"Sur 48 familles qui ont répondu les deux fois, {dit} progressent" in texte
    assert "2 suivis" in texte
    for jamais in ("Évolution nette", "Évolution probable", "permettent pas de conclure"):
        assert jamais not in texte
    territoire = reverse("analyses:ensemble", args=["territoire", un.territoire_id])
    assert "Sur 48 familles" in client.get(territoire).content.decode()


def test_one_cohort_alone_makes_no_page(client):
    cohorte = un_suivi(12, 5)
    client.force_login(builders.un_compte(Role.EVALUATION, email="eval@exemple.fr"))
    adresse = reverse("analyses:ensemble", args=["structure", cohorte.structure_id])
    assert client.get(adresse).status_code == 404
    assert "Plusieurs suivis ensemble" not in client.get("/espace/changements/").content.decode()


def test_invented_cohorts_are_never_added_to_real_ones(client):
    un, deux, fictif = un_suivi(12, 5), un_suivi(10, 6), un_suivi(11, 6)
    Cohorte.objects.filter(pk=fictif.pk).update(fictive=True)
    client.force_login(builders.un_compte(Role.EVALUATION, email="eval@exemple.fr"))
    adresse = reverse("analyses:ensemble", args=["structure", un.structure_id])
    texte = client.get(adresse).content.decode()
    assert "2 suivis" in texte
    assert "Données fictives" not in texte
    Cohorte.objects.filter(pk=deux.pk).update(fictive=True)
    assert client.get(adresse).status_code == 404
