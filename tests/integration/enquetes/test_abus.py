"""Against abuse (collecte §6): slips serve once, signs refuse nobody, people decide and say why."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from analyses.actions.clotures import publier_releve
from enquetes.actions.collectes import arreter_releve
from enquetes.actions.ecarts import (
    ecarter,
    lever_ecart,
    lots_a_verifier,
    nb_ecartees,
)
from enquetes.actions.feuilles import donner_feuilles, terminer_avec_feuille
from enquetes.actions.passations import enregistrer_page
from enquetes.actions.ressemblances import ENSEMBLE_AU_MOINS
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Ecart, EtatPassation, Feuille, Passation
from enquetes.views.passation import signes
from tests import builders
from tests.boite import envoyer, poser_la_cle, une
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def collecte(par):
    return builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )


@pytest.fixture
def feuilles(collecte, par):
    return donner_feuilles(acces=builders.lien_principal(collecte), nombre=2, par=par)


def aller_au_bout(personne):
    """Answer « non » and pass the rest, up to the summary."""
    personne.suivre("Commencer").repondre({"venu": "non"})
    while personne.etape != "verifier":
        personne.repondre()
    return personne


# --- single-use slips ---------------------------------------------------------------------------


def test_a_slip_serves_once(feuilles):
    _, (premiere, seconde) = feuilles
    personne = aller_au_bout(Personne().ouvrir(f"/f/{premiere}/")).repondre()
    assert "Merci" in personne.texte
    assert Feuille.objects.filter(utilisee=True).count() == 1
    autre = Personne().ouvrir(f"/f/{premiere}/")
    assert autre.page.status_code == 403
    assert "Chaque feuille sert une seule fois" in autre.texte
    assert "Merci" in aller_au_bout(Personne().ouvrir(f"/f/{seconde}/")).repondre().texte
    assert Passation.objects.filter(etat=EtatPassation.TERMINEE).count() == 2


def test_two_telephones_with_the_same_slip_send_one_answer(feuilles):
    _, (jeton, _) = feuilles
    deux = [aller_au_bout(Personne().ouvrir(f"/f/{jeton}/")) for _ in range(2)]
    pages = [personne.repondre() for personne in deux]
    assert "Merci" in pages[0].texte
    assert "Chaque feuille sert une seule fois" in pages[1].texte
    assert Passation.objects.filter(etat=EtatPassation.TERMINEE).count() == 1


def test_without_a_slip_nothing_opens(feuilles, collecte):
    acces, _ = feuilles
    for adresse in (f"/r/{acces.jeton}/", f"/o/{acces.jeton}/fr/", f"/k/{acces.jeton}/"):
        assert Client().get(adresse).status_code == 403, adresse
    poser_la_cle()
    seance = type("Comme", (), {"acces": acces})
    assert envoyer(Client(), [une(seance)], acces.jeton).status_code == 401
    # Whoever draws the address of a step alone gets to the summary, and not past it.
    personne = Personne().ouvrir(f"/r/{acces.jeton}/{uuid4()}/venue/").repondre({"venu": "non"})
    while personne.etape != "verifier":
        personne.repondre()
    assert personne.repondre().page.status_code == 403
    assert not Passation.objects.filter(etat=EtatPassation.TERMINEE).exists()


def test_a_slip_of_another_link_does_not_serve_here(feuilles, collecte, par):
    acces, _ = feuilles
    autre = builders.une_collecte_ouverte(
        par=par, nom="autre", version=builders.une_version(PETIT)
    )
    _, (etrangere,) = donner_feuilles(acces=builders.lien_principal(autre), nombre=1, par=par)
    client = Client()
    client.cookies["feuille"] = etrangere
    assert client.get(f"/r/{acces.jeton}/").status_code == 403


def test_nothing_ties_a_slip_to_an_answer(feuilles):
    _, (jeton, _) = feuilles
    aller_au_bout(Personne().ouvrir(f"/f/{jeton}/")).repondre()
    assert {c.name for c in Feuille._meta.concrete_fields} == {"id", "acces", "cle", "utilisee"}
    assert jeton not in str(list(Feuille.objects.values())) + str(list(Passation.objects.values()))
    assert jeton not in str(list(Trace.objects.values()))


def test_the_rows_are_not_in_the_order_of_the_slips(collecte, par):
    acces = builders.lien_principal(collecte)
    donner_feuilles(acces=acces, nombre=50, par=par)
    cles = list(Feuille.objects.order_by("pk").values_list("cle", flat=True))
    assert cles == sorted(cles)


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_with_a_slip_thanks_twice_and_counts_once(collecte, par):
    acces, (jeton,) = donner_feuilles(acces=builders.lien_principal(collecte), nombre=1, par=par)
    page = collecte.version.lue().pages[0]
    identifiant = uuid4()
    enregistrer_page(
        passation_id=identifiant, acces=acces, page=page, valeurs={"venu": "non"}, langue="fr"
    )
    issues = []

    def presser():
        client = Client()
        client.cookies["feuille"] = jeton
        page = client.post(f"/r/{acces.jeton}/{identifiant}/verifier/")
        issues.append(page.status_code)
        connection.close()

    fils = [threading.Thread(target=presser) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert set(issues) <= {200, 302}
    assert Passation.objects.get().etat == EtatPassation.TERMINEE


def test_nothing_to_send_does_not_use_the_slip_up(feuilles):
    acces, (jeton, _) = feuilles
    with pytest.raises(SaisieInvalide):
        terminer_avec_feuille(passation_id=uuid4(), acces=acces, jeton=jeton)
    assert not Feuille.objects.filter(utilisee=True).exists()


def test_slips_are_printed_once_and_counted(client, collecte, par):
    client.force_login(par)
    lien = builders.lien_principal(collecte)
    adresse = f"/espace/collectes/{collecte.nom}/liens/{lien.pk}/feuilles/"
    for faux in ("", "0", "201", "dix"):
        page = client.post(adresse, {"nombre": faux})
        assert page.status_code == 200
        assert not Feuille.objects.exists()
    page = client.post(adresse, {"nombre": "12"}).content.decode()
    assert len(re.findall(r'<svg class="qr"', page)) == 12
    assert "<b>12</b> imprimées, <b>0</b> utilisée" in client.get(adresse).content.decode()
    client.force_login(builders.un_compte(role=Role.AMBASSADEUR, email="a@exemple.fr"))
    assert client.post(adresse, {"nombre": "12"}).status_code in {403, 404}


# --- signs: flagged, never refused ---------------------------------------------------------------


def un_lent(personne, secondes):
    """Make the telephone's signed start that old."""
    il_y_a = int(timezone.now().timestamp() - secondes)

    class Vieux(signing.TimestampSigner):
        def timestamp(self) -> str:
            return signing.b62_encode(il_y_a)

    signe = Vieux(salt=signes.SEL)
    personne.client.cookies["depart"] = signe.sign("d")
    return personne


