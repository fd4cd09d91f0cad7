"""The API: what pages show and no more, to whoever may read it, with refusals that say what to do."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from analyses.api.racine import schema
from analyses.lectures import lecture_du_releve
from analyses.models import Publication
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Unite
from tests import builders
from tests.integration.analyses.api import Programme, un_programme
from tests.integration.analyses.registres import scenes
from tests.integration.analyses.test_fichiers import preparer
from voix.comptes.models import Portee
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def prise():
    return preparer()


@pytest.fixture
def collecte():
    """Return a collecte without a count: enough for whatever is decided before any table."""
    return builders.une_collecte_ouverte(nom="avis")


def suite(adresse: str) -> str:
    """Return what the API wrote as an address, as its own path."""
    morceaux = urlsplit(adresse)
    return f"{morceaux.path}?{morceaux.query}".removeprefix("/api/v1/")


# --- The door -------------------------------------------------------------------------------


def test_a_session_opens_nothing(client, collecte):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/api/v1/collectes")
    assert (page.status_code, page.json()["code"]) == (401, "jeton_absent")
    assert page["WWW-Authenticate"].startswith("Bearer")
    assert "Mes jetons" in page.json()["message"]


def test_an_expired_token_says_so_with_its_day(collecte):
    hier = timezone.localdate() - timedelta(days=1)
    refus = un_programme(expire_le=hier).refus("collectes", 401)
    assert refus["code"] == "jeton_expire"
    assert f"{hier:%d/%m/%Y}" in refus["message"]
    assert "Créez-en un" in refus["message"]


def test_its_last_day_still_opens(collecte):
    assert un_programme(expire_le=timezone.localdate()).lire("collectes")["total"] == 1


def test_a_revoked_or_unknown_token_opens_nothing(collecte):
    revoque = un_programme(revoque_le=timezone.localdate())
    assert revoque.refus("collectes", 401)["code"] == "jeton_revoque"
    assert Programme("voix_rien").refus("collectes", 401)["code"] == "jeton_inconnu"
    assert Programme("").refus("collectes", 401)["code"] == "jeton_absent"


def test_an_account_that_is_closed_takes_its_tokens_along(collecte):
    compte = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    programme = un_programme(compte)
    compte.is_active = False
    compte.save()
    assert programme.refus("collectes", 401)["code"] == "jeton_inconnu"


def test_a_scope_opens_its_own_addresses_only(collecte):
    resultats = un_programme(None, Portee.RESULTATS)
    assert resultats.refus("programmes", 403)["code"] == "portee"
    assert list(resultats.lire("")["adresses"]) == ["collectes", "publications"]
    indicateurs = un_programme(None, Portee.INDICATEURS)
    assert indicateurs.refus("collectes/avis/tableaux", 403)["code"] == "portee"


def test_a_role_that_was_withdrawn_closes_the_token(collecte):
    compte = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    programme = un_programme(compte)
    compte.habilitations.update(retiree_le=timezone.now())
    assert programme.refus("collectes", 403)["code"] == "acces_refuse"


def test_nothing_of_another_territoire_is_known(prise):
    ailleurs = builders.un_territoire("32")
    loin = un_programme(
        builders.un_compte(role=Role.EVALUATION, territoire=ailleurs, email="loin@exemple.fr")
    )
    assert loin.lire("collectes")["resultats"] == []
    assert loin.lire("publications")["total"] == 0
    assert loin.lire("publications?collecte=avis")["total"] == 0
    inconnue = loin.refus("collectes/inconnue", 404)
    for chemin in ("collectes/avis", "collectes/avis/tableaux", "collectes/avis/tableaux/venu"):
        assert loin.refus(chemin, 404) == inconnue


# --- Results --------------------------------------------------------------------------------


def test_a_table_is_the_protected_one_to_the_letter(prise):
    programme, lue = un_programme(), lecture_du_releve(prise)
    resumes = programme.lire("collectes/avis/tableaux")["resultats"]
    assert {(r["question"], r["par"]) for r in resumes} == {
        (t.question, par) for t in lue.tous() for par in ["", *dict(lue.groupements(t.question))]
    }
    for resume in resumes:
        attendu = lue.tableau(resume["question"], resume["par"]).en_json()
        assert programme.lire(suite(resume["adresse"])) == attendu


def test_no_word_of_an_answer_nor_a_random_identifier_leaves(prise):
    """What persons wrote, and the numbers that tell them apart, are in the database and not here."""
    programme = un_programme()
    tout = json.dumps(
        [
            programme.lire(chemin)
            for chemin in ("", "collectes", "collectes/avis", "collectes/avis/tableaux")
        ]
        + [
            programme.lire(suite(r["adresse"]))
            for r in programme.lire("collectes/avis/tableaux")["resultats"]
        ]
        + [programme.lire("publications")],
        ensure_ascii=False,
    )
    assert "Lilas" not in tout
    passations = prise.collecte.passations.values_list("pk", flat=True)
    assert passations
    assert not any(pk.hex in tout or str(pk) in tout for pk in passations)


def test_a_collecte_says_which_releves_may_be_read(prise):
    builders.des_passations(prise.collecte, 12, reponses={"venu": "oui"})
    arreter_releve(collecte=prise.collecte, par=builders.un_compte())
    programme = un_programme()
    releves = programme.lire("collectes/avis")["releves"]
    assert [(r["numero"], r["lisible"], r["nombre"]) for r in releves] == [
        (2, False, None),
        (1, True, 57),
    ]
    assert programme.refus("collectes/avis/tableaux", 409)["code"] == "pas_publie"
    assert programme.lire("collectes/avis/tableaux?releve=1")["total"]
    assert programme.refus("collectes/avis/tableaux?releve=3", 404)["code"] == "introuvable"


def test_a_table_of_organisations_is_read_too():
    prise = preparer(Unite.ORGANISATION)
    table = un_programme().lire("collectes/avis/tableaux/venu")
    assert table == lecture_du_releve(prise).tableau("venu").en_json()


def test_a_breakdown_that_is_not_in_the_plan_is_refused_with_those_that_are(prise):
    refus = un_programme().refus("collectes/avis/tableaux/venu?par=mots", 404)
    assert refus["code"] == "ventilation"
    assert "territoire" in refus["message"]
    assert un_programme().refus("collectes/avis/tableaux/mots", 404)["code"] == "introuvable"


def test_a_publication_gives_its_seal_and_its_tables(prise):
    programme, publiee = un_programme(), Publication.objects.get()
    (lue,) = programme.lire("publications?collecte=avis")["resultats"]
    assert (lue["empreinte"], lue["nombre"], lue["releve"]) == (publiee.empreinte, 57, 1)
    assert programme.lire(suite(lue["tableaux"]))["total"]


# --- Indicators -----------------------------------------------------------------------------


def test_indicators_are_those_of_the_pages():
    par = scenes.une_coordination()
    scenes.un_programme(2)
    scenes.importer("acteurs", scenes.un_acteur(recense_le="2023-02-01"))
    programme = un_programme(par)
    (resume,) = programme.lire("programmes")["resultats"]
    assert resume["nom"] == "essai"
    codes = [t["code"] for t in programme.lire("programmes/essai")["territoires"]]
    assert codes == ["commune-59001", "commune-59002"]
    mesures = programme.lire("programmes/essai/indicateurs?par_page=100")["resultats"]
    assert {"I1", "I13", "P01", "P17"} <= {m["code"] for m in mesures}
    assert next(m for m in mesures if m["code"] == "I4")["n"] == 1
    territoires = programme.lire("territoires")["resultats"]
    assert [t["code"] for t in territoires] == codes
    assert programme.lire(suite(territoires[0]["indicateurs"]))["total"] == len(mesures)
    assert programme.refus("territoires/commune-99999/indicateurs", 404)
    assert programme.refus("programmes/autre", 404)
    definitions = programme.lire("indicateurs?par_page=100")["resultats"]
    assert [d["code"] for d in definitions] == [m["code"] for m in mesures]


# --- Pages, changes, wrong calls ------------------------------------------------------------


def test_pages_follow_each_other_and_stop():
    par = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    for rang in range(5):
        builders.une_collecte_ouverte(nom=f"c{rang}")
    programme, vues, ou = un_programme(par), [], "collectes?par_page=2"
    while ou:
        page = programme.lire(ou)
        assert (page["total"], page["pages"]) == (5, 3)
        vues += [c["nom"] for c in page["resultats"]]
        ou = suite(page["suivante"]) if page["suivante"] else ""
    assert sorted(vues) == [f"c{rang}" for rang in range(5)]
    assert "3 pages" in programme.refus("collectes?par_page=2&page=4", 404)["message"]
    assert "qu’une page." in programme.refus("collectes?page=2", 404)["message"]


def test_nothing_is_sent_again_while_nothing_changed(prise):
    programme = un_programme()
    page = programme.appeler("collectes/avis/tableaux/venu")
    assert page["Cache-Control"] == "private, no-cache"
    assert "Authorization" in page["Vary"]
    encore = programme.appeler("collectes/avis/tableaux/venu", **{"if-none-match": page["ETag"]})
    assert (encore.status_code, encore.content) == (304, b"")
    autre = programme.appeler("collectes/avis", **{"if-none-match": page["ETag"]})
    assert autre.status_code == 200
    # A refusal is never taken for « not changed ».
    refus = Client().get(
        "/api/v1/collectes/avis/tableaux/venu", headers={"if-none-match": page["ETag"]}
    )
    assert refus.status_code == 401


@pytest.mark.parametrize(
    ("chemin", "mot"),
    [
        ("collectes?page=0", "« page » : un nombre entier"),
        ("collectes?page=deux", "« page » : un nombre entier"),
        ("collectes?par_page=101", "de 1 à 100"),
        ("collectes?pages=2", "« pages » n’est pas un paramètre de cette adresse"),
        ("collectes/avis/tableaux?releve=99999999999999999999", "le numéro d’un relevé"),
        ("collectes/avis/tableaux/venu?par=" + "x" * 201, "« par » : une ventilation"),
        ("publications?collecte=%00", "« collecte » : le nom court d’une collecte"),
    ],
)
def test_a_wrong_parameter_is_told_in_french(collecte, chemin, mot):
    refus = un_programme().refus(chemin, 422)
    assert refus["code"] == "parametre"
    assert mot in refus["message"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    "chemin", ["rien", "collectes/", "collectes/a/b/c/d", "collectes/a%0Ab", "%00", "..%2Fespace"]
)
def test_an_address_that_does_not_exist_is_json_too(chemin):
    assert un_programme().refus(chemin, 404)["code"] == "adresse"


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written(collecte, methode):
    entetes = {"authorization": f"Bearer {un_programme().valeur}"}
    page = getattr(Client(), methode)("/api/v1/collectes", headers=entetes)
    assert (page.status_code, page.json()["code"]) == (405, "methode")
    assert page["Allow"] == "GET, HEAD"


def test_head_is_answered_as_get_without_its_body(collecte):
    programme = un_programme()
    entetes = {"authorization": f"Bearer {programme.valeur}"}
    tete = Client().head("/api/v1/collectes", headers=entetes)
    assert tete.status_code == 200
    assert tete["ETag"] == programme.appeler("collectes")["ETag"]


def test_what_nobody_foresaw_is_json_and_is_logged(collecte, monkeypatch, caplog):
    def tomber(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("le disque est plein")

    monkeypatch.setattr("analyses.api.collectes.paginer", tomber)
    refus = un_programme().refus("collectes", 500)
    assert refus["code"] == "panne"
    assert "disque" not in refus["message"]
    assert "le disque est plein" in caplog.text


def test_the_document_is_public_and_describes_every_address(client):
    page = client.get("/api/v1/openapi.json")
    assert page.json() == schema()
    assert page.json()["openapi"].startswith("3.1")
    for chemin, lu in page.json()["paths"].items():
        assert set(lu) == {"get"}, chemin
        assert {"200", "401", "403", "404"} <= set(lu["get"]["responses"])
        assert lu["get"]["security"] == [{"Porteur": []}]
