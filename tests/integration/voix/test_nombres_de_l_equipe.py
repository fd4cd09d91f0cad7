"""A number of the staff that does not do is told its bounds in our words, in every form that asks for one."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from analyses.forms.indicateurs import IndicateurForm, VerifierForm

DE_DJANGO = ("Saisissez", "Assurez-vous", "Ensure", "Enter")


def _classes(mere: type) -> Iterator[type]:
    for fille in mere.__subclasses__():
        yield fille
        yield from _classes(fille)


def _adresses(resolveur: URLResolver) -> Iterator[URLPattern]:
    for motif in resolveur.url_patterns:
        yield from _adresses(motif) if isinstance(motif, URLResolver) else [motif]


def nombres() -> dict[str, forms.IntegerField]:
    for motif in _adresses(
        get_resolver()
    ):  # every form that a page shows is known once its view is
        import_module(motif.callback.__module__)
    return {
        f"{classe.__name__}.{nom}": champ
        for classe in _classes(forms.BaseForm)
        if classe.__module__.split(".")[0] in {"voix", "enquetes", "analyses"}
        for nom, champ in getattr(classe, "base_fields", {}).items()
        if isinstance(champ, forms.IntegerField) and not champ.widget.is_hidden
    }


@pytest.mark.parametrize("saisie", ["quatre", "1,5", "-5000000000", "9" * 30])
def test_no_number_is_refused_in_the_words_of_django(saisie):
    champs = {nom: champ for nom, champ in nombres().items() if nom != "ReleveForm.numero"}
    assert {"IndicateurForm.base_min", "VerifierForm.n", "FeuillesForm.nombre"} <= set(champs)
    dits = {}
    for nom, champ in champs.items():
        with pytest.raises(ValidationError) as faute:
            champ.clean(saisie)
        dits[nom] = " ".join(faute.value.messages)
    assert {n: dit for n, dit in dits.items() if any(mot in dit for mot in DE_DJANGO)} == {}


@pytest.mark.parametrize(
    ("forme", "nom", "dit"),
    [
        (IndicateurForm, "base_min", "de 1 à 1\u202f000"),
        (VerifierForm, "n", "de 0 à 10\u202f000\u202f000"),
    ],
)
def test_the_bounds_are_said(forme, nom, dit):
    with pytest.raises(ValidationError) as faute:
        forme.base_fields[nom].clean("9" * 12)
    assert dit in faute.value.messages[0]
