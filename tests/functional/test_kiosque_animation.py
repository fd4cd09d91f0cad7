"""The facilitator's corner of a shared device: what it says, and what it never leaves open (K7, K8)."""

import json
import time

import pytest
from playwright.sync_api import expect

from enquetes.actions.appareils import preparer_appareil, revoquer_appareil
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Appareil, Passation
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation, magasin
from tests.functional.test_kiosque import (
    MOTS,
    aller,
    animer,
    inscrire,
    remplir,
)
from tests.functional.test_kiosque import avec_memoire as avec_memoire
from tests.functional.test_kiosque import preparation as preparation
from tests.functional.test_kiosque import seance as seance
from tests.functional.test_kiosque import tablette as tablette
from tests.functional.test_rapport_hors_ligne import se_tromper
from tests.functional.verifications import verifier_axe, verifier_html

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


def test_leaving_shared_mode_needs_the_code_and_shows_counts_only(tablette):
    page = tablette
    animer(page, "0000")
    expect(page.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    expect(page.locator("#animation")).to_be_hidden()
    expect(page.get_by_label("Votre code")).to_have_attribute("type", "password")
    verifier_axe(page)
    verifier_html({"animation": page.content()})
    page.get_by_label("Votre code").fill("2580")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#animation")).to_contain_text("Tout est envoyé")
    verifier_axe(page)
    page.get_by_role("button", name="Quitter le mode partagé").click()
    attendre(page, "partage", "0")


OUTILS_DE_QUI_ANIME = ("Quitter le mode partagé", "Exporter les réponses scellées")


def test_what_the_code_opens_is_closed_for_the_next_person(avec_memoire, preparation):
    """The corner is a page of its own: going back to the questions, or any key, never shows it open."""
    page = inscrire(avec_memoire, preparation)
    animer(page)
    expect(page.locator("#animation")).to_be_visible()
    page.get_by_role("button", name="Revenir au questionnaire").click()
    attendre(page, "partage", "1")
    page.get_by_role("button", name="Commencer").click()
    for pas in (0, -1, -1, 1, 1):
        aller(page, pas)
        for nom in OUTILS_DE_QUI_ANIME:
            expect(page.get_by_role("button", name=nom)).to_be_hidden()
    page.goto(page.url.partition("/o/")[0] + "/accessibilite/")
    page.go_back()
    for nom in OUTILS_DE_QUI_ANIME:
        expect(page.get_by_role("button", name=nom)).to_be_hidden()


def test_nobody_answers_beside_the_corner_and_it_closes_by_itself(page, preparation):
    page.clock.install()
    inscrire(page, preparation)
    lien = page.get_by_role("link", name="Animation")
    remplir(page)
    expect(lien).to_be_hidden()  # to go there would erase what is being answered
    page.get_by_role("button", name="Effacer et recommencer").click()
    animer(page)
    expect(page.locator("#animation")).to_be_visible()
    page.clock.fast_forward(121_000)
    page.wait_for_url("**/fr/")
    attendre(page, "partage", "1")
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


def test_wrong_codes_are_slowed_down_also_after_a_reload(page, preparation):
    page.clock.install()
    inscrire(page, preparation)
    animer(page, "")
    for code in range(5):
        se_tromper(page, f"{code:04}")
        expect(page.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    for _ in range(2):
        se_tromper(page, "2580")  # the right one waits, too
        expect(page.get_by_role("alert")).to_contain_text("Trop de codes faux. Attendez")
        page.reload()
    page.clock.fast_forward(31_000)
    se_tromper(page, "0009")
    expect(page.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    page.clock.fast_forward(31_000)
    se_tromper(page, "2580")
    expect(page.get_by_role("alert")).to_contain_text("Attendez")  # twice as long
    page.clock.fast_forward(31_000)
    for code in range(
        6
    ):  # somebody plays with it: whoever runs the séance waits a minute, no more
        se_tromper(page, f"{code:04}")
        page.clock.fast_forward(61_000)
    page.get_by_label("Votre code").fill("2580")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#animation")).to_be_visible()


def test_a_forgotten_code_is_chosen_again_by_who_may_prepare_the_tablet(
    tablette, live_server, seance
):
    page = tablette
    page.context.set_offline(True)
    remplir(page)
    envoyer(page)
    debut = f"{live_server.url}/o/{seance.acces.jeton}/preparer/"
    _, neuf = preparer_appareil(seance=seance, par=builders.un_compte())
    choisir = page.get_by_label("Code à quatre chiffres")
    # Without network, with the link of the poster, with an invented token: the list, no code to choose.
    for fragment in (f"#t={neuf}", f"#t={seance.acces.jeton}", "#t=ap.AAAAAAAAAAAAAAAAAAAAAA", ""):
        page.goto("about:blank")
        page.goto(debut + fragment)
        expect(page.locator("#liste")).to_be_visible()
        expect(choisir).to_be_hidden()
        page.context.set_offline(False)
    _, neuf = preparer_appareil(seance=seance, par=builders.un_compte())
    page.goto("about:blank")
    page.goto(f"{debut}#t={neuf}")
    choisir.fill("1379")
    page.get_by_role("button", name="Continuer").click()
    attendre(page, "pret", "1")
    page.goto(debut.replace("preparer/", "fr/"))
    attendre(page, "attente", "0")
    animer(page, "2580")
    expect(page.get_by_role("alert")).to_have_text("Ce n’est pas ce code.")
    essayer_puis_ouvrir(page, "1379")
    assert la_passation().reponses["mots"] == MOTS  # nothing was lost on the way


def essayer_puis_ouvrir(page, code):
    page.get_by_label("Votre code").fill(code)
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#animation")).to_be_visible()


def test_the_sealed_file_of_a_device_that_never_finds_a_network(tablette, tmp_path):
    page = tablette
    page.context.set_offline(True)
    remplir(page)
    envoyer(page)
    page.get_by_role("button", name="Personne suivante").click()
    animer(page)
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Exporter les réponses scellées").click()
    attendu.value.save_as(tmp_path / "scelle.json")
    contenu = (tmp_path / "scelle.json").read_text()
    assert '"voix":1' in contenu
    assert "SECRETA" not in contenu


# --- what was sent, what was refused, what the server said -----------------------------------------


def repondre_une_fois(page, mots=MOTS):
    remplir(page, mots)
    envoyer(page)
    page.get_by_role("button", name="Personne suivante").click()


def test_sending_now_says_what_happened(tablette, live_server):
    page, compte = tablette, tablette.locator("#compte")
    page.context.set_offline(True)
    repondre_une_fois(page)
    animer(page)
    partir = page.get_by_role("button", name="Envoyer maintenant")
    for _ in range(2):  # once by itself when the corner opens, then when asked
        expect(compte).to_have_text(
            "Un envoi attend sur cet appareil. Le réseau ne répond pas. Tout partira seul quand il reviendra."
        )
        partir.click()
    # Before the network is back: what waits leaves by itself as soon as it is.
    page.route("**/o/envois/", lambda r: r.fulfill(status=200, body="<html>Wifi</html>"))
    page.context.set_offline(False)
    partir.click()
    expect(compte).to_contain_text("Ce réseau demande que l’on s’y connecte")
    page.unroute("**/o/envois/")
    partir.click()
    expect(compte).to_have_text("Tout est envoyé.")
    assert la_passation().reponses["mots"] == MOTS


def test_a_revoked_device_says_so_keeps_its_answers_and_lets_them_be_exported(tablette, tmp_path):
    page = tablette
    page.context.set_offline(True)
    repondre_une_fois(page)
    revoquer_appareil(appareil=Appareil.objects.get(), par=builders.un_compte())
    page.context.set_offline(False)
    animer(page)
    expect(page.locator("#compte")).to_contain_text("Le serveur n’accepte plus cet appareil")
    expect(page.locator("#compte")).to_contain_text("Un envoi attend")
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Exporter les réponses scellées").click()
    attendu.value.save_as(tmp_path / "scelle.json")
    assert len(json.loads((tmp_path / "scelle.json").read_text())["items"]) == 1
    page.get_by_role("button", name="Revenir au questionnaire").click()
    attendre(page, "attente", "1")
    expect(page.locator("#etat")).to_have_text("")  # nothing of it for whoever answers
    assert not Passation.objects.exists()


def changer_de_contenu(page):
    """Give the envelope that waits the words of another answer: the server has the first already."""
    page.evaluate("""async () => {
      const m = await import(document.querySelector("script[src]").src), [e] = await m.file();
      const plan = JSON.parse(document.querySelector("#plan").textContent);
      const autre = await m.sceller(e.id, plan, { langue: "fr", lien: e.lien, champs: { venu: ["oui"] }, signes: [] });
      await m.mettreEnFile({ ...autre, lien: e.lien }, "x");
    }""")


def test_a_conflict_is_told_in_the_corner_only_and_can_be_put_away(tablette):
    page = tablette
    page.route("**/o/envois/", lambda r: (r.fetch(), r.abort()))  # arrived, and never acknowledged
    repondre_une_fois(page)
    assert la_passation().reponses["mots"] == MOTS
    changer_de_contenu(page)
    page.unroute("**/o/envois/")
    page.reload()
    attendre(page, "attente", "0")
    expect(page.locator("#etat")).to_have_text("")
    animer(page)
    refusees, ranger = (
        page.locator("#refusees"),
        page.get_by_role("button", name="Le fichier est remis"),
    )
    expect(refusees).to_contain_text("Déjà arrivés dans une autre version, qui compte seule : 1.")
    verifier_axe(page)
    expect(ranger).to_be_hidden()  # not before it was exported
    with page.expect_download():
        page.get_by_role("button", name="Exporter les réponses scellées").click()
    ranger.click()
    expect(refusees).to_be_hidden()
    assert magasin(page, "file") == []
    assert la_passation().reponses["mots"] == MOTS


def test_the_trial_of_the_token_tells_how_many_wait(tablette):
    """Told nothing, the server would believe that everything has arrived (collecte §2.8)."""
    page = tablette
    page.context.set_offline(True)
    repondre_une_fois(page)
    # Before the network is back: what waits leaves by itself as soon as it is.
    page.route(
        "**/o/envois/",
        lambda r: r.continue_() if '"items":[]' in r.request.post_data else r.abort(),
    )
    page.context.set_offline(False)
    page.goto(page.url.replace("fr/", "preparer/"))
    expect(page.locator("[data-essai=jeton]")).to_have_attribute("data-bon", "oui")
    for _ in range(50):
        if Appareil.objects.get().en_attente:
            break
        time.sleep(0.1)
    assert Appareil.objects.get().en_attente == 1


MULTIPLIER = """fois => new Promise(ok => { const o = indexedDB.open("voix"); o.onsuccess = () => {
  const t = o.result.transaction("file", "readwrite"), m = t.objectStore("file"), tous = m.getAll();
  tous.onsuccess = () => { for (let n = 0; n < fois; n++) m.put({...tous.result[0], id: crypto.randomUUID()}); };
  t.oncomplete = () => { o.result.close(); ok(); }; }; })"""


RENDRE = """() => new Promise(ok => { const o = indexedDB.open("voix"); o.onsuccess = () => {
  const t = o.result.transaction(["file", "corbeille"], "readwrite"), tous = t.objectStore("corbeille").getAll();
  tous.onsuccess = () => { for (const { le, ...une } of tous.result) t.objectStore("file").put(une); };
  t.oncomplete = () => { o.result.close(); ok(); }; }; })"""


def test_what_one_seance_refuses_never_holds_back_the_answers_of_another(
    tablette, live_server, seance
):
    page = tablette
    page.context.set_offline(True)
    remplir(page)
    envoyer(page)
    attendre(page, "attente", "1")
    page.evaluate(MULTIPLIER, 60)  # as many as a long afternoon
    revoquer_appareil(appareil=Appareil.objects.get(), par=builders.un_compte())
    par = builders.un_compte()
    suivante = builders.une_seance(collecte=seance.collecte, par=par, titre="Le lendemain")
    suivante = ouvrir_seance(seance=suivante, par=par)
    _, neuf = preparer_appareil(seance=suivante, par=par)
    page.context.set_offline(False)
    inscrire(page, f"{live_server.url}/o/{suivante.acces.jeton}/preparer/#t={neuf}")
    remplir(page)
    envoyer(page)
    attendre(page, "attente", "61")
    assert la_passation().acces == suivante.acces
    # One more of this séance, whose acknowledgement was lost: it leaves after the refusal of the others, or before.
    page.evaluate(RENDRE)
    page.goto(f"{live_server.url}/o/{suivante.acces.jeton}/fr/")
    animer(page)
    expect(page.locator("#compte")).to_contain_text("61 envois attendent")
    expect(page.locator("#compte")).to_contain_text("Rien n’est perdu")
