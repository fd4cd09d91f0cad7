"""What is French, badly written or not, and what is not."""

import pytest

from analyses.verbatims.langue import est_francais

from .corpus import lire

FRANCAIS = ("developpement", "complement", "formes", "sms", "dictee", "courriers", "ordinaires")


@pytest.mark.parametrize("lot", FRANCAIS)
def test_every_invented_text_is_french_however_it_is_written(lot):
    assert [v.texte for v in lire(lot) if not est_francais(v.texte)] == []


@pytest.mark.parametrize(
    "texte",
    [
        "Дуже дякую за допомогу",
        "شكرا جزيلا على المساعدة",
        "நன்றி, உணவு நன்றாக இருந்தது",
        "多谢你们的帮助",
        "Thank you very much, the people are kind to us",
        "The bread is always old and we wait too long outside",
        "no tenemos dinero para comprar carne",
        "Obrigado por tudo, as crianças gostam muito da comida",
        "Mulțumesc pentru tot, copiii sunt foarte fericiți",
        "Teşekkür ederim, çocuklar çok mutlu, ekmek güzel",
        "shukran bezzaf ala koulchi rabi ykhalikoum",
        "Bonjour [prénom] дуже дякую за допомогу",
    ],
)
def test_another_language_is_seen(texte):
    assert not est_francais(texte)


@pytest.mark.parametrize(
    "texte", ["", "12 34", "😀", "[prénom]", "merci", "couscous halal", "ok thank you"]
)
def test_what_is_too_short_to_tell_is_left_to_readers(texte):
    assert est_francais(texte)
