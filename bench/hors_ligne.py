"""What answering costs on a bad line: bytes, time to the first question, time lost waiting, a whole queue.

    python -m bench.hors_ligne [--repetitions 3]

A real server and a real Chromium whose network is slowed by its own emulation: 400 kbit/s each way
and 400 ms before each answer, « 3G lente ». Opening a connection (DNS, TCP, TLS: three more round
trips, 1.2 s) is not emulated: the times are those of a connection already open.
"""

import argparse
import gzip
import http.client
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Error, Page, sync_playwright

from bench.base import dans_voix, environnement, refaire_la_base
from bench.boite import COMPTER
from bench.questionnaires import PREPARER, servir
from outils.navigateur import chemin_de_chromium

OPTIONS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LENTE: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
COUPEE: Final = LENTE | {"offline": True}
FILE: Final = 1000
ATTENTE_AU_PLUS: Final = 300_000
"""Milliseconds for one thing to happen on that line."""

REMPLIR = """async (n) => {
  const coffre = await import(document.querySelector("link[rel=modulepreload]").href);
  const plan = JSON.parse(document.querySelector("#plan").textContent), champs = {};
  for (const e of document.querySelectorAll("#f input[type=radio]")) champs[e.name] ??= [e.value];
  for (let i = 0; i < n; i++) {
    const contenu = { champs, langue: plan.l, code: coffre.nouveauCode(), signes: [] };
    const scellee = await coffre.sceller(coffre.uuid(), plan, contenu);
    await coffre.mettreEnFile({ ...scellee, lien: plan.j }, "");
  }
}"""
RESTE = """() => new Promise((ok) => {
  const r = indexedDB.open("voix");
  r.onsuccess = () => {
    const q = r.result.transaction("file").objectStore("file").count();
    q.onsuccess = () => { r.result.close(); ok(q.result); };
  };
})"""


def sur_le_fil(port: int, adresse: str) -> tuple[int, int]:
    """Return the bytes of a file as it is sent (compressed), and of its headers."""
    lien = http.client.HTTPConnection("127.0.0.1", port)
    lien.request("GET", adresse, headers={"Accept-Encoding": "gzip"})
    recu = lien.getresponse()
    corps = recu.read()
    if recu.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{recu.status} {adresse}")
    if recu.getheader("Content-Encoding") == "gzip":
        gzip.decompress(corps)
    return len(corps), sum(len(nom) + len(valeur) + 4 for nom, valeur in recu.getheaders())


class Telephone:
    """A new phone on the slow line: nothing kept, one page."""

    def __init__(self, navigateur: Browser, racine: str, *, js: bool = True) -> None:
        self.contexte = navigateur.new_context(
            viewport={"width": 360, "height": 640}, locale="fr-FR", java_script_enabled=js
        )
        self.page: Page = self.contexte.new_page()
        self.page.set_default_timeout(ATTENTE_AU_PLUS)
        self.racine = racine
        self._cdp = self.contexte.new_cdp_session(self.page)
        self._cdp.send("Network.enable")
        self.ligne(LENTE)

    def ligne(self, conditions: dict[str, Any]) -> None:
        self._cdp.send("Network.emulateNetworkConditions", conditions)

    def ouvrir(self, adresse: str) -> float:
        """Return the seconds until the page is whole."""
        return chronometrer(lambda: self.page.goto(self.racine + adresse))

    def fermer(self) -> None:
        self.contexte.close()


def chronometrer(geste: Callable[[], object]) -> float:
    debut = time.perf_counter()
    geste()
    return time.perf_counter() - debut


def par_le_document(navigateur: Browser, racine: str, jeton: str) -> dict[str, float]:
    """Answer every question in the document; return the seconds of each moment of waiting."""
    telephone = Telephone(navigateur, racine)
    page = telephone.page
    debut = time.perf_counter()
    telephone.ouvrir(f"/o/{jeton}/fr/")
    page.locator("#commencer").wait_for()
    page.locator("#commencer").click()
    page.locator("section[data-page]:visible").wait_for()
    premiere = time.perf_counter() - debut
    page.locator("html[data-pret='1']").wait_for(state="attached")
    pret = time.perf_counter() - debut
    entre, questions = 0.0, 0
    while not page.locator("#bilan").is_visible():
        cocher(page, "section[data-page]:visible")
        avant = page.title()
        debut = time.perf_counter()
        page.locator("#suite").click()
        page.wait_for_function("t => document.title !== t", arg=avant)
        entre += time.perf_counter() - debut
        questions += 1
    debut = time.perf_counter()
    page.locator("#suite").click()
    page.locator("#fin").wait_for()
    merci = time.perf_counter() - debut
    page.get_by_text("Vos réponses sont bien envoyées.").wait_for()
    accuse = time.perf_counter() - debut
    telephone.fermer()
    return {
        "premiere": premiere,
        "pret": pret,
        "entre": entre,
        "merci": merci,
        "accuse": accuse,
        "questions": questions,
    }


def par_les_pages(navigateur: Browser, racine: str, jeton: str) -> dict[str, float]:
    """Answer page by page without JavaScript; return the seconds of waiting for the network."""
    telephone = Telephone(navigateur, racine, js=False)
    page = telephone.page
    accueil = telephone.ouvrir(f"/r/{jeton}/")
    premiere = accueil + chronometrer(lambda: suivre(page, "main a.bouton"))
    attente, questions = 0.0, 0
    while page.get_by_role("heading", name="Merci").count() == 0:
        cocher(page, "main")
        attente += chronometrer(lambda: suivre(page, "main form[method=post] button[type=submit]"))
        questions += 1
    telephone.fermer()
    return {"premiere": premiere, "attente": attente, "questions": questions}


