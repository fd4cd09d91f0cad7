"""A month is counted in the classes written with its question; without them, why not is told."""

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analyses.actions.clotures import publier_releve
from analyses.actions.plans import ecrire_plan
from analyses.cube import cube_de, tableau
from analyses.extraction.groupes import dimensions_possibles
from enquetes.actions.collectes import arreter_releve
from enquetes.champs.periodes import mois_du
from enquetes.models import Unite
from enquetes.parcours.periodes import mois_ecrit
from tests import builders
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def une_page(code, type_, **plus):
    texte = {"fr": f"Question {code} ?"}
    return {"code": code, "questions": [{"code": code, "type": type_, "texte": texte} | plus]}


PAGES = [
    une_page("venu", "oui_non", profil="ordinaire"),
    une_page("renonce", "oui_non"),
    une_page(
        "manque", "choix_multiple", choix=[{"code": c, "texte": c} for c in ("pain", "lait")]
    ),
    une_page("visite", "mois", options={"classes": [0, 2, 7, 13]}),
    une_page("depuis", "mois"),
    une_page("mots", "texte_long"),
    {
        "code": "lire",
        "questions": [{"code": "lire", "type": "information", "texte": {"fr": "À lire."}}],
    },
]
AVIS = builders.UNE_DEFINITION | {"code": "avis", "titre": {"fr": "Avis"}, "pages": PAGES}


def il_y_a(mois: int) -> str:
    """Return the month so long before the one in which the collecte opens."""
    return mois_ecrit(mois_du(timezone.localdate() - timedelta(days=1)) - mois)


def une_collecte(**changements):
    return builders.une_collecte_ouverte(
        nom="avis", version=builders.une_version(AVIS), **changements
    )


def arreter(collecte):
    return arreter_releve(collecte=collecte, par=builders.un_compte())


@pytest.fixture
def publiee():
    """Return a published collecte: 30 newcomers, 25 of last year, 3 older ones each of a month."""
    collecte = une_collecte()
    for reponses, nombre in (
        ({"visite": il_y_a(0), "venu": "oui", "depuis": il_y_a(1)}, 20),
        ({"visite": il_y_a(1), "venu": "oui", "mots": "Rose habite ici"}, 10),
        ({"visite": il_y_a(8), "venu": "non", "renonce": "oui"}, 25),
        ({"visite": il_y_a(4), "venu": "non", "renonce": "non"}, 14),
        *(({"visite": il_y_a(n), "venu": "oui", "renonce": "non"}, 1) for n in (40, 55, 90)),
    ):
        builders.des_passations(collecte, nombre, reponses=reponses)
    return publier_releve(releve_id=arreter(collecte).pk, par="essai")


@pytest.fixture
def evaluation(client):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    return client


def lue(client, adresse) -> str:
    page = client.get(adresse)
    assert page.status_code == 200
    return page.content.decode().replace("&nbsp;", "\u00a0").split("<main")[1]


def commande(*args) -> str:
    sortie = StringIO()
    call_command("tableau", "avis", *args, stdout=sortie)
    return sortie.getvalue()


def test_months_of_persons_are_told_by_class_and_small_ones_are_not(publiee):
    protege = tableau(cube_de(publiee), "visite")
    dites = {
        c.code: protege.total.dire(x)
        for c, x in zip(protege.colonnes, protege.total.cellules, strict=True)
    }
    assert list(dites) == ["m0", "m2", "m7", "m13", "_pnr", "_sr"]
    assert dites["m13"] == "moins de 5"
    assert protege.total.taille == 72


def test_no_single_month_leaves_by_any_surface(publiee, evaluation, tmp_path):
    """Three people came first in three different years: only their class may be told."""
    call_command("exporter_tableaux", "avis", "--dossier", str(tmp_path / "d"))
    sorties = [f.read_text("utf-8") for f in (tmp_path / "d").iterdir()]
    sorties += [commande("--lignes", "visite", "--json"), commande("--lignes", "visite")]
    for adresse in ("", "visite/", "visite/?par=mois", "visite/?par=structure"):
        sorties.append(lue(evaluation, f"/espace/resultats/avis/{adresse}"))
    annees = {il_y_a(n)[:4] for n in (40, 55, 90)}
    assert sorties
    for sortie in sorties:
        # Random identifiers and coordinates of drawings hold figures too: whole numbers only.
        assert not annees & set(re.findall(r"(?<![\d.-])\d{4}(?![\d.])", sortie))


def test_page_figure_and_command_show_the_same_classes(publiee, evaluation):
    page = lue(evaluation, "/espace/resultats/avis/visite/")
    libelles = [c.libelle for c in tableau(cube_de(publiee), "visite").colonnes]
    assert libelles[0].startswith("Moins de 2 mois avant (")
    assert all(f'<th scope="row">{libelle}</th>' in page for libelle in libelles)
    assert f"{libelles[1]}\u00a0: 14 sur 72" in page  # what is read beside the drawing
    ecrit = json.loads(commande("--lignes", "visite", "--json"))
    assert [c["label"] for c in ecrit["dimensions"][-1]["codes"][1:]] == libelles
    assert {"at": {"visite": "m2"}, "status": "published", "value": 14} in ecrit["cells"]


