"""Play a whole atelier in a real browser against a served demonstration; take its pictures.

    make demo                                       # elsewhere
    .venv/bin/python -m outils.atelier [http://127.0.0.1:8000] [docs/images]

Prepare, cut the network, eight people on one tablet (two stop half-way, one presses Back), the
browser killed once, the report and a show of hands without network, network back, three people on their own phones,
the wall. It fails where a page is not as it should be.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from outils.atelier_appareils import TELEPHONE, Atelier, attendre
from outils.photos import arguments, entrer

DANS_VINGT_MINUTES = """() => {
  const n = new Date(Date.now() + 20 * 60000);
  const f = o => new Intl.DateTimeFormat("sv", {timeZone: "Europe/Paris", ...o}).format(n);
  document.querySelector("[name=jour]").value = f({dateStyle: "short"});
  document.querySelector("[name=heure]").value = f({hour: "2-digit", minute: "2-digit"});
}"""
ECRAN: Final[ViewportSize] = {"width": 1280, "height": 720}
# What each person answers to the five faces; the last ones answer on their own phone. Read by column:
# nearly all agree on the first and the fourth, the room is divided on the others.
PERSONNES: Final = [
    "ooooo",
    "omoom",
    "oomoo",
    "omnoo",
    "momom",
    "ooooo",
    "omnoo",
    "oomom",
    "omooo",
]
VISAGES: Final = {"o": "Beaucoup", "m": "Assez", "n": "Pas beaucoup"}


def preparer_la_seance(a: Atelier) -> None:
    """Sign in and answer the four questions that make a séance."""
    page = a.telephone
    entrer(page, a.base, "ambassadeur")
    page.goto(f"{a.base}/espace/seances/")
    a.photo(page, "seances")
    page.get_by_role("link", name="Préparer une séance").click()
    page.get_by_label("Atelier", exact=True).check()
    a.photo(page, "quelle-seance")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Salle").fill("Salle des fêtes")
    a.photo(page, "ou")
    page.get_by_role("button", name="Continuer").click()
    page.locator("[name=jour]").wait_for()
    page.evaluate(DANS_VINGT_MINUTES)
    a.photo(page, "quand")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label(re.compile("Votre avis sur l’atelier")).first.check()
    a.photo(page, "quelles-questions")
    page.get_by_role("button", name="Créer la séance").click()
    a.seance = page.url
    a.photo(page, "seance-prete", entiere=True)


def lire_le_qr(page: Page) -> str:
    """Return what the QR code of a page says, read from its picture as a tablet does."""
    image = Image.open(BytesIO(page.locator(".petit-qr").screenshot()))
    return str(zxingcpp.read_barcodes(image)[0].text)


def preparer_la_tablette(a: Atelier) -> None:
    """Enrol the tablet by the address of its QR code, and try it without network."""
    page, tablette = a.telephone, a.tablette
    page.get_by_role("link", name="Préparer une tablette").click()
    a.photo(page, "quel-appareil")
    page.get_by_role("button", name="Une autre tablette").click()
    a.photo(page, "qr-de-la-tablette")
    tablette.goto(lire_le_qr(page))
    tablette.get_by_label("Code à quatre chiffres").fill("2580")
    a.photo(tablette, "tablette-code")
    tablette.get_by_role("button", name="Continuer").click()
    attendre(tablette, "pret", "1")
    a.photo(tablette, "tablette-essais")
    tablette.context.set_offline(True)
    tablette.get_by_role("button", name="J’ai coupé le réseau").click()
    expect(tablette.get_by_role("heading", name="C’est prêt")).to_be_visible()
    tablette.get_by_role("heading", name="C’est prêt").scroll_into_view_if_needed()
    a.photo(tablette, "tablette-prete", entiere=True)
    page.get_by_role("link", name="La tablette est prête").click()
    page.get_by_role("button", name="Ouvrir la séance").click()
    a.photo(page, "seance-ouverte", entiere=True)


def repondre(page: Page, visages: str, mots: str = "") -> None:
    """Answer the five faces and the words, up to the summary."""
    page.get_by_role("button", name="Commencer").click()
    for visage in visages:
        page.get_by_label(VISAGES[visage], exact=True).locator("visible=true").first.check()
        page.get_by_role("button", name="Continuer").click()
    page.locator("textarea:visible").fill(mots)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Vérifiez vos réponses")).to_be_visible()


def envoyer(page: Page) -> None:
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()


def huit_personnes(a: Atelier) -> None:
    """Eight people, no network: two stop half-way, one presses Back, and the battery dies once."""
    page = a.tablette
    page.get_by_role("link", name="Français").click()
    attendre(page, "partage", "1")
    adresse = page.url
    a.photo(page, "accueil-partage")
    page.get_by_role("button", name="Commencer").click()
    a.photo(page, "premiere-question")
    page.get_by_role("button", name="Effacer et recommencer").click()
    repondre(page, PERSONNES[0], "Plus de recettes sans four.")
    a.photo(page, "verifier")
    envoyer(page)
    a.photo(page, "merci", entiere=True)
    suivante(page)
    s_arreter_en_route(a, "abandon")
    reculer(a)
    repondre(page, PERSONNES[1])
    envoyer(page)
    suivante(page)
    repondre(page, PERSONNES[2])
    envoyer(page)
    page = batterie_vide(a, adresse)
    for visages in PERSONNES[3:6]:
        repondre(page, visages)
        envoyer(page)
        suivante(page)
    s_arreter_en_route(a, "second-abandon")


def suivante(page: Page) -> None:
    page.get_by_role("button", name="Personne suivante").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()


def s_arreter_en_route(a: Atelier, nom: str) -> None:
    """Somebody leaves after two questions: the next person erases, or three minutes do."""
    page = a.tablette
    page.get_by_role("button", name="Commencer").click()
    for _ in range(2):
        page.get_by_label("Beaucoup", exact=True).locator("visible=true").first.check()
        page.get_by_role("button", name="Continuer").click()
    a.photo(page, nom)
    page.get_by_role("button", name="Effacer et recommencer").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    _exiger(not page.locator("#f :checked").count(), "rien ne reste coché")


def reculer(a: Atelier) -> None:
    """Somebody presses the Back key in the middle: the page before, with what was ticked; then leaves."""
    page = a.tablette
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Beaucoup", exact=True).locator("visible=true").first.check()
    page.get_by_role("button", name="Continuer").click()
    page.go_back()
    _exiger("sans four" not in page.content(), "rien de la personne d’avant")
    _exiger(page.locator("#f :checked").count() == 1, "ce qui est coché le reste")
    a.photo(page, "apres-retour")
    page.get_by_role("button", name="Effacer et recommencer").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    _exiger(not page.locator("#f :checked").count(), "rien ne reste coché")


def batterie_vide(a: Atelier, adresse: str) -> Page:
    """Kill the browser while somebody answers; what was sent waits, sealed."""
    a.tablette.get_by_role("button", name="Personne suivante").click()
    a.tablette.get_by_role("button", name="Commencer").click()
    a.tuer_la_tablette()
    time.sleep(1)  # the system takes back what the browser held
    page = a.tablette = a.ouvrir_la_tablette()
    page.context.set_offline(True)
    page.goto(adresse)
    attendre(page, "partage", "1")
    a.photo(page, "rallumee")
    return page


def donner_le_code(page: Page) -> None:
    page.get_by_label("Votre code").fill("2580")
    page.get_by_role("button", name="Continuer").click()


def animer(page: Page) -> None:
    """Open the facilitator's corner with the code, and wait until it has tried to send."""
    page.get_by_role("link", name="Animation").click()
    donner_le_code(page)
    attendre(page, "essaye", "1")


