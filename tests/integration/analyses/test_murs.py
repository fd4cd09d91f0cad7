"""The wall of a séance, from the facilitator's button to the room's page (G1 to G7)."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from analyses.actions.clotures import cloturer
from analyses.actions.murs import publier_mur
from analyses.actions.sceau import _temoin
from analyses.cube import cube_de, mur
from analyses.extraction.salle import salle_du_lien
from analyses.models import Cellule, Population, Publication
from enquetes.actions.boite import balayer, recevoir
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Passation, Seance
from enquetes.parcours.definition import REFUS
from tests import builders
from tests.boite import enveloppe, poser_la_cle, rangee
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def choix(code, profil):
    return {
        "code": code,
        "questions": [
            {
                "code": code,
                "type": "oui_non",
                "profil": profil,
                "texte": {"fr": f"Question {code} ?"},
            }
        ],
    }


DEFINITION = {
    "format": "voix-questionnaire/1",
    "code": "mur",
    "titre": {"fr": "Votre avis"},
    "langues": ["fr"],
    "pages": [
        choix("ordi", "ordinaire"),
        choix("intime", "sensible"),
        choix("unanime", "ordinaire"),
        {
            "code": "mots",
            "questions": [{"code": "mots", "type": "texte_long", "texte": {"fr": "Un mot ?"}}],
        },
    ],
}


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def seance(par):
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(DEFINITION), profil="ordinaire"
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


def repondre(seance, oui, non):
    """File so many answers in the room, all alike but for one question."""
    for reponse, nombre in (("oui", oui), ("non", non)):
        reponses = {"ordi": reponse, "intime": "oui", "unanime": "oui", "mots": "SECRETA"}
        builders.des_passations(seance.collecte, nombre, acces=seance.acces, reponses=reponses)


def salle(seance):
    lue = salle_du_lien(seance.acces.jeton)
    assert lue is not None
    return lue


@pytest.fixture
def montree(seance, par):
    repondre(seance, 7, 5)
    clore_seance(seance=seance, par=par)
    return publier_mur(salle=salle(seance), par=par)


def text(page):
    """Return what is read of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def lire(seance):
    return Client().get(f"/mur/{seance.acces.jeton}/").content.decode()


def test_before_the_end_the_room_sees_a_count_by_steps_of_five(seance, par):
    assert "Les réponses arrivent" in lire(seance)
    repondre(seance, 4, 0)
    quatre = lire(seance)
    repondre(seance, 2, 1)
    sept = lire(seance)
    assert "Les réponses arrivent" in quatre
    assert "5\u00a0réponses ou plus." in sept
    assert "Question ordi" not in sept
    with pytest.raises(EtatIncompatible, match="Fermez d’abord"):
        publier_mur(salle=salle(seance), par=par)


def test_the_room_reads_bands_of_ordinary_questions_and_nothing_else(seance, montree):
    page = lire(seance)
    assert "Question ordi" in page
    assert "une partie" in page
    assert "Question intime" not in page
    assert "Un mot" not in page
    assert "SECRETA" not in page
    assert ">7<" not in page
    assert ">5<" not in page


def laisser(seance, nombre, **dites):
    """File so many persons who left « ordi », or said of it what is told here."""
    reponses = {"unanime": "oui", "intime": "oui", **dites}
    builders.des_passations(seance.collecte, nombre, acces=seance.acces, reponses=reponses)


def fermer_et_montrer(seance, par):
    clore_seance(seance=seance, par=par)
    return publier_mur(salle=salle(seance), par=par)


@pytest.mark.parametrize("dites", [{}, {"ordi": REFUS}])
@pytest.mark.parametrize(("oui", "muettes"), [(0, 144), (0, 8), (5, 20), (7, 3), (2, 60)])
def test_a_question_that_nobody_or_too_few_answered_is_never_an_agreement(
    seance, par, dites, oui, muettes
):
    repondre(seance, oui, 0)
    laisser(seance, muettes, **dites)
    fermer_et_montrer(seance, par)
    page = lire(seance)
    assert '<h2 id="q1">Question unanime ?</h2>' in page
    assert "Question ordi ?</h2>" not in page
    assert "Une question ne se montre pas" in page
    assert "« Question ordi ? ». Trop peu de personnes y ont répondu" in text(page)


