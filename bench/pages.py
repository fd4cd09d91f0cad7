"""What a respondent's pages weigh on the wire, in every language: bytes (compressed, headers in), requests.

    python -m bench.pages

The pages are those of a real server; Chromium counts the requests. Then the public pages, and a published return to
those who answered.
"""

import gzip
import http.client
import shutil
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Request, sync_playwright

from bench.base import dans_voix, environnement, refaire_la_base
from bench.questionnaires import PREPARER, servir
from outils.navigateur import chemin_de_chromium

RENDRE = """
from tests import builders
from tests.integration.analyses.test_fichiers import preparer
from tests.retours import un_retour
from analyses.actions.restitutions import publier_restitution
collecte = preparer().collecte
par = builders.un_compte()
publier_restitution(restitution=un_retour(collecte, par).restitution, par=par)
print("{}")
"""
PUBLIQUES = (
    "/",
    "/aide/",
    "/aide/ou/",
    "/vie-privee/",
    "/accessibilite/",
    "/mentions/",
    "/retour/avis/",
)
LANGUES = ("fr", "en", "ar", "uk")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def poids(port: int, adresse: str) -> tuple[int, int, str]:
    """Return the bytes on the wire (headers and compressed body), the raw bytes, and the page."""
    lien = http.client.HTTPConnection("127.0.0.1", port)
    lien.request("GET", adresse, headers={"Accept-Encoding": "gzip"})
    recu = lien.getresponse()
    recus = recu.read()
    corps = gzip.decompress(recus)
    entetes = sum(len(nom) + len(valeur) + 4 for nom, valeur in recu.getheaders())
    return entetes + len(recus), len(corps), corps.decode()


def _noter(demandes: list[str], requete: Request) -> None:
    demandes.append(requete.url)


def main() -> None:
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    refaire_la_base(env)
    depart = str(dans_voix(env, PREPARER)["url"])
    serveur, port = servir("voix.wsgi", env)
    try:
        mesurer(port, depart)
        dans_voix(env, RENDRE)
        for adresse in PUBLIQUES:
            dites = (poids(port, f"{adresse}?langue={langue}") for langue in LANGUES)
            print(f"{adresse:<18} " + ", ".join(f"{lu[0]} o ({lu[1]} dépliés)" for lu in dites))
    finally:
        serveur.terminate()
        shutil.rmtree(dossier, ignore_errors=True)


def mesurer(port: int, depart: str) -> None:
    """Print the weights of the welcome page and of each question, and the requests of the browser."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chemin_de_chromium(), args=OPTIONS)
        print("langue  accueil   1re question   suivantes (médiane, pire)   requêtes par page")
        for langue in LANGUES:
            page = chromium.new_page()
            demandes: list[str] = []
            page.on("request", partial(_noter, demandes))
            parametre = "?" + urlencode({"langue": langue})
            page.goto(f"http://127.0.0.1:{port}{depart}{parametre}")
            accueil = poids(port, depart + parametre)[0]
            page.locator("main a.bouton").first.click()
            tailles, pages = [], 1
            while "/verifier/" not in page.url:
                pages += 1
                chemin = page.url.split(f":{port}", 1)[1].split("#")[0]
                tailles.append(poids(port, chemin)[0])
                page.locator("main form[method=post] button[type=submit]").first.click()
            page.close()
            suivantes = sorted(tailles[1:])
            reelles = [d for d in demandes if not d.startswith("data:")]
            print(
                f"{langue:<6} {accueil:>7} o {tailles[0]:>12} o "
                f"{suivantes[len(suivantes) // 2]:>10} o, {suivantes[-1]} o "
                f"{len(reelles)} pour {pages} pages et {pages - 1} envois"
            )
        chromium.close()


if __name__ == "__main__":
    main()
