"""Numbers of cards as tired hands type them: never guessed."""

import pytest

from enquetes.forms.suivi import PresencesForm


@pytest.mark.parametrize("tape", ["1-5", "1 – 5", "1 à 5", "3, 1/5", "5-1", "1..5"])
def test_a_range_is_never_read_as_two_cards(tape):
    form = PresencesForm({"quoi": "paniers", "numeros": tape})
    assert not form.is_valid()
    assert "1, 2, 3, 4, 5" in form.errors["numeros"][0]


@pytest.mark.parametrize("tape", ["Dupont 12", "12a", "1-4000", ", ;"])
def test_what_is_not_numbers_is_not_guessed(tape):
    assert "Écrivez" in PresencesForm({"quoi": "paniers", "numeros": tape}).errors["numeros"][0]


@pytest.mark.parametrize("tape", ["1, 4", "4;1", "1\n4", "n°1 et n° 4", "cartes 1, 4.", "1 4 4"])
def test_numbers_are_read_however_they_are_separated(tape):
    form = PresencesForm({"quoi": "paniers", "numeros": tape})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["numeros"] == [1, 4]
