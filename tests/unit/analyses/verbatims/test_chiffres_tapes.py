"""A figure about persons is found in what people type; days, hours, prices and places are not figures."""

import pytest

from analyses.verbatims.detecteurs.chiffres_tapes import a_un_chiffre


@pytest.mark.parametrize(
    "texte",
    [
        "7 mères seules", "7 bénéficiaires et 3 femmes", "Sept personnes sur 12", "42 percent",
        "Only 7 people said yes", "7 людей", "٧ أشخاص", "٤٢٪", "42 pour cent", "4 habitants", "7 / 12",
        "42 % sont contents.", "Merci aux 7 personnes.", "3 sur 10.", "7\u202fmères", "7\u00a0%", "７ mères",
        "7 ont dit oui", "7 d’entre vous", "Les femmes (7) sont venues.", "Femmes : 7", "trois familles",
        "deux autres mères", "la moitié des familles", "une seule personne", "une dizaine de familles",
        "seven people", "half of the families", "троє людей", "сім жінок", "سبعة أشخاص", "quarante pour cent",
        "de 7 à 9 personnes", "7-9 familles", "42 відсотки", "٧ من ١٢", "2026 personnes", "⑦ mères", "9 h 7 mères",
        "Trois sur douze disent non.", "Trois personnes sur douze.", "1 personne a dit non",
        "7 places sur 23 personnes", "12 repas pour 7 mères seules", "7 places, 3 femmes",
    ],
)  # fmt: skip
def test_a_figure_about_persons_is_found(texte):
    assert a_un_chiffre(texte)


@pytest.mark.parametrize(
    "texte",
    [
        "Un bus vient le jeudi.", "C’est ouvert de 9 h à 17 h 30.", "Ouvert le 12 mai 2026 à 9h30.", "Depuis 2026, oui.",
        "Le 31/12/2026, à 14:30.", "Le 1er juillet.", "Trois jours par semaine.", "Le panier coûte 2 € ou 3 euros.",
        "Un colis de 5 kg.", "2 heures, 15 minutes, 3 fois par semaine", "Au 12 rue des Lilas, 59000 Lille.",
        "Appelez le 03 20 12 34 56.", "8 territoires sur 10 participent.", "8 sur 10 territoires", "3 ateliers par mois",
        "Le jeudi 12, de 9 à 11 heures.", "Open from 9 am, 2 days a week.", "Une famille a proposé une boîte à idées.",
        "2 години, 3 дні на тиждень", "٣ أيام", "On the 5th of May.", "Merci à toutes les familles.", "Salle 4.",
        "Le comité a 7 places.", "Il y a 2 places de plus.", "40 repas et 3 recettes", "7 seats", "7 місць", "7 مقاعد",
    ],
)  # fmt: skip
def test_days_hours_prices_and_places_are_not(texte):
    assert not a_un_chiffre(texte)
