"""Whatever reaches a respondent's address: a short page that says what to do, and nothing lost."""

import logging
import random
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from enquetes.models import Passation
from enquetes.views.passation import attente
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne
from voix.commun.journal import SansLiens

pytestmark = pytest.mark.django_db

ORDINAIRES = Path(__file__).resolve().parents[2] / "unit/analyses/verbatims/ordinaires.txt"
"""What people write: it compresses as their words do."""
FORMULAIRE = "application/x-www-form-urlencoded"


@pytest.fixture
def lien():
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return f"/r/{builders.lien_principal(collecte).jeton}/"


@pytest.fixture
def personne(lien):
    """Someone who has answered two questions and is writing a few words."""
    personne = Personne(enforce_csrf_checks=True, raise_request_exception=False).ouvrir(lien)
    personne.suivre("Commencer").repondre({"venu": "non"}).repondre({"foyer": "2"})
    assert personne.etape == "mots"
    return personne


def _toujours_la(personne: Personne) -> None:
    assert Passation.objects.get().reponses == {"venu": "non", "foyer": 2}
    assert personne.ouvrir(personne.adresse).page.status_code == 200


def test_form_without_its_proof_is_shown_again_with_what_was_typed(personne):
    del personne.client.cookies["csrftoken"]
    personne.repondre({"mots": "Merci à <Nadia> & co"})
    assert personne.page.status_code == 403
    assert personne.saisie()["mots"] == "Merci à <Nadia> & co"
    assert "Appuyez encore une fois" in personne.texte
    assert "mots" not in Passation.objects.get().reponses
    personne.repondre()
    assert personne.etape == "verifier"
    assert Passation.objects.get().reponses["mots"] == "Merci à <Nadia> & co"


@pytest.mark.parametrize("jeton", ["", "x", "é" * 40, "a" * 64, "\0"])
def test_broken_proof_is_explained_too(personne, jeton):
    page = personne.client.post(
        personne.adresse, {"mots": "bonjour", "csrfmiddlewaretoken": jeton}
    )
    assert page.status_code == 403
    assert "bonjour" in page.content.decode()
    _toujours_la(personne)


def test_origin_null_is_refused_with_the_same_page(personne):
    saisie = personne.saisie() | {"mots": "bonjour"}
    page = personne.client.post(personne.adresse, saisie, headers={"origin": "null"})
    assert page.status_code == 403
    assert "bonjour" in page.content.decode()


def test_sending_without_proof_shows_the_summary_again_and_sends_nothing(personne):
    personne.repondre()
    del personne.client.cookies["csrftoken"]
    personne.repondre()
    assert (personne.page.status_code, personne.titre) == (403, "Vérifiez vos réponses")
    assert Passation.objects.get().etat == "brouillon"
    assert personne.repondre().titre == "Merci\u00a0!"


def test_erasing_without_proof_erases_nothing(personne):
    personne.suivre("Effacer mes réponses")
    del personne.client.cookies["csrftoken"]
    assert personne.repondre().page.status_code == 403
    assert Passation.objects.exists()
    code = Personne(enforce_csrf_checks=True).ouvrir("/effacer/")
    del code.client.cookies["csrftoken"]
    code.repondre({"code": "7K4M-2XTR"})
    assert (code.page.status_code, code.saisie()["code"]) == (403, "7K4M-2XTR")


def test_form_of_staff_without_proof_gets_the_plain_page(client):
    personne = Personne(enforce_csrf_checks=True)
    page = personne.client.post("/compte/login/", {"login": "x"})
    assert page.status_code == 403
    assert "rechargez la page" in page.content.decode()


@pytest.mark.parametrize("adresse", ["/effacer/", "/rejoindre/", "/carte/"])
def test_a_code_that_is_too_big_is_asked_again(client, adresse):
    page = client.post(adresse, b"code=" + b"7" * 1_100_000, content_type=FORMULAIRE)
    assert page.status_code == 413
    assert "seulement le code" in page.content.decode()
    assert f'href="{adresse}"' in page.content.decode()


@pytest.mark.parametrize("adresse", ["/compte/login/", "/compte/login/code/"])
@pytest.mark.parametrize(
    ("corps", "code", "dit"),
    [
        (b"login=" + b"a" * 1_100_000, 413, "trop long pour un seul envoi"),
        (b"&".join(b"a%d=1" % n for n in range(3000)), 400, "pas compris"),
    ],
)
def test_staff_are_told_in_french_even_in_debug(client, settings, adresse, corps, code, dit):
    settings.DEBUG = True
    page = client.post(adresse, corps, content_type=FORMULAIRE)
    assert page.status_code == code
    assert dit in page.content.decode()
    assert "réponses" not in page.content.decode()
    assert "Traceback" not in page.content.decode()


def test_a_large_file_is_refused_like_a_large_text(personne):
    fichier = SimpleUploadedFile("photo.jpg", b"a" * 2_000_000)
    assert personne.client.post(personne.adresse, {"mots": fichier}).status_code == 413
    _toujours_la(personne)