@pytest.fixture
def personne(collecte):
    lien = builders.lien_principal(collecte).jeton
    personne = Personne().ouvrir(f"/r/{lien}/").suivre("Commencer").repondre({"venu": "oui"})
    return personne.repondre({"manque": ["pain"]}).repondre({"foyer": "3"}).repondre({"mots": "M"})


def test_the_hidden_field_flags_and_sends_all_the_same(personne):
    un_lent(personne, 600).repondre({".courriel": "robot@exemple.fr"})
    assert "Merci" in personne.texte
    assert Passation.objects.get().signes == "piege"


def test_too_quick_is_flagged_and_sent_all_the_same(personne):
    assert "Merci" in personne.repondre().texte
    assert Passation.objects.get().signes == "vite"


def test_a_burst_through_one_link_is_flagged_and_nobody_is_stopped(personne, monkeypatch):
    cache.clear()
    monkeypatch.setattr(signes, "PAR_HEURE", 0)
    un_lent(personne, 600).repondre()
    assert "Merci" in personne.texte
    assert Passation.objects.get().signes == "rafale"


@pytest.mark.parametrize("temoin", ["", "faux", "d:1:x"])
def test_without_a_clock_nobody_is_flagged(personne, temoin):
    personne.client.cookies["depart"] = temoin
    personne.repondre()
    assert Passation.objects.get().signes == ""


