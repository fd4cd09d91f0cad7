"""Which of Debian's two Chromiums the tests, the benches and the pictures use."""

import shutil


def chemin_de_chromium(*, entier: bool = False) -> str:
    """Return the path of Chromium: its headless shell, or the whole browser when ``entier``.

    Both are built from one Debian source package and share the engine. The whole browser draws a
    window around each context, even headless: a second of processor each, three times the shell.
    It is kept where its window matters: profiles on disk, reopened tabs, the memory of pages.
    Errors: ``FileNotFoundError`` when Debian's package is missing.
    """
    noms = ("chromium",) if entier else ("chromium-headless-shell", "chromium")
    chemin = next(filter(None, map(shutil.which, noms)), None)
    if chemin is None:
        raise FileNotFoundError(
            "Chromium manque : lancez « make test », qui l’installe ou dit comment faire."
        )
    return chemin
