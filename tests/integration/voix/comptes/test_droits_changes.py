"""A right changes while somebody else, or another tab, looks at it; what is said of it stays true."""

import pytest
from django.test import Client

from tests import builders
from voix.commun.erreurs import AccesRefuse
from voix.comptes.actions import habilitations
from voix.comptes.actions.habilitations import Lieu
from voix.comptes.models import Habilitation, Structure, Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
RETIRE, ENTRE_TEMPS = "Le rôle est retiré.", "Ce rôle a changé entre-temps. Regardez la liste."


@pytest.fixture
def coordination(client):
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


@pytest.fixture
def eva(coordination):
    """Return the right of a colleague."""
    compte = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    return Habilitation.objects.get(compte=compte)


@pytest.fixture
def commune():
    return builders.un_territoire("93010", parent=builders.un_territoire(), nom="Bondy")


def adresse(habilitation, geste):
    return f"/espace/equipe/{habilitation.pk}/{geste}/"


def lu(page):
    return page.content.decode()


@pytest.mark.parametrize("methode", ["get", "post"])
def test_a_right_that_changed_is_not_said_withdrawn(client, coordination, eva, methode):
    """The old address, in a tab that stayed open: the list shows the person, with another role."""
    client.post(adresse(eva, "role"), {"role": "coordination"}, follow=True)
    page = lu(getattr(client, methode)(adresse(eva, "retirer"), follow=True))
    assert (RETIRE in page, ENTRE_TEMPS in page) == (False, True)
    assert [h.role for h in Habilitation.de(eva.compte)] == ["coordination"]


@pytest.mark.parametrize("methode", ["get", "post"])
def test_a_right_that_moved_is_not_said_withdrawn(client, coordination, eva, commune, methode):
    client.post(adresse(eva, "lieu"), {"lieu": f"t{commune.pk}"}, follow=True)
    page = lu(getattr(client, methode)(adresse(eva, "retirer"), follow=True))
    assert (RETIRE in page, ENTRE_TEMPS in page) == (False, True)


def test_a_right_held_before_does_not_hide_that_another_is_withdrawn(client, coordination, eva):
    Habilitation.objects.create(compte=eva.compte, role="ambassadeur", territoire=eva.territoire)
    for _ in range(2):
        page = lu(client.post(adresse(eva, "retirer"), follow=True))
        assert (RETIRE in page, ENTRE_TEMPS in page) == (True, False)


@pytest.mark.parametrize(("geste", "dit"), [("role", "Le rôle est changé."), ("lieu", "Le lieu est changé.")])  # fmt: skip
def test_a_change_pressed_twice_is_told_twice(client, coordination, eva, commune, geste, dit):
    choix = {"role": "ambassadeur", "lieu": f"t{commune.pk}"}
    for _ in range(2):
        page = client.post(adresse(eva, geste), {geste: choix[geste]}, follow=True)
        assert page.redirect_chain == [("/espace/equipe/", 302)]
        assert dit in lu(page)
    assert Trace.objects.filter(verbe=f"changer_{geste}").count() == 1


@pytest.mark.parametrize("geste", ["role", "lieu"])
def test_the_old_page_of_a_right_that_changed_says_so(client, coordination, eva, commune, geste):
    client.post(adresse(eva, "role"), {"role": "ambassadeur"}, follow=True)
    autre = {"role": "dietetique", "lieu": f"t{commune.pk}"}
    for page in (
        client.get(adresse(eva, geste), follow=True),
        client.post(adresse(eva, geste), {geste: autre[geste]}, follow=True),
    ):
        assert ENTRE_TEMPS in lu(page)
    assert [h.role for h in Habilitation.de(eva.compte)] == ["ambassadeur"]


@pytest.mark.parametrize("geste", ["role", "lieu"])
def test_the_old_page_of_a_right_withdrawn_says_so(client, coordination, eva, commune, geste):
    client.post(adresse(eva, "retirer"), follow=True)
    choix = {"role": "dietetique", "lieu": f"t{commune.pk}"}
    page = client.post(adresse(eva, geste), {geste: choix[geste]}, follow=True)
    assert RETIRE in lu(page)
    assert not Habilitation.de(eva.compte).exists()