def test_a_text_over_the_limit_is_told_and_kept(personne):
    personne.repondre({"mots": "é" * 2001})
    assert "Gardez 2 000 signes" in personne.texte
    assert personne.saisie()["mots"] == "é" * 2001
    _toujours_la(personne)


def test_back_works_after_a_fault_in_a_long_text_that_people_wrote(personne):
    """Four thousand signs wait in a cookie: the page that says the fault is one that is asked for (T1)."""
    mots = ORDINAIRES.read_text(encoding="utf-8")[:4000].strip() + " merci"
    long = len(mots)
    page = personne.client.post(personne.adresse, personne.saisie() | {"mots": mots})
    assert page.status_code == 302
    personne.ouvrir(personne.adresse)
    assert f"Il y en a {long:,}.".replace(",", " ") in personne.texte
    assert personne.saisie()["mots"].split() == mots.split()


def test_a_text_that_no_cookie_holds_is_shown_again_at_once(personne):
    hasard = random.Random(3)  # noqa: S311  (what does not compress, not secrets)
    mots = "".join(chr(hasard.randrange(0x4E00, 0x9FFF)) for _ in range(9000))
    page = personne.client.post(personne.adresse, personne.saisie() | {"mots": mots})
    assert page.status_code == 200
    assert attente.NOM not in page.cookies
    assert "Il y en a 9\u202f000." in page.content.decode()


def test_two_thousand_signs_with_line_ends_are_accepted_as_the_browser_counts_them(personne):
    lignes = "\r\n".join(["a" * 99] * 20)
    assert len(lignes.replace("\r\n", "\n")) == 1999
    personne.repondre({"mots": lignes})
    assert personne.etape == "verifier"


ILLISIBLES = [
    (b"&".join(b"x%d=1" % n for n in range(2000)), FORMULAIRE),
    (b"--x\r\nContent-Disposition: form-data\r\n", "multipart/form-data; boundary="),
    (b"mots=a", FORMULAIRE + "; charset=latin-1"),
]


@pytest.mark.parametrize(("corps", "genre"), ILLISIBLES)
def test_unreadable_forms_get_a_page(personne, corps, genre):
    page = personne.client.post(personne.adresse, corps, content_type=genre)
    assert page.status_code == 400
    assert "pas bien reçu" in page.content.decode()
    _toujours_la(personne)


@pytest.mark.parametrize("adresse", ["/effacer/", "/rejoindre/", "/carte/"])
@pytest.mark.parametrize(("corps", "genre"), ILLISIBLES)
def test_a_code_that_cannot_be_read_is_asked_again(client, adresse, corps, genre):
    page = client.post(adresse, corps, content_type=genre)
    dit = page.content.decode()
    assert page.status_code == 400
    assert "pas bien reçu ce code" in dit
    assert f'href="{adresse}"' in dit
    assert "question" not in dit
    assert "réponse" not in dit


A_DEMI = b'--zz\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\nx\r\n'
VIDE = b"--zz--\r\n"
NON_RECUS = [
    (b'{"foyer": "3"}', "application/json"),
    (b"foyer=3", "text/plain"),
    (b"foyer=3", "image/png"),
    (b"foyer=3", ""),
    (b'{"foyer": "3"}', FORMULAIRE),
    (b"", FORMULAIRE),
    (b"\xff\xfe\x00", "multipart/form-data; boundary=zz"),
    (A_DEMI, "multipart/form-data; boundary=zz"),
    (VIDE, "multipart/form-data; boundary=zz"),
]
"""A body that is no form, one that is another's, nothing at all, and forms cut on their way."""


@pytest.mark.parametrize(("corps", "genre"), NON_RECUS)
@pytest.mark.parametrize("preuve", [True, False])
def test_a_body_without_the_form_never_changes_a_stored_answer(personne, corps, genre, preuve):
    adresse = personne.adresse.replace("/mots/", "/foyer/")
    entetes = {"x-csrftoken": personne.client.cookies["csrftoken"].value} if preuve else {}
    page = personne.client.post(adresse, corps, content_type=genre, headers=entetes)
    dit = page.content.decode()
    assert page.status_code == 400
    assert "Nous n’avons pas bien reçu cette réponse" in dit
    assert f'href="{adresse}"' in dit
    _toujours_la(personne)


@pytest.mark.parametrize("genre", [FORMULAIRE, "multipart/form-data; boundary=zz"])
def test_a_form_cut_on_its_way_changes_nothing(personne, genre):
    """The proof comes first: what was typed after it may be missing."""
    adresse = personne.adresse.replace("/mots/", "/foyer/")
    jeton = personne.ouvrir(adresse).saisie()["csrfmiddlewaretoken"].encode()
    entier = {
        FORMULAIRE: b"csrfmiddlewaretoken=%b&foyer=3" % jeton,
        "multipart/form-data; boundary=zz": A_DEMI.replace(b"x\r\n", jeton + b"\r\n")
        + b'--zz\r\nContent-Disposition: form-data; name="foyer"\r\n\r\n3\r\n--zz--\r\n',
    }[genre]
    coupe = entier[: entier.index(b"foyer") - 45] if b"zz" in entier else entier[:-8]
    page = personne.client.generic(
        "POST", adresse, entier, content_type=genre, **{"wsgi.input": BytesIO(coupe)}
    )
    assert page.status_code == 400
    _toujours_la(personne)
    page = personne.client.generic("POST", adresse, entier, content_type=genre)
    assert page.status_code == 302
    assert Passation.objects.get().reponses["foyer"] == 3


