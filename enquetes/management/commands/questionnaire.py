"""Check or publish a questionnaire written in a text file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enquetes.actions.questionnaires import publier_version
from enquetes.echanges.fichier import TAILLE_MAX, DefautDeFichier, Lecture, lire_fichier
from enquetes.models import Questionnaire
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte, Territoire


class Command(BaseCommand):
    help = "Vérifie ou publie un questionnaire écrit dans un fichier\u00a0: toutes les erreurs, avec leur ligne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbes = parser.add_subparsers(dest="verbe", required=True)
        verifier = verbes.add_parser("verifier", help="dit tout ce qui est à corriger")
        importer = verbes.add_parser("importer", help="publie le questionnaire s’il est juste")
        for verbe in (verifier, importer):
            verbe.add_argument("fichier", type=Path)
        importer.add_argument(
            "--territoire", required=True, help="code officiel, ou chemin comme /11/93/"
        )
        importer.add_argument(
            "--par", metavar="E-MAIL", help="compte qui publie, selon ses droits sur le territoire"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lecture = self._lire(options["fichier"])
        if lecture.donnees is None or not lecture.est_juste:
            sys.exit(1)
        if options["verbe"] == "verifier":
            self.stdout.write(f"{options['fichier']}\u00a0: tout est juste.")
            return
        try:
            version = publier_version(
                definition=lecture.donnees,
                origine=Questionnaire.Origine.IMPORT,
                territoire=self._territoire(options["territoire"]),
                par=self._par(options["par"]),
            )
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        self.stdout.write(
            f"«\u00a0{version.questionnaire.titre}\u00a0» est publié, version {version.numero}."
        )

    def _lire(self, fichier: Path) -> Lecture:
        try:
            with fichier.open("rb") as flux:
                lecture = lire_fichier(flux.read(TAILLE_MAX + 1))
        except OSError as erreur:
            raise CommandError(
                f"{fichier} ne s’ouvre pas. Vérifiez son nom, son dossier et vos droits."
            ) from erreur
        for defaut in lecture.defauts:
            self._dire(fichier, defaut)
        for conseil in lecture.conseils:
            self._dire(fichier, conseil, "conseil\u00a0: ")
        return lecture

    def _dire(self, fichier: Path, defaut: DefautDeFichier, avant: str = "") -> None:
        self.stderr.write(f"{fichier}:{defaut.ligne}: {avant}{defaut.message}")
        if defaut.extrait:
            self.stderr.write(f"    {defaut.extrait}")
        self.stderr.write(f"    → {defaut.conseil}")

    def _par(self, email: str | None) -> Compte | str:
        if email is None:
            return "commande:questionnaire"
        compte = Compte.objects.filter(email=email).first()
        if compte is None:
            raise CommandError(f"Aucun compte ne porte l’adresse {email}.")
        return compte

    def _territoire(self, reference: str) -> Territoire:
        trouves = Territoire.objects.filter(
            **({"chemin": reference} if reference.startswith("/") else {"code": reference})
        )
        if len(trouves) != 1:
            raise CommandError(
                f"«\u00a0{reference}\u00a0» désigne {len(trouves)} territoires. "
                "Donnez le chemin, comme /11/93/ («\u00a0manage.py territoires\u00a0» les charge)."
            )
        return trouves[0]