def test_the_place_of_a_right_is_changed_and_the_old_one_kept_as_withdrawn(
    client, coordination, eva, commune
):
    page = lu(client.get(adresse(eva, "lieu")))
    assert f'value="t{eva.territoire_id}" selected' in page, (
        "what it is now is what is shown first"
    )
    page = lu(client.post(adresse(eva, "lieu"), {"lieu": f"t{commune.pk}"}, follow=True))
    assert "Le lieu est changé." in page
    nouvelle = Habilitation.de(eva.compte).get()
    assert (nouvelle.role, nouvelle.territoire, nouvelle.accordee_par) == (
        "evaluation",
        commune,
        coordination,
    )
    eva.refresh_from_db()
    assert eva.retiree_par == coordination
    trace = Trace.objects.get(verbe="changer_lieu")
    assert (trace.objet_id, trace.details) == (
        str(nouvelle.pk),
        {"role": "evaluation", "remplace": eva.pk},
    )


def test_a_right_moves_to_a_structure_and_back(client, coordination, eva):
    epicerie = builders.une_structure(eva.territoire)
    client.post(adresse(eva, "lieu"), {"lieu": f"s{epicerie.pk}"})
    la_bas = Habilitation.de(eva.compte).get()
    assert (la_bas.structure, la_bas.territoire) == (epicerie, None)
    client.post(adresse(la_bas, "lieu"), {"lieu": f"t{eva.territoire_id}"})
    assert Habilitation.de(eva.compte).get().territoire == eva.territoire


def test_nobody_moves_a_right_out_of_their_territoire_nor_one_that_is_elsewhere(
    client, coordination, eva
):
    ailleurs = builders.un_territoire("32", nom="Gers")
    page = client.post(adresse(eva, "lieu"), {"lieu": f"t{ailleurs.pk}"})
    assert "Choisissez un lieu." in lu(page)
    assert "Gers" not in lu(page)
    with pytest.raises(AccesRefuse):
        habilitations.changer_lieu(
            habilitation=eva, lieu=Lieu(territoire=ailleurs), par=coordination
        )
    loin = Habilitation.objects.get(
        compte=builders.un_compte(territoire=ailleurs, email="loin@exemple.fr")
    )
    ici = f"t{builders.un_territoire().pk}"
    assert client.post(adresse(loin, "lieu"), {"lieu": ici}).status_code == 404
    with pytest.raises(AccesRefuse):
        habilitations.changer_lieu(
            habilitation=loin, lieu=Lieu(territoire=eva.territoire), par=coordination
        )
    assert Trace.objects.filter(verbe="changer_lieu").count() == 0


def test_a_coordination_does_not_widen_its_own_right(client, commune):
    """Who coordinates a commune is offered what is inside, and gives itself nothing above."""
    locale = builders.un_compte(territoire=commune, email="locale@exemple.fr")
    client.force_login(locale)
    sienne = Habilitation.objects.get(compte=locale)
    page = client.post(adresse(sienne, "lieu"), {"lieu": f"t{commune.parent_id}"})
    assert "Choisissez un lieu." in lu(page)
    with pytest.raises(AccesRefuse):
        habilitations.changer_lieu(
            habilitation=sienne, lieu=Lieu(territoire=commune.parent), par=locale
        )
    assert Habilitation.de(locale).get().territoire == commune


def test_a_data_referent_is_not_moved_by_the_coordination(client, coordination, commune):
    compte = builders.un_compte(role=Role.REFERENT, email="ref@exemple.fr")
    sienne = Habilitation.objects.get(compte=compte)
    page = client.post(adresse(sienne, "lieu"), {"lieu": f"t{commune.pk}"})
    assert "Ce rôle ne se donne pas ici" in lu(page)
    assert Habilitation.de(compte).get() == sienne


def test_a_place_keeps_a_coordination_when_a_right_moves(client, coordination, commune):
    """The only one of a commune may be widened to what is above, never moved inside."""
    Client().force_login(coordination)
    sienne = Habilitation.objects.get(compte=coordination)
    page = client.post(adresse(sienne, "lieu"), {"lieu": f"t{commune.pk}"})
    assert "seule coordination" in lu(page)
    assert Habilitation.de(coordination).get() == sienne
    locale = builders.un_compte(territoire=commune, email="locale@exemple.fr")
    Client().force_login(locale)
    celle = Habilitation.objects.get(compte=locale)
    client.post(adresse(celle, "lieu"), {"lieu": f"t{commune.parent_id}"})
    assert Habilitation.de(locale).get().territoire == commune.parent


