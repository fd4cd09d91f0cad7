"""Where rows lie says nothing of who came first (collecte §2.7, ADR 0119): read as a thief would."""

from io import StringIO
from threading import Event, Thread, Timer
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from enquetes.actions.collectes import arreter_releve, clore_collecte
from enquetes.actions.passations import enregistrer_page
from enquetes.actions.seances import clore_seance
from enquetes.actions.suivi.cartes import carte_de_code
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.actions.suivi.envois import envoyer_avec_carte
from enquetes.actions.suivi.vagues import clore_les_vagues
from enquetes.models import Enveloppe, EtatSeance, Passation, Rang, Releve, Seance
from enquetes.models.melange import melanger
from tests import builders
from tests.boite import envoyer, rangee, une
from tests.suivi import finir, une_carte, une_cohorte

pytestmark = pytest.mark.django_db(transaction=True)

NOMBRE = 40
SANS_RAPPORT = 0.7
"""Of forty drawn at random, one order in ten million is as near to another."""
PAGE = 1_000_000
"""More than there are rows in a page of PostgreSQL: « (page,rank) » as one number."""


def venus(client, seance, nombre=NOMBRE):
    """Send one by one, as people do; return their identifiers in that order."""
    arrivees = []
    for _ in range(nombre):
        scellee = une(seance)
        envoyer(client, [scellee], seance.acces.jeton)
        arrivees.append(str(rangee(scellee)))
    return arrivees


LIEU = f"(ctid::text::point)[0] * {PAGE} + (ctid::text::point)[1]"
TRANSACTION = "xmin::text::bigint"


def places(modele, selon=LIEU):
    """Return where each row lies; on PostgreSQL, or by which transaction it was written."""
    table = modele._meta.db_table
    rang = selon if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as curseur:
        curseur.execute(f'SELECT id, {rang} FROM "{table}"')  # noqa: S608  (a table of ours)
        return {str(cle).replace("-", ""): place for cle, place in curseur.fetchall()}


def ressemblance(arrivees, modele, selon=LIEU):
    """Return Spearman's rank correlation between the order of arrival and that of the file."""
    lus = places(modele, selon)
    cles = [cle.replace("-", "") for cle in arrivees]
    rangs = {cle: rang for rang, cle in enumerate(sorted(cles, key=lus.__getitem__))}
    n = len(cles)
    ecarts = sum((rang - rangs[cle]) ** 2 for rang, cle in enumerate(cles))
    return 1 - 6 * ecarts / (n * (n * n - 1))


@pytest.mark.parametrize("modele", [Passation, Enveloppe])
def test_without_it_the_order_would_be_that_of_arrival(client, seance, modele, monkeypatch):
    """What is measured is real: taken away, the order comes back."""
    monkeypatch.setattr("enquetes.actions.seances.melanger", lambda _lignes: None)
    with connection.cursor() as curseur:
        if connection.vendor == "sqlite":
            curseur.execute(f'DROP TRIGGER "{modele._meta.db_table}_melange"')
    try:
        arrivees = venus(client, seance, 12)
        # In a page that PostgreSQL has just tidied rows may lie anyhow: transactions never do.
        assert ressemblance(arrivees, modele, TRANSACTION) > SANS_RAPPORT
    finally:
        call_command("migrate", stdout=StringIO(), verbosity=0)


@pytest.mark.parametrize("modele", [Passation, Enveloppe])
def test_once_the_seance_is_closed_the_order_of_the_file_says_nothing(client, seance, par, modele):
    arrivees = venus(client, seance)
    clore_seance(seance=seance, par=par)
    assert abs(ressemblance(arrivees, modele)) < SANS_RAPPORT


def test_nor_once_counted_through_an_open_link(client, seance, par):
    arrivees = venus(client, seance)
    arreter_releve(collecte=seance.collecte, par=par)
    for modele in (Passation, Enveloppe):
        assert abs(ressemblance(arrivees, modele)) < SANS_RAPPORT


def test_nor_once_a_collecte_is_closed_with_too_few_to_be_counted(client, seance, par):
    """Ten: one fewer than may be counted."""
    arrivees = venus(client, seance, 10)
    clore_collecte(collecte=seance.collecte, par=par)
    assert not Releve.objects.exists()
    exiger_un_autre_ordre(arrivees)


def repondre_a_tour_de_role(cohorte, nombre=12):
    """Let each card answer, one after the other; return the identifiers in that order."""
    acces = builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte)
    page = acces.collecte.version.lue().pages[0]
    arrivees = []
    for _ in range(nombre):
        carte, brouillon = carte_de_code(une_carte(cohorte).code), uuid4()
        enregistrer_page(
            passation_id=brouillon, acces=acces, page=page, valeurs={"a3": "1"}, langue="fr"
        )
        envoyee = envoyer_avec_carte(passation_id=brouillon, acces=acces, carte=carte)
        arrivees.append(envoyee.hex)
    return arrivees


