"""One tablet at a distribution: each card's answers end in its own wave, once; codes are kept nowhere."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from enquetes.actions.boite import recevoir
from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.passations import enregistrer_page
from enquetes.actions.seances import collectes_possibles
from enquetes.actions.suivi.cartes import carte_de_code, passation_de, remplacer_carte
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.models import (
    Carte,
    Collecte,
    Enveloppe,
    EtatEnveloppe,
    Mode,
    Motif,
    Passation,
    Rang,
    TourPartage,
)
from enquetes.parcours import code_effacement as codes
from tests import builders
from tests.boite import enveloppe, envoyer, issues, poser_la_cle, rangee, seule_issue
from tests.suivi import (
    DEFINITION,
    avancer,
    finir,
    un_projet_de_cohorte,
    une_carte,
    une_cohorte,
)
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
CHAMPS = {"a3": ["4"], "a11": ["5"]}


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def cohorte():
    return une_cohorte(cartes=0)


def lien(cohorte, rang=Rang.ENTREE):
    return builders.lien_principal(cohorte.vague(rang).collecte)


def scellee(cohorte, carte, rang=Rang.ENTREE, champs=None, **options):
    """Return what a tablet seals for a card; the device does not know whose it is."""
    acces = lien(cohorte, rang)
    contenu = {"champs": champs or CHAMPS, "langue": "fr", "carte": carte, "lien": acces.jeton}
    return enveloppe(acces, contenu=contenu, **options)


def identifiant(cohorte, code, rang=Rang.ENTREE):
    return passation_de(carte_de_code(code), cohorte.vague(rang))


def dans_la_base() -> str:
    """Return every text of every table: what whoever copies the database reads."""
    lus = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of our tables)
            lus += [str(valeur) for ligne in curseur.fetchall() for valeur in ligne]
    return "\n".join(lus)


def test_answers_end_in_the_wave_of_their_card_and_the_code_is_stored_nowhere(client, cohorte):
    un, deux = une_carte(cohorte).code, une_carte(cohorte).code
    lot = [scellee(cohorte, un), scellee(cohorte, deux.lower(), champs={"a3": ["2"]})]
    assert set(issues(envoyer(client, lot, lien(cohorte).jeton)).values()) == {"ok"}
    passation = Passation.objects.get(pk=identifiant(cohorte, un))
    assert (passation.mode, passation.reponses) == (Mode.TABLETTE, {"a3": "4", "a11": "5"})
    assert Passation.objects.get(pk=identifiant(cohorte, deux)).reponses == {"a3": "2"}
    base = dans_la_base()
    assert not any(c in base or c.replace("-", "") in base for c in (un, deux))
    # Nor sealed: who holds the key of the inbox would read there whose answers are whose.
    assert set(Enveloppe.objects.values_list("brute", flat=True)) == {""}


def test_sent_twice_sealed_twice_or_sent_late_it_is_one_row(client, cohorte):
    code = une_carte(cohorte).code
    premiere = scellee(cohorte, code)
    jeton = lien(cohorte).jeton
    assert seule_issue(envoyer(client, [premiere], jeton)) == "ok"
    assert seule_issue(envoyer(client, [premiere], jeton)) == "dup"
    assert seule_issue(envoyer(client, [scellee(cohorte, code)], jeton)) == "ok"
    Collecte.objects.filter(vague__cohorte=cohorte, vague__rang=1).update(
        ouvre_le=timezone.localdate() - timedelta(days=40),
        ferme_le=timezone.localdate() - timedelta(days=30),
    )
    assert seule_issue(envoyer(client, [scellee(cohorte, code)], jeton)) == "ok"
    assert Passation.objects.get().pk == identifiant(cohorte, code)
    assert not Enveloppe.objects.exclude(etat=EtatEnveloppe.OUVERTE).exists()


def test_a_card_that_two_people_used_waits_for_somebody_to_decide(client, cohorte):
    code = une_carte(cohorte).code
    envoyer(client, [scellee(cohorte, code)], lien(cohorte).jeton)
    envoyer(client, [scellee(cohorte, code, champs={"a3": ["0"]})], lien(cohorte).jeton)
    assert Passation.objects.get().reponses["a3"] == "4"
    assert Enveloppe.objects.get(etat=EtatEnveloppe.QUARANTAINE).motif == Motif.DEJA


def test_begun_at_home_and_ended_on_the_tablet_it_is_one_row(client, cohorte):
    code = une_carte(cohorte).code
    enregistrer_page(
        passation_id=identifiant(cohorte, code),
        acces=lien(cohorte),
        page=cohorte.vague(Rang.ENTREE).collecte.version.lue().pages[0],
        valeurs={"a3": "1"},
        langue="fr",
    )
    envoyer(client, [scellee(cohorte, code)], lien(cohorte).jeton)
    passation = Passation.objects.get()
    assert (passation.etat, passation.reponses["a3"]) == ("terminee", "4")


@pytest.mark.parametrize("carte", ["personne", "ailleurs", "remplacee", "fausse", None, 7])
def test_answers_of_no_card_of_this_cohort_are_never_counted(client, cohorte, carte):
    if carte == "personne":
        carte = codes.depuis_octets(b"\x01" * 16)
    elif carte == "ailleurs":
        carte = une_carte(une_cohorte(cartes=0)).code
    elif carte == "remplacee":
        carte = une_carte(cohorte).code
        remplacer_carte(carte=carte_de_code(carte), remplacee=0, par=builders.un_compte())
    envoyer(client, [scellee(cohorte, carte)], lien(cohorte).jeton)
    assert not Passation.objects.exists()
    assert Enveloppe.objects.get().motif == Motif.CARTE


def test_a_file_brought_back_weeks_later_goes_to_the_wave_it_was_answered_in(client, cohorte):
    code = une_carte(cohorte).code
    un = scellee(cohorte, code)
    avancer(cohorte, timedelta(days=60))
    deux = scellee(cohorte, code, Rang.MI_PARCOURS, champs={"a3": ["6"]})
    etranger = scellee(une_cohorte(), code)
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    fichier = SimpleUploadedFile(
        "s.json", json.dumps({"voix": 1, "items": [un, deux, etranger]}).encode()
    )
    adresse = reverse("enquetes:importer_tablette", args=[cohorte.pk])
    page = client.post(adresse, {"fichier": fichier})
    assert "2 réponses reçues" in page.content.decode()
    assert "1 envoi de ce fichier vient d’une séance ou d’un suivi" in page.content.decode()
    assert Passation.objects.get(pk=identifiant(cohorte, code)).reponses["a3"] == "4"
    mi_parcours = identifiant(cohorte, code, Rang.MI_PARCOURS)
    assert Passation.objects.get(pk=mi_parcours).reponses == {"a3": "6"}
    assert not Enveloppe.objects.filter(pk=rangee(etranger)).exists()
    assert client.post(adresse).status_code == 409


def test_erased_then_sent_again_it_does_not_come_back(client, cohorte):
    code = une_carte(cohorte).code
    envoyer(client, [scellee(cohorte, code)], lien(cohorte).jeton)
    effacer_par_code(code=code)
    envoyer(client, [scellee(cohorte, code)], lien(cohorte).jeton)
    passation = Passation.objects.get()
    assert (passation.etat, passation.reponses) == ("effacee", {})


def test_on_the_day_of_the_cut_what_waits_goes_with_the_link(client, cohorte):
    une = scellee(cohorte, codes.depuis_octets(b"\x01" * 16))
    envoyer(client, [une], lien(cohorte).jeton)
    couper_lien(cohorte=cohorte, par="essai")
    assert Enveloppe.objects.get().brute == ""
    tardive = scellee(cohorte, codes.depuis_octets(b"\x02" * 16))
    deux = envoyer(client, [une, tardive], lien(cohorte).jeton)
    assert set(issues(deux).values()) == {"gone", "ok"}
    assert set(Enveloppe.objects.values_list("etat", "brute")) == {(EtatEnveloppe.SANS_SUITE, "")}
    assert not Passation.objects.exists()


def test_nobody_answers_a_wave_without_a_card(client, cohorte):
    jeton = lien(cohorte).jeton
    assert client.get(f"/r/{jeton}/")["Location"] == "/carte/"
    hasard = "3f2b8c1e-9d4a-4c7b-8e21-5a6b7c8d9e0f"
    assert client.post(f"/r/{jeton}/{hasard}/a3/", {"a3": "4"}).status_code == 403
    relais = client.post(
        f"/r/{jeton}/{hasard}/", {"a3": "4"}, headers={"Origin": "http://testserver"}
    )
    assert relais.status_code == 403
    envoyer(client, [enveloppe(lien(cohorte), CHAMPS)], jeton)
    assert not Passation.objects.exists()


def test_a_seance_does_not_ask_the_questions_of_a_wave(cohorte):
    vague = cohorte.vague(Rang.ENTREE).collecte
    assert vague not in collectes_possibles(
        territoire=cohorte.territoire, structure=cohorte.structure
    )
    with pytest.raises(EtatIncompatible, match="avec une carte"):
        builders.une_seance(
            collecte=vague, structure=cohorte.structure, territoire=cohorte.territoire
        )


def test_the_document_of_a_wave_asks_for_a_card_and_knows_none(client, cohorte):
    une_carte(cohorte)
    page = client.get(f"/o/{lien(cohorte).jeton}/fr/").content.decode()
    plan = json.loads(re.search(r'id="plan" type="application/json">(.*?)</script>', page)[1])
    vague = cohorte.vague(Rang.ENTREE).collecte
    assert plan["carte"]["du"] == vague.ouvre_le.isoformat()
    assert plan["carte"]["au"] == vague.ferme_le.isoformat()
    assert 'id="carte" form="f"' in page
    assert Carte.objects.get().empreinte not in page
    ordinaire = builders.lien_principal(builders.une_collecte_ouverte())
    assert 'id="carte"' not in client.get(f"/o/{ordinaire.jeton}/fr/").content.decode()


def test_a_family_reads_in_her_language_why_she_is_asked_and_until_when():
    langues = ["fr", "ar", "uk"]
    version = builders.une_version(DEFINITION | {"code": "suivi-langues", "langues": langues})
    vagues = [replace(vague, version=version) for vague in un_projet_de_cohorte().vagues]
    coupe = date(un_projet_de_cohorte().coupe_le.year + 1, 8, 17)
    collecte = une_cohorte(vagues=vagues, coupe_le=coupe).vague(Rang.ENTREE).collecte
    raisons = {langue: collecte.mots_dans(langue, "raison") for langue in langues}
    assert [raison.langue for raison in raisons.values()] == langues
    assert f"coupé le 17 août {coupe.year}." in raisons["fr"].texte
    assert "لمعرفة ما يتغير" in raisons["ar"].texte
    assert f"17 серпня {coupe.year}" in raisons["uk"].texte


def test_a_report_is_made_of_what_the_tablet_has_sent_even_if_nobody_has_opened_it_yet(cohorte):
    codes_ = [une_carte(cohorte).code for _ in range(12)]
    for rang, jours in ((Rang.ENTREE, "1"), (Rang.SORTIE, "4")):
        items = [scellee(cohorte, code, rang, champs={"a3": [jours]}) for code in codes_]
        recevoir(items=items, acces=lien(cohorte, rang), appareil=None)
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=builders.un_compte())
    assert fait.nombre == 12


# --- without JavaScript --------------------------------------------------------------------------


def test_a_shared_device_without_script_asks_each_person_for_her_card(client, cohorte):
    un, deux = une_carte(cohorte).code, une_carte(cohorte).code
    debut = f"/k/{lien(cohorte).jeton}/"
    assert client.post(debut, {"code": un[:-1] + "O"}).status_code == 400
    page = client.post(debut, {"code": codes.depuis_octets(b"\x01" * 16)})
    assert page.status_code == 404
    assert "Aucune carte" in page.content.decode()
    for code, jours in ((un, "4"), (deux, "1")):
        page = client.post(debut, {"code": code}, follow=True)
        assert "légumes secs" in page.content.decode()
        assert code not in page.content.decode()
        client.post(f"{debut}q/", {"a3": jours})
        client.get(debut)  # left without sending: nothing stays for whoever types the code next
    assert not TourPartage.objects.exists()
    assert not Passation.objects.exists()
    page = client.post(debut, {"code": un}, follow=True)
    assert " checked" not in page.content.decode()
    client.post(f"{debut}q/", {"a3": "4"})
    for _ in range(5):
        client.post(f"{debut}q/", {})
    merci = client.post(f"{debut}q/", {".etape": "verifier"}, follow=True)
    assert un not in merci.content.decode()
    passation = Passation.objects.get(pk=identifiant(cohorte, un))
    assert (passation.etat, passation.mode) == ("terminee", Mode.TABLETTE)
    assert not Passation.objects.filter(pk=identifiant(cohorte, deux)).exists()
    encore = client.post(debut, {"code": un}).content.decode()
    assert "Déjà envoyé" in encore
    assert "Gardez votre carte. Prochaines questions à partir du" in encore
    assert "Le suivi est fini" not in encore


def test_to_erase_on_a_shared_device_really_erases_what_the_card_began(client, cohorte):
    debut = f"/k/{lien(cohorte).jeton}/"
    client.post(debut, {"code": une_carte(cohorte).code})
    client.post(f"{debut}q/", {"a3": "4"})
    client.post(f"{debut}q/", {".geste": "effacer"})
    assert not Passation.objects.exists()


def test_no_page_of_a_turn_leads_out_of_the_shared_device(client, cohorte):
    """Out there nothing goes away by itself, and nothing leads back to the start (K1, K5)."""
    code = une_carte(cohorte).code
    debut = f"/k/{lien(cohorte).jeton}/"
    pages = [client.get(debut), client.post(debut, {"code": code}, follow=True)]
    vide = {"csrfmiddlewaretoken": ""}
    envois = [{"a3": "4"}, {}, *[vide] * 5, {".etape": "verifier"}]
    pages += [client.post(f"{debut}q/", envoi, follow=True) for envoi in envois]
    assert pages[3].status_code == 400  # a form that did not arrive (ADR 0126)
    assert "Gardez votre carte" in pages[-1].content.decode()
    pages.append(client.post(debut, {"code": code}))
    assert "Déjà envoyé" in pages[-1].content.decode()
    effacer_par_code(code=code)
    pages.append(client.post(debut, {"code": code}))
    assert "Ces réponses sont effacées" in pages[-1].content.decode()
    menent = [
        adresse
        for page in pages
        for adresse in re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
    ]
    assert {a for a in menent if not a.startswith((debut, "?", "#", "data:"))} == set()
    assert menent.count(debut) == 4  # « Personne suivante »: at the thanks, and on each refusal


# --- the dietician's page ------------------------------------------------------------------------


def test_the_tablet_is_prepared_for_the_wave_that_is_open(client, cohorte):
    compte = builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr")
    client.force_login(compte)
    adresse = reverse("enquetes:tablette", args=[cohorte.pk])
    assert "entrée" in client.get(adresse).content.decode()
    vers = client.post(adresse)["Location"]
    jeton = lien(cohorte).jeton
    assert vers.endswith(f"/o/{jeton}/preparer/#t={jeton}")
    assert "_auth_user_id" not in client.session
    client.force_login(compte)
    finir(cohorte)
    assert "plus de vague" in client.get(adresse).content.decode()
    assert client.post(adresse).status_code == 200
