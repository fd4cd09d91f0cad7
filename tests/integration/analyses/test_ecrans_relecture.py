"""Reading texts on a phone, without script; what coordination does; what evaluators see."""

import html
import re

import pytest

from analyses.actions.relectures import signaler_danger, valider_verbatim
from analyses.extraction.verbatims import file_de
from analyses.models import Attestation, EtatVerbatim, Relecture, Verbatim
from analyses.views.relecture import TOURNEE
from tests import builders
from voix.comptes.models import Trace
from voix.comptes.roles import Role

from .verbatims import TEXTES, prepares, une_collecte_ecrite, une_lectrice

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return une_lectrice("ada@exemple.fr", "CCAS")


def texte_de(page) -> str:
    """Return what a page shows, as one line."""
    sans = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(sans).split())


def bouton(page, valeur: str) -> dict[str, str]:
    """Return what pressing a button of the decision form sends."""
    caches = re.findall(r'type="hidden" name="(tour|lus)" value="(\d+)"', page.content.decode())
    return dict(caches) | {"decision": valeur}


def test_a_reader_is_asked_where_she_was_then_reads_one_text_a_screen(client, ada):
    collecte, par = une_collecte_ecrite()
    prepares(collecte, par)
    client.force_login(ada)
    liste = texte_de(client.get("/espace/relire/"))
    assert "6 textes à relire" in liste
    adresse = f"/espace/relire/{collecte.nom}/"
    assert "Étiez-vous à un atelier" in texte_de(client.get(adresse))
    page = client.post(f"{adresse}presence/", {"present": "non"}, follow=True)
    assert "Texte 1 sur 6" in texte_de(page)
    assert page.content.decode().count("<blockquote") <= 2
    assert not re.search(r"<script|onclick|javascript:", page.content.decode())


def test_what_was_masked_is_only_shown_behind_the_received_text(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[0]]
    client.force_login(ada)
    page = client.get(f"/espace/relire/{collecte.nom}/{verbatim.pk}/")
    propose, recu = page.content.decode().split("<details>")
    assert "[prénom]" in propose
    assert "Lina" not in propose
    assert "Lina" in recu
    assert str(verbatim.passation_id) not in page.content.decode()


def test_signs_that_turn_the_reading_around_are_seen_by_readers_and_never_leave(client, ada):
    collecte, par = une_collecte_ecrite(nombre=12)
    piege = "Le lait \u202eest bon\u2069 le mardi"
    passation = collecte.passations.filter(reponses__avis__isnull=False)[0]
    type(passation).objects.filter(pk=passation.pk).update(reponses={"avis": piege})
    verbatim = prepares(collecte, par, ada)[piege]
    assert verbatim.original == piege  # stored as it was written
    assert verbatim.texte == "Le lait est bon le mardi"
    client.force_login(ada)
    page = client.get(f"/espace/relire/{collecte.nom}/{verbatim.pk}/").content.decode()
    assert "<bdi>Le lait [sens]est bon[sens] le mardi</bdi>" in page
    assert not set(page) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_twenty_texts_are_read_with_the_buttons_alone(client, ada):
    """As a phone does: press, see the next text, to the thanks at the end."""
    collecte, par = une_collecte_ecrite()
    for rang in range(TOURNEE):
        builders.des_passations(collecte, 1, reponses={"avis": f"les légumes {rang}"})
    prepares(collecte, par, ada)
    client.force_login(ada)
    page = client.get(f"/espace/relire/{collecte.nom}/")
    lus = []
    for rang in range(1, TOURNEE + 1):
        assert f"Texte {rang} sur {TOURNEE}" in texte_de(page)
        action = re.search(
            r'<form method="post" action="([^"]*relire[^"]*)"', page.content.decode()
        )
        lus.append(action[1])
        page = client.post(action[1], bouton(page, "valider"), follow=True)
    assert len(set(lus)) == TOURNEE
    assert f"Vous avez relu {TOURNEE} textes" in texte_de(page)
    assert f"Il en reste {len(TEXTES)}" in texte_de(page)
    assert Relecture.objects.count() == TOURNEE


