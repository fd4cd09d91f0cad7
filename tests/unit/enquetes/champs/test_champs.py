"""Every question type, by the cases written in its own tiny questionnaire."""

import json
import pkgutil
import re
import sys
from types import ModuleType

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import enquetes.champs as paquet
from enquetes.bibliotheque.pictogrammes import PICTOGRAMMES
from enquetes.champs import NATURES, champ, types
from enquetes.champs.base import ChampChoix
from enquetes.champs.textes import TEXTE_REFUS
from enquetes.forms.passation import formulaire_de_page, initial_de_page
from enquetes.parcours.definition import REFUS, Nature
from enquetes.parcours.lecture import definition_depuis
from enquetes.parcours.verification import verifier
from tests.questionnaires import cas, lire, noms

LANGUES = ("fr", "en", "ar", "uk")


def page_de(type_):
    return definition_depuis(lire(type_)).pages[0]


def question_de(type_):
    return page_de(type_).questions[0]


def remplir(type_, saisie, langue="fr"):
    return formulaire_de_page(page_de(type_), langue)(data=saisie)


def cas_de(quoi):
    return [(type_, *un) for type_ in types() for un in cas(type_, quoi)]


def test_each_type_has_its_questionnaire_and_each_questionnaire_is_right():
    assert set(types()) <= set(noms())
    for nom in noms():
        defauts = verifier(lire(nom), NATURES, frozenset(PICTOGRAMMES))
        # « tous_types » has a choice in French only, to see what a page does of it.
        permis = {"texte_traduction"} if nom == "tous_types" else set()
        assert {defaut.code for defaut in defauts} == permis, nom


@pytest.mark.parametrize(("type_", "saisie", "garde"), cas_de("juste"))
def test_right_input_is_stored_as_said_and_comes_back(type_, saisie, garde):
    form = remplir(type_, saisie)
    assert form.is_valid(), form.errors
    assert form.valeurs() == garde
    # What was stored is what the form shows again, and what it shows gives the same answer.
    rempli = initial_de_page(page_de(type_), garde)
    assert set(rempli) <= set(form.fields)
    de_nouveau = remplir(type_, rempli)
    assert de_nouveau.is_valid(), de_nouveau.errors
    assert de_nouveau.valeurs() == garde
    assert champ(type_).verifier_reponses(question_de(type_), garde) is None


@pytest.mark.parametrize(("type_", "saisie", "message"), cas_de("faux"))
@pytest.mark.parametrize("langue", LANGUES)
def test_wrong_input_is_explained_and_what_was_typed_is_kept(type_, saisie, message, langue):
    with translation.override("fr"):
        form = remplir(type_, saisie, langue)
        assert not form.is_valid()
        (erreurs,) = form.errors.values()
        assert message in erreurs[0]
        assert erreurs[0].endswith(".")
        rendu = str(form)
    for nom, valeur in saisie.items():
        if nom == "q.pnr":
            assert re.search(r'name="q\.pnr"[^>]* checked', rendu)
        elif isinstance(valeur, str) and valeur.isalnum() and NATURES[type_].choix == "aucun":
            assert valeur in rendu


@pytest.mark.parametrize("type_", types())
@pytest.mark.parametrize("langue", LANGUES)
def test_refusing_is_offered_in_every_language_and_nothing_is_required(type_, langue):
    form = remplir(type_, {}, langue)
    assert form.is_valid()
    assert not any(field.required for field in form.fields.values())
    assert "required" not in str(form)
    if NATURES[type_].repond:
        assert TEXTE_REFUS.dans(langue).langue == langue
        assert TEXTE_REFUS.dans(langue).texte in str(form)


@pytest.mark.parametrize("type_", types())
def test_summary_says_every_answer_in_words(type_):
    question = question_de(type_)
    assert champ(type_).libelle(question, {}, "fr") == []
    for _, garde in cas(type_, "juste"):
        rendus = champ(type_).libelle(question, garde, "fr")
        assert bool(rendus) is bool(garde)
        if garde.get("q") == REFUS:
            assert [rendu.texte for rendu in rendus] == ["Je préfère ne pas répondre"]
        if "q.precision" in garde:
            assert rendus[-1].texte == garde["q.precision"]
            assert rendus[-1].langue == ""


