"""What is said of an answer that cannot be taken: what is wrong, and what to write instead."""

import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from enquetes.champs import champ
from enquetes.champs.base import COMPTE_AU_PLUS
from enquetes.champs.mois import FAUTES, mois_en_cours
from enquetes.parcours.definition import Question, Texte
from enquetes.parcours.periodes import mois_ecrit
from tests.unit.enquetes.champs.test_champs import LANGUES, question_de, remplir


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("mars", "Il manque l’année."),
        ("3", "Il manque l’année."),
        ("15 mars", "Il manque l’année."),
        ("2025", "Il manque le mois."),
        ("13/2025", "Un mois va de 01 à 12."),
        ("2025-00", "Un mois va de 01 à 12."),
        ("03/25", "Il faut les quatre chiffres de l’année."),
        ("mars 25", "Il faut les quatre chiffres de l’année."),
        ("03/3025", "L’année va de 1900 à 2099."),
        ("mars 1825", "L’année va de 1900 à 2099."),
        ("15/03/2025", "Il ne faut pas le jour."),
        ("2025-03-15", "Il ne faut pas le jour."),
        ("3 mai 2025", "Il ne faut pas le jour."),
        ("jui 2025", "Nous ne connaissons pas ce mois."),
        ("brumaire 2025", "Nous ne connaissons pas ce mois."),
        ("je ne sais plus", ""),
        ("3" * 250, ""),
    ],
)
def test_a_month_says_what_is_wrong_and_what_to_write(saisie, dit):
    with translation.override("fr"):
        [erreur] = remplir("mois", {"q": saisie}).errors["q"]
    assert erreur == f"{dit} Écrivez le mois puis l’année. Par exemple\u00a0: 03/2025.".strip()


@pytest.mark.parametrize("langue", LANGUES)
def test_faults_of_a_month_are_said_in_the_language_of_the_person(langue):
    with translation.override(langue):
        dits = champ("mois").hors_ligne(question_de("mois"))["m"]
    assert set(dits) == {code for code, _ in FAUTES} | {"mois"}
    assert len(set(dits.values())) == len(dits)
    assert langue == "fr" or not any("mois" in dit.lower() for dit in dits.values())


@pytest.mark.parametrize("futur", ["non", "oui", None])
def test_a_month_that_has_not_come_is_refused_where_the_author_says_so(futur):
    question = question_du_passe(futur)
    apres = mois_ecrit(mois_en_cours(timezone.now()) + 1)
    champ_ = champ("mois").formulaire(question, "fr")["q"]
    assert champ_.clean(mois_ecrit(mois_en_cours(timezone.now())))
    if futur != "non":
        assert champ_.clean(apres) == apres
        return
    with translation.override("fr"), pytest.raises(ValidationError) as faute:
        champ_.clean(apres)
    assert faute.value.messages == [
        "Ce mois n’est pas encore arrivé. Écrivez ce mois-ci, ou un mois d’avant."
    ]


def question_du_passe(futur):
    options = () if futur is None else (("futur", futur),)
    return Question("q", "mois", Texte.depuis({"fr": "?"}), options=options)


@pytest.mark.parametrize(
    ("instant", "mois"),
    [
        (datetime(2026, 11, 30, 9, 59, tzinfo=UTC), "2026-11"),
        (
            datetime(2026, 11, 30, 10, 0, tzinfo=UTC),
            "2026-12",
        ),  # the first of December in Kiritimati
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "2027-01"),
    ],
)
def test_a_month_begins_where_it_begins_first(instant, mois):
    assert mois_ecrit(mois_en_cours(instant)) == mois


def test_a_stored_month_is_not_judged_against_today():
    apres = mois_ecrit(mois_en_cours(timezone.now()) + 1)
    assert champ("mois").verifier_valeur(question_du_passe("non"), apres) is None


@pytest.mark.parametrize("langue", LANGUES)
def test_a_month_that_has_not_come_is_told_in_the_language_of_the_person(langue):
    with translation.override("fr"):
        francais = champ("mois").hors_ligne(question_du_passe("non"))["m"]["futur"]
    with translation.override(langue):
        dit = champ("mois").hors_ligne(question_du_passe("non"))["m"]["futur"]
    assert (dit == francais) == (langue == "fr")


@pytest.mark.parametrize(
    ("nombre", "dit"), [(20_000, "Il y en a 20\u202f000."), (20_001, "plus de 20\u202f000.")]
)
def test_what_is_counted_is_counted_and_the_rest_is_said_to_be_more(nombre, dit):
    [erreur] = remplir("texte_long", {"q": "é" * nombre}).errors["q"]
    assert erreur.endswith(dit)


@pytest.mark.parametrize("langue", LANGUES)
def test_more_than_is_counted_is_said_in_every_language(langue):
    with translation.override(langue):
        dits = champ("texte_long").hors_ligne(question_de("texte_long"))["m"]
    chiffres_ = re.sub(r"[\u202f,]", "", dits["demesure"])
    assert f"{COMPTE_AU_PLUS}." in chiffres_
    assert " ".join(re.findall("2000", chiffres_)).startswith("2000")


@pytest.mark.parametrize(
    ("langue", "bornes"), [("fr", "1,5 et 1,7"), ("uk", "1,5"), ("en", "1.5 and 1.7")]
)
def test_limits_of_a_number_are_written_as_its_reader_writes_them(langue, bornes):
    reglages = (("decimales", 1), ("max", 1.7), ("min", 1.5))
    taille = Question("taille", "nombre", Texte((("fr", "Combien ?"),)), options=reglages)
    with translation.override(langue), pytest.raises(ValidationError) as faute:
        champ("nombre").formulaire(taille, langue)["taille"].clean("3")
    assert bornes in faute.value.messages[0]
