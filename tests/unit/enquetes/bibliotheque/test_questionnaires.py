"""The bundled questionnaires are read by people: their language is tested as code is."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from enquetes.bibliotheque import codes, fichiers, lire
from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES
from enquetes.parcours.lecture import definition_depuis, en_json
from enquetes.parcours.verification import verifier

from .empreintes import FICHIER, empreintes

LANGUES = {"fr", "en", "ar", "uk"}
NB_MOTS_MAX = 14
NB_QUESTIONS = {
    "alim": 12,
    "alimactiv": 11,
    "atelier": 6,
    "benev": 21,
    "besoins": 14,
    "cuis": 6,
    "lien": 4,
    "pouvoir": 4,
    "profil": 5,
    "suivi-entree": 27,
    "suivi-familles": 26,
}
NOMS_PROPRES = re.compile(r"Alim’Activ|ANDES|Secours populaire|Restos du Cœur|«complet»")


def _questions(code: str) -> Iterator[dict[str, Any]]:
    for page in lire(code)["pages"]:
        yield from page["questions"]


def _textes(donnees: Any) -> Iterator[dict[str, Any]]:
    """Iterate over every ``{language: text}`` of a definition."""
    if isinstance(donnees, dict):
        if "fr" in donnees:
            yield donnees
        else:
            for valeur in donnees.values():
                yield from _textes(valeur)
    elif isinstance(donnees, list):
        for valeur in donnees:
            yield from _textes(valeur)


def _phrases_francaises(code: str) -> Iterator[str]:
    for question in _questions(code):
        for cle in ("texte", "aide"):
            if cle in question:
                yield from re.split(r"(?<=[.?!…])\s+", question[cle]["fr"])
        for choix in question.get("choix", []):
            yield choix["texte"]["fr"]


def test_library_holds_the_modules_of_voix():
    assert {code: len(list(_questions(code))) for code in codes()} == NB_QUESTIONS
    assert [fichier.name for fichier in fichiers()] == [f"{code}.yaml" for code in codes()]


def test_unknown_code_and_path_are_refused():
    for code in ("inconnu", "../bibliotheque/alim", ""):
        with pytest.raises(KeyError):
            lire(code)


@pytest.mark.parametrize("code", codes())
def test_every_text_exists_in_every_language(code):
    definition = lire(code)
    assert definition["code"] == code
    assert set(definition["langues"]) == LANGUES
    assert definition["langues_relues"] == ["fr"], "no native speaker has read the others yet"
    for texte in _textes(definition):
        assert set(texte) == LANGUES, texte
        assert all(isinstance(t, str) and t.strip() == t and t for t in texte.values()), texte


@pytest.mark.parametrize("code", codes())
def test_each_sentence_is_short_enough_to_be_read_on_a_phone(code):
    for phrase in _phrases_francaises(code):
        mots = [mot for mot in phrase.split() if re.search(r"\w", mot)]
        assert len(mots) <= NB_MOTS_MAX, phrase


@pytest.mark.parametrize("code", codes())
def test_french_is_written_with_its_own_typography(code):
    for texte in _textes(lire(code)):
        francais = texte["fr"]
        assert not re.search(r"['\"]", francais), f"apostrophe ou guillemet droit : {francais}"
        assert not re.search(r"[^\u00a0][:;?!»]", francais), f"espace insécable : {francais}"
        assert not re.search(r"«[^\u00a0]|[^\u00a0]€", francais), f"espace insécable : {francais}"
        assert not re.search(r"\b(tu|toi|ton|ta|tes)\b", francais.lower()), francais


@pytest.mark.parametrize("code", codes())
def test_each_language_is_written_in_its_own_letters(code):
    for texte in _textes(lire(code)):
        arabe, ukrainien = (NOMS_PROPRES.sub("", texte[langue]) for langue in ("ar", "uk"))
        assert not re.search(r"[A-Za-z?;,]", arabe), texte["ar"]
        assert not re.search(r"[A-Za-zыэёъЫЭЁЪ]", ukrainien), texte["uk"]
        assert "'" not in texte["en"] + texte["uk"]


@pytest.mark.parametrize("code", codes())
def test_pictograms_are_in_the_list(code):
    for question in _questions(code):
        for porteur in (question, *question.get("choix", [])):
            assert porteur.get("pictogramme", "oui") in PICTOGRAMMES


@pytest.mark.parametrize("code", codes())
def test_only_satisfaction_and_logistics_are_less_protected(code):
    ordinaires = {q["code"] for q in _questions(code) if q.get("profil") == "ordinaire"}
    permises = {"at1", "at2", "at3", "at4", "at5", "accueil", "venir", "pr4"}
    assert ordinaires <= permises | {"be_temps", "be_format", "be_reseau"}


def test_a_question_shared_by_two_questionnaires_is_the_same_word_for_word():
    vues: dict[str, dict[str, Any]] = {}
    for code in codes():
        for question in _questions(code):
            assert vues.setdefault(question["code"], question) == question


@pytest.mark.parametrize("code", codes())
def test_no_word_stands_after_a_number_it_does_not_agree_with(code):
    """« 1 personnes », « 4 людей »: the question itself says what is counted."""
    assert not [q["code"] for q in _questions(code) if "unite" in q.get("options", {})]


@pytest.mark.parametrize("code", codes())
def test_bundled_questionnaire_has_no_authoring_defect(code):
    assert verifier(lire(code), NATURES, frozenset(PICTOGRAMMES)) == []


def test_no_published_wording_changes_by_accident():
    """A change of one word is a new version for everybody: it is made here knowingly.

    Write the new hashes with ``python -m tests.unit.enquetes.bibliotheque.empreintes``.
    """
    assert empreintes() == json.loads(FICHIER.read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", codes())
def test_definition_comes_back_the_same_from_its_json(code):
    definition = definition_depuis(lire(code))
    assert definition_depuis(en_json(definition)) == definition