def test_who_answered_is_read_beside_those_who_left_the_question(seance, par):
    repondre(seance, 6, 5)
    laisser(seance, 20)
    fermer_et_montrer(seance, par)
    partie = lire(seance).partition("Question ordi")[2].partition("</section>")[0]
    assert partie.count("une partie") == 2
    assert "Sans réponse" not in partie
    assert "Préfère ne pas répondre" not in partie


def test_an_agreement_that_was_frozen_of_a_silence_is_read_again_as_none(seance, par, monkeypatch):
    """Walls of before: what is registered stays, and what was false of it is no longer said."""
    repondre(seance, 1, 0)
    laisser(seance, 30)
    monkeypatch.setattr("analyses.actions.murs.LIBELLES", {})
    ancienne = fermer_et_montrer(seance, par)
    dites = Cellule.objects.filter(population__publication=ancienne, question="ordi")
    assert (29, 31) in {(c.bas, c.haut) for c in dites}
    page = lire(seance)
    assert "Question ordi ?</h2>" not in page
    assert page.count("Large accord</strong>") == 1


def test_bands_are_words_however_many_came(seance, par):
    repondre(seance, 100, 44)
    fermer_et_montrer(seance, par)
    partie = lire(seance).partition("Question ordi")[2].partition("</section>")[0]
    assert not re.findall(r"\d", re.sub(r"<[^>]*>", "", partie))


def test_what_waits_in_the_inbox_is_opened_before_the_wall_is_frozen(seance, par, monkeypatch):
    """Committed an instant before the closing, and opened by nobody yet: it came in time."""
    poser_la_cle()
    repondre(seance, 7, 0)
    une = enveloppe(seance.acces, {"ordi": ["non"]})
    monkeypatch.setattr("enquetes.actions.seances.ouvrir_avant_de_compter", lambda **_: 0)
    recevoir(items=[une], acces=seance.acces, appareil=None)
    assert fermer_et_montrer(seance, par).nombre == 8


def test_what_comes_after_the_closing_is_kept_marked_and_never_on_the_wall(seance, par):
    poser_la_cle()
    repondre(seance, 4, 4)
    clore_seance(seance=seance, par=par)
    acces = type(seance.acces).objects.get(pk=seance.acces.pk)
    une = enveloppe(seance.acces, {"ordi": ["non"]})
    recevoir(items=[une], acces=acces, appareil=None)
    balayer()
    assert Passation.objects.get(pk=rangee(une)).tardive
    page = text(Client().get(f"/mur/{seance.acces.jeton}/").content.decode())
    assert "Les réponses sont closes" in page
    assert publier_mur(salle=salle(seance), par=par).nombre == 8


def test_late_answers_do_not_make_up_for_the_eight_that_a_wall_needs(client, seance, par):
    client.force_login(par)
    repondre(seance, 3, 0)
    clore_seance(seance=seance, par=par)
    builders.des_passations(
        seance.collecte, 9, acces=seance.acces, reponses={"ordi": "oui"}, tardive=True
    )
    page = text(client.get(f"/espace/seances/{seance.pk}/mur/").content.decode())
    assert "3 réponses reçues avant la fermeture" in page
    assert "9 arrivées après ne sont pas au mur" in page
    assert "Montrer maintenant" not in page
    with pytest.raises(EtatIncompatible):
        publier_mur(salle=salle(seance), par=par)


