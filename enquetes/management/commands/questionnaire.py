"""Check or publish a questionnaire written in a text file; withdraw a version that has a fault."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from enquetes.actions.questionnaires import publier_version, remettre_version, retirer_version
from enquetes.echanges.fautes import DefautDeFichier
from enquetes.echanges.fichier import TAILLE_MAX, Lecture, lire_fichier
from enquetes.models import Questionnaire, VersionQuestionnaire
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte, Territoire

NOM: Final = "commande:questionnaire"


class Command(BaseCommand):
    help = (
        "Vérifie ou publie un questionnaire écrit dans un fichier\u00a0: toutes les erreurs, avec leur "
        "ligne. Retire une version qui a un défaut, ou la remet."
    )

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

        retirer = verbes.add_parser("retirer", help="n’offre plus une version à personne")
        remettre = verbes.add_parser("remettre", help="offre de nouveau une version retirée")
        for verbe in (retirer, remettre):
            verbe.add_argument("code", help="code du questionnaire")
            verbe.add_argument("numero", type=int, help="numéro de la version")
            verbe.add_argument("--territoire", help="vide pour un questionnaire de Voix")
        retirer.add_argument("--raison", required=True, help="le défaut, en une phrase")

    def handle(self, *args: Any, **options: Any) -> None:
        if "numero" in options:
            return self._retirer(**options)
        return self._du_fichier(**options)

    def _retirer(self, *, verbe: str, code: str, numero: int, **options: Any) -> None:
        reference = options["territoire"]
        version = VersionQuestionnaire.objects.filter(
            questionnaire__code=code,
            questionnaire__territoire=self._territoire(reference) if reference else None,
            numero=numero,
        ).first()
        if version is None:
            raise CommandError(
                f"Aucun questionnaire «\u00a0{code}\u00a0» n’a de version {numero}."
            )
        try:
            if verbe == "retirer":
                retirer_version(version=version, raison=options["raison"], par=NOM)
            else:
                remettre_version(version=version, par=NOM)
        except ErreurVoix as erreur:
            raise CommandError(erreur.message) from erreur
        fait = "retirée" if verbe == "retirer" else "remise"
        self.stdout.write(f"{version}\u00a0: {fait}.")

    def _du_fichier(self, **options: Any) -> None:
        lecture = self._lire(options["fichier"])
        importe = options["verbe"] == "importer"
        # Looked up before the file is judged: what is wrong with the command is told with the rest.
        territoire = self._territoire(options["territoire"]) if importe else None
        par = self._par(options["par"]) if importe else NOM
        if lecture.donnees is None or not lecture.est_juste:
            sys.exit(1)
        if not importe:
            self.stdout.write(f"{options['fichier']}\u00a0: tout est juste.")
            return
        try:
            version = publier_version(
                definition=lecture.donnees,
                origine=Questionnaire.Origine.IMPORT,
                territoire=territoire,
                par=par,
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
        # About the file as a whole, there is no line to go to.
        place = f"{fichier}:{defaut.ligne}" if defaut.ligne else str(fichier)
        self.stderr.write(f"{place}: {avant}{defaut.message}")
        if defaut.extrait:
            self.stderr.write(f"    {defaut.extrait}")
        self.stderr.write(f"    → {defaut.conseil}")

    def _par(self, email: str | None) -> Compte | str:
        if email is None:
            return NOM
        compte = Compte.objects.filter(email=email).first()
        if compte is None:
            raise CommandError(f"Aucun compte ne porte l’adresse {email}.")
        return compte

    def _territoire(self, reference: str) -> Territoire:
        trouves = Territoire.objects.filter(
            **({"chemin": reference} if reference.startswith("/") else {"code": reference})
        )
        if len(trouves) != 1:
            combien = (
                f"désigne {len(trouves)} territoires" if trouves else "ne désigne aucun territoire"
            )
            raise CommandError(
                f"«\u00a0{reference}\u00a0» {combien}. "
                "Donnez le chemin, comme /11/93/ («\u00a0manage.py territoires\u00a0» les charge)."
            )
        return trouves[0]
