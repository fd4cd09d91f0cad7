"""Fail when a catalogue no longer holds exactly the messages of the code (gettext drift).

Runs ``makemessages`` on a copy of the repository, then compares the message ids.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
MESSAGE = re.compile(r'^(?:msgid|msgid_plural|msgctxt) ((?:".*"\n)+)', re.MULTILINE)
SOURCES = ("manage.py", "voix", "enquetes", "analyses", "templates", "locale")


def messages(catalogue: Path) -> set[str]:
    texte = re.sub(r"^#.*\n", "", catalogue.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r'"\n"', "", trouve) for trouve in MESSAGE.findall(texte)}


def main() -> None:
    with tempfile.TemporaryDirectory() as temporaire:
        copie = Path(temporaire)
        for source in SOURCES:
            if (RACINE / source).is_dir():
                shutil.copytree(RACINE / source, copie / source)
            else:
                shutil.copy(RACINE / source, copie / source)
        commande = [sys.executable, "manage.py", "makemessages", "-a", "--no-obsolete", "-v0"]
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "voix.settings.test"}
        subprocess.run(commande, cwd=copie, check=True, env=env)
        fautes = []
        for neuf in sorted((copie / "locale").glob("*/LC_MESSAGES/django.po")):
            langue = neuf.parent.parent.name
            avant = messages(RACINE / "locale" / langue / "LC_MESSAGES" / "django.po")
            fautes += [f"{langue}: {texte.strip()}" for texte in sorted(messages(neuf) ^ avant)]
    if fautes:
        sys.exit("Les catalogues ont dérivé (make messages) :\n" + "\n".join(fautes))


if __name__ == "__main__":
    main()
