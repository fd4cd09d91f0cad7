"""The demonstration is filled in by several processes, on a database of their own."""

import os
import subprocess
import sys

A_PLUSIEURS = """
if __name__ == "__main__":
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    call_command("territoires", verbosity=0)
    from enquetes.management.commands import demo
    from enquetes.management.demonstration import collectes, remplissage
    remplissage.PAR_TACHE = 3
    par = demo.preparer_comptes()[demo.Role.COORDINATION]
    versions = {v.questionnaire.code: v for v in demo.charger_bibliotheque(par=demo.ACTEUR)}
    (scenario,) = [s for s in demo.SCENARIOS if s.nom == "besoins"]
    collecte = demo.preparer(scenario, versions["besoins"], par)
    lieux = demo.LIEUX_BESOINS[-2:]
    collectes.peupler(collecte, lieux, par, ensemble=True)
    attendus = {p.id for p in collectes.personnes("besoins", lieux, debut=collecte.ouvre_le)}
    recus = {p.pk: p.etat for p in collecte.passations.all()}
    print(set(recus) == attendus, collecte.passations.filter(reponses={}).count())
"""


def test_processes_share_people_and_lose_nobody(tmp_path):
    """The real ``make demo`` fills in with a process a core; here, a few people on a database of a file."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "voix.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3",
        "VOIX_DONNEES": str(tmp_path),
    }
    dit = subprocess.run(
        [sys.executable, "-c", A_PLUSIEURS], env=env, capture_output=True, text=True, check=False
    )
    assert dit.returncode == 0, dit.stderr
    assert dit.stdout.split() == ["True", "0"]
