"""What those who answered read: protected figures, what was done, in their language, for nobody's account."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from analyses.actions.clotures import publier_releve
from analyses.actions.referent import abaisser_profil
from analyses.actions.restitutions import (
    ProjetSuite,
    ajouter_suite,
    ecrire_restitution,
    publier_restitution,
    retirer_restitution,
)
from analyses.extraction.lecture import releves_de
from analyses.indicateurs.catalogue import catalogue
from analyses.mesures import mesurer_tout, perimetre_du_territoire
from analyses.models import SUITES_MAX, Publication, Restitution
from enquetes.actions.collectes import arreter_releve, clore_collecte
from tests import builders
from tests.functional.verifications import verifier_html
from tests.integration.analyses.test_resultats import AVIS
from tests.integration.enquetes.test_poids import ATTEINT, PREMIERE, poids
from tests.pdf import verifier_pdf
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
LONG = "Un minibus passe devant la mairie le jeudi. " * 9


@pytest.fixture
def collecte():
    definition = json.loads(json.dumps(AVIS)) | {"langues": ["fr", "ar"]}
    definition["pages"][0]["questions"][0]["texte"]["ar"] = "هل أتيتم؟"
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(definition), nom="avis", langues=("fr", "ar")
    )
    builders.des_passations(collecte, 30, reponses={"venu": "oui", "manque": ["pain"]})
    builders.des_passations(collecte, 20, reponses={"venu": "non", "manque": ["pain"]})
    builders.des_passations(collecte, 3, reponses={"venu": "non", "manque": ["fruits"]})
    arreter_releve(collecte=collecte, par=builders.un_compte())
    publier_releve(releve_id=releves_de(collecte)[0].pk, par=builders.un_compte())
    return collecte


@pytest.fixture
def restitution(collecte):
    ecrite = ecrire_restitution(
        collecte=collecte,
        questions=["venu", "manque"],
        mot={"fr": "Merci à toutes et tous.", "ar": "شكرا لكم."},
        par=builders.un_compte(),
    )
    projet = ProjetSuite(
        {"fr": "C’est trop loin."}, {"fr": "Un bus vient le jeudi."}, "fait", question="venu"
    )
    ajouter_suite(restitution=ecrite, projet=projet, par=builders.un_compte())
    return ecrite


def publier(restitution):
    return publier_restitution(restitution=restitution, par=builders.un_compte())


@pytest.mark.parametrize(("ne_sait_pas", "vague"), [(12, False), (3, True)])
def test_numbers_are_said_to_be_vague_only_where_one_is(client, ne_sait_pas, vague):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    for nombre, dit in [
        (20, "oui"),
        (15, "non"),
        (ne_sait_pas, "nsp"),
        (13, "nc"),
        (11, "_pnr"),
    ]:
        builders.des_passations(collecte, nombre, reponses={"venu": dit})
    builders.des_passations(collecte, 14)
    arreter_releve(collecte=collecte, par=builders.un_compte())
    publier_releve(releve_id=releves_de(collecte)[0].pk, par=builders.un_compte())
    mot = {"fr": "Merci."}
    publier(
        ecrire_restitution(
            collecte=collecte, questions=["venu"], mot=mot, par=builders.un_compte()
        )
    )
    page = client.get("/retour/avis/").content.decode()
    assert ("vagues exprès" in page) is vague
    assert ("moins de 5" in page) is vague


def test_nobody_reads_it_before_it_is_published_nor_after_it_is_withdrawn(client, restitution):
    assert client.get("/retour/avis/").status_code == 404
    publier(restitution)
    assert client.get("/retour/avis/").status_code == 200
    retirer_restitution(restitution=restitution, par=builders.un_compte())
    assert client.get("/retour/avis/").status_code == 404
    verbes = set(Trace.objects.values_list("verbe", flat=True))
    assert {"ecrire_restitution", "publier_restitution", "retirer_restitution"} <= verbes


def test_it_says_what_was_done_and_hides_what_tables_hide(client, restitution):
    publier(restitution)
    texte = client.get("/retour/avis/").content.decode()
    assert "C’est trop loin." in texte
    assert "Un bus vient le jeudi." in texte
    assert "30 sur 53" in texte
    # Three asked for fruit: no surface says three.
    assert "moins de 5 sur 53" in texte
    assert "3 sur 53" not in texte.replace("23 sur 53", "")


@pytest.mark.parametrize(("langue", "sens"), [("fr", "ltr"), ("ar", "rtl")])
def test_it_is_light_right_and_in_the_language_of_the_collecte(client, restitution, langue, sens):
    publier(restitution)
    page = client.get(f"/retour/avis/?langue={langue}")
    texte = page.content.decode()
    assert f'<html lang="{langue}" dir="{sens}">' in texte
    # Most open it from the poster: it is their first page, and weighs like the others.
    assert poids(page) <= ATTEINT < PREMIERE
    assert texte.count("<script") == 1
    assert "Set-Cookie" not in page.headers
    assert page.cookies == {}
    verifier_html({"retour": texte})


def test_arabic_has_its_own_words_and_marks_those_that_are_french(client, restitution):
    publier(restitution)
    texte = client.get("/retour/avis/?langue=ar").content.decode()
    assert "هل أتيتم؟" in texte
    assert "30 من أصل 53" in texte
    assert '<span lang="fr" dir="ltr">C’est trop loin.</span>' in texte


def test_the_last_page_leads_to_it_once_it_is_published(client, collecte, restitution):
    (passation, *_) = collecte.passations.all()[:1]
    merci = f"/r/{passation.acces.jeton}/{passation.pk}/merci/"
    assert "/retour/avis/" not in client.get(merci).content.decode()
    publier(restitution)
    assert "/retour/avis/" in client.get(merci).content.decode()
    clore_collecte(collecte=collecte, par=builders.un_compte())
    terminee = client.get(f"/r/{passation.acces.jeton}/")
    assert terminee.status_code == 410
    assert "/retour/avis/" in terminee.content.decode()


@pytest.mark.parametrize(
    "mot",
    [
        {"fr": "42 % sont contents."},
        {"fr": "Merci aux 7 mères seules."},
        {"fr": "Trois familles ont dit non."},
        {"fr": "Merci.", "ar": "\u0667 أشخاص"},
    ],
)
def test_a_figure_about_persons_is_not_typed_by_hand(collecte, mot):
    with pytest.raises(SaisieInvalide, match="chiffre sur les personnes"):
        ecrire_restitution(collecte=collecte, questions=[], mot=mot, par=builders.un_compte())


def test_an_empty_return_is_not_published_and_another_role_writes_none(collecte):
    vide = ecrire_restitution(
        collecte=collecte, questions=[], mot={"fr": "Merci."}, par=builders.un_compte()
    )
    with pytest.raises(EtatIncompatible, match="vide"):
        publier(vide)
    eva = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    with pytest.raises(AccesRefuse):
        ecrire_restitution(collecte=collecte, questions=[], mot={"fr": "Merci."}, par=eva)


def p15(collecte):
    (indicateur,) = [i for i in catalogue() if i.code == "P15"]
    (mesure,) = mesurer_tout(perimetre_du_territoire(collecte.territoire), [indicateur])
    return mesure.k, mesure.n


@pytest.mark.parametrize(("jours", "compte"), [(60, 1), (61, 0)])
def test_p15_counts_returns_made_within_sixty_days(collecte, restitution, jours, compte):
    assert p15(collecte) == (0, 0)
    clore_collecte(collecte=collecte, par=builders.un_compte())
    assert p15(collecte) == (0, 1)
    collecte.refresh_from_db()
    # Days are counted on the calendar of the place: across a change of hour, 61 times 24 hours
    # may be sixty days there.
    collecte.close_le = timezone.localtime() - timedelta(days=jours)
    collecte.save(update_fields=["close_le"])
    restitution.refresh_from_db()
    publier(restitution)
    assert p15(collecte) == (compte, 1)


def test_coordination_writes_and_publishes_it_on_the_screen(client, collecte):
    client.force_login(builders.un_compte())
    adresse = "/espace/retours/avis/"
    assert client.get("/espace/retours/").status_code == 200
    client.post(adresse, {"mot_fr": "Merci.", "mot_ar": "", "questions": ["venu"]})
    suite = {"objet": "q:venu", "decision": "non", "dit_fr": "Plus tôt.", "fait_fr": "Pas de clé."}
    assert client.post(f"{adresse}suite/", suite).status_code == 302
    client.post(f"{adresse}publier/")
    assert "Plus tôt." in client.get(adresse).content.decode()
    assert "Ce n’est pas possible" in client.get("/retour/avis/").content.decode()


def test_bars_begin_where_the_language_begins(client, restitution):
    publier(restitution)
    francais, arabe = (
        client.get(f"/retour/avis/?langue={langue}").content.decode() for langue in ("fr", "ar")
    )
    # Whatever the colours of the reader are: on black, purple could not be seen.
    assert "#54205a" not in francais.partition('<pattern id="h"')[2]
    longueurs = re.findall(r'r" d="M0 0h(\d+)v6H0z"', francais)
    assert max(map(int, longueurs)) > 50
    assert re.findall(r'currentColor" d="M100 0h-(\d+)v6h\1z"', arabe) == longueurs


def test_a_bar_is_hatched_from_the_least_to_the_most(client, restitution):
    """« moins de 5 sur 53 »: nothing sure, 4 of 53 at most; « 30 sur 53 »: sure, and no more."""
    publier(restitution)
    francais, arabe = (
        client.get(f"/retour/avis/?langue={langue}").content.decode() for langue in ("fr", "ar")
    )
    assert francais.count('<pattern id="h"') == 1
    hachures = re.findall(r'fill="url\(#h\)" d="M(\d+) 0h(\d+)v6H\1z"', francais)
    assert ("0", "8") in hachures
    assert len(hachures) < francais.count('<svg width="240"')
    assert ("100", "8") in re.findall(r'fill="url\(#h\)" d="M(\d+) 0h-(\d+)v6h\2z"', arabe)


@pytest.mark.parametrize("langue", ["fr", "ar"])
@pytest.mark.parametrize("suites", [0, SUITES_MAX - 1])
def test_the_poster_is_one_page_for_everybody(client, restitution, langue, suites):
    projet = ProjetSuite({"fr": LONG[:399]}, {"fr": LONG[:399]}, "en_cours", question="manque")
    for _ in range(suites):
        ajouter_suite(restitution=restitution, projet=projet, par=builders.un_compte())
    client.force_login(builders.un_compte())
    page = client.get(f"/espace/retours/avis/affiche.pdf?langue={langue}")
    assert page["Content-Type"] == "application/pdf"
    lu = verifier_pdf(page.content)
    assert (lu.pages, lu.langue) == (1, langue)
    assert lu.elements.count("/Figure") == 1
    # Too full, it says what was done and where the figures are.
    assert lu.titres == ([1, 2, 2] if suites == 0 else [1])


@pytest.fixture
def abaissee():
    """Return a collecte whose « venu » is told with the thresholds of an inner circle: 3 of 23, exact."""
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    referent = builders.un_compte(role=Role.REFERENT, email="r@exemple.fr")
    abaisser_profil(collecte=collecte, question="venu", raison="Logistique.", par=referent)
    builders.des_passations(collecte, 20, reponses={"venu": "oui", "manque": ["pain"]})
    builders.des_passations(collecte, 3, reponses={"venu": "non", "manque": ["pain"]})
    arreter_releve(collecte=collecte, par=builders.un_compte())
    publier_releve(releve_id=releves_de(collecte)[0].pk, par=builders.un_compte())
    return collecte


def ecrire(collecte, *questions):
    return ecrire_restitution(
        collecte=collecte, questions=questions, mot={"fr": "Merci."}, par=builders.un_compte()
    )


def test_what_is_told_to_an_inner_circle_is_not_told_to_everybody(client, abaissee):
    with pytest.raises(SaisieInvalide, match=r"cercle restreint.*venu"):
        ecrire(abaissee, "manque", "venu")
    # Written before the referent decided, or by another way: publishing and reading look again.
    ecrite = ecrire(abaissee, "manque")
    Restitution.objects.filter(pk=ecrite.pk).update(questions=["manque", "venu"])
    ecrite.refresh_from_db()
    with pytest.raises(SaisieInvalide, match="cercle restreint"):
        publier(ecrite)
    Restitution.objects.filter(pk=ecrite.pk).update(questions=["manque"])
    ecrite.refresh_from_db()
    publier(ecrite)
    Restitution.objects.filter(pk=ecrite.pk).update(questions=["manque", "venu"])
    texte = client.get("/retour/avis/").content.decode()
    assert "plus de 18 sur 23" in texte
    assert "3 sur 23" not in texte.replace("23 sur 23", "")
    client.force_login(builders.un_compte())
    affiche = verifier_pdf(client.get("/espace/retours/avis/affiche.pdf").content)
    assert affiche.titres == [1, 2]


def test_a_publication_that_kept_no_profile_is_not_told_to_everybody(abaissee):
    lue = Publication.du_releve(releves_de(abaissee)[0].pk)
    assert (lue.est_publique("manque"), lue.est_publique("venu")) == (True, False)
    lue.parametres.pop("profils")
    assert not lue.est_publique("manque")
