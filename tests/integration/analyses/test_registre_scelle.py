"""A register that lost, gained or changed a row publishes nothing, and the night tells it."""

import shutil
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from analyses.actions.clotures import publier_releve
from analyses.actions.sceau import REGISTRE_FAUX, _relue, fautes_du_registre
from analyses.models import Cellule, Population, Publication, Regroupement, Verification
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Passation
from tests import builders
from voix.commun.ajout_seul import oter, poser
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Role

from .test_resultats import AVIS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def collecte():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    publier(collecte)
    return collecte


def publier(collecte) -> Publication:
    builders.des_passations(collecte, 40, reponses={"venu": "oui", "manque": ["pain"], "foyer": 4})
    builders.des_passations(collecte, 25, reponses={"venu": "non", "manque": ["fruits"]})
    releve = arreter_releve(collecte=collecte, par=builders.un_compte(email="c@exemple.fr"))
    return publier_releve(releve_id=releve.pk, par="essai")


class sans_garde:  # noqa: N801  (reads like a phrase)
    """Somebody with the keys of the database, who took the triggers away."""

    def __init__(self, modele):
        self.table = modele._meta.db_table

    def __enter__(self):
        oter(connection, self.table)

    def __exit__(self, *_):
        poser(connection, self.table)


def exposer_la_derniere_cellule():
    with sans_garde(Cellule):
        Cellule.objects.filter(question="venu", reponse="_sr").update(bas=2, haut=2)


def effacer_une_cellule():
    with sans_garde(Cellule):
        Cellule.objects.filter(question="venu").last().delete()


def ajouter_une_cellule():
    Cellule.objects.create(
        population=Population.objects.get(predicat="TOTAL"),
        question="x",
        reponse="y",
        bas=1,
        haut=2,
        nature="bas",
    )


def oublier_une_personne():
    with sans_garde(Population):
        population = Population.objects.get(predicat="TOTAL")
        Population.objects.filter(pk=population.pk).update(membres=bytes(population.membres)[16:])


def changer_un_axe():
    with sans_garde(Population):
        Population.objects.filter(predicat="TOTAL").update(axes=[{"dimension": "mois"}])


def defaire_un_regroupement():
    Regroupement.objects.create(
        publication=Publication.objects.get(),
        dimension="d",
        contexte="TOTAL",
        codes=["a"],
        n_min=8,
    )


def baisser_un_seuil():
    with sans_garde(Publication):
        publication = Publication.objects.get()
        parametres = publication.parametres | {"seuils": {}}
        Publication.objects.filter(pk=publication.pk).update(parametres=parametres)


@pytest.mark.parametrize(
    "gater",
    [
        exposer_la_derniere_cellule,
        effacer_une_cellule,
        ajouter_une_cellule,
        oublier_une_personne,
        changer_un_axe,
        defaire_un_regroupement,
        baisser_un_seuil,
    ],
)
def test_one_changed_row_refuses_the_next_publication(collecte, gater):
    assert fautes_du_registre(collecte) == []
    gater()
    assert fautes_du_registre(collecte) == ["La publication 1 a changé depuis son écriture."]
    with pytest.raises(EtatIncompatible) as refus:
        publier(collecte)
    assert refus.value.message == REGISTRE_FAUX
    assert Publication.objects.count() == 1


def test_a_database_restored_without_its_last_publication_refuses(collecte):
    """The backup is older than what readers have seen: the witness remembers."""
    for modele in (Cellule, Population, Regroupement, Publication):
        with sans_garde(modele):
            modele.objects.all().delete()
    assert fautes_du_registre(collecte) == ["La publication 1, déjà montrée, manque."]
    with pytest.raises(EtatIncompatible, match="Restaurez la base"):
        publier(collecte)
    assert not Publication.objects.exists()


def test_a_publication_is_missing_in_the_middle(collecte):
    publier(collecte)
    premiere = Publication.objects.get(numero=1)
    with sans_garde(Publication), sans_garde(Population), sans_garde(Cellule):
        Cellule.objects.filter(population__publication=premiere).delete()
        Population.objects.filter(publication=premiere).delete()
        with sans_garde(Regroupement):
            Regroupement.objects.filter(publication=premiere).delete()
        premiere.delete()
    assert fautes_du_registre(collecte) == ["La publication 2 ne suit pas celle d’avant."]


def test_a_lost_or_late_witness_is_no_fault_and_a_damaged_one_is(collecte, settings):
    dossier = settings.DOSSIER_DONNEES / "registre"
    temoin = next(dossier.iterdir())
    ancien = temoin.read_text()
    publier(collecte)  # killed between the commit and the witness: the older one is still true
    temoin.write_text(ancien)
    assert fautes_du_registre(collecte) == []
    temoin.write_text("{")
    assert len(fautes_du_registre(collecte)) == 1
    shutil.rmtree(dossier)
    assert fautes_du_registre(collecte) == []


def test_the_night_attacks_all_that_was_shown(collecte, client):
    sortie = StringIO()
    publier(collecte)
    call_command("verifier_registre", stdout=sortie)
    assert "2 publications relues, 3 questions attaquées" in sortie.getvalue()
    Passation.objects.filter(reponses__venu="oui").first().delete()  # erased since: it still binds
    call_command("verifier_registre", stdout=sortie)
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/").content.decode()
    assert "2 publications, rien à signaler" in page


def test_a_leak_in_the_register_is_found_and_told(collecte, client):
    """Whoever wrote it: sealed as it should be, and yet it says what one person answered."""
    publication = Publication.objects.get()
    tous = Population.objects.get(predicat="TOTAL")
    membres = bytes(tous.membres)
    Publication.objects.create(
        collecte=collecte,
        numero=2,
        au=publication.au,
        plan=publication.plan,
        version=publication.version,
        nombre=64,
        parametres=publication.parametres,
        precedente=publication.empreinte,
        empreinte="à sceller",
    )
    faite = Publication.objects.get(numero=2)
    moins_une = Population.objects.create(
        publication=faite, predicat="TOTAL", nombre=64, membres=membres[16:]
    )
    Cellule.objects.create(population=moins_une, question="", bas=64, haut=64, nature="exact")
    premiere = Passation.objects.get(pk=membres[:16].hex())
    reste = 40 - (premiere.reponses["venu"] == "oui")
    for reponse, nombre in (("oui", reste), ("non", 64 - reste)):
        Cellule.objects.create(
            population=moins_une,
            question="venu",
            reponse=reponse,
            bas=nombre,
            haut=nombre,
            nature="exact",
        )
    with sans_garde(Publication):
        Publication.objects.filter(pk=faite.pk).update(empreinte=_relue(faite))
    with pytest.raises(CommandError, match=r"avis.*venu.* pourrait exposer"):
        call_command("verifier_registre")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    assert "a un défaut" in client.get("/espace/resultats/").content.decode()


def test_a_check_that_no_longer_runs_is_told(client, collecte):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    assert "vérifié" not in client.get("/espace/resultats/").content.decode()
    jour = timezone.localdate() - timedelta(days=3)
    Verification.objects.create(jour=jour, publications=1, questions=3)
    assert "n’a pas été vérifié depuis" in client.get("/espace/resultats/").content.decode()
