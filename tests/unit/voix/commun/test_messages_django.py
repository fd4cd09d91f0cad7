"""What Django says of a form is said in our words, in every language, and repeats nothing forged."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

FORGE = "zzz’); DROP"


def dit(champ: forms.Field, valeur: object) -> str:
    with pytest.raises(ValidationError) as faute:
        champ.clean(valeur)
    return " ".join(faute.value.messages)


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "uk"])
def test_the_three_messages_are_ours(langue):
    with translation.override(langue):
        vide = dit(forms.CharField(), "")
        inconnu = dit(forms.ChoiceField(choices=[("a", "A")]), FORGE)
        inconnus = dit(forms.MultipleChoiceField(choices=[("a", "A")]), [FORGE])
    assert inconnu == inconnus
    assert FORGE not in inconnu
    assert {vide, inconnu}.isdisjoint(DE_DJANGO)
    if langue == "fr":
        assert vide == "Il manque une réponse. Complétez cette case, ou choisissez dans la liste."
        assert inconnu == "Cette réponse n’existe pas. Choisissez une réponse de la liste."


DE_DJANGO = {
    "This field is required.",
    f"Select a valid choice. {FORGE} is not one of the available choices.",
}