def test_the_list_and_the_page_of_the_role_lead_to_the_place(client, coordination, eva):
    for page in ("/espace/equipe/", adresse(eva, "role")):
        assert f'href="{adresse(eva, "lieu")}"' in lu(client.get(page))


def test_withdrawing_ones_last_right_leads_to_ones_home(client, coordination):
    """Twice too: the page of the team would answer « Action impossible » to who just left it."""
    seconde = builders.un_compte(email="seconde@exemple.fr")
    Client().force_login(seconde)
    sienne = Habilitation.objects.get(compte=coordination)
    avant = lu(client.get(adresse(sienne, "retirer")))
    assert "C’est votre dernier rôle" in avant
    for envoi in (client.post, client.post, client.get):
        page = envoi(adresse(sienne, "retirer"), follow=True)
        assert page.redirect_chain == [("/espace/", 302)]
        assert RETIRE in lu(page)
        assert "Action impossible" not in lu(page)


def test_giving_up_the_coordination_leads_to_ones_home(client, coordination):
    seconde = builders.un_compte(email="seconde@exemple.fr")
    Client().force_login(seconde)
    sienne = Habilitation.objects.get(compte=coordination)
    page = client.post(adresse(sienne, "role"), {"role": "evaluation"}, follow=True)
    assert page.redirect_chain == [("/espace/", 302)]
    assert "Le rôle est changé." in lu(page)


@pytest.mark.parametrize(
    ("geste", "bouton"),
    [("retirer", "Retirer ce rôle"), ("role", ">Changer<"), ("lieu", ">Changer<")],
)
def test_what_the_only_coordination_cannot_do_is_said_before_the_button(
    client, coordination, eva, geste, bouton
):
    sienne = Habilitation.objects.get(compte=coordination)
    page = lu(client.get(adresse(sienne, geste)))
    assert ("seule coordination" in page, bouton in page) == (True, False)
    assert bouton in lu(client.get(adresse(eva, geste)))
    Client().force_login(builders.un_compte(email="seconde@exemple.fr"))
    page = lu(client.get(adresse(sienne, geste)))
    assert ("seule coordination" in page, bouton in page) == (False, True)


def test_a_name_is_printed_as_french_is_however_it_was_typed(client, coordination):
    ici = builders.un_territoire()
    ancienne = builders.une_structure(ici, nom="L'ancienne")
    client.post(
        "/espace/equipe/inviter/",
        {"email": "jo@exemple.fr", "nom": "Jo l'Étrange", "role": "evaluation", "lieu": f"t{ici.pk}"},
    )  # fmt: skip
    for nom in ("L'épicerie d'ici", "L’épicerie d’ici", "L'ancienne"):
        valeurs = {"nom": nom, "type": "epicerie", "territoire": ici.pk}
        client.post("/espace/equipe/structures/", valeurs)
    page = lu(client.get("/espace/equipe/"))
    assert "Jo l’Étrange" in page
    assert "L’épicerie d’ici" in page
    assert set(Structure.objects.values_list("nom", flat=True)) == {
        "L’épicerie d’ici",
        ancienne.nom,
    }


def test_a_place_that_the_coordination_cannot_change_is_not_offered_and_says_why(
    client, coordination
):
    """The link opened a form that refused every place, once it was filled in."""
    compte = builders.un_compte(role=Role.REFERENT, email="ref@exemple.fr")
    tenue = Habilitation.de(compte).get()
    page = lu(client.get("/espace/equipe/"))
    for geste, offert in (("lieu", False), ("role", True), ("retirer", True)):
        assert (adresse(tenue, geste) in page) is offert, geste
    assert adresse(tenue, "lieu") not in lu(client.get(adresse(tenue, "role")))
    lieu = lu(client.get(adresse(tenue, "lieu")))
    assert "il sert à contrôler la coordination" in lieu
    assert "<select" not in lieu
    assert "Inviter un collègue" not in lieu
