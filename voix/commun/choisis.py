"""Several rows chosen in a form of the house."""

from typing import Any

from django import forms


class ChoixDeLignes(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # noqa: TID251  (every other form takes this one)
    """Rows of a table, by their identifiers; one too large for SQLite is not in the list.

    Django reads identifiers with ``__in``, which refuses letters but lets the database overflow.
    """

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]  # absent from the stubs
        except OverflowError as erreur:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": "…"},
            ) from erreur