def test_a_text_can_be_passed_and_comes_back_last(client, ada):
    collecte, par = une_collecte_ecrite()
    prepares(collecte, par, ada)
    client.force_login(ada)
    vus = []
    adresse = f"/espace/relire/{collecte.nom}/"
    for _ in range(len(TEXTES)):
        page = client.get(adresse).content.decode()
        vus.append(re.search(r"relire/[\w-]+/([0-9a-f-]{36})/\"", page)[1])
        suivant = re.search(r'href="([^"]*apres=[^"]*)"', page)[1]
        adresse = html.unescape(suivant)
    assert len(set(vus)) == len(TEXTES)
    fin = client.get(adresse)
    assert "Vous êtes au bout" in texte_de(fin)
    encore = re.search(r'href="([^"]*/relire/[\w-]+/)">Continuer', fin.content.decode())[1]
    assert vus[0] in client.get(encore).content.decode()
    assert not Relecture.objects.exists()


def test_words_are_hidden_by_ticking_them(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/{verbatim.pk}/changer/"
    page = client.get(adresse).content.decode()
    rangs = {mot: r for r, mot in re.findall(r'name="mot" value="(\d+)">([^<]+)', page)}
    suite = client.post(adresse, {"tour": "1", "lus": "0", "mot": [rangs["samedi"], "99", "x"]})
    assert suite.status_code == 302
    verbatim.refresh_from_db()
    assert verbatim.texte == "Il faudrait ouvrir le […]"
    assert verbatim.etat == EtatVerbatim.REFORMULE
    assert verbatim.pk not in file_de(ada, collecte.pk)


def test_an_added_word_is_refused_and_what_was_typed_stays(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/{verbatim.pk}/changer/"
    page = client.post(adresse, {"tour": "1", "texte": "Il faudrait ouvrir la piscine"})
    assert page.status_code == 409
    assert "pas en ajouter" in texte_de(page)
    assert "ouvrir la piscine</textarea>" in page.content.decode()


def test_a_text_rewritten_is_not_cut_and_a_null_is_said(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/{verbatim.pk}/changer/"
    assert "maxlength" not in client.get(adresse).content.decode()
    page = client.post(adresse, {"tour": "1", "texte": "a" * 4001})
    assert page.status_code == 409
    assert "Gardez 4 000 signes au plus. Il y en a 4 001." in texte_de(page)
    assert "a" * 4001 in page.content.decode()
    page = client.post(adresse, {"tour": "1", "texte": "ouvrir\0le"})
    assert "Un signe que l’on ne voit pas" in texte_de(page)


def test_a_decision_on_a_text_that_has_changed_is_told(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    Verbatim.objects.filter(pk=verbatim.pk).update(tour=2)
    client.force_login(ada)
    page = client.post(
        f"/espace/relire/{collecte.nom}/{verbatim.pk}/", {"tour": "1", "decision": "valider"}
    )
    assert page.status_code == 409
    assert "Une autre personne vient de décider" in texte_de(page)


@pytest.mark.parametrize(
    "envoi",
    [
        {},
        {"decision": "rien"},
        {"decision": "valider", "tour": "²"},
        # Only the page that says it cannot be undone takes this one.
        {"decision": "refuser", "tour": "1"},
    ],
)
def test_forged_decisions_decide_nothing(client, ada, envoi):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    client.force_login(ada)
    page = client.post(f"/espace/relire/{collecte.nom}/{verbatim.pk}/", envoi)
    assert page.status_code in {302, 409}
    assert not Relecture.objects.exists()


def test_who_was_there_is_thanked_and_reads_nothing(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par)[TEXTES[2]]
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/"
    client.post(f"{adresse}presence/", {"present": "peut-être"})
    assert not Attestation.objects.exists()
    page = client.post(f"{adresse}presence/", {"present": "oui"}, follow=True)
    assert "D’autres personnes relisent" in texte_de(page)
    assert client.get(f"{adresse}{verbatim.pk}/").status_code == 403
    assert "d’autres personnes relisent" in texte_de(client.get("/espace/relire/"))


def test_a_text_of_another_collecte_is_not_there(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    autre = builders.une_collecte_ouverte(par=par, nom="autre")
    builders.des_passations(autre, 1)
    builders.un_verbatim(autre)
    client.force_login(ada)
    assert client.get(f"/espace/relire/autre/{verbatim.pk}/").status_code == 404


def test_somebody_of_a_structure_reads_for_the_whole_territoire(client):
    """Else the second reader could never be of another structure."""
    collecte, par = une_collecte_ecrite(structure=builders.une_structure(builders.un_territoire()))
    prepares(collecte, par)
    client.force_login(une_lectrice("ada@exemple.fr", "CCAS"))
    assert "6 textes à relire" in texte_de(client.get("/espace/relire/"))


def test_coordination_prepares_and_lets_leave_then_evaluators_read(client, ada):
    collecte, par = une_collecte_ecrite()
    bea = une_lectrice("bea@exemple.fr", "Épicerie")
    client.force_login(par)
    adresse = f"/espace/textes/{collecte.nom}/"
    assert "Aucun texte n’est encore en relecture" in texte_de(client.get(adresse))
    page = client.post(f"{adresse}preparer/", follow=True)
    assert "6 textes attendent leurs relecteurs" in texte_de(page)
    assert "Masquage proposé 6" in texte_de(page)
    refus = client.post(f"{adresse}liberer/")
    assert refus.status_code == 409
    assert "Rien ne peut encore sortir" in texte_de(refus)
    for verbatim in prepares(collecte, par, ada, bea).values():
        for lectrice in (ada, bea):
            valider_verbatim(verbatim=verbatim, tour=1, par=lectrice)
    assert "6 textes sont sortis" in texte_de(client.post(f"{adresse}liberer/", follow=True))
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get(adresse)
    assert page.content.decode().count("<q>") == len(TEXTES)
    assert "Ma fille [prénom] aime les légumes" in texte_de(page)
    assert "Lina" not in texte_de(page)
    assert "Où en est la relecture" not in texte_de(page)
    assert not Relecture.objects.filter(lue_par__email="eva@exemple.fr").exists()


def test_evaluators_see_no_text_before_it_leaves(client, ada):
    collecte, par = une_collecte_ecrite()
    prepares(collecte, par, ada)
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = texte_de(client.get(f"/espace/textes/{collecte.nom}/"))
    assert "Aucun texte n’est encore sorti" in page
    assert not any(texte in page for texte in TEXTES)


def test_the_queue_costs_few_statements(client, ada, django_assert_max_num_queries):
    collecte, par = une_collecte_ecrite()
    for rang in range(40):
        builders.des_passations(collecte, 1, reponses={"avis": f"les légumes {rang}"})
    prepares(collecte, par, ada)
    client.force_login(ada)
    with django_assert_max_num_queries(16):
        client.get(f"/espace/relire/{collecte.nom}/")


def test_a_danger_is_told_to_coordination_and_never_leaves(client, ada):
    collecte, par = une_collecte_ecrite()
    builders.des_passations(collecte, 1, reponses={"avis": "mon mari me frappe, aidez Lina"})
    verbatim = prepares(collecte, par, ada)["mon mari me frappe, aidez Lina"]
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/{verbatim.pk}/"
    page = client.get(adresse).content.decode()
    assert "Ce texte parle peut-être d’un danger" in page
    quoi_faire = texte_de(client.get(f"{adresse}danger/"))
    assert "Ne cherchez pas qui a écrit" in quoi_faire
    assert all(numero in quoi_faire for numero in ("112", "119", "39 19", "31 14", "115"))
    for _ in range(2):
        suite = client.post(f"{adresse}danger/", {"tour": "1", "lus": "3"})
        assert suite.status_code == 302
    assert "lus=4" in suite["Location"]
    verbatim.refresh_from_db()
    assert (verbatim.etat, verbatim.danger) == (EtatVerbatim.REFUSE, "signale")
    assert verbatim.pk not in file_de(ada, collecte.pk)
    assert Relecture.objects.filter(verbatim=verbatim).count() == 1


def test_coordination_sees_a_danger_until_it_acts_and_nobody_else_does(client, ada):
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[0]]
    signaler_danger(verbatim=verbatim, tour=1, par=ada)
    adresse = f"/espace/textes/{collecte.nom}/"
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    assert "danger" not in texte_de(client.get(adresse))
    assert client.post(f"{adresse}danger/{verbatim.pk}/").status_code == 403
    client.force_login(par)
    assert "Ma fille [prénom] aime" in texte_de(client.get(adresse))
    suite = client.post(f"{adresse}danger/{verbatim.pk}/", follow=True)
    assert "vous vous en occupez" in texte_de(suite)
    assert "Ma fille [prénom]" not in texte_de(client.get(adresse))
    verbes = Trace.objects.filter(objet_id=str(verbatim.pk)).values_list("verbe", flat=True)
    assert set(verbes) >= {"signaler_danger", "prendre_en_charge"}
    autre = prepares(collecte, par, ada)[TEXTES[1]]
    assert client.post(f"{adresse}danger/{autre.pk}/").status_code == 404


def test_what_never_can_be_undone_is_said_before_it_is_pressed(client, ada):
    """One tap beside « passer » must not lose a person's words for good (ADR 0100)."""
    collecte, par = une_collecte_ecrite()
    verbatim = prepares(collecte, par, ada)[TEXTES[2]]
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/{verbatim.pk}/"
    assert f'href="{adresse}refuser/?lus=0"' in client.get(adresse).content.decode()
    page = client.get(f"{adresse}refuser/?lus=2")
    for dit in ("ne se reprend pas", "ni par la coordination", "trente jours", "mot pour mot"):
        assert dit in texte_de(page)
    assert f'href="{adresse}changer/?lus=2"' in page.content.decode()
    verbatim.refresh_from_db()
    assert verbatim.etat == EtatVerbatim.MASQUE_PROPOSE
    for _ in range(2):  # two taps
        suite = client.post(f"{adresse}refuser/", {"tour": "1", "lus": "2"})
        assert (suite.status_code, "lus=3" in suite["Location"]) == (302, True)
    verbatim.refresh_from_db()
    assert (verbatim.etat, verbatim.relectures.count()) == (EtatVerbatim.REFUSE, 1)
    assert client.post(f"{adresse}refuser/", {"tour": "7"}).status_code == 409


def test_where_to_find_help_is_one_tap_from_every_question(client):
    page = client.get("/aide/ou/").content.decode()
    for numero in ("112", "119", "3919", "3114", "115"):
        assert f'href="tel:{numero}"' in page
    assert "n’est pas lu tout de suite" in page
    collecte, _ = une_collecte_ecrite(nombre=0)
    acces = builders.lien_principal(collecte)
    assert "/aide/ou/" in client.get(f"/r/{acces.jeton}/").content.decode()


def test_what_many_wrote_word_for_word_is_decided_with_one_tap(client, ada):
    """« Rien » read twenty times looks as if a tap had been lost; each keeps its own decision."""
    collecte, par = une_collecte_ecrite()
    builders.des_passations(collecte, 5, reponses={"avis": "Rien, tout va bien."})
    builders.des_passations(collecte, 1, reponses={"avis": "Rien, tout va bien"})
    textes = prepares(collecte, par, ada)
    lu = textes["Rien, tout va bien."]
    client.force_login(ada)
    for _ in range(2):  # two taps
        client.post(
            f"/espace/relire/{collecte.nom}/{lu.pk}/", {"decision": "valider", "tour": lu.tour}
        )
    pareils = Verbatim.objects.filter(original="Rien, tout va bien.")
    assert [t.etat for t in pareils] == [EtatVerbatim.VALIDE_1] * 5
    assert Relecture.objects.count() == Trace.objects.filter(verbe="valider_verbatim").count() == 5
    assert not Verbatim.objects.get(original="Rien, tout va bien").relectures.exists()


def test_other_languages_come_last_and_the_end_is_told_when_texts_were_passed(client, ada):
    collecte, par = une_collecte_ecrite()
    for texte in (
        "Todo está bien, muchas gracias por la ayuda.",
        "More fresh vegetables, please, and thank you.",
    ):
        builders.des_passations(collecte, 1, reponses={"avis": texte})
    prepares(collecte, par, ada)
    client.force_login(ada)
    adresse = f"/espace/relire/{collecte.nom}/"
    vus, page = [], client.get(adresse)
    while "Vous êtes au bout" not in texte_de(page):
        vus.append("pas en français" in texte_de(page))
        passer = re.search(r'href="([^"]+encore=1)"', page.content.decode())[1]
        page = client.get(html.unescape(passer))
    assert vus[0] is False
    assert vus == sorted(vus)
    assert 6 <= len(vus) <= 8
    assert f"Il en reste {len(file_de(ada, collecte.pk))}" in texte_de(page)