def test_organisations_are_counted_by_class_and_nothing_is_hidden(evaluation):
    collecte = une_collecte(unite=Unite.ORGANISATION)
    for recul in (0, 3, 3, 30):
        builders.des_passations(collecte, 1, reponses={"visite": il_y_a(recul), "venu": "oui"})
    arreter(collecte)
    page = lue(evaluation, "/espace/resultats/avis/visite/?par=venu")
    assert '<span>2 <span class="aide">' not in page  # a share takes ten answers
    assert "<span>2</span>" in page
    assert "masqué" not in page
    ecrit = json.loads(commande("--lignes", "venu", "--colonnes", "visite", "--json"))
    assert ecrit["cells"][0]["value"] == 4


def test_a_question_without_table_has_its_place_and_its_reason(publiee, evaluation):
    page = lue(evaluation, "/espace/resultats/avis/")
    liste = page[page.index('<ol class="sommaire">') :]
    vues = re.findall(r'href="/espace/resultats/avis/(\w+)/\?releve=1"|Pas de (tableau)', liste)
    attendus = ["venu", "renonce", "manque", "visite", "tableau", "tableau"]
    assert [question or absente for question, absente in vues] == attendus
    assert page.count("Pas de tableau.") == 2
    seule = lue(evaluation, "/espace/resultats/avis/depuis/")
    assert "en quelles classes compter" in seule
    assert "/espace/textes/avis/" in lue(evaluation, "/espace/resultats/avis/mots/")
    assert "Rose" not in page
    assert evaluation.get("/espace/resultats/avis/lire/").status_code == 404
    assert evaluation.get("/espace/resultats/avis/rien/").status_code == 404


@pytest.mark.parametrize(("question", "dit"), [("depuis", "classes"), ("mots", "phrases")])
def test_the_command_says_why_a_question_has_no_table(publiee, question, dit):
    with pytest.raises(CommandError, match=f"n’a pas de tableau. .*{dit}"):
        commande("--lignes", question)


@pytest.mark.parametrize(
    ("par", "dit", "demandable"),
    [
        ("venu", "ne prévoit pas la comparaison «\u00a0Question venu ?\u00a0»", True),
        ("mois,venu", "«\u00a0Mois × Question venu ?\u00a0»", True),
        ("visite", "est une question sensible", False),
        ("manque", "accepte plusieurs réponses", False),
        ("renonce", "ne se compare pas avec elle-même", False),
        ("depuis", "n’existe pas", False),
        ("<b>rien</b>", "n’existe pas", False),
    ],
)
def test_an_unplanned_comparison_is_told_on_the_page_itself(
    publiee, evaluation, par, dit, demandable
):
    page = evaluation.get("/espace/resultats/avis/renonce/", {"par": par})
    assert page.status_code == 200
    mots = page.content.decode().replace("&nbsp;", "\u00a0")
    assert 'aria-current="page"' in mots  # the menu of the team is there
    assert dit in mots
    assert "Comparaisons prévues pour cette question" in mots
    assert 'par=territoire"' in mots
    assert ("Demander cette comparaison" in mots) == demandable
    assert "<b>rien" not in mots


def test_the_page_where_a_comparison_is_asked_for_has_it_chosen(publiee, evaluation):
    page = lue(evaluation, "/espace/resultats/avis/autres-comparaisons/?selon=venu")
    assert '<option value="venu" selected>' in page


@pytest.mark.parametrize("par", ["venu", "mois,venu"])
def test_a_question_is_never_compared_with_itself(publiee, evaluation, par):
    page = evaluation.get("/espace/resultats/avis/venu/", {"par": par})
    assert "ne se compare pas avec elle-même" in page.content.decode()


def test_organisations_are_compared_with_one_thing_at_a_time(evaluation):
    collecte = une_collecte(unite=Unite.ORGANISATION)
    builders.des_passations(collecte, 3, reponses={"renonce": "oui", "manque": ["pain"]})
    arreter(collecte)
    for par, dit in (("manque", "accepte plusieurs réponses"), ("mois,venu", "n’existe pas")):
        page = lue(evaluation, f"/espace/resultats/avis/renonce/?par={par}")
        assert dit in page
        assert "Demander cette comparaison" not in page


def test_a_comparison_accepted_and_not_published_yet_is_told_so(publiee, evaluation):
    plan = publiee.plan
    ecrire_plan(
        collecte_id=publiee.collecte_id,
        dimensions=[
            *plan.dimensions,
            *[d for d in dimensions_possibles(publiee.collecte) if d["nom"] == "venu"],
        ],
        croisements=[*plan.croisements, ["venu"]],
        par="essai",
    )
    page = lue(evaluation, "/espace/resultats/avis/renonce/?par=venu")
    assert "est dans le plan, mais ses tableaux ne sont pas publiés" in page
    assert "Demander cette comparaison" not in page