def test_summary_names_the_language_it_really_speaks():
    question = question_de("choix_unique")
    (traduit,) = champ("choix_unique").libelle(question, {"q": "pied"}, "en")
    (non_traduit,) = champ("choix_unique").libelle(question, {"q": "bus"}, "en")
    assert (traduit.texte, traduit.langue) == ("On foot", "en")
    assert (non_traduit.texte, non_traduit.langue) == ("En bus", "fr")
    nombre = question_de("nombre")
    assert champ("nombre").libelle(nombre, {"q": 4}, "en")[0].texte == "4\u00a0meals"
    assert champ("nombre").libelle(nombre, {"q": 12345.5}, "en")[0].texte == "12,345.5\u00a0meals"
    assert (
        champ("nombre").libelle(nombre, {"q": 12345.5}, "fr")[0].texte.startswith("12\u202f345,5")
    )
    annee = champ("nombre").libelle(nombre, {"q": 1985}, "fr")[0].texte
    assert annee.startswith("1985")
    assert champ("nombre").libelle(nombre, {"q": 4}, "uk")[0].langue == "fr"


@pytest.mark.parametrize("type_", types())
def test_closed_lists_have_words_in_every_language_and_known_drawings(type_):
    nature, modalites = NATURES[type_], champ(type_).modalites(question_de(type_))
    assert bool(modalites) is (nature.choix != "aucun")
    assert REFUS not in [choix.code for choix in modalites]
    if nature.choix == "fixe":
        assert nature.codes == tuple(choix.code for choix in modalites)
        for choix in modalites:
            assert {choix.texte.dans(langue).langue for langue in LANGUES} == set(LANGUES)
            assert choix.pictogramme == "" or choix.pictogramme in PICTOGRAMMES


@pytest.mark.parametrize("type_", [t for t in types() if NATURES[t].choix != "aucun"])
def test_each_option_tells_the_template_its_drawing_and_its_language(type_):
    form = remplir(type_, {}, "en")
    modalites = champ(type_).modalites(question_de(type_))
    options = {bouton.data["value"]: bouton.data for bouton in form["q"].subwidgets}
    assert list(options) == [*(choix.code for choix in modalites), REFUS]
    for choix in modalites:
        assert options[choix.code]["pictogramme"] == choix.pictogramme
        assert options[choix.code]["langue"] == choix.texte.dans("en").langue
        seul = "data-seul" in options[choix.code]["attrs"]
        assert seul is (choix.exclusif and NATURES[type_].multiple)


@pytest.mark.parametrize(
    ("type_", "valeur"),
    [
        ("choix_unique", "avion"),
        ("choix_unique", ["pied"]),
        ("choix_unique", 1),
        ("choix_multiple", "pain"),
        ("choix_multiple", []),
        ("choix_multiple", ["pain", "pain"]),
        ("choix_multiple", ["pain", "sel"]),
        ("choix_multiple", ["pain", "rien"]),
        ("accord", 3),
        ("jours", "8"),
        ("nombre", "4"),
        ("nombre", True),
        ("nombre", 2001),
        ("nombre", 1.5),
        ("nombre", float("nan")),
        ("nombre", 1e300),
        ("mois", "2025-13"),
        ("mois", "03/2025"),
        ("mois", 202503),
        ("texte_court", ""),
        ("texte_court", "x" * 21),
        ("texte_court", "a\r\nb"),
        ("texte_court", "a\0"),
        ("texte_court", 3),
        ("texte_long", "x" * 11),
        ("information", "oui"),
        ("information", REFUS),
    ],
)
def test_value_that_no_form_could_store_is_told(type_, valeur):
    question = question_de(type_)
    assert "«\u00a0" in champ(type_).verifier_valeur(question, valeur)
    assert champ(type_).verifier_reponses(question, {"q": valeur})


@pytest.mark.parametrize(
    ("type_", "reponses"),
    [
        ("choix_unique", {"q": REFUS, "q.precision": "x"}),
        ("choix_unique", {"q.precision": "x"}),
        ("choix_unique", {"q": "autre", "q.precision": "x" * 201}),
        ("choix_unique", {"q": "autre", "q.precision": ["x"]}),
        ("choix_multiple", {"q": REFUS, "q.precision": "x"}),
        ("nombre", {"q": 4, "q.precision": "x"}),
    ],
)
def test_precision_that_no_form_could_store_is_told(type_, reponses):
    assert champ(type_).verifier_reponses(question_de(type_), reponses)


@given(
    st.sampled_from(types()),
    st.dictionaries(
        st.sampled_from(["q", "q.precision", "q.pnr", "autre"]),
        st.lists(st.text(max_size=30) | st.sampled_from(["autre", "pain", "4", "on"]), max_size=3),
    ),
    st.sampled_from(LANGUES),
)
def test_no_input_is_too_strange(type_, saisie, langue):
    """Whatever a browser or a forger sends, there is an answer fit to store or a message."""
    donnees = QueryDict(mutable=True)
    for nom, valeurs in saisie.items():
        donnees.setlist(nom, valeurs)
    form = remplir(type_, donnees, langue)
    if form.is_valid():
        garde = form.valeurs()
        assert champ(type_).verifier_reponses(question_de(type_), garde) is None
        json.dumps(garde, ensure_ascii=False).encode()
    else:
        assert all(erreurs[0] for erreurs in form.errors.values())


