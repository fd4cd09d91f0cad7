"""How many finished answers a second the inbox takes in, durably, and how long a whole queue takes.

    BANC_DATABASE_URL=… python -m bench.boite

A real server (gunicorn, 2 processes of 8 threads), real envelopes; each request carries one answer,
as a phone sends it. « ouvertes » is when all of them have become passations: a process of its own
opens them meanwhile, on the same machine, as in production. The senders run there too.

Answers a second depend on what else the machine does; the processor time of the server an answer
(children's included, the database's not) does not.
"""

import http.client
import json
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from bench.base import dans_voix, environnement, refaire_la_base
from bench.questionnaires import servir

NOMBRE = 800
CHAUFFE = 100
FILE = 1000

PREPARER = f"""
import json
from enquetes.champs import champ
from enquetes.models import Acces, VersionQuestionnaire
from enquetes.echanges.scellement import sceller
from enquetes.actions.questionnaires import charger_bibliotheque
from tests import builders
charger_bibliotheque(par="banc")
version = VersionQuestionnaire.objects.get(questionnaire__code="alim")
collecte = builders.une_collecte_ouverte(version=version)
acces = builders.lien_principal(collecte)
modalites = {{q.code: champ(q.type).modalites(q) for q in version.lue().questions()}}
champs = {{code: [liste[0].code] for code, liste in modalites.items() if liste}}
lots = [json.loads(sceller({{"champs": champs, "langue": "fr"}}, q="alim", v=version.empreinte[:12]).brute())
        for _ in range({NOMBRE} * 3 + {CHAUFFE} + {FILE})]
print(json.dumps({{"jeton": acces.jeton, "enveloppes": lots}}))
"""
COMPTER = """
import json
from enquetes.models import Enveloppe, Passation
print(json.dumps({"enveloppes": Enveloppe.objects.count(), "passations": Passation.objects.count(),
                  "attente": Enveloppe.objects.filter(etat="nouvelle").count()}))
"""


def envoyer(lien: http.client.HTTPConnection, jeton: str, items: list[dict[str, str]]) -> None:
    corps = json.dumps({"items": items})
    entetes = {"Content-Type": "application/json", "Authorization": f"Bearer {jeton}"}
    lien.request("POST", "/o/envois/", corps, entetes)
    recu = lien.getresponse()
    issues = json.loads(recu.read())["items"].values()
    if recu.status != 202 or set(issues) != {"ok"}:
        raise RuntimeError(f"{recu.status} {issues}")


def processeur(serveur: int) -> float:
    """Return the seconds of processor that the server's own processes have used, openers left out."""
    fils = Path(f"/proc/{serveur}/task/{serveur}/children").read_text().split()
    total = 0.0
    for pid in (str(serveur), *fils):
        if b"--ouvrir" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")
    return total


def en_parallele(port: int, jeton: str, enveloppes: list[dict[str, str]], fils: int) -> float:
    """Return the seconds that ``fils`` senders take for all of them, one a request."""
    parts = [enveloppes[n::fils] for n in range(fils)]

    def expediteur(part: list[dict[str, str]]) -> None:
        lien = http.client.HTTPConnection("127.0.0.1", port)
        for une in part:
            envoyer(lien, jeton, [une])

    debut = time.monotonic()
    lances = [threading.Thread(target=expediteur, args=(part,)) for part in parts]
    for fil in lances:
        fil.start()
    for fil in lances:
        fil.join()
    return time.monotonic() - debut


def main() -> None:
    dossier = Path(tempfile.mkdtemp(prefix="voix-banc-"))
    env = environnement(dossier)
    refaire_la_base(env)
    prepare = dans_voix(env, PREPARER)
    jeton, enveloppes = str(prepare["jeton"]), list(prepare["enveloppes"])
    serveur, port = servir("voix.wsgi", env)
    try:
        mesurer(env, (port, serveur.pid), jeton, enveloppes)
    finally:
        serveur.terminate()
        shutil.rmtree(dossier, ignore_errors=True)


def mesurer(
    env: dict[str, str], cible: tuple[int, int], jeton: str, enveloppes: list[dict[str, str]]
) -> None:
    """Print answers accepted a second at 1, 8 and 32 senders, then a queue of 1 000."""
    port, serveur = cible
    chauffe, enveloppes = enveloppes[:CHAUFFE], enveloppes[CHAUFFE:]
    en_parallele(port, jeton, chauffe, 8)  # every process has read the definition
    for fils in (1, 8, 32):
        lot, enveloppes = enveloppes[:NOMBRE], enveloppes[NOMBRE:]
        avant = processeur(serveur)
        duree = en_parallele(port, jeton, lot, fils)
        cout = (processeur(serveur) - avant) / NOMBRE * 1000
        print(
            f"{fils:>3} envois à la fois : {NOMBRE / duree:6.0f} réponses acceptées par seconde, "
            f"{cout:.1f} ms de processeur du serveur par réponse"
        )
    debut = time.monotonic()
    lien = http.client.HTTPConnection("127.0.0.1", port)
    for rang in range(0, FILE, 20):
        envoyer(lien, jeton, enveloppes[rang : rang + 20])
    acceptees = time.monotonic() - debut
    for _ in range(600):
        etat = dans_voix(env, COMPTER)
        if not etat["attente"]:
            break
        time.sleep(0.2)
    ouvertes = time.monotonic() - debut
    attendues = NOMBRE * 3 + CHAUFFE + FILE
    print(f"file de {FILE} : acceptée en {acceptees:.1f} s, ouverte en {ouvertes:.1f} s")
    print(
        f"lignes {etat['passations']}, perdues {attendues - int(str(etat['passations']))}, "
        f"doublées {int(str(etat['enveloppes'])) - attendues}"
    )


if __name__ == "__main__":
    main()