def compte_rendu(a: Atelier) -> None:
    """Fill the report in on the tablet, without network."""
    page = a.tablette
    animer(page)
    a.photo(page, "coin-animation")
    page.get_by_role("link", name="Faire le compte rendu").click()
    donner_le_code(page)
    attendre(page, "pret", "1")
    a.photo(page, "compte-rendu")
    for nom, valeur in {
        "presents_beneficiaires": "11",
        "langues": "français, arabe",
        "incidents": "Pas de réseau.",
        "promesse": "Revenir en janvier avec les résultats.",
    }.items():
        while not page.locator(f"[name={nom}]").is_visible():
            page.get_by_role("button", name="Continuer").click()
        page.locator(f"[name={nom}]").fill(valeur)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#etat")).to_contain_text("gardé sur cet appareil")
    page.locator("#etat").scroll_into_view_if_needed()
    a.photo(page, "compte-rendu-garde")


def mains_levees(a: Atelier) -> None:
    """Count a show of hands on the tablet, without network."""
    page = a.tablette
    page.get_by_role("link", name="Revenir au questionnaire").click()
    animer(page)
    page.get_by_role("link", name="Compter à main levée").click()
    donner_le_code(page)
    attendre(page, "pret", "1")
    page.locator("section:visible").get_by_label("Personnes présentes", exact=True).fill("11")
    page.locator("section:visible").get_by_label("Beaucoup", exact=True).fill("9")
    page.locator("section:visible").get_by_label("S’abstiennent", exact=True).fill("1")
    page.evaluate("scrollTo(0, 0)")
    a.photo(page, "mains-levees", entiere=True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#etat")).to_contain_text("gardé sur cet appareil")


def retour_du_reseau(a: Atelier) -> None:
    """Bring the network back: all leaves by itself, once; three people answer on their own phone."""
    page = a.tablette
    page.context.set_offline(False)
    page.get_by_role("link", name="Revenir au questionnaire").click()
    attendre(page, "attente", "0")
    animer(page)
    a.photo(page, "tout-est-envoye")
    lien = re.search(r"/o/([^/]+)/", page.url)
    jeton = lien.group(1) if lien else ""
    for visages in PERSONNES[6:]:
        telephone = a.un_telephone()
        telephone.goto(f"{a.base}/r/{jeton}/")
        telephone.goto(f"{a.base}/o/{jeton}/fr/")
        attendre(telephone, "pret", "1")
        repondre(telephone, visages)
        envoyer(telephone)
        # Gone with its context, a queue would be lost: a real telephone keeps it.
        expect(telephone.locator("#envoi")).to_contain_text("bien envoyées")
        telephone.context.close()


def compter_et_montrer(a: Atelier) -> None:
    """Close, read the count, end the report, show the wall."""
    page = a.telephone
    page.reload()
    page.get_by_text("Autres gestes").click()
    page.get_by_label("Combien de personnes vont répondre").fill("9")
    page.get_by_role("button", name="Garder ce nombre").click()
    recues = page.get_by_role("status")
    for _ in range(20):
        page.get_by_role("link", name="Compter à nouveau").click()
        if "Tout le monde a répondu" in recues.inner_text():
            break
        page.wait_for_timeout(500)
    expect(recues).to_contain_text("Tout le monde a répondu")
    a.photo(page, "neuf-recues", entiere=True)
    page.get_by_role("button", name="Fermer la séance").click()
    a.photo(page, "seance-fermee", entiere=True)
    page.get_by_role("link", name="Montrer les réponses à la salle").click()
    a.photo(page, "avant-le-mur")
    page.get_by_role("button", name="Montrer maintenant").click()
    a.photo(page, "mur-montre", entiere=True)
    mur = page.get_by_role("link", name=re.compile("Ouvrir l’écran")).first.get_attribute("href")
    page.goto(a.base + (mur or "").split("?")[0])
    a.photo(page, "mur-telephone", entiere=True)
    page.set_viewport_size(ECRAN)
    page.goto(f"{page.url.split('?')[0]}?ecran=1")
    a.photo(page, "mur-projete")
    page.set_viewport_size(TELEPHONE)
    page.goto(a.seance)
    page.get_by_role("link", name=re.compile("compte rendu")).click()
    expect(page.get_by_text("11 personnes, à main levée")).to_be_visible()
    a.photo(page, "compte-rendu-relu", entiere=True)


def _exiger(vrai: object, quoi: str) -> None:
    if not vrai:
        raise SystemExit(f"Ce n’est pas vrai : {quoi}")


@contextmanager
def un_atelier(base: str, images: Path) -> Iterator[Atelier]:
    with sync_playwright() as playwright:
        atelier = Atelier(playwright.chromium, base, images)
        try:
            yield atelier
        except Exception:
            for nom, page in (("telephone", atelier.telephone), ("tablette", atelier.tablette)):
                if not page.is_closed():
                    page.screenshot(path=images / f"panne-{nom}.png")
            raise
        finally:
            atelier.fermer()


def main() -> None:
    base, images = arguments("docs/images")
    with un_atelier(base, images) as atelier:
        for partie in (
            preparer_la_seance,
            preparer_la_tablette,
            huit_personnes,
            compte_rendu,
            mains_levees,
            retour_du_reseau,
            compter_et_montrer,
        ):
            print(partie.__name__)
            partie(atelier)


if __name__ == "__main__":
    main()
