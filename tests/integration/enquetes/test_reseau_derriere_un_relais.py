"""Behind a proxy each network is told apart, and nobody can pretend to be another one."""

import pytest
from allauth.core.internal.ratelimit import consume
from django.core.cache import cache
from django.test import RequestFactory

from enquetes.parcours import code_effacement as codes
from voix.commun.reseau import reseau

pytestmark = pytest.mark.django_db
NGINX = "127.0.0.1"
UNE, AUTRE = "203.0.113.1", "203.0.113.2"
CODE = codes.depuis_octets(b"\x07" * 16)


@pytest.fixture(autouse=True)
def _essais_oublies():
    cache.clear()


@pytest.fixture
def _nginx(settings):
    settings.RELAIS_DE_CONFIANCE = [NGINX]


def effacer(client, dites: str, par: str = NGINX) -> int:
    envoi = {"REMOTE_ADDR": par, "HTTP_X_FORWARDED_FOR": dites}
    return client.post("/effacer/", {"code": CODE}, **envoi).status_code


def empreinte(dites: str | None, par: str = NGINX) -> str:
    dit = {} if dites is None else {"HTTP_X_FORWARDED_FOR": dites}
    return reseau(RequestFactory().get("/", REMOTE_ADDR=par, **dit))


@pytest.mark.usefixtures("_nginx")
def test_one_network_that_erased_five_times_does_not_stop_another(client):
    assert [effacer(client, UNE) for _ in range(6)] == [200] * 5 + [429]
    assert effacer(client, AUTRE) == 200


def test_without_a_relay_named_a_forged_header_gives_no_more_tries(client):
    assert [effacer(client, f"203.0.113.{n}") for n in range(6)] == [200] * 5 + [429]


@pytest.mark.usefixtures("_nginx")
def test_who_reaches_voix_without_the_relay_cannot_pretend(client):
    faits = [effacer(client, f"203.0.113.{n}", par="198.51.100.7") for n in range(6)]
    assert faits == [200] * 5 + [429]


@pytest.mark.usefixtures("_nginx")
def test_what_a_person_writes_before_the_relay_s_word_is_not_read():
    assert empreinte(f"{AUTRE}, {UNE}") == empreinte(UNE) != empreinte(AUTRE)


@pytest.mark.usefixtures("_nginx")
@pytest.mark.parametrize("dites", [None, "", "unknown", f"{UNE}, ", "<script>", "203.0.113.1.9"])
def test_a_word_that_is_no_address_counts_as_the_relay(dites):
    assert empreinte(dites) == empreinte(None)


@pytest.mark.usefixtures("_nginx")
def test_in_ipv6_a_subscriber_is_one_network_and_ipv4_has_one_writing():
    assert empreinte("2001:db8:0:1::1") == empreinte("2001:db8:0:1:ffff::9")
    assert empreinte("2001:db8:0:1::1") != empreinte("2001:db8:0:2::1")
    assert empreinte(f"::ffff:{UNE}") == empreinte(UNE)
    assert empreinte(UNE, par=f"::ffff:{NGINX}") == empreinte(UNE)


@pytest.mark.usefixtures("_nginx")
def test_sign_in_counts_by_the_same_network_and_keeps_no_address():
    def essayer(dites: str, par: str = NGINX) -> bool:
        demande = RequestFactory().post("/", REMOTE_ADDR=par, HTTP_X_FORWARDED_FOR=dites)
        return (
            consume(demande, app="voix", action="entrer", config={"entrer": "2/m/ip"}) is not None
        )

    assert [essayer(f"192.0.2.{n}, {UNE}") for n in range(3)] == [True, True, False]
    assert essayer(AUTRE)
    assert [essayer(f"192.0.2.{n}", par="198.51.100.7") for n in range(3)] == [True, True, False]
    gardees = " ".join(cache._cache)
    assert gardees
    assert not any(adresse in gardees for adresse in (UNE, AUTRE, NGINX, "198.51.100.7"))