def test_the_room_reads_out_of_how_many_then_that_everybody_answered(seance):
    Seance.objects.update(nb_attendues=12)
    repondre(seance, 6, 0)
    assert "5\u00a0réponses ou plus sur 12." in lire(seance)
    repondre(seance, 6, 0)
    assert "Tout le monde a répondu." in lire(seance)
    assert not re.search(r"\b12\b", text(lire(seance)))


def test_invented_answers_are_said_to_be_so(seance, montree):
    assert "Données fictives" not in lire(seance)
    type(seance.collecte).objects.update(fictive=True)
    assert "Données fictives" in lire(seance)


def test_nearly_unanimous_is_said_without_a_figure(seance, montree):
    partie = lire(seance).partition("Question unanime")[2].partition("</section>")[0]
    assert "Large accord" in partie
    assert not re.findall(r"\d", re.sub(r"<[^>]*>", "", partie))
    assert "Oui" not in partie


@pytest.mark.parametrize("unanimes", [7, 8, 9])
def test_seven_eight_and_nine_of_nine_read_the_same_and_what_is_said_is_true(
    seance, par, unanimes
):
    """« All but one » told apart would tell the one who disagrees what all the others said (G3, A5)."""
    repondre(seance, unanimes, 9 - unanimes)
    clore_seance(seance=seance, par=par)
    publier_mur(salle=salle(seance), par=par)
    partie = lire(seance).partition("Question ordi")[2].partition("</section>")[0]
    assert "une large majorité a répondu la même chose" in partie
    assert not re.findall(r"\d", re.sub(r"<[^>]*>", "", partie))
    assert "au moins trois personnes sur quatre ont répondu la même chose" in lire(seance)


@pytest.mark.parametrize("nombre", [0, 1, 7])
def test_fewer_than_eight_see_nothing_and_are_told_why(seance, par, nombre):
    repondre(seance, nombre, 0)
    clore_seance(seance=seance, par=par)
    with pytest.raises(EtatIncompatible):
        publier_mur(salle=salle(seance), par=par)
    assert not Publication.objects.exists()
    assert "Question" not in lire(seance)


def test_it_is_shown_once_and_never_changes(seance, montree, par):
    avant = lire(seance)
    repondre(seance, 30, 0)  # what a tablet sends the next day (G7)
    assert publier_mur(salle=salle(seance), par=par) == montree
    assert lire(seance) == avant
    with pytest.raises(EtatIncompatible, match="ne se rouvre plus"):
        ouvrir_seance(seance=Seance.objects.get(), par=par)


def test_what_the_room_saw_is_in_the_register_with_its_members(seance, montree):
    (population,) = Population.objects.filter(publication=montree)
    assert population.nombre == 12
    assert len(bytes(population.membres)) == 12 * 16
    dites = Cellule.objects.filter(population=population).exclude(question="")
    assert set(dites.values_list("question", flat=True)) == {"ordi", "unanime"}
    assert {(c.bas, c.haut) for c in dites} <= {(0, 2), (3, 9), (10, 12)}
    assert [t.question for t in mur(cube_de(montree))] == ["ordi", "unanime"]


def test_a_closing_of_the_collecte_afterwards_is_another_publication(seance, montree, par):
    repondre(seance, 20, 20)
    fermee = cloturer(collecte=seance.collecte, au=timezone.localdate(), par=par)
    assert fermee != montree
    assert fermee.numero == 2
    assert fermee.precedente == montree.empreinte
    assert list(Publication.clotures(seance.collecte_id)) == [fermee]


def test_the_room_page_ends_with_the_day_and_knows_only_links_of_seances(seance, montree):
    Seance.objects.update(prevue_le=timezone.now() - timedelta(days=1))
    assert "Cette séance est finie" in lire(seance)
    assert Client().get("/mur/rien/").status_code == 404
    lien = builders.lien_principal(seance.collecte).jeton
    assert Client().get(f"/mur/{lien}/").status_code == 404