def suivre(page: Page, selecteur: str) -> None:
    page.locator(selecteur).first.click()
    page.wait_for_load_state()


def cocher(page: Page, ou: str) -> None:
    choix = page.locator(f"{ou} >> input[type=radio]")
    if choix.count():
        choix.first.check()


def vider_la_file(navigateur: Browser, racine: str, jeton: str) -> tuple[float, float, int]:
    """Queue answers without network, then send them; the page is reloaded half-way.

    Returns the seconds to seal them, to send them, and how many requests the reload cut.
    """
    telephone = Telephone(navigateur, racine)
    page = telephone.page
    telephone.ouvrir(f"/o/{jeton}/fr/")
    page.locator("html[data-pret='1']").wait_for(state="attached")
    telephone.ligne(COUPEE)
    scelle = chronometrer(lambda: page.evaluate(REMPLIR, FILE))
    coupees: list[str] = []
    page.on("requestfailed", lambda r: coupees.append(r.url) if "/o/envois/" in r.url else None)
    debut = time.perf_counter()
    telephone.ligne(LENTE)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    rechargee = False
    while reste := combien(page):
        if not rechargee and reste <= FILE // 2:
            with page.expect_request("**/o/envois/"):
                pass  # one has just left: its acknowledgement will be lost
            page.reload(wait_until="commit")
            rechargee = True
        time.sleep(0.2)
    envoi = time.perf_counter() - debut
    telephone.fermer()
    return scelle, envoi, len(coupees)


def combien(page: Page) -> int:
    with suppress(Error):  # the page is being left
        return int(page.evaluate(RESTE))
    return FILE


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--repetitions", type=int, default=3)
    options = lecteur.parse_args()
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    refaire_la_base(env)
    jeton = str(dans_voix(env, PREPARER)["url"]).split("/")[2]
    serveur, port = servir("voix.wsgi", env)
    try:
        peser(port, jeton)
        with sync_playwright() as playwright:
            navigateur = playwright.chromium.launch(
                executable_path=chemin_de_chromium(), args=OPTIONS
            )
            mesurer(navigateur, f"http://127.0.0.1:{port}", jeton, options.repetitions)
            vider(navigateur, f"http://127.0.0.1:{port}", jeton, env)
            navigateur.close()
    finally:
        serveur.terminate()
        shutil.rmtree(dossier, ignore_errors=True)


def peser(port: int, jeton: str) -> None:
    """Print the bytes of each file that a device keeps."""
    lien = http.client.HTTPConnection("127.0.0.1", port)
    lien.request("GET", f"/o/{jeton}/fr/")
    page = lien.getresponse().read().decode()
    version = page.split("/o/a/", 1)[1].split("/", 1)[0]
    fichiers = {f"document {code}": f"/o/{jeton}/{code}/" for code in ("fr", "en", "ar", "uk")}
    fichiers |= {nom: f"/o/a/{version}/{nom}" for nom in ("coffre.js",)}
    fichiers |= {"préparer": f"/o/{jeton}/preparer/"}
    fichiers |= {"preparer.js": f"/o/a/{version}/preparer.js", "sw.js": "/o/sw.js"}
    print("octets sur le fil (gzip), en-têtes à part")
    poids = {nom: sur_le_fil(port, adresse) for nom, adresse in fichiers.items()}
    for nom, (corps, entetes) in poids.items():
        print(f"  {nom:<12} {corps:>6} + {entetes}")
    pour_repondre = ("document fr", "coffre.js", "sw.js")
    print(f"  pour répondre, en français {sum(poids[nom][0] for nom in pour_repondre)}")


def mesurer(navigateur: Browser, racine: str, jeton: str, repetitions: int) -> None:
    """Print medians of the moments of waiting, document then wizard."""
    par_le_document(navigateur, racine, jeton)  # the server has drawn its pages once
    documents = [par_le_document(navigateur, racine, jeton) for _ in range(repetitions)]
    pages = [par_les_pages(navigateur, racine, jeton) for _ in range(repetitions)]

    def mediane(mesures: list[dict[str, float]], quoi: str) -> float:
        return statistics.median(mesure[quoi] for mesure in mesures)

    print(f"document, {mediane(documents, 'questions'):.0f} pages sur 3G lente :")
    print(f"  première question {mediane(documents, 'premiere'):.1f} s")
    print(f"  prêt hors ligne {mediane(documents, 'pret'):.1f} s")
    print(f"  entre les questions {mediane(documents, 'entre'):.1f} s en tout")
    print(
        f"  merci {mediane(documents, 'merci'):.1f} s, accusé {mediane(documents, 'accuse'):.1f} s"
    )
    print(f"page par page, {mediane(pages, 'questions'):.0f} envois sur 3G lente :")
    print(f"  première question {mediane(pages, 'premiere'):.1f} s")
    print(f"  attente {mediane(pages, 'attente'):.1f} s en tout")


def vider(navigateur: Browser, racine: str, jeton: str, env: dict[str, str]) -> None:
    """Print what a queue of 1 000 costs, and what the database holds of it."""
    avant = dans_voix(env, COMPTER)
    scelle, envoi, coupees = vider_la_file(navigateur, racine, jeton)
    for _ in range(600):
        apres = dans_voix(env, COMPTER)
        if not apres["attente"]:
            break
        time.sleep(0.2)
    lignes = int(apres["passations"]) - int(avant["passations"])
    enveloppes = int(apres["enveloppes"]) - int(avant["enveloppes"])
    print(f"file de {FILE} : scellée en {scelle:.1f} s, envoyée en {envoi:.1f} s sur 3G lente")
    print(
        f"  envois coupés {coupees}, lignes {lignes}, "
        f"perdues {FILE - lignes}, doublées {enveloppes - FILE}"
    )


if __name__ == "__main__":
    main()