def test_somebody_who_takes_their_time_has_no_sign(personne):
    un_lent(personne, 600).repondre()
    assert Passation.objects.get().signes == ""


@pytest.mark.parametrize(
    ("dits", "gardes"),
    [(["piege", "vite"], "piege,vite"), (["<b>", 3], ""), ("piege", ""), (None, "")],
)
def test_a_device_flags_inside_the_seal_and_invents_nothing(collecte, par, dits, gardes):
    poser_la_cle()
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    contenu = {"champs": {"venu": ["non"]}, "langue": "fr", "signes": dits}
    assert envoyer(Client(), [une(seance, contenu=contenu)], seance.acces.jeton).status_code == 202
    assert Passation.objects.get().signes == gardes


# --- setting aside -------------------------------------------------------------------------------


@pytest.fixture
def lot(collecte):
    builders.des_passations(collecte, 3, reponses={"venu": "oui"}, signes="vite")
    builders.des_passations(collecte, 9, reponses={"venu": "non"})
    (lot,) = lots_a_verifier(collecte)
    return lot


def test_set_aside_with_a_reason_then_counted_again(collecte, par, lot):
    with pytest.raises(SaisieInvalide, match="Dites pourquoi"):
        ecarter(collecte=collecte, cle=lot.cle, raison="  ", par=par)
    ecart = ecarter(collecte=collecte, cle=lot.cle, raison="Un essai de l’équipe", par=par)
    assert nb_ecartees(collecte) == 3
    assert collecte.passations.non_relevees().count() == 9
    assert lots_a_verifier(collecte) == []
    with pytest.raises(SaisieInvalide, match="plus rien"):
        ecarter(collecte=collecte, cle=lot.cle, raison="encore", par=par)
    lever_ecart(ecart=ecart, par=par)
    lever_ecart(ecart=ecart, par=par)
    assert collecte.passations.non_relevees().count() == 12
    verbes = list(Trace.objects.values_list("verbe", flat=True))
    assert (verbes.count("ecarter"), verbes.count("lever_ecart")) == (1, 1)
    assert Ecart.objects.get().raison == "Un essai de l’équipe"


