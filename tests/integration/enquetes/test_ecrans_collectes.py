"""The screens of coordination for collectes: happy path, refusals in place, who may."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.acces import ajouter_acces, fermer_acces
from enquetes.actions.collectes import arreter_releve, clore_collecte, preparer_collecte
from enquetes.models import Collecte, EtatCollecte, Unite
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

SAISIE = {
    "cle": "abc234",
    "titre": "Votre avis sur l’épicerie",
    "demandeur": "L’épicerie du Marché",
    "raison": "Pour mieux choisir les produits.",
    "public": "les personnes qui viennent",
    "langues": ["fr"],
    "entree": "lien",
    "unite": "personne",
    "profil": "sensible",
    "conservation_mois": "24",
}

ORGANISATIONS = {"repondants": "organisations"}


@pytest.fixture
def coordination(client):
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


def saisie(**changements):
    aujourdhui = timezone.localdate()
    lieu = f"t{builders.un_territoire().pk}"
    dates = {
        "ouvre_le": aujourdhui.isoformat(),
        "ferme_le": (aujourdhui + timedelta(days=30)).isoformat(),
    }
    return SAISIE | dates | {"lieu": lieu} | changements


def une_page(client, nom, *args, code=200):
    page = client.get(reverse(f"enquetes:{nom}", args=args))
    assert page.status_code == code
    return page.content.decode()


@pytest.mark.parametrize(("dit", "attendu"), [({}, "personne"), (ORGANISATIONS, "organisation")])
def test_who_answers_is_proposed_as_the_questionnaire_says(client, coordination, dit, attendu):
    version = builders.une_version(PETIT | dit)
    page = une_page(client, "nouvelle_collecte", version.pk)
    (coche,) = re.findall(r'<input type="radio" name="unite" value="(\w+)"[^>]* checked', page)
    assert coche == attendu


def test_coordination_prepares_reads_again_and_opens(client, coordination):
    version = builders.une_version()
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    assert "Continuer et relire" in client.get(adresse).content.decode()
    for _ in range(2):  # a double tap prepares one collecte
        page = client.post(adresse, saisie())
        assert page["Location"] == reverse("enquetes:collecte", args=["essai-abc234"])
    collecte = Collecte.objects.get()
    assert collecte.etat == EtatCollecte.PREPARATION
    assert "Ouvrir la collecte" in une_page(client, "collecte", collecte.nom)
    for _ in range(2):
        client.post(reverse("enquetes:ouvrir_collecte", args=[collecte.nom]))
    collecte.refresh_from_db()
    assert collecte.etat == EtatCollecte.OUVERTE
    page = une_page(client, "collecte", collecte.nom)
    lien = reverse("enquetes:bienvenue", args=[builders.lien_principal(collecte).jeton])
    assert f'value="http://testserver{lien}"' in page
    assert "Affiche à imprimer" in page


@pytest.mark.parametrize("entree", ["feuille", "seance"])
def test_without_an_open_link_nobody_comes_by_it(client, coordination, entree):
    version = builders.une_version()
    client.post(reverse("enquetes:nouvelle_collecte", args=[version.pk]), saisie(entree=entree))
    collecte = Collecte.objects.get()
    client.post(reverse("enquetes:ouvrir_collecte", args=[collecte.nom]))
    lien = builders.lien_principal(collecte)
    assert client.get(reverse("enquetes:bienvenue", args=[lien.jeton])).status_code == 410
    page = une_page(client, "collecte", collecte.nom)
    assert "Affiche à imprimer" not in page
    suite = {
        "feuille": reverse("enquetes:feuilles", args=[collecte.nom, lien.pk]),
        "seance": reverse("enquetes:seances"),
    }[entree]
    assert f'class="bouton" href="{suite}"' in page


def test_who_asks_and_why_are_said_in_the_languages_where_they_are_written(client, coordination):
    version = builders.une_version(PETIT | {"langues": ["fr", "ar", "uk"]})
    mots = {
        "demandeur_ar": "متجر السوق",
        "raison_ar": "لتحسين الاستقبال",
        "raison_uk": "Щоб знати",
    }
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    client.post(adresse, saisie(langues=["fr", "ar"], **mots))
    collecte = Collecte.objects.get()
    assert collecte.traductions == {
        "ar": {"demandeur": "متجر السوق", "raison": "لتحسين الاستقبال"}
    }
    modifier = une_page(client, "modifier_collecte", collecte.nom)
    assert "متجر السوق" in modifier
    client.post(reverse("enquetes:ouvrir_collecte", args=[collecte.nom]))
    bienvenue = reverse("enquetes:bienvenue", args=[builders.lien_principal(collecte).jeton])
    arabe = client.get(f"{bienvenue}?langue=ar").content.decode()
    assert '<span lang="ar" dir="auto">متجر السوق</span>' in arabe
    assert SAISIE["demandeur"] not in arabe
    assert f'<span lang="fr" dir="auto">{SAISIE["demandeur"]}</span>' in (
        client.get(bienvenue).content.decode()
    )


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("titre", "", "Écrivez un titre."),
        ("titre", "x" * 201, "200"),
        ("raison", "a\x00b", ""),
        ("lieu", "t999999", "Choisissez un lieu de la liste."),
        ("lieu", "", "Choisissez un lieu."),
        ("langues", ["ar"], "Cochez"),
        ("langues", [], "Cochez au moins une langue."),
        ("ferme_le", "2020-01-01", "Cette date est passée."),
        ("ferme_le", "demain", "Écrivez une date, par exemple 31/01/2027."),
        ("conservation_mois", "9999", ""),
        ("cle", "../../etc", "Rechargez la page"),
    ],
)
def test_wrong_input_is_explained_and_what_was_typed_is_kept(
    client, coordination, champ, valeur, phrase
):
    version = builders.une_version()
    page = client.post(
        reverse("enquetes:nouvelle_collecte", args=[version.pk]), saisie(**{champ: valeur})
    )
    texte = page.content.decode()
    assert page.status_code == 200
    assert phrase in texte
    assert "Erreur" in re.search(r"<title>(.*?)</title>", texte, re.DOTALL)[1]
    assert SAISIE["demandeur"] in texte
    assert not Collecte.objects.exists()


def test_place_of_another_coordination_is_not_in_the_list(client, coordination):
    ailleurs = builders.un_territoire("32")
    version = builders.une_version()
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    page = client.post(adresse, saisie(lieu=f"t{ailleurs.pk}"))
    assert "Choisissez un lieu de la liste." in page.content.decode()
    assert not Collecte.objects.exists()


def test_correction_before_opening(client, coordination):
    collecte = preparer_collecte(projet=builders.un_projet(), par=coordination)
    adresse = reverse("enquetes:modifier_collecte", args=[collecte.nom])
    assert collecte.raison in client.get(adresse).content.decode()
    page = client.post(adresse, saisie(titre="Corrigé"), follow=True)
    assert "Corrigé" in page.content.decode()
    collecte.refresh_from_db()
    assert (collecte.titre, collecte.nom) == ("Corrigé", "essai")


def test_refusal_is_said_on_the_page_of_the_collecte(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    clore_collecte(collecte=collecte, par=coordination)
    page = client.post(reverse("enquetes:reprendre_collecte", args=[collecte.nom]))
    assert page.status_code == 409
    assert 'role="alert"' in page.content.decode()
    assert "n’est plus possible" in page.content.decode()


BOUTONS = ["ouvrir_collecte", "mettre_en_pause", "reprendre_collecte", "arreter_releve"]


@pytest.mark.parametrize("geste", [*BOUTONS, "modifier_collecte", "abandonner_collecte"])
def test_address_of_what_is_done_otherwise_or_no_longer_leads_back(client, coordination, geste):
    collecte = builders.une_collecte_ouverte(par=coordination)
    page = client.get(reverse(f"enquetes:{geste}", args=[collecte.nom]))
    assert page["Location"] == reverse("enquetes:collecte", args=[collecte.nom])


@pytest.mark.parametrize("close", [True, False])
def test_closing_is_asked_for_only_while_people_may_answer(client, coordination, close):
    collecte = preparer_collecte(projet=builders.un_projet(), par=coordination)
    if close:
        collecte = clore_collecte(
            collecte=builders.une_collecte_ouverte(par=coordination, nom="close"), par=coordination
        )
    page = client.get(reverse("enquetes:clore_collecte", args=[collecte.nom]))
    assert page["Location"] == reverse("enquetes:collecte", args=[collecte.nom])


def test_closing_page_says_what_stays_uncounted(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    builders.des_passations(collecte, 4)
    page = une_page(client, "clore_collecte", collecte.nom)
    assert "4 réponses ne seront pas comptées" in page
    assert "C’est définitif." in page
    collecte.refresh_from_db()
    assert collecte.etat == EtatCollecte.OUVERTE
    page = client.post(reverse("enquetes:clore_collecte", args=[collecte.nom]), follow=True)
    assert "La collecte est close." in page.content.decode()


def test_releve_is_asked_for_by_its_number(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    builders.des_passations(collecte, 10)
    assert "Il manque 1 réponse pour" in une_page(client, "collecte", collecte.nom)
    adresse = reverse("enquetes:arreter_releve", args=[collecte.nom])
    assert client.post(adresse, {"numero": "1"}).status_code == 409
    builders.des_passations(collecte, 2)
    for _ in range(2):
        page = client.post(adresse, {"numero": "1"}, follow=True)
        assert "Le relevé 1 compte 12 réponses." in page.content.decode()
    assert collecte.releves.count() == 1


def test_a_later_releve_says_what_it_adds_and_how_many_its_tables_are_about(client, coordination):
    """« Réponses comptées 132 » stood beside tables about 394 persons."""
    collecte = builders.une_collecte_ouverte(par=coordination)
    for numero, nombre in ((1, 12), (2, 11)):
        builders.des_passations(collecte, nombre)
        adresse = reverse("enquetes:arreter_releve", args=[collecte.nom])
        page = client.post(adresse, {"numero": numero}, follow=True).content.decode()
    assert "Le relevé 2 ajoute 11 réponses\u00a0: 23 en tout." in page
    lignes = [re.findall(r"<td>(\d+)</td>", ligne) for ligne in page.split("<tr>")]
    assert [ligne for ligne in lignes if ligne] == [["12", "12"], ["11", "23"]]


def test_answers_of_persons_are_never_counted_by_link(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    commune = builders.un_territoire("93010", parent=collecte.territoire, nom="Bondy")
    lien = ajouter_acces(collecte=collecte, territoire=commune, par=coordination)
    builders.des_passations(collecte, 2)
    builders.des_passations(collecte, 3, acces=lien, territoire=commune)
    page = une_page(client, "collecte", collecte.nom)
    assert re.search(r'class="chiffre">5</span>', page)
    assert not re.search(r"\b[23] réponse|<td>[23]</td>", page)
    assert not re.search(r"\b[23] réponse|>[23]<", une_page(client, "lien", collecte.nom, lien.pk))
    assert "il dirait qui est venu" in page


def test_answers_of_organisations_are_counted_by_link(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination, unite=Unite.ORGANISATION)
    commune = builders.un_territoire("93010", parent=collecte.territoire, nom="Bondy")
    lien = ajouter_acces(collecte=collecte, territoire=commune, par=coordination)
    builders.des_passations(collecte, 1, acces=lien, territoire=commune)
    page = une_page(client, "collecte", collecte.nom)
    assert re.search(r"Bondy</a></th>\s*<td>ouvert</td>\s*<td>1</td>", page)


def test_links_are_added_closed_and_dated(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    commune = builders.un_territoire("93010", parent=collecte.territoire, nom="Bondy")
    epicerie = builders.une_structure(commune)
    adresse = reverse("enquetes:ajouter_liens", args=[collecte.nom])
    assert "Cochez au moins un lieu." in client.post(adresse, {}).content.decode()
    client.post(adresse, {"lieux": [f"t{commune.pk}", f"s{epicerie.pk}"]})
    assert collecte.acces.count() == 3
    lien = collecte.acces.get(structure=epicerie)
    fermer = reverse("enquetes:fermer_lien", args=[collecte.nom, lien.pk])
    page = client.post(fermer, follow=True).content.decode()
    assert f"Le lien «\u00a0{epicerie.nom}\u00a0» est fermé." in page  # no elision to make
    lien.refresh_from_db()
    assert not lien.ouvert
    client.post(reverse("enquetes:rouvrir_lien", args=[collecte.nom, lien.pk]))
    demain = timezone.localdate() + timedelta(days=1)
    date = reverse("enquetes:lien", args=[collecte.nom, lien.pk])
    client.post(date, {"expire_le": demain.isoformat()})
    lien.refresh_from_db()
    assert (lien.ouvert, lien.expire_le) == (True, demain)
    refus = client.post(date, {"expire_le": "2020-01-01"}).content.decode()
    assert "Cette date est passée." in refus


def test_link_of_another_collecte_is_not_found(client, coordination):
    une = builders.une_collecte_ouverte(par=coordination)
    autre = builders.une_collecte_ouverte(par=coordination, nom="autre")
    lien = builders.lien_principal(autre)
    for nom in ("affiche", "qr", "lien", "fermer_lien"):
        une_page(client, nom, une.nom, lien.pk, code=404)


def test_last_day_is_moved_and_refused_in_place(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    adresse = reverse("enquetes:prolonger_collecte", args=[collecte.nom])
    assert (
        "Cette date est passée."
        in client.post(adresse, {"ferme_le": "2020-01-01"}).content.decode()
    )
    bientot = timezone.localdate() + timedelta(days=60)
    client.post(adresse, {"ferme_le": bientot.isoformat()})
    collecte.refresh_from_db()
    assert collecte.ferme_le == bientot


def test_collecte_never_opened_is_removed_after_a_question(client, coordination):
    collecte = preparer_collecte(projet=builders.un_projet(), par=coordination)
    assert "jamais été ouverte" in une_page(client, "abandonner_collecte", collecte.nom)
    client.post(reverse("enquetes:abandonner_collecte", args=[collecte.nom]))
    assert not Collecte.objects.exists()


def test_list_shows_state_and_total_in_few_statements(
    client, coordination, django_assert_max_num_queries
):
    for nom in ("un", "deux", "trois"):
        collecte = builders.une_collecte_ouverte(par=coordination, nom=nom)
        builders.des_passations(collecte, 1)
    with django_assert_max_num_queries(8):
        page = une_page(client, "collectes")
    assert page.count("1 réponse<") == 3
    assert page.count("Ouverte") == 3
    assert "Ouvrir une collecte" in page


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE, Role.EVALUATION])
def test_other_roles_follow_and_change_nothing(client, role):
    collecte = builders.une_collecte_ouverte()
    client.force_login(builders.un_compte(role=role, email="autre@exemple.fr"))
    assert "Ouvrir une collecte" not in une_page(client, "collectes")
    page = une_page(client, "collecte", collecte.nom)
    assert "Adresse à envoyer" in page
    for interdit in (
        "Clore la collecte",
        "Mettre en pause",
        "Affiche à imprimer",
        "Ajouter un lien",
    ):
        assert interdit not in page
    for nom in ("clore_collecte", "mettre_en_pause", "modifier_collecte", "ajouter_liens"):
        assert client.post(reverse(f"enquetes:{nom}", args=[collecte.nom])).status_code == 403
    collecte.refresh_from_db()
    assert collecte.etat == EtatCollecte.OUVERTE


def test_coordination_of_another_territoire_finds_nothing(client):
    collecte = builders.une_collecte_ouverte()
    ailleurs = builders.un_territoire("32")
    client.force_login(builders.un_compte(territoire=ailleurs, email="ailleurs@exemple.fr"))
    assert "Pas encore de collecte" in une_page(client, "collectes")
    for nom in ("collecte", "clore_collecte", "modifier_collecte"):
        une_page(client, nom, collecte.nom, code=404)


def test_poster_holds_the_absolute_address_and_the_last_day(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    lien = builders.lien_principal(collecte)
    page = une_page(client, "affiche", collecte.nom, lien.pk)
    assert re.sub("<[^>]*>", "", page).count(f"testserver/r/{lien.jeton}/") == 1
    assert "Anonyme, 5 minutes, gratuit" in page
    assert "L’épicerie du Marché" in page
    assert f"Jusqu’au {collecte.ferme_le.day} " in page
    assert 'role="alert"' not in page
    fermer_acces(acces=lien, par=coordination)
    assert "Ce lien est fermé" in une_page(client, "affiche", collecte.nom, lien.pk)


def test_posters_of_all_open_links_are_printed_at_once(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    for code, nom in (("93010", "Bondy"), ("93008", "Bobigny"), ("93001", "Aubervilliers")):
        commune = builders.un_territoire(code, parent=collecte.territoire, nom=nom)
        lien = ajouter_acces(collecte=collecte, territoire=commune, par=coordination)
    fermer_acces(acces=lien, par=coordination)
    page = une_page(client, "affiches", collecte.nom)
    assert page.count('<article class="feuille') == 3
    assert "Aubervilliers" not in page


def test_qr_alone_is_a_file(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    lien = builders.lien_principal(collecte)
    page = client.get(reverse("enquetes:qr", args=[collecte.nom, lien.pk]))
    assert page["Content-Type"] == "image/svg+xml"
    assert page["Content-Disposition"] == 'attachment; filename="qr-essai.svg"'


def test_closed_collecte_shows_its_releves(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    builders.des_passations(collecte, 11)
    arreter_releve(collecte=collecte, par=coordination)
    clore_collecte(collecte=collecte, par=coordination)
    page = une_page(client, "collecte", collecte.nom)
    assert "<td>11</td>" in page
    assert "Clore la collecte" not in page