def test_number_with_decimals_takes_a_comma_or_a_point():
    definition = lire("nombre")
    definition["pages"][0]["questions"][0]["options"] = {"min": -5, "decimales": 2}
    page = definition_depuis(definition).pages[0]
    form = formulaire_de_page(page, "fr")
    for saisie, garde in {
        "1,5": 1.5,
        "1.25": 1.25,
        "\u22123": -3,
        "\u0662\u066b\u0665": 2.5,
        "2,00": 2,
    }.items():
        rempli = form(data={"q": saisie})
        assert rempli.is_valid(), (saisie, rempli.errors)
        assert rempli.valeurs() == {"q": garde}
    assert initial_de_page(page, {"q": 1.5}) == {"q": "1,5"}
    assert form().fields["q"].widget.attrs["inputmode"] == "text", "numeric keys have no minus"
    for saisie, message in {
        "1,234": "Gardez 2 chiffres",
        "-6": "entre -5 et 999\u202f999\u202f999",
        "9" * 30: "entre -5 et 999\u202f999\u202f999",
    }.items():
        rempli = form(data={"q": saisie})
        assert message in rempli.errors["q"][0]


def test_number_keys_are_those_of_a_telephone():
    attributs = remplir("nombre", {}).fields["q"].widget.attrs
    assert attributs["inputmode"] == "numeric"
    assert attributs["autocomplete"] == "off"
    assert 'type="text"' in str(remplir("nombre", {})["q"])


@pytest.mark.parametrize(
    ("langue", "saisie", "stocke"),
    [
        ("fr", "mars 2025", "2025-03"),
        ("fr", "Févr. 2025", "2025-02"),
        ("fr", "2025 aout", "2025-08"),
        ("en", "March 2025", "2025-03"),
        ("en", "mars 2025", "2025-03"),
        ("uk", "березень 2025", "2025-03"),
        ("uk", "березня 2025", "2025-03"),
        ("ar", "مارس ٢٠٢٥", "2025-03"),
        ("ar", "آذار 2025", "2025-03"),
        ("ar", "جانفي 2025", "2025-01"),
    ],
)
def test_a_month_may_be_named(langue, saisie, stocke):
    form = remplir("mois", {"q": saisie}, langue)
    assert form.is_valid()
    assert form.valeurs() == {"q": stocke}


@pytest.mark.parametrize("saisie", ["jui 2025", "ma 2025", "mars", "mars 25", "brumaire 2025"])
def test_a_name_of_no_single_month_is_asked_again(saisie):
    assert not remplir("mois", {"q": saisie}).is_valid()


@pytest.mark.parametrize("langue", LANGUES)
def test_a_month_says_how_to_write_it_before_any_error(langue):
    with translation.override(langue):
        form = remplir("mois", {"q": "mars"}, langue)
        [erreur] = form.errors["q"]
    assert form["q"].help_text in erreur
    assert form["q"].field.widget.attrs["inputmode"] == "numeric"
    assert "placeholder" not in form["q"].field.widget.attrs


def test_a_question_may_be_called_langue():
    definition = lire("oui_non")
    definition["pages"][0]["questions"][0]["code"] = "langue"
    form = formulaire_de_page(definition_depuis(definition).pages[0], "en")(data={"langue": "oui"})
    assert form.is_valid()
    assert form.valeurs() == {"langue": "oui"}
    assert form.langue == "en"


def test_unknown_type_is_an_error():
    with pytest.raises(KeyError):
        champ("inconnu")


def test_adding_a_type_touches_one_file(monkeypatch):
    """A module with a CHAMP, and nothing else, makes a type that authors may use."""

    class Humeur(ChampChoix):
        nature = Nature("humeur", choix="auteur")

    module = ModuleType("enquetes.champs.humeur")
    module.CHAMP = Humeur()
    vrais = list(pkgutil.iter_modules(paquet.__path__))
    faux = pkgutil.ModuleInfo(vrais[0].module_finder, "humeur", ispkg=False)
    monkeypatch.setitem(sys.modules, "enquetes.champs.humeur", module)
    monkeypatch.setattr(paquet, "iter_modules", lambda chemins: [*vrais, faux])
    trouves = paquet._trouver()
    assert set(trouves) == {*types(), "humeur"}
    natures = {type_: un.nature for type_, un in trouves.items()}
    definition = lire("choix_unique")
    definition["pages"][0]["questions"][0]["type"] = "humeur"
    assert verifier(definition, NATURES)
    assert verifier(definition, natures) == []