def exiger_un_autre_ordre(arrivees):
    """Refuse the order of arrival, by place and by transaction; once in ten factorial it would be drawn."""
    lus = places(Passation)
    assert sorted(lus, key=lus.__getitem__) != [cle.replace("-", "") for cle in arrivees]
    if connection.vendor == "postgresql":
        assert nombre_de_transactions("enquetes_passation") == 1


def nombre_de_transactions(table):
    with connection.cursor() as curseur:
        curseur.execute(f'SELECT count(DISTINCT xmin::text) FROM "{table}"')  # noqa: S608  (a table of ours)
        return curseur.fetchone()[0]


def test_nor_once_a_report_has_closed_a_wave():
    cohorte = une_cohorte(cartes=0)
    arrivees = repondre_a_tour_de_role(cohorte)
    finir(cohorte)
    clore_les_vagues(cohorte=cohorte, jusqu_a=Rang.ENTREE)
    exiger_un_autre_ordre(arrivees)


def test_nor_once_the_link_of_a_cohort_is_cut():
    cohorte = une_cohorte(cartes=0)
    arrivees = repondre_a_tour_de_role(cohorte)
    couper_lien(cohorte=cohorte, par="essai")
    exiger_un_autre_ordre(arrivees)


def test_on_sqlite_it_says_nothing_even_while_people_answer(client, seance):
    if connection.vendor != "sqlite":
        pytest.skip(
            "PostgreSQL lays rows in the order of arrival until the séance closes (ADR 0119)"
        )
    arrivees = venus(client, seance)
    for modele in (Passation, Enveloppe):
        assert abs(ressemblance(arrivees, modele)) < SANS_RAPPORT


def test_on_postgresql_the_number_of_the_transaction_is_the_same_for_all(client, seance, par):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no number of transactions")
    venus(client, seance, 12)
    clore_seance(seance=seance, par=par)
    for table in ("enquetes_passation", "enquetes_enveloppe"):
        assert nombre_de_transactions(table) == 1


def test_each_writing_anew_draws_another_order(client, seance):
    """Once would not tell: PostgreSQL fills holes, and the order of arrival is already disturbed."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite draws the order of rows as they are written")
    venus(client, seance)
    for modele in (Passation, Enveloppe):
        ordres = []
        for _ in range(6):
            melanger(modele.objects.all())
            lus = places(modele)
            ordres.append(sorted(lus, key=lus.__getitem__))
        liens = [ressemblance(un, modele) for un in ordres[:-1]]
        assert max(map(abs, liens)) < SANS_RAPPORT


def _ailleurs(geste):
    """Do something in another connection; return the thread, and what it will have found."""
    trouve = []

    def faire():
        try:
            with transaction.atomic():
                trouve.append(geste())
        finally:
            connection.close()

    fil = Thread(target=faire)
    fil.start()
    return fil, trouve


def test_an_erasure_that_waits_finds_its_row_where_it_then_lies(client, seance):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    cle = venus(client, seance, 5)[2]
    with transaction.atomic():
        melanger(Passation.objects.all())
        fil, trouve = _ailleurs(lambda: Passation.objects.select_for_update().get(pk=cle).pk)
        fil.join(0.3)
        assert fil.is_alive()
    fil.join()
    assert [str(pk) for pk in trouve] == [cle]


def test_where_somebody_is_writing_nobody_waits_long_and_the_closing_goes_on(client, seance, par):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    cle, *_autres = venus(client, seance, 5)
    ecrit, fini = Event(), Event()

    def ecrire():
        nombre = Enveloppe.objects.filter(pk=cle).update(tardive=False)
        ecrit.set()
        return nombre if fini.wait(10) else None

    fil, trouve = _ailleurs(ecrire)
    ecrit.wait(10)
    Timer(0.8, fini.set).start()
    clore_seance(seance=seance, par=par)
    fil.join()
    assert trouve == [1]
    assert Seance.objects.get().etat == EtatSeance.CLOSE
    assert {Passation.objects.count(), Enveloppe.objects.count()} == {5}


def test_nothing_of_the_answers_changes(client, seance, par):
    venus(client, seance, 12)
    avant = sorted(map(str, Passation.objects.values()))
    clore_seance(seance=seance, par=par)
    assert [str(p) for p in avant] == sorted(map(str, Passation.objects.values()))
