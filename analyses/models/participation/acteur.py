"""Who the network is made of, and what it does."""

from django.db import models

from analyses.indicateurs.registres import choix

from .socle import LigneDeRegistre, conserve, parmi, pas_avant


class Acteur(LigneDeRegistre):
    """An organisation: listed, met, participating."""

    registre = "acteurs"
    classification = conserve(
        "nom",
        "type",
        "antenne",
        "recense_le",
        "rencontre_le",
        "participe_le",
        "anime",
        "raison",
        "raison_autre",
    )

    nom = models.CharField("nom", max_length=150)
    type = models.CharField("type", max_length=24, choices=choix.TYPES_ACTEUR)
    antenne = models.BooleanField("antenne locale d’un réseau national", null=True, blank=True)
    recense_le = models.DateField("recensé le", null=True, blank=True)
    rencontre_le = models.DateField("rencontré le", null=True, blank=True)
    participe_le = models.DateField("participe depuis le", null=True, blank=True)
    anime = models.BooleanField("prend part à l’animation", null=True, blank=True)
    raison = models.CharField(
        "pourquoi il ne participe pas", max_length=24, choices=choix.RAISONS, blank=True
    )
    raison_autre = models.CharField("quelle autre raison", max_length=200, blank=True)

    class Meta:
        verbose_name = "acteur"
        verbose_name_plural = "acteurs"
        ordering = ["territoire", "nom"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "nom"], name="acteur_nom_unique"),
            models.CheckConstraint(
                condition=parmi("type", choix.TYPES_ACTEUR), name="acteur_type"
            ),
            models.CheckConstraint(
                condition=parmi("raison", choix.RAISONS, vide=True), name="acteur_raison"
            ),
            models.CheckConstraint(
                condition=~models.Q(raison="autre") | ~models.Q(raison_autre=""),
                name="acteur_raison_autre_dite",
            ),
            models.CheckConstraint(
                condition=pas_avant("rencontre_le", "recense_le"), name="acteur_rencontre_apres"
            ),
            models.CheckConstraint(
                condition=pas_avant("participe_le", "rencontre_le"), name="acteur_participe_apres"
            ),
            # Who takes part has been met, and has no reason not to.
            models.CheckConstraint(
                condition=models.Q(rencontre_le__isnull=False)
                | (
                    models.Q(participe_le__isnull=True, raison="")
                    & (models.Q(anime__isnull=True) | models.Q(anime=False))
                ),
                name="acteur_rencontre_avant_tout",
            ),
            models.CheckConstraint(
                condition=models.Q(raison="")
                | (
                    models.Q(participe_le__isnull=True)
                    & (models.Q(anime__isnull=True) | models.Q(anime=False))
                ),
                name="acteur_raison_ou_participe",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Action(LigneDeRegistre):
    """Something that the network does, with whom and for which goal."""

    registre = "actions"
    classification = conserve("intitule", "objectif", "nouvelle", "commencee_le", "finie_le")

    intitule = models.CharField("intitulé", max_length=200)
    objectif = models.CharField("objectif", max_length=24, choices=choix.OBJECTIFS)
    nouvelle = models.BooleanField("action nouvelle", null=True, blank=True)
    commencee_le = models.DateField("commencée le")
    finie_le = models.DateField("finie le", null=True, blank=True)
    acteurs = models.ManyToManyField(
        Acteur, blank=True, related_name="actions", verbose_name="acteurs"
    )

    class Meta:
        verbose_name = "action"
        verbose_name_plural = "actions"
        ordering = ["territoire", "intitule"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "intitule"], name="action_intitule_unique"
            ),
            models.CheckConstraint(
                condition=parmi("objectif", choix.OBJECTIFS), name="action_objectif"
            ),
            models.CheckConstraint(
                condition=pas_avant("finie_le", "commencee_le"), name="action_finie_apres"
            ),
        ]

    def __str__(self) -> str:
        return self.intitule
