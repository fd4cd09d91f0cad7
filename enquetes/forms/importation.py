"""A questionnaire that comes from a file, or is corrected in the page."""

from typing import Any, cast

from django import forms

from enquetes.echanges.fichier import TAILLE_MAX
from voix.commun.francais import TexteTel
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

from .lieux import LieuField, territoires_de


class ImportationForm(forms.Form):
    use_required_attribute = False

    fichier = forms.FileField(
        label="Fichier du questionnaire",
        required=False,
        allow_empty_file=True,
        help_text="Un fichier texte, dont le nom finit par .yaml ou .yml.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml,text/plain"}),
    )
    texte = TexteTel(
        label="Ou le texte du questionnaire",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "spellcheck": "false", "autocapitalize": "off", "class": "source"}
        ),
        help_text="Collez-le ici, ou corrigez-le ici.",
    )
    lieu = LieuField(
        label="Pour quel territoire",
        help_text="Les coordinations de ce territoire pourront l’utiliser.",
        error_messages={
            "required": "Choisissez un territoire.",
            "invalid_choice": "Choisissez un territoire de la liste.",
        },
    )

    def __init__(self, *args: Any, compte: Compte, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(LieuField, self.fields["lieu"]).proposer(
            territoires_de(compte, Droit.IMPORTER_QUESTIONNAIRE), []
        )
        # Django's refusal of NUL would not say where it is; reading the file does.
        self.fields["texte"].validators = []

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not donnees.get("fichier") and not donnees.get("texte") and not self.errors:
            self.add_error("fichier", "Choisissez un fichier, ou collez le texte.")
        return donnees

    def octets(self) -> bytes:
        """Return what is to be read, and no more of it than a questionnaire may hold."""
        fichier = self.cleaned_data.get("fichier")
        if fichier:
            lus: bytes = fichier.read(TAILLE_MAX + 1)
            return lus
        texte: str = self.cleaned_data.get("texte", "")
        return texte.replace("\r\n", "\n").encode("utf-8", "replace")
