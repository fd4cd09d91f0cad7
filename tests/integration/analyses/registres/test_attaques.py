"""An evaluator writes indicators to read hidden counts of persons back. Each attempt fails."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from analyses.actions.registres import creer_programme
from analyses.actions.registres.programmes import ProjetIndicateur, definir_indicateur
from analyses.indicateurs.catalogue import catalogue
from analyses.mesures import mesurer_tout, perimetre_du_programme, perimetre_du_territoire
from analyses.models import IndicateurPropre, Programme
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import POUVOIR, effectif, reponses
from tests.navigateur import Personne
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

OUI = 'questionnaire = "pouvoir" et question = "po1"'
REFUSEES = [
    # A count of answers divided by a published number, and the other way round.
    (f"nombre(reponses avec {OUI}) / nombre(territoires)", "rapport", "ne se divise"),
    (f"nombre(reponses avec {OUI}) / somme(effectifs.engagees avec dernier)", "part", "réponse"),
    (f"nombre(reponses avec {OUI}) / somme(effectifs.engagees avec dernier)", "rapport", "divise"),
    ("nombre(acteurs) / somme(effectifs.engagees avec dernier)", "rapport", "ne se divise"),
    ("somme(effectifs.engagees avec dernier) / nombre(territoires)", "rapport", "ne se divise"),
    ("somme(effectifs.engagees avec dernier) / nombre(territoires)", "part", "des personnes par"),
    ("somme(ambassadeurs.actifs avec dernier) / somme(effectifs.engagees avec dernier)", "part", "même"),
    # A filter that leaves one territoire, or one period, out of what another indicator shows.
    ("somme(effectifs.engagees)", "nombre", "avec dernier"),
    ('somme(effectifs.engagees avec dernier et origine = "x")', "nombre", "origine"),
    ("somme(effectifs.engagees avec dernier et du > 2024-01-01)", "nombre", "«\u00a0du\u00a0»"),
    ("somme(effectifs.engagees avec non dernier)", "nombre", "avec dernier"),
    ("somme(effectifs.engagees avec dernier ou engagees renseigné)", "nombre", "avec dernier"),
    ("somme(effectifs.engagees avec dernier et engagees >= 11)", "nombre", "ne se compare"),
    ("nombre(territoires avec au_moins(1, effectifs avec engagees <= 3)) / nombre(territoires)", "part", "ne se compare"),
    ("nombre(reunions avec presents_personnes <= 3) / nombre(reunions)", "part", "ne se compare"),
    ("nombre(reunions avec presents_personnes = 4)", "nombre", "ne se compare"),
    ("somme(reunions.presents_personnes)", "nombre", "registre"),
    ("somme(reunions.presents_personnes)", "nombre", "sieges_personnes_occupes"),
    # What rebuilds the rows.
    ("mediane(effectifs.engagees avec dernier)", "nombre", "somme"),
    ("moyenne(effectifs.engagees avec dernier)", "nombre", "somme"),
    ("distincts(effectifs.engagees avec dernier)", "nombre", "somme"),
    ("nombre(effectifs)", "nombre", "somme"),
    ("somme(reunions.presents_personnes avec le = 2024-05-01)", "nombre", "présents"),
    ("mediane(reunions.presents_personnes)", "nombre", "présents"),
    ("distincts(reunions.presents_personnes)", "nombre", "présents"),
    # Answers of several questions, or of none.
    ("nombre(reponses avec exprimee)", "nombre", "une seule question"),
    (f"nombre(reponses avec {OUI} ou exprimee)", "nombre", "une seule question"),
    ('nombre(reponses avec questionnaire = "pouvoir" et question dans ("po1", "po2"))', "nombre", "une seule question"),
    (f'nombre(reponses avec {OUI}) / nombre(reponses avec questionnaire = "pouvoir" et question = "po2")', "part", "une seule question"),
    (f"distincts(reponses.code avec {OUI})", "nombre", "nombre(reponses"),
]  # fmt: skip


def projet(formule: str, forme: str = "nombre", code: str = "V1") -> ProjetIndicateur:
    return ProjetIndicateur(code, "Essai", "Un essai.", formule, forme, base_min=1)


@pytest.mark.parametrize(("formule", "forme", "raison"), REFUSEES)
def test_what_would_give_a_number_of_persons_back_is_refused_when_written(formule, forme, raison):
    with pytest.raises(SaisieInvalide) as refus:
        definir_indicateur(
            territoire=une_region(), projet=projet(formule, forme), par=une_coordination()
        )
    assert raison in str(refus.value)
    assert IndicateurPropre.objects.count() == 0


@pytest.mark.parametrize(
    ("formule", "forme"),
    [
        ("somme(effectifs.engagees avec dernier) / somme(effectifs.accompagnees avec dernier)", "part"),
        ("somme(effectifs.regulieres avec dernier et regulieres renseigné)", "nombre"),
        ("somme(ambassadeurs.evenements avec dernier)", "nombre"),
        ("nombre(reunions avec presents_personnes >= 1) / nombre(reunions)", "part"),
        ("nombre(reunions avec presents_personnes > 0)", "nombre"),
        ("nombre(territoires avec au_moins(1, effectifs avec engagees renseigné)) / nombre(territoires)", "part"),
        (f'nombre(reponses avec {OUI} et code dans ("3", "4")) / nombre(reponses avec {OUI} et exprimee)', "part"),
    ],
)  # fmt: skip
def test_what_says_nothing_of_few_persons_may_still_be_written(formule, forme):
    builders.une_version(POUVOIR)
    definir_indicateur(
        territoire=une_region(), projet=projet(formule, forme), par=une_coordination()
    )
    assert IndicateurPropre.objects.get().lu().absent == ""


@pytest.mark.parametrize(("formule", "forme", "raison"), REFUSEES)
def test_one_that_was_written_before_this_rule_says_nothing_on_any_surface(
    formule, forme, raison, client
):
    """Screens, command and API all read the same measure: no k, no N, the reason."""
    programme = un_programme(1)
    importer("effectifs", effectif("59001", 200, 3, 2))
    IndicateurPropre.objects.create(
        territoire=une_region(), code="V1", nom="V", definition="D", formule=formule, forme=forme
    )
    sortie = StringIO()
    call_command("indicateurs", "--programme", programme.nom, "--json", stdout=sortie)
    trouve = next(m for m in json.loads(sortie.getvalue()) if m["code"] == "V1")
    assert (trouve["k"], trouve["n"], trouve["valeur"], trouve["entre"]) == (None,) * 4
    assert raison in trouve["motif"]
    client.force_login(une_coordination())
    for page in (reverse("analyses:programme", args=["essai"]), reverse("analyses:definitions")):
        assert client.get(page).status_code == 200


def k_et_n(perimetre, *formules: tuple[str, str]) -> list[tuple[object, object]]:
    propres = []
    for rang, (formule, forme) in enumerate(formules):
        propre = definir_indicateur(
            territoire=une_region(),
            projet=projet(formule, forme, f"V{rang}"),
            par=une_coordination(),
        )
        propres.append(propre.lu())
    return [(m.k, m.n) for m in mesurer_tout(perimetre, propres)]


A = "somme(effectifs.accompagnees avec dernier)"
E = "somme(effectifs.engagees avec dernier)"
R = "somme(effectifs.regulieres avec dernier)"


@pytest.mark.parametrize(
    "nombres",
    [(200, 195, 100), (200, 7, 0), (200, 100, 97), (200, 100, 3), (200, 0, 0), (200, 200, 50),
     (12, 12, 12), (30, 14, 2), (9, 5, 1)],
)  # fmt: skip
def test_no_sum_nor_difference_of_what_is_shown_gives_a_small_number(nombres):
    """Every indicator that the language allows, all read at once: what they say of each other."""
    programme = un_programme(1)
    importer("effectifs", effectif("59001", *nombres))
    lus = k_et_n(
        perimetre_du_programme(programme),
        *[(un, "nombre") for un in (A, E, R)],
        *[(f"{haut} / {bas}", "part") for haut, bas in ((E, A), (R, A), (R, E))],
    )
    dits = {nombre for paire in lus for nombre in paire if nombre is not None}
    dits |= {0}
    assert all(abs(x - y) >= 11 for x in dits for y in dits if x != y)
    assert dits <= {0, *nombres}


def test_what_two_filters_tell_apart_is_large_too():
    """One territoire wrote no engaged persons: with and without it differ by its caseload, 9."""
    programme = un_programme(2)
    petit = effectif("59002", 9, 0) | {"engagees": "", "regulieres": ""}
    importer("effectifs", effectif("59001", 200, 100, 50), petit)
    sans = "somme(effectifs.accompagnees avec dernier et engagees renseigné)"
    (tous, _), (renseignes, _) = k_et_n(
        perimetre_du_programme(programme), (A, "nombre"), (sans, "nombre")
    )
    assert None in (tous, renseignes)


def test_two_programmes_that_share_territoires_are_not_subtracted():
    """Two territoires are in both; the third of each has 7 persons, or 8."""
    premier = un_programme(3)
    un_membre("59004")
    importer(
        "effectifs",
        effectif("59001", 200, 100),
        effectif("59002", 200, 90),
        effectif("59003", 200, 7),
        effectif("59004", 200, 8),
    )
    second = creer_programme(
        nom="second",
        titre="Second",
        territoire=une_region(),
        territoires=[un_membre(code) for code in ("59001", "59002", "59004")],
        par=une_coordination(),
    )
    engagees = next(i for i in catalogue() if i.code == "P05")
    dits = [mesurer_tout(perimetre_du_programme(p), [engagees])[0].k for p in (premier, second)]
    assert dits == [None, None]


def test_a_programme_inside_another_is_told_when_each_of_its_territoires_is():
    un_programme(3)
    importer("effectifs", *[effectif(f"5900{n}", 200, 90 + n) for n in (1, 2, 3)])
    dedans = un_programme(2, nom="dedans")
    engagees = next(i for i in catalogue() if i.code == "P05")
    assert mesurer_tout(perimetre_du_programme(dedans), [engagees])[0].k == 183
    entier = perimetre_du_programme(Programme.nomme("essai"))
    assert mesurer_tout(entier, [engagees])[0].k == 276


def test_a_programme_that_hides_one_territoire_hides_the_one_without_it():
    un_programme(3)
    importer(
        "effectifs",
        effectif("59001", 200, 100),
        effectif("59002", 200, 90),
        effectif("59003", 200, 7),
    )
    sans = un_programme(2, nom="sans")
    engagees = next(i for i in catalogue() if i.code == "P05")
    assert mesurer_tout(perimetre_du_programme(sans), [engagees])[0].k is None


def test_a_hidden_answer_is_not_read_through_a_known_base():
    programme = un_programme(1)
    importer("effectifs", effectif("59001", 200, 100))
    reponses(3, 40, 50, 60)
    for code in "1234":
        IndicateurPropre.objects.create(
            territoire=une_region(),
            code=f"V{code}",
            nom="V",
            definition="D",
            formule=f'nombre(reponses avec {OUI} et code = "{code}") / {A}',
            forme="rapport",
        )
    propres = [
        m for m in mesurer_tout(perimetre_du_programme(programme)) if m.indicateur.code[0] == "V"
    ]
    assert {(m.k, m.n, m.valeur) for m in propres} == {(None, None, None)}


def test_no_interval_about_fewer_than_thirty_answers():
    programme = un_programme(1)
    reponses(0, 0, 12, 13)
    ecoute = next(i for i in catalogue() if i.code == "P13")
    assert mesurer_tout(perimetre_du_programme(programme), [ecoute])[0].intervalle is None


@pytest.mark.parametrize("registre", ["effectifs", "ambassadeurs"])
def test_who_only_reads_indicators_does_not_read_the_numbers_of_persons(registre):
    un_membre()
    importer("effectifs", effectif("59001", 200, 137))
    importer(
        "ambassadeurs",
        {"territoire": "59001", "arrete_le": "2024-06-30", "recrutes": "137", "formes": "6", "actifs": "4"},
    )  # fmt: skip
    evaluation = Personne()
    evaluation.client.force_login(
        builders.un_compte(Role.EVALUATION, une_region(), email="evaluation@exemple.fr")
    )
    page = evaluation.ouvrir(reverse("analyses:registre", args=[registre]))
    assert "137" not in page.texte
    assert "réservés" in page.texte
    assert evaluation.ouvrir(reverse("analyses:registres")).texte.count("Réservé à qui") == 2
    coordination = Personne()
    coordination.client.force_login(une_coordination())
    assert "137" in coordination.ouvrir(reverse("analyses:registre", args=[registre])).texte


def test_a_territoire_is_not_found_by_what_is_around_it():
    un_programme(2)
    importer("effectifs", effectif("59001", 200, 100), effectif("59002", 200, 7))
    lus = [
        k_et_n(perimetre_du_territoire(ou), (E, "nombre"))[0][0]
        for ou in (une_region(), un_membre())
    ]
    assert None in lus
