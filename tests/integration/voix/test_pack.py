"""The crispy pack « voix »: its markup to the letter, and nothing that an author types is markup."""

import html5lib
import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

from enquetes.forms.passation import formulaire_de_page
from enquetes.parcours.definition import Choix, Page, Question, Texte

MALICE = '"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202e'


class Equipe(forms.Form):
    nom = forms.CharField(label="Nom", help_text="Un seul mot.")
    lieu = forms.ChoiceField(label="Lieu", choices=[("a", "Arras"), ("b", "Béthune")])
    mode = forms.ChoiceField(
        label="Mode", choices=[("x", "Lien"), ("y", "QR")], widget=forms.RadioSelect
    )
    jour = forms.DateField(
        label="Jour", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    pieces = forms.MultipleChoiceField(
        label="Pièces",
        required=False,
        choices=[("1", "Une")],
        widget=forms.CheckboxSelectMultiple,
    )
    fichier = forms.FileField(label="Fichier", required=False)
    accord = forms.BooleanField(label="J’ai relu", required=False)
    mot = forms.CharField(label="Un mot", required=False, widget=forms.Textarea)
    cache = forms.CharField(widget=forms.HiddenInput, required=False)


def rendu(form) -> str:
    return Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": form})
    )


def serre(html: str) -> str:
    """Return the markup with one space where there was any run of them, none beside a tag."""
    return (
        " ".join(html.split())
        .replace("> <", "><")
        .replace(" </", "</")
        .replace("<fieldset", "\n<fieldset")
    )


def une_page(**question) -> Page:
    valeurs = {
        "code": "q1",
        "type": "choix_unique",
        "texte": Texte.depuis({"fr": "Vous venez ?", "ar": "هل تأتون؟"}),
        "choix": (
            Choix("oui", Texte.depuis({"fr": "Oui", "ar": "نعم"}), pictogramme="oui"),
            Choix("non", Texte.depuis({"fr": "Non"})),
        ),
    } | question
    return Page("p", (Question(**valeurs),))


def test_question_is_a_fieldset_whose_legend_is_the_heading():
    html = serre(render_crispy_form(formulaire_de_page(une_page(), "fr")()))
    debut, *options = html.split('<div class="o">')
    assert debut == ('\n<fieldset class="q"><legend><h1>Vous venez ?</h1></legend>')
    assert options[1] == (
        '<input type="radio" name="q1" value="non" id="id_q1_1">'
        '<label for="id_q1_1"><span>Non</span></label></div>'
    )
    assert 'aria-hidden="true" focusable="false"' in options[0]
    assert options[2].endswith("</div></fieldset>")


def test_error_and_help_are_tied_to_the_group_and_not_repeated_on_each_button():
    page = une_page(aide=Texte.depuis({"fr": "Une seule réponse."}))
    html = render_crispy_form(formulaire_de_page(page, "fr")(data={"q1": "inventée"}))
    assert 'aria-describedby="id_q1_helptext id_q1_error"' in html
    assert 'id="id_q1_helptext"' in html
    assert 'id="id_q1_error"' in html
    assert 'href="#id_q1_0"' in html
    assert "aria-invalid" not in html
    assert "required" not in html


def test_typed_answer_carries_aria_invalid_itself():
    page = une_page(type="nombre", choix=())
    html = render_crispy_form(formulaire_de_page(page, "fr")(data={"q1": "quatre"}))
    assert html.count('aria-invalid="true"') == 1
    assert 'href="#id_q1"' in html
    assert '<h1><label for="id_q1">Vous venez ?</label></h1>' in html
    assert 'value="quatre"' in html


def test_summary_of_errors_takes_the_focus_without_javascript():
    html = serre(render_crispy_form(formulaire_de_page(une_page(), "fr")(data={"q1": "x"})))
    assert html.startswith(
        '<div class="som" id="err" role="alert" tabindex="-1" autofocus aria-labelledby="errt">'
    )
    assert render_crispy_form(formulaire_de_page(une_page(), "fr")(data={})).count("err") == 0


def test_missing_translation_says_its_language():
    page = une_page(
        texte=Texte.depuis({"fr": "Vous venez ?"}), aide=Texte.depuis({"fr": "Un mot."})
    )
    html = render_crispy_form(formulaire_de_page(page, "ar")())
    assert '<h1 lang="fr" dir="ltr">Vous venez ?</h1>' in html
    assert '<p class="aide" id="id_q1_helptext" lang="fr" dir="ltr">Un mot.</p>' in html
    assert "<span>نعم</span>" in html
    assert '<span lang="fr" dir="ltr">Non</span>' in html


def test_unit_stands_beside_its_number():
    page = une_page(type="nombre", choix=(), options=(("unite", {"fr": "jours"}),))
    html = serre(render_crispy_form(formulaire_de_page(page, "ar")()))
    assert html.count('<span lang="fr" dir="ltr">jours</span></div>') == 1


def test_what_an_author_types_is_never_markup():
    texte = Texte.depuis({"fr": MALICE})
    page = une_page(texte=texte, aide=texte, choix=(Choix("a", texte, pictogramme=MALICE),))
    for form in (
        formulaire_de_page(page, "fr")(),
        formulaire_de_page(page, "ar")(data={"q1": MALICE}),
    ):
        html = render_crispy_form(form)
        assert "<script" not in html
        assert "<img" not in html


@pytest.mark.parametrize("type_", ["nombre", "mois", "texte_court", "texte_long"])
def test_what_a_person_types_is_never_markup(type_):
    texte = Texte.depuis({"fr": MALICE})
    page = une_page(type=type_, texte=texte, aide=texte, choix=(), options=(("unite", MALICE),))
    html = render_crispy_form(formulaire_de_page(page, "fr")(data={"q1": MALICE * 60}))
    assert "<script" not in html
    assert "<img" not in html


def test_staff_forms_have_every_control_with_its_label():
    html = rendu(Equipe())
    arbre = html5lib.parseFragment(html, namespaceHTMLElements=False)
    etiquettes = {label.attrib["for"] for label in arbre.iter("label")}
    controles = {
        noeud.attrib["id"]
        for nom in ("input", "select", "textarea")
        for noeud in arbre.iter(nom)
        if noeud.attrib.get("type") != "hidden"
    }
    assert controles <= etiquettes
    assert {"id_lieu", "id_jour", "id_fichier", "id_accord", "id_mot"} <= controles
    assert [legende.find("span").text for legende in arbre.iter("legend")] == ["Mode", "Pièces"]


def test_staff_forms_mark_what_is_optional_and_never_what_is_expected():
    html = serre(rendu(Equipe()))
    facultatif = '<span class="aide">(facultatif)</span>'
    assert f'<label for="id_jour">Jour {facultatif}</label>' in html
    assert '<label for="id_nom">Nom</label>' in html
    assert "*" not in html
    assert '<div class="o"><input type="checkbox" name="accord" id="id_accord">' in html


def test_staff_errors_lead_to_their_field():
    html = rendu(Equipe(data={"lieu": "zzz"}))
    for cible in ("id_nom", "id_lieu", "id_mode_0"):
        assert f'href="#{cible}"' in html
        assert f'id="{cible}"' in html
    assert html.count('aria-invalid="true"') == 2
