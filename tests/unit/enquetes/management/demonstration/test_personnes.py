from collections import Counter
from dataclasses import replace

from enquetes.bibliotheque import lire
from enquetes.management.demonstration.personnes import Lieu, Personne, personnes
from enquetes.parcours.definition import REFUS

LIEU = Lieu("32", "Épicerie du Marché", 600)


def _part(gens: list[Personne], code: str, valeurs: set[str]) -> float:
    reponses = [p.reponses[code] for p in gens if p.reponses.get(code, REFUS) != REFUS]
    return sum(reponse in valeurs for reponse in reponses) / len(reponses)


def test_same_people_are_drawn_each_time_and_each_has_an_identifier():
    gens = list(personnes("besoins", [LIEU]))
    assert gens == list(personnes("besoins", [LIEU]))
    assert len({personne.id for personne in gens}) == 600
    assert {personne.id.version for personne in gens} == {4}


def test_drawing_one_more_place_changes_nobody_elsewhere():
    ailleurs = replace(LIEU, structure="Le Grenier", effectif=5)
    assert list(personnes("besoins", [ailleurs, LIEU]))[5:] == list(personnes("besoins", [LIEU]))


def test_every_answer_is_one_that_the_questionnaire_offers():
    codes = {
        question["code"]: {choix["code"] for choix in question.get("choix", [])}
        for page in lire("besoins")["pages"]
        for question in page["questions"]
    }
    for personne in personnes("besoins", [LIEU]):
        for cle, valeur in personne.reponses.items():
            code = cle.removesuffix(".precision")
            assert code in codes
            if codes[code] and code == cle and valeur != REFUS:
                assert set(valeur if isinstance(valeur, list) else [valeur]) <= codes[code]


def test_answers_hang_together_and_some_people_skip_refuse_or_leave():
    gens = list(personnes("besoins", [LIEU]))
    bien = [p for p in gens if p.reponses.get("accueil") in {"3", "4"}]
    mal = [p for p in gens if p.reponses.get("accueil") in {"1", "2"}]
    assert _part(bien, "po1", {"3", "4"}) > _part(mal, "po1", {"3", "4"}) + 0.15
    prives = [p for p in gens if p.reponses.get("a12") == "trois_plus"]
    tranquilles = [p for p in gens if p.reponses.get("a12") == "jamais"]
    assert _part(tranquilles, "a1", {"2", "3", "4"}) > _part(prives, "a1", {"2", "3", "4"}) + 0.15
    assert sum(REFUS in p.reponses.values() for p in gens) > 5
    assert 5 < sum("a12" not in p.reponses for p in gens) < 60
    assert 5 < sum(p.quitte_apres is not None for p in gens) < 60
    assert set(Counter(p.langue for p in gens)) == {"fr", "ar", "uk", "en"}
