"""A text of the staff is never cut without a word: how many signs are too many is said, as people count them."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError

from voix.commun.francais import (
    AdresseEntiere,
    NomCourt,
    TexteDroit,
    TexteFrancais,
    TexteParMotif,
    TexteTel,
)


def dit(champ: forms.Field, valeur: str) -> str:
    with pytest.raises(ValidationError) as faute:
        champ.clean(valeur)
    return " ".join(faute.value.messages)


ENTIERS = [
    TexteDroit(max_length=10),
    TexteFrancais(max_length=10),
    TexteTel(max_length=10),
    AdresseEntiere(max_length=10),
    NomCourt(max_length=10),
    TexteParMotif(r"^a*$", max_length=10),
]


@pytest.mark.parametrize("champ", ENTIERS, ids=lambda c: type(c).__name__)
def test_the_browser_cuts_nothing_and_the_server_counts(champ):
    assert "maxlength" not in champ.widget.attrs
    attendu = "Ce texte est trop long. Gardez 10 signes au plus. Il y en a 12."
    assert attendu in dit(champ, "a" * 12)


def test_thousands_are_read_as_such():
    assert "Gardez 1\u202f000 signes au plus. Il y en a 1\u202f001." in dit(
        TexteDroit(max_length=1000), "a" * 1001
    )


@pytest.mark.parametrize("sorte", [TexteDroit, TexteFrancais, TexteTel])
def test_a_line_end_counts_once(sorte):
    champ = sorte(max_length=5)
    assert champ.clean("ab\r\ncd") == "ab\ncd"
    assert champ.clean("ab\rcd") == "ab\ncd"
    assert "Il y en a 6." in dit(champ, "ab\r\ncde")


def test_what_french_adds_is_not_counted_against_the_person():
    assert TexteFrancais(max_length=4).clean("Oui?") == "Oui?"
    assert TexteFrancais(max_length=5).clean("Oui?") == "Oui\u00a0?"


@pytest.mark.parametrize("champ", [*ENTIERS, forms.CharField(), forms.EmailField()])
def test_a_null_is_said_in_our_words(champ):
    assert "Un signe que l’on ne voit pas s’est glissé ici. Retapez ce texte." in dit(
        champ, "a\0a"
    )


class Deux(forms.Form):
    titre = TexteDroit(label="Titre", max_length=3)
    pourquoi = TexteDroit(label="Pourquoi\u00a0?", error_messages={"required": "Dites-le."})
    quand = forms.CharField(
        label="Quand", error_messages={"required": "Il manque «\u00a0Quand\u00a0»."}
    )
    nom = TexteDroit(label="Nom", error_messages={"required": "Écrivez un nombre."})
    cle = forms.UUIDField(widget=forms.HiddenInput)


def test_each_line_of_the_summary_names_its_field_and_leads_to_it():
    page = render_crispy_form(Deux({"titre": "abcd", "cle": "zzz"}))
    resume = re.sub(r"[ \n]+", " ", page[page.index('id="err"') : page.index("</ul>")])
    assert '<a href="#id_titre">Titre\u00a0: ce texte est trop long.' in resume
    assert '<a href="#id_pourquoi">Pourquoi\u00a0? Dites-le.</a>' in resume
    assert '<a href="#id_quand">Il manque «\u00a0Quand\u00a0».</a>' in resume
    assert '<a href="#id_nom">Nom\u00a0: écrivez un nombre.</a>' in resume
    assert "Cette page n’est plus à jour. Rechargez-la, puis recommencez." in resume
