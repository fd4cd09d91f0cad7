"""The days of the waves that may still move."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from enquetes.actions.suivi.dates import Jours, a_commence, dates_de, en_texte, est_comptee
from enquetes.models import Vague

from .collecte import champ_date

LIBELLES = {"ouvre": "Premier jour", "cible": "Date visée", "ferme": "Dernier jour"}


class DatesForm(forms.Form):
    """Three days a wave. Of a wave that has begun, the first is only read."""

    use_required_attribute = False
    vues = forms.CharField(widget=forms.HiddenInput, max_length=400)

    def __init__(self, data: Mapping[str, Any] | None = None, *, vagues: Sequence[Vague]) -> None:
        self.vagues = vagues
        actuelles = dates_de(vagues)
        initial: dict[str, Any] = {"vues": en_texte(actuelles)}
        for rang, jours in actuelles.items():
            initial |= {
                f"ouvre_{rang}": jours.ouvre_le,
                f"cible_{rang}": jours.cible,
                f"ferme_{rang}": jours.ferme_le,
            }
        super().__init__(data, initial=initial)
        for vague in vagues:
            for quoi in self._bougent(vague):
                champ = champ_date(f"{LIBELLES[quoi]}, {vague.get_rang_display()}")
                self.fields[f"{quoi}_{vague.rang}"] = champ

    @staticmethod
    def _bougent(vague: Vague) -> tuple[str, ...]:
        if est_comptee(vague):
            return ()
        return ("cible", "ferme") if a_commence(vague) else ("ouvre", "cible", "ferme")

    def par_vague(self) -> list[tuple[Vague, bool, list[BoundField]]]:
        """Return each wave, whether it has begun, and the fields of its days that may move."""
        return [
            (
                vague,
                a_commence(vague),
                [self[f"{quoi}_{vague.rang}"] for quoi in self._bougent(vague)],
            )
            for vague in self.vagues
        ]

    def dates(self) -> dict[int, Jours]:
        """Return what was chosen; a day that does not move is the one that was shown."""
        actuelles = dates_de(self.vagues)
        return {
            vague.rang: Jours(
                self.cleaned_data.get(f"ouvre_{vague.rang}", actuelles[vague.rang].ouvre_le),
                self.cleaned_data[f"cible_{vague.rang}"],
                self.cleaned_data[f"ferme_{vague.rang}"],
            )
            for vague in self.vagues
            if not est_comptee(vague)
        }
