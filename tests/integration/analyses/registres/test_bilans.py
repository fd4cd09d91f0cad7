"""The bilan: its words are traced, its files are for everybody, its figures are those of the page."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from analyses.actions.registres import ecrire_bilan
from analyses.models import Programme, TexteDeBilan
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_acteur,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import effectif
from tests.pdf import verifier_pdf
from voix.commun.erreurs import AccesRefuse, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

TEXTES = {"introduction": "Un bilan d’essai.\nÉcrit à plusieurs.", "suites": "On continue."}


def ecrire(lieu, **textes):
    return ecrire_bilan(lieu=lieu, textes=textes, par=une_coordination())


def fichier(client, nom, *args):
    page = client.get(reverse(f"analyses:{nom}", args=args))
    assert page["Content-Type"] == "application/pdf"
    return page.content


def test_words_are_kept_changed_and_taken_away_with_a_trace():
    programme = un_programme(1)
    assert set(ecrire(programme, **TEXTES)) == {"introduction", "suites"}
    assert TexteDeBilan.de(programme) == TEXTES
    assert set(ecrire(programme, introduction="Autre.", suites="On continue.")) == {"introduction"}
    assert set(ecrire(programme, introduction="Autre.")) == {"suites"}
    assert ecrire(programme, introduction="Autre.") == {}
    traces = Trace.objects.filter(verbe="ecrire_bilan").order_by("pk")
    assert [trace.details["blocs"] for trace in traces] == [
        ["introduction", "suites"], ["introduction"], ["suites"],
    ]  # fmt: skip


@pytest.mark.parametrize("texte", ["3 personnes sur 12 disent non.", "Seulement 7 %.", "x" * 1501])
def test_a_figure_about_persons_or_too_long_a_text_is_refused(texte):
    with pytest.raises(SaisieInvalide):
        ecrire(un_programme(1), faits=texte)
    assert TexteDeBilan.objects.count() == 0


def test_only_who_defines_indicators_there_writes():
    programme = un_programme(1)
    ailleurs = builders.un_compte(
        territoire=builders.un_territoire("84"), email="ailleurs@exemple.fr"
    )
    with pytest.raises(AccesRefuse):
        ecrire_bilan(lieu=programme, textes=TEXTES, par=ailleurs)


@pytest.mark.parametrize("lieu", ["programme", "territoire"])
def test_from_the_table_to_the_two_files(client, lieu):
    programme = un_programme(2)
    args = [programme.nom] if lieu == "programme" else [un_membre().pk]
    client.force_login(
        builders.un_compte(Role.EVALUATION, une_region(), email="evaluation@exemple.fr")
    )
    tableau = client.get(reverse(f"analyses:{lieu}", args=args)).content.decode()
    ou = reverse(f"analyses:bilan_{lieu}", args=args)
    assert f'href="{ou}"' in tableau
    page = client.post(ou, TEXTES, follow=True).content.decode()
    assert "Les textes du bilan sont gardés." in page
    assert "Écrit à plusieurs." in page
    page = client.post(ou, {"faits": "12 personnes ont dit oui."}).content.decode()
    assert "N’écrivez pas de chiffre sur les personnes" in page
    assert reverse(f"analyses:bilan_word_{lieu}", args=args) in page
    for nom in ("bilan_pdf", "en_clair"):
        assert reverse(f"analyses:{nom}_{lieu}", args=args) in page
        verifier_pdf(fichier(client, f"{nom}_{lieu}", *args))


def test_the_bilan_is_tagged_with_tables_and_figures(client):
    programme = un_programme(10)
    acteurs = [
        un_acteur(
            territoire=f"{59001 + n}", nom=f"n{n}", rencontre_le="2023-01-01" if n < 8 else ""
        )
        for n in range(10)
    ]
    importer("acteurs", *acteurs)
    ecrire(programme, **TEXTES)
    client.force_login(une_coordination())
    lu = verifier_pdf(fichier(client, "bilan_pdf_programme", "essai"))
    assert lu.langue == "fr"
    assert lu.titre == "Bilan\u00a0: Programme d’essai"
    assert lu.elements.count("/Table") >= 9
    assert lu.elements.count("/Figure") >= 1


@pytest.mark.parametrize("adresse", ["bilan_pdf", "bilan_word", "en_clair"])
def test_the_name_of_a_report_says_that_its_figures_are_invented(client, adresse):
    Programme.objects.filter(pk=un_programme(1).pk).update(fictif=True)
    client.force_login(une_coordination())
    page = client.get(reverse(f"analyses:{adresse}_programme", args=["essai"]))
    assert 'filename="fictif-bilan-' in page["Content-Disposition"]


def test_the_word_file_has_the_structure_of_the_pdf(client):
    """What a screen reader and an evaluator find: headings, header rows, sentences of drawings."""
    programme = un_programme(10)
    rencontre = {"rencontre_le": "2023-01-01"}
    acteurs = [un_acteur(territoire=f"{59001 + n}", nom=f"n{n}") for n in range(10)]
    importer("acteurs", *[a | (rencontre if n < 8 else {}) for n, a in enumerate(acteurs)])
    ecrire(programme, introduction="Un bilan d’essai.\x0b\nÉcrit à plusieurs.")
    client.force_login(une_coordination())
    page = client.get(reverse("analyses:bilan_word_programme", args=["essai"]))
    assert page["Content-Disposition"] == 'attachment; filename="bilan-essai.docx"'
    lu = docx.Document(BytesIO(page.content))
    assert (lu.core_properties.title, lu.core_properties.language) == (
        "Bilan\u00a0: Programme d’essai", "fr-FR",
    )  # fmt: skip
    assert {e.get(qn("w:val")) for e in lu.styles.element.iter(qn("w:lang"))} == {"fr-FR"}
    titres = [p for p in lu.paragraphs if p.style.name.startswith("Heading")]
    assert [p.style.name[-1] for p in titres] == ["1", *"2" * (len(titres) - 1)]
    assert {"En bref", "À quels moments, jusqu’où", "Annexe\u00a0: les nombres"} <= {
        p.text for p in titres
    }
    assert "Écrit à plusieurs." in [p.text for p in lu.paragraphs]
    assert len(lu.tables) >= 9
    for table in lu.tables:
        premiere, *suite = (r._tr.trPr.find(qn("w:tblHeader")) for r in table.rows)
        assert premiere is not None
        assert suite == [None] * len(suite)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    textes = [dessin._inline.docPr.get("descr") for dessin in lu.inline_shapes]
    assert any("80\u00a0% pour un objectif de 90\u00a0%, pas atteint" in t for t in textes)
    (i4,) = [r for t in lu.tables for r in t.rows[1:] if r.cells[0].text.startswith("I4.")][:1]
    assert [c.text for c in i4.cells[1:]] == [
        "90\u00a0%", "80\u00a0%", "8 sur 10 acteurs", "\u221210\u00a0points, pas atteint",
    ]  # fmt: skip
    assert lu.sections[-1].page_width > lu.sections[-1].page_height


def test_the_notice_board_has_one_page_whatever_is_written(client):
    programme = un_programme(10)
    long = "Une phrase assez longue pour remplir une ligne entière du bilan. " * 20
    ecrire(programme, introduction=long[:1500], suites=long[:1500])
    client.force_login(une_coordination())
    assert verifier_pdf(fichier(client, "en_clair_programme", "essai")).pages == 1


def test_a_hidden_number_of_persons_is_in_no_file(client, monkeypatch):
    """What Typst is given is what the file says: 137 and 4 are nowhere in it."""
    from analyses.rapports import bilan

    un_programme(1)
    importer("effectifs", effectif("59001", 141, 137))
    donnees: list[str] = []
    composer = bilan.composer

    def lire(modele, lues):
        donnees.append(str(lues))
        return composer(modele, lues)

    monkeypatch.setattr(bilan, "composer", lire)
    client.force_login(une_coordination())
    for nom in ("bilan_pdf_programme", "en_clair_programme"):
        contenu = fichier(client, nom, "essai")
        with pikepdf.open(BytesIO(contenu)) as pdf:
            assert len(pdf.pages) >= 1
    mots = client.get(reverse("analyses:bilan_word_programme", args=["essai"])).content
    donnees.append(ZipFile(BytesIO(mots)).read("word/document.xml").decode())
    assert len(donnees) == 3
    assert "Masqué" in donnees[2]
    assert all("137" not in lue for lue in donnees)
    assert "Masqué" in donnees[0]


def test_a_bilan_of_a_programme_goes_with_it():
    programme = un_programme(1)
    ecrire(programme, **TEXTES)
    Programme.objects.filter(pk=programme.pk).delete()
    assert TexteDeBilan.objects.count() == 0


def test_a_group_is_one_table_wherever_its_indicators_stand_in_the_catalogue(client):
    programme = un_programme(1)
    client.force_login(une_coordination())
    page = client.get(reverse("analyses:programme", args=[programme.nom])).content.decode()
    assert page.count("<h2>Les personnes engagées</h2>") == 1
    assert "0 sur 0" not in page
