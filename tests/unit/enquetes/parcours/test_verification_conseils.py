"""What is proposed instead can be written as it is: a code that is free, a condition that reads."""

import pytest

from enquetes.champs import NATURES
from enquetes.parcours.verification import verifier

from .test_verification import JUSTE
from .test_verification_fautes import QM, QO, QT, avec


@pytest.mark.parametrize(
    ("ecrit", "propose"),
    [
        ("titré", "titre"),
        ("q1", "q1-2"),
        ("Mois", "mois-2"),
        (None, "question"),
        ("8 ans", "question"),
    ],
)
def test_a_code_that_is_proposed_is_what_was_meant_and_taken_by_nobody(ecrit, propose):
    autre = {"code": "mois-p", "questions": [{**QO, "code": "mois"}]}
    donnees = JUSTE | {
        "pages": [*JUSTE["pages"], {"code": "p9", "questions": [{**QO, "code": ecrit}]}, autre]
    }
    conseils = [
        d.conseil
        for d in verifier(donnees, NATURES)
        if "autre code" in d.conseil or d.code == "question_code"
    ]
    assert conseils[0].endswith(f"Écrivez plutôt\u00a0: code: {propose}")


@pytest.mark.parametrize(
    ("questions", "si", "ecrire"),
    [
        ((QM, QO), {"q": "qm", "has": "a", "eq": "b"}, "si: {q: qm, has: a}"),
        ((QM, QO), "oui", "si: {q: qo, eq: oui}"),
        ((QO, QM), {"all": []}, "all: [{q: qm, has: a}]"),
        ((QO, QT), "oui", "si: {q: qo, eq: oui}"),
    ],
)
def test_a_condition_that_is_proposed_reads_a_question_of_the_file(questions, si, ecrire):
    (defaut,) = verifier(avec(*questions, si=si), NATURES)
    assert defaut.conseil == f"Écrivez plutôt\u00a0: {ecrire}"


def test_no_condition_is_proposed_before_any_question():
    premiere = JUSTE["pages"][0] | {"si": "oui"}
    donnees = JUSTE | {"pages": [premiere, *JUSTE["pages"][1:]]}
    conseil = next(d.conseil for d in verifier(donnees, NATURES) if d.code == "condition_forme")
    assert conseil.startswith("Citez une question posée avant cette page")
