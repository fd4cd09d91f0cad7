"""Tokens: made by and for oneself, told once, stopped at once; only a hash is kept."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import builders
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.jetons import (
    DUREES,
    JETONS_MAX,
    creer_jeton,
    empreinte_du_jeton,
    noter_usage,
    revoquer_jeton,
)
from voix.comptes.models import JetonPersonnel, Portee, Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
VALEUR = re.compile(r"voix_[\w-]{43}")


@pytest.fixture
def eva(client):
    compte = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    builders.entrer(client, compte)
    return compte


def creer(par, **champs):
    valeurs = {"cle": uuid4(), "nom": "Carnet", "portees": [Portee.RESULTATS], "duree": 90}
    return creer_jeton(**(valeurs | champs), par=par)


def envoyer(client, **champs):
    valeurs = {"cle": uuid4(), "nom": "Carnet", "portees": ["resultats"], "duree": 30}
    return client.post("/espace/jetons/creer/", valeurs | champs)


def test_the_value_is_told_once_and_kept_nowhere(client, eva):
    page = envoyer(client)
    valeur = VALEUR.search(page.content.decode()).group()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    jeton = JetonPersonnel.objects.get()
    assert jeton.empreinte == empreinte_du_jeton(valeur)
    garde = [str(getattr(jeton, c.attname)) for c in jeton._meta.concrete_fields]
    garde += [str(t.details) for t in Trace.objects.all()]
    garde += [str(dict(client.session))]
    assert not any(valeur in texte or valeur[5:25] in texte for texte in garde)
    liste = client.get("/espace/jetons/").content.decode()
    assert jeton.debut in liste
    assert not VALEUR.search(liste)


def test_the_same_form_sent_twice_makes_one_token(client, eva):
    cle = uuid4()
    envoyer(client, cle=cle)
    assert envoyer(client, cle=cle).status_code == 302
    assert "déjà créé" in client.get("/espace/jetons/").content.decode()
    assert JetonPersonnel.objects.count() == 1


def test_it_is_traced_made_and_revoked(client, eva):
    jeton = creer(eva).jeton
    revoquer_jeton(jeton=jeton, par=eva)
    revoquer_jeton(jeton=jeton, par=eva)
    verbes = list(Trace.objects.filter(objet_id=str(jeton.pk)).values_list("verbe", flat=True))
    assert verbes == ["creer_jeton", "revoquer_jeton"]


def test_it_stops_by_itself(eva):
    jeton = creer(eva, duree=min(DUREES)).jeton
    dernier = timezone.localdate() + timedelta(days=min(DUREES))
    assert jeton.expire_le == dernier
    assert jeton.est_actif(dernier)
    assert not jeton.est_actif(dernier + timedelta(days=1))


@pytest.mark.parametrize("faux", [{"portees": []}, {"duree": 4000}])
def test_no_token_opens_nothing_or_lasts_for_ever(eva, faux):
    with pytest.raises(SaisieInvalide):
        creer(eva, **faux)


def test_nobody_gives_a_program_what_they_may_not_read(client):
    ambassadeur = builders.un_compte(role=Role.AMBASSADEUR, email="amb@exemple.fr")
    with pytest.raises(AccesRefuse):
        creer(ambassadeur)
    builders.entrer(client, ambassadeur)
    page = client.get("/espace/jetons/").content.decode()
    assert "un jeton n’ouvrirait rien" in page
    assert "/espace/jetons/" not in client.get("/espace/").content.decode()
    referent = builders.un_compte(role=Role.REFERENT, email="ref@exemple.fr")
    with pytest.raises(AccesRefuse):
        creer(referent, portees=[Portee.RESULTATS, Portee.INDICATEURS])


def test_tokens_are_few(eva):
    for _ in range(JETONS_MAX):
        dernier = creer(eva).jeton
    with pytest.raises(EtatIncompatible, match="Révoquez-en un"):
        creer(eva)
    revoquer_jeton(jeton=dernier, par=eva)
    assert creer(eva).valeur.startswith("voix_")


def test_a_token_is_seen_and_revoked_by_its_owner_only(client, eva):
    autre = builders.un_compte(email="autre@exemple.fr")
    jeton = creer(autre).jeton
    assert str(jeton.pk) not in client.get("/espace/jetons/").content.decode()
    assert client.post(f"/espace/jetons/{jeton.pk}/revoquer/").status_code == 404
    with pytest.raises(AccesRefuse):
        revoquer_jeton(jeton=jeton, par=eva)
    jeton.refresh_from_db()
    assert jeton.revoque_le is None


def test_revoking_asks_first(client, eva):
    jeton = creer(eva).jeton
    adresse = f"/espace/jetons/{jeton.pk}/revoquer/"
    assert "Révoquer ce jeton" in client.get(adresse).content.decode()
    jeton.refresh_from_db()
    assert jeton.revoque_le is None
    assert client.post(adresse).status_code == 302
    page = client.get("/espace/jetons/").content.decode()
    assert "Jetons finis" in page
    assert "Jetons actifs" not in page


def test_use_is_written_once_a_day(eva, django_assert_num_queries):
    jeton = creer(eva).jeton
    noter_usage(jeton=jeton)
    jeton.refresh_from_db()
    assert jeton.utilise_le == timezone.localdate()
    with django_assert_num_queries(0):
        noter_usage(jeton=jeton)


def test_a_form_with_holes_says_what_is_missing(client, eva):
    page = client.post("/espace/jetons/creer/", {"cle": uuid4(), "duree": 30}).content.decode()
    assert "Dites à quoi il servira." in page
    assert "Cochez au moins une case." in page
    assert not JetonPersonnel.objects.exists()


@pytest.mark.parametrize("faux", [{"portees": []}, {"expire_le": timezone.localdate()}])
def test_the_database_judges_last(eva, faux):
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.un_jeton(eva, **({"cree_le": timezone.localdate()} | faux))
