"""Published scales: no sentence bundled, a name and a score only for the whole official text."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.statistiques.scores import BAREMES, coter
from enquetes.bibliotheque.echelles import (
    NON_COMPARABLE,
    definition_de,
    echelle_de,
    etiquette,
    gabarits,
    valeurs,
)
from enquetes.champs import NATURES
from enquetes.parcours.definition import REFUS
from enquetes.parcours.lecture import definition_depuis, en_json
from enquetes.parcours.verification import graves, verifier

GABARITS = list(gabarits().values())


def des_textes(gabarit):
    return {e.code: f"Texte numéro {n}" for n, e in enumerate(gabarit.emplacements)}


def lue(gabarit, textes=None, source="Guide, 2016, page 12"):
    textes = des_textes(gabarit) if textes is None else textes
    return definition_depuis(definition_de(gabarit, textes, source=source))


def reponses_pour(gabarit, valeurs_voulues):
    """Answer the questionnaire so that the scorer gets these values."""
    reponses = {}
    for question, valeur in zip(gabarit.questions, valeurs_voulues, strict=True):
        if gabarit.reponse in ("oui_non", "frequence"):
            reponses[question.code] = "oui" if valeur else "non"
            if valeur and gabarit.reponse == "frequence":
                reponses[f"{question.code}_f"] = str(valeur)
        else:
            reponses[question.code] = str(valeur)
    return reponses


def test_every_scale_that_can_be_scored_has_a_template():
    assert set(gabarits()) == set(BAREMES)
    for gabarit in GABARITS:
        assert len(gabarit.questions) == BAREMES[gabarit.code].items
        assert gabarit.lien.startswith("https://")


def test_no_wording_is_bundled():
    """A repère is a name of a few words, never a question or a sentence."""
    for gabarit in GABARITS:
        for emplacement in gabarit.emplacements:
            assert len(emplacement.repere.split()) <= 8
            assert not re.search(
                r"[?.!]|\b(?:je|vous|votre|avez|ai)\b", emplacement.repere, re.IGNORECASE
            )


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: g.code)
def test_the_whole_text_with_its_source_is_the_scale(gabarit):
    donnees = definition_de(gabarit, des_textes(gabarit), source="Guide, 2016")
    assert not graves(verifier(donnees, NATURES))
    definition = definition_depuis(donnees)
    assert echelle_de(definition) is gabarit
    assert (
        etiquette(definition) == f"{gabarit.nom} ({gabarit.titulaire}). Texte\u00a0: Guide, 2016"
    )
    assert echelle_de(definition_depuis(en_json(definition))) is gabarit


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: g.code)
def test_one_piece_less_or_no_source_is_not(gabarit):
    sans_source = lue(gabarit, source="")
    assert echelle_de(sans_source) is None
    assert etiquette(sans_source) == NON_COMPARABLE == sans_source.module
    for emplacement in gabarit.emplacements:
        textes = des_textes(gabarit) | {emplacement.code: "  "}
        if len(gabarit.questions) == 1 or emplacement in gabarit.reponses:
            continue
        definition = lue(gabarit, textes)
        assert echelle_de(definition) is None
        assert etiquette(definition) == NON_COMPARABLE
        assert not graves(verifier(en_json(definition), NATURES))


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: g.code)
def test_a_file_that_calls_itself_the_scale_is_not_believed(gabarit):
    juste = definition_de(gabarit, des_textes(gabarit), source="Guide")
    moins = juste | {"pages": juste["pages"][:-1] or [{"code": "x", "questions": []}]}
    sans_source = {cle: v for cle, v in juste.items() if cle != "source"}
    autre_type = juste | {
        "pages": [
            juste["pages"][0]
            | {
                "questions": [juste["pages"][0]["questions"][0] | {"type": "sourire", "choix": []}]
            },
            *juste["pages"][1:],
        ]
    }
    for donnees in (moins, sans_source, autre_type, juste | {"echelle": "pnns-gs2"}):
        assert echelle_de(definition_depuis(donnees)) is None
    if len(juste["pages"]) > 1:
        saut = juste | {
            "pages": [
                juste["pages"][0],
                juste["pages"][1] | {"si": {"q": f"{gabarit.code}_1", "eq": "non"}},
                *juste["pages"][2:],
            ]
        }
        assert echelle_de(definition_depuis(saut)) is None


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: g.code)
@given(donnees=st.data())
def test_answers_reach_the_scorer_as_they_were_given(gabarit, donnees):
    bareme = BAREMES[gabarit.code]
    voulues = donnees.draw(
        st.lists(
            st.integers(bareme.minimum, bareme.maximum),
            min_size=bareme.items,
            max_size=bareme.items,
        )
    )
    lues = valeurs(gabarit, reponses_pour(gabarit, voulues))
    assert lues == voulues
    assert coter(bareme, lues) == coter(bareme, voulues)


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: g.code)
def test_what_is_no_answer_is_missing(gabarit):
    complete = reponses_pour(gabarit, [BAREMES[gabarit.code].maximum] * len(gabarit.questions))
    premiere = gabarit.questions[0].code
    for rien in (None, REFUS, "nsp", "nc", "12", "", ["oui"], 3):
        lues = valeurs(gabarit, complete | {premiere: rien})
        assert lues[0] is None
        assert None not in lues[1:]
    assert valeurs(gabarit, {}) == [None] * len(gabarit.questions)
    if gabarit.reponse == "frequence":
        sans_frequence = {c: v for c, v in complete.items() if c != f"{premiere}_f"}
        assert valeurs(gabarit, sans_frequence)[0] is None


def test_codes_of_questions_are_those_of_one_scale_only():
    codes = list(itertools.chain.from_iterable(g.questions for g in GABARITS))
    assert len({e.code for e in codes}) == len(codes)