def test_the_facilitator_is_told_what_to_do_and_what_is_still_on_the_way(client, seance, par):
    client.force_login(par)
    adresse = f"/espace/seances/{seance.pk}/mur/"
    assert "Fermez d’abord" in client.get(adresse).content.decode()
    repondre(seance, 8, 4)
    seance.appareils.create(nom="Tablette", jeton="0" * 64, en_attente=3)
    clore_seance(seance=seance, par=par)
    page = client.get(adresse).content.decode()
    assert "gardent encore 3 réponses" in page
    assert client.post(adresse).status_code == 302
    assert "une partie" in client.get(adresse).content.decode()
    assert client.post(adresse).status_code == 302
    assert Publication.objects.count() == 1


def test_before_the_button_one_reads_which_questions_may_be_shown(client, seance, par):
    client.force_login(par)
    repondre(seance, 8, 4)
    clore_seance(seance=seance, par=par)
    page = client.get(f"/espace/seances/{seance.pk}/mur/").content.decode()
    assert "<li>Question ordi ?</li>" in page
    assert "Question intime" not in page
    assert "Montrer maintenant" in page


@pytest.mark.parametrize("nombre", [0, 7])
def test_too_few_find_no_button_and_are_told_what_to_do(client, seance, par, nombre):
    client.force_login(par)
    repondre(seance, nombre, 0)
    clore_seance(seance=seance, par=par)
    adresse = f"/espace/seances/{seance.pk}/mur/"
    page = client.get(adresse).content.decode()
    assert "au moins 8" in page
    assert "Que faire" in page
    assert "Montrer maintenant" not in page
    refusee = client.post(adresse)
    assert refusee.status_code == 409
    assert "Rien n’a été montré. Effectif insuffisant" in refusee.content.decode()
    assert "Que faire" in refusee.content.decode()


def test_a_sensitive_collecte_says_why_nothing_is_shown_and_what_to_do(client, seance, par):
    client.force_login(par)
    type(seance.collecte).objects.update(profil="sensible")
    adresse = f"/espace/seances/{seance.pk}/mur/"
    for _ in ("ouverte", "close"):
        page = client.get(adresse).content.decode()
        assert "Ce questionnaire ne se montre pas à une salle" in page
        assert "Que faire" in page
        assert "Montrer maintenant" not in page
        assert "les réponses ne se montrent pas ici" in lire(seance)
        assert "une seule fois" not in lire(seance)
        repondre(seance, 8, 4)
        clore_seance(seance=seance, par=par)
    assert client.post(adresse).status_code == 409
    assert not Publication.objects.exists()


def test_an_evaluator_or_another_ambassadeur_does_not_show_this_wall(client, seance):
    for role in (Role.EVALUATION, Role.AMBASSADEUR):
        client.force_login(builders.un_compte(role=role, email=f"{role}@exemple.fr"))
        assert client.post(f"/espace/seances/{seance.pk}/mur/").status_code in {403, 404}


def test_the_page_of_a_finished_seance_leads_to_its_wall(seance, montree):
    page = Client().get(f"/r/{seance.acces.jeton}/")
    assert page.status_code == 410
    assert f"/mur/{seance.acces.jeton}/" in page.content.decode()


def test_a_title_that_holds_code_is_escaped_on_the_wall(seance, montree):
    Seance.objects.update(titre='<script>alert(1)</script>"><img onerror=x>')
    page = lire(seance)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<img" not in page


def test_nothing_is_shown_beside_a_register_that_lost_a_page(seance, par):
    repondre(seance, 7, 5)
    clore_seance(seance=seance, par=par)
    temoin = _temoin(seance.collecte)
    temoin.parent.mkdir(parents=True, exist_ok=True)
    temoin.write_text('{"numero": 1, "empreinte": "e"}', "utf-8")
    with pytest.raises(EtatIncompatible, match="est incomplet ou modifié"):
        publier_mur(salle=salle(seance), par=par)
    assert not Publication.objects.exists()
    temoin.unlink()
    assert publier_mur(salle=salle(seance), par=par).numero == 1