def test_what_was_counted_is_never_set_aside(collecte, par, lot):
    arreter_releve(collecte=collecte, par=par)
    assert lots_a_verifier(collecte) == []
    ecart = Ecart.objects.create(
        collecte=collecte, motif="x", raison="x", decide_le=timezone.localdate()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Passation.objects.filter(releve__isnull=False).update(ecart=ecart)


def test_the_count_is_printed_with_results_and_sources_too(client, collecte, par, lot):
    ecarter(collecte=collecte, cle=lot.cle, raison="Essai", par=par)
    builders.des_passations(collecte, 3, reponses={"venu": "non"})
    publier_releve(releve_id=arreter_releve(collecte=collecte, par=par).pk, par="essai")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr"))
    page = client.get(f"/espace/resultats/{collecte.nom}/", follow=True).content.decode()
    # Fewer than five, nobody included, are told as such (ADR 0084).
    assert "Réponses mises à l’écart, avec une raison écrite\xa0: moins de 5." in page.replace(
        "&nbsp;", "\xa0"
    )
    assert "Liens ouverts, sans contrôle d’unicité\xa0: 12" in page.replace("&nbsp;", "\xa0")


def test_whole_questionnaires_alike_and_a_stolen_device_are_told(collecte, par):
    memes = {f"q{n}": "oui" for n in range(6)}
    builders.des_passations(collecte, ENSEMBLE_AU_MOINS, reponses=memes)
    builders.des_passations(collecte, 30, reponses={"venu": "oui"})
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    appareil = seance.appareils.create(nom="Volée", jeton="0" * 64, revoque_le=timezone.now())
    volees = builders.des_passations(collecte, 2, acces=seance.acces, reponses={"venu": "non"})
    avant = builders.des_passations(collecte, 4, acces=seance.acces, reponses={"venu": "non"})
    for jour, passations in ((0, volees), (1, avant)):
        for passation in passations:
            enveloppe = builders.une_enveloppe(seance)
            type(enveloppe).objects.filter(pk=enveloppe.pk).update(
                id=passation.pk,
                appareil=appareil,
                jour=timezone.localdate() - timedelta(days=jour),
            )
    assert lots(collecte) == {"identiques": ENSEMBLE_AU_MOINS, "appareil": 2}


SERIE = {
    **builders.UNE_DEFINITION,
    "code": "serie",
    "pages": [
        {
            "code": f"p{n}",
            "questions": [{"code": f"q{n}", "type": type_, "texte": {"fr": f"Question {n}"}}],
        }
        for n, type_ in enumerate(["accord"] * 7 + ["oui_non", "texte_long"])
    ],
}
TOUT_PAREIL = {f"q{n}": "3" for n in range(7)}


@pytest.fixture
def de_serie(par):
    return builders.une_collecte_ouverte(par=par, nom="serie", version=builders.une_version(SERIE))


def lots(collecte):
    return {lot.cle.split("-")[0]: lot.nombre for lot in lots_a_verifier(collecte)}


def test_straight_lines_are_told_from_five_on_and_never_refused(de_serie):
    for n in range(ENSEMBLE_AU_MOINS - 1):
        builders.des_passations(de_serie, 1, reponses=TOUT_PAREIL | {"q8": f"Avis {n}"})
    assert lots(de_serie) == {}  # one or two would say something of somebody
    builders.des_passations(de_serie, 1, reponses=TOUT_PAREIL | {"q0": "_pnr", "q8": "Autre"})
    assert lots(de_serie) == {"droites": ENSEMBLE_AU_MOINS}
    assert de_serie.passations.comptables().count() == ENSEMBLE_AU_MOINS


@pytest.mark.parametrize(
    "reponses",
    [
        TOUT_PAREIL | {"q6": "2"},
        {f"q{n}": "_pnr" for n in range(7)},
        {f"q{n}": "3" for n in range(5)},
    ],
)
def test_one_other_answer_a_refusal_or_a_few_questions_are_no_straight_line(de_serie, reponses):
    for n in range(ENSEMBLE_AU_MOINS):
        builders.des_passations(de_serie, 1, reponses=reponses | {"q8": f"Mon avis {n}"})
    assert lots(de_serie) == {}


def test_the_same_long_text_is_told_and_the_same_short_one_is_not(de_serie):
    for n in range(ENSEMBLE_AU_MOINS):
        mots = "  Il faut OUVRIR le samedi\nmatin " if n % 2 else "il faut ouvrir le samedi matin"
        builders.des_passations(de_serie, 1, reponses={"q0": str(n % 4 + 1), "q8": mots})
        builders.des_passations(de_serie, 1, reponses={"q0": str(n % 4 + 1), "q8": "Merci à tous"})
    assert lots(de_serie) == {"textes": ENSEMBLE_AU_MOINS}


def test_the_page_shows_no_answer_and_belongs_to_coordination(client, collecte, par, lot):
    client.force_login(par)
    adresse = f"/espace/collectes/{collecte.nom}/a-verifier/"
    page = client.get(adresse).content.decode()
    assert "moins de trois secondes par question" in page
    assert "3 réponses" in page
    assert "venu" not in page
    page = client.post(adresse, {"lot": lot.cle, "raison": ""})
    assert "Dites pourquoi" in page.content.decode()
    client.post(adresse, {"lot": lot.cle, "raison": "Un essai"})
    page = client.get(adresse).content.decode()
    assert "3 réponses à l’écart" in page
    assert "Un essai" in page
    client.post(f"{adresse}{Ecart.objects.get().pk}/")
    assert nb_ecartees(collecte) == 0


def test_who_does_not_lead_the_collecte_sets_nothing_aside(collecte, lot):
    autre = builders.un_compte(role=Role.AMBASSADEUR, email="a@exemple.fr")
    with pytest.raises(AccesRefuse):
        ecarter(collecte=collecte, cle=lot.cle, raison="x", par=autre)
    with pytest.raises((AccesRefuse, EtatIncompatible)):
        donner_feuilles(acces=builders.lien_principal(collecte), nombre=1, par=autre)
