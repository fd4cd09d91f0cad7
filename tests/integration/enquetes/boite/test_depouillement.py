"""Fifty envelopes are opened together: each ends as it would alone, in a few statements for all."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from enquetes.actions import boite, depouillement
from enquetes.actions.passations import enregistrer_page
from enquetes.echanges.correspondance import identifiant_de
from enquetes.models import Enveloppe, EtatEnveloppe, EtatPassation, Passation, Rapport
from enquetes.parcours import code_effacement as codes
from enquetes.parcours.enveloppe import COMPTE_RENDU
from tests import builders
from tests.boite import rangee, une

pytestmark = pytest.mark.django_db


def recevoir(seance, *items, appareil=None):
    recu = boite.recevoir(items=items, acces=seance.acces, appareil=appareil)
    return list(recu.nouvelles)


def contenu(**plus):
    return {"contenu": {"champs": {"venu": ["non"]}, "langue": "fr", **plus}}


def etats():
    return {str(e.pk): (e.etat, e.motif) for e in Enveloppe.objects.all()}


def test_each_of_a_lot_ends_as_it_would_alone(seance, tablette):
    appareil = seance.appareils.get()
    commencee, effacee, deja = uuid4(), uuid4(), uuid4()
    enregistrer_page(
        passation_id=commencee,
        acces=seance.acces,
        page=seance.collecte.version.lue().pages[0],
        valeurs={"venu": "oui"},
        langue="fr",
    )
    autres = {"acces": seance.acces, "collecte": seance.collecte}
    builders.des_passations(pk=effacee, etat="effacee", nombre=1, **autres)
    builders.des_passations(pk=deja, reponses={"venu": "oui"}, nombre=1, **autres)
    envois = {
        "ok": une(seance),
        "code": une(seance, **contenu(code=codes.depuis_octets(b"autre" * 4))),
        "commencee": une(seance, identifiant=identifiant_de(commencee)),
        "effacee": une(seance, identifiant=identifiant_de(effacee)),
        "deja": une(seance, identifiant=identifiant_de(deja)),
        "vide": une(seance, contenu={"champs": {}, "langue": "fr"}),
        "sceau": une(seance) | {"iv": "AAAAAAAAAAAAAAAA"},
        "rapport": une(seance, contenu={"rapport": {"refus": "1"}}, q=COMPTE_RENDU, v="1"),
    }
    nouvelles = recevoir(seance, *envois.values(), appareil=appareil)
    assert depouillement.traiter(identifiants=nouvelles) == 4
    attendus = {
        "ok": ("ouverte", ""),
        "code": ("ouverte", ""),
        "commencee": ("ouverte", ""),
        "effacee": ("sans_suite", ""),
        "deja": ("quarantaine", "deja"),
        "vide": ("quarantaine", "vide"),
        "sceau": ("quarantaine", "sceau"),
        "rapport": ("ouverte", ""),
    }
    assert etats() == {str(rangee(envois[nom])): fin for nom, fin in attendus.items()}
    assert Rapport.objects.get().refus == 1
    assert not Enveloppe.objects.filter(recue_a__isnull=False).exists()
    assert depouillement.traiter(identifiants=nouvelles) == 0  # twice is the same as once


def test_two_people_of_one_lot_who_drew_one_code_are_both_counted(seance):
    code = codes.depuis_octets(b"un code" * 4)
    nouvelles = recevoir(seance, *(une(seance, **contenu(code=code)) for _ in range(3)))
    assert depouillement.traiter(identifiants=nouvelles) == 3
    gardes = list(Passation.objects.values_list("code_effacement", flat=True))
    assert sorted(map(bool, gardes)) == [False, False, True]


def test_fifty_cost_as_many_statements_as_two(seance, django_assert_max_num_queries):
    deux = recevoir(seance, une(seance), une(seance))
    cinquante = recevoir(seance, *(une(seance) for _ in range(50)))
    for lot in (deux, cinquante):
        with django_assert_max_num_queries(9):
            assert depouillement.traiter(identifiants=lot) == len(lot)
    assert Passation.objects.filter(etat=EtatPassation.TERMINEE).count() == 52


def test_stored_by_somebody_else_meanwhile_the_lot_is_opened_one_by_one(seance, monkeypatch):
    nouvelles = recevoir(seance, une(seance), une(seance))

    def trop_tard(*_args):
        raise IntegrityError

    monkeypatch.setattr(Passation.objects, "bulk_create", trop_tard)
    assert depouillement.traiter(identifiants=nouvelles) == 2
    assert set(Enveloppe.objects.values_list("etat", flat=True)) == {EtatEnveloppe.OUVERTE}