def test_a_form_with_nothing_in_it_takes_the_answer_back(personne):
    adresse = personne.adresse.replace("/mots/", "/foyer/")
    assert personne.ouvrir(adresse).repondre({"foyer": ""}).etape == "mots"
    assert Passation.objects.get().reponses == {"venu": "non"}
    assert personne.ouvrir(adresse.replace("/foyer/", "/venue/")).saisie()["venu"] == ["non"]
    jeton = {"csrfmiddlewaretoken": personne.saisie()["csrfmiddlewaretoken"]}
    personne.client.post(personne.adresse, jeton)
    assert Passation.objects.get().reponses == {}


@pytest.mark.parametrize("methode", ["put", "patch", "delete", "options", "head", "trace"])
@pytest.mark.parametrize("fin", ["", "verifier/", "merci/", "effacer/", "inconnue/"])
def test_other_methods_never_break_nor_store(personne, methode, fin):
    adresse = personne.adresse.removesuffix("mots/") + (fin or "mots/")
    page = getattr(personne.client, methode)(adresse)
    assert page.status_code in {200, 302, 403, 404, 405}
    _toujours_la(personne)


def test_post_without_the_last_slash_gets_the_page_of_unknown_links(settings, personne):
    settings.DEBUG = True
    page = personne.client.post(personne.adresse.rstrip("/"), {"mots": "a"})
    assert page.status_code == 404
    assert "ne mène nulle part" in page.content.decode()


BASE_INJOIGNABLE = {
    "sqlite": {"NAME": "/nulle/part/base.sqlite3"},
    "postgresql": {"PORT": "1", "HOST": "127.0.0.1"},
}


@pytest.fixture
def base_arretee():
    """Send Django to a database that does not answer: the failure is a real one."""
    avant = dict(connection.settings_dict)

    def arreter() -> None:
        connection.close()
        connection.settings_dict.update(BASE_INJOIGNABLE[connection.vendor])

    def rendre() -> None:
        connection.close()
        connection.settings_dict.update(avant)

    yield arreter, rendre
    rendre()


@pytest.mark.django_db(transaction=True)
def test_database_down_keeps_what_was_typed_and_goes_on_when_it_is_back(personne, base_arretee):
    arreter, rendre = base_arretee
    arreter()
    personne.repondre({"mots": 'Je "voudrais" <du pain>'})
    assert (personne.page.status_code, personne.page["Retry-After"]) == (503, "30")
    assert "Vos réponses précédentes sont gardées." in personne.texte
    assert personne.saisie()["mots"] == 'Je "voudrais" <du pain>'
    ailleurs = Personne(raise_request_exception=False).ouvrir(personne.adresse)
    assert ailleurs.page.status_code == 503
    assert ailleurs.lien("Réessayer") == personne.adresse
    rendre()
    personne.repondre()
    assert personne.etape == "verifier"
    assert Passation.objects.get().reponses["mots"] == 'Je "voudrais" <du pain>'


@pytest.mark.django_db(transaction=True)
def test_database_down_while_the_proof_is_missing(personne, base_arretee):
    del personne.client.cookies["csrftoken"]
    base_arretee[0]()
    assert personne.repondre({"mots": "a"}).page.status_code == 503
    assert personne.saisie()["mots"] == "a"


@pytest.mark.django_db(transaction=True)
def test_database_down_on_a_page_of_the_staff_says_to_wait(client, base_arretee):
    client.force_login(builders.un_compte())
    base_arretee[0]()
    page = client.get("/espace/")
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert "Revenez en arrière et réessayez dans un moment." in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_locked_sqlite_keeps_what_was_typed(personne):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the file")
    with connection.cursor() as curseur:
        curseur.execute("PRAGMA busy_timeout = 50")
    verrou = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    verrou.execute("BEGIN EXCLUSIVE")
    personne.repondre({"mots": "a"})
    assert personne.page.status_code == 503
    verrou.rollback()
    verrou.close()
    assert personne.repondre().etape == "verifier"


def test_links_of_respondents_are_not_written_in_the_logs(personne, caplog):
    del personne.client.cookies["csrftoken"]
    with caplog.at_level(logging.WARNING):
        personne.client.post(personne.adresse, {"mots": "a"})
    assert [r for r in caplog.records if "/r/" in r.getMessage()]
    for record in caplog.records:
        SansLiens().filter(record)
        assert personne.adresse not in record.getMessage()
        assert str(Passation.objects.get().pk) not in record.getMessage()
