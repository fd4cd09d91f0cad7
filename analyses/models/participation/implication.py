"""How far the people concerned take part: moments and levels, what they propose, what is reached."""

from django.db import models

from analyses.indicateurs.registres import choix
from voix.commun.modeles import Nature

from .socle import LigneDeRegistre, conserve, parmi, pas_avant


class Implication(LigneDeRegistre):
    """At one moment of the project, up to which level, with which dated proof."""

    registre = "implications"
    classification = conserve("moment", "le", "niveau", "preuve")

    moment = models.CharField("moment du projet", max_length=16, choices=choix.MOMENTS)
    le = models.DateField("le")
    niveau = models.CharField("niveau", max_length=1, choices=choix.NIVEAUX)
    preuve = models.CharField("preuve", max_length=200, blank=True)

    class Meta:
        verbose_name = "implication"
        verbose_name_plural = "implications"
        ordering = ["territoire", "le", "moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "moment", "le"], name="implication_unique"
            ),
            models.CheckConstraint(
                condition=parmi("moment", choix.MOMENTS), name="implication_moment"
            ),
            models.CheckConstraint(
                condition=parmi("niveau", choix.NIVEAUX), name="implication_niveau"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_moment_display()}, niveau {self.niveau}"


class Proposition(LigneDeRegistre):
    """Something that the people concerned asked for, and the answer they were given."""

    registre = "propositions"
    classification = conserve(
        "reference", "recue_le", "repondue_le", "decision", "suite", texte=Nature.SENSIBLE
    )

    reference = models.CharField("référence", max_length=32)
    recue_le = models.DateField("reçue le")
    texte = models.CharField("proposition", max_length=500)
    repondue_le = models.DateField("réponse donnée le", null=True, blank=True)
    decision = models.CharField("décision", max_length=24, choices=choix.DECISIONS, blank=True)
    suite = models.CharField("réponse", max_length=500, blank=True)

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ["territoire", "recue_le", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "reference"], name="proposition_reference_unique"
            ),
            models.CheckConstraint(
                condition=parmi("decision", choix.DECISIONS, vide=True),
                name="proposition_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", repondue_le__isnull=True)
                | (~models.Q(decision="") & models.Q(repondue_le__isnull=False)),
                name="proposition_decision_datee",
            ),
            models.CheckConstraint(
                condition=pas_avant("repondue_le", "recue_le"), name="proposition_repondue_apres"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Jalon(LigneDeRegistre):
    """A yes or no of the territoire, with the document that shows it."""

    registre = "jalons"
    classification = conserve("type", "atteint", "le", "preuve", "texte")

    type = models.CharField("jalon", max_length=16, choices=choix.JALONS)
    atteint = models.BooleanField("atteint")
    le = models.DateField("le", null=True, blank=True)
    preuve = models.CharField("document", max_length=200, blank=True)
    texte = models.CharField("en une phrase", max_length=500, blank=True)

    class Meta:
        verbose_name = "jalon"
        verbose_name_plural = "jalons"
        ordering = ["territoire", "type"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "type"], name="jalon_unique"),
            models.CheckConstraint(condition=parmi("type", choix.JALONS), name="jalon_type"),
            models.CheckConstraint(
                condition=models.Q(atteint=False)
                | (models.Q(le__isnull=False) & (~models.Q(preuve="") | ~models.Q(texte=""))),
                name="jalon_atteint_prouve",
            ),
        ]

    def __str__(self) -> str:
        return self.get_type_display()
