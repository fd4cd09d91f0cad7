"""A key that a program shows instead of its owner: what it may read, and until when."""

from datetime import date
from typing import ClassVar, Final
from uuid import uuid4

from django.db import models

from voix.commun.modeles import Nature
from voix.comptes.roles import Droit

from .compte import Compte

DEBUT: Final = 10
"""Signs of a token that are kept in clear, for its owner to tell one from another: « voix_ » and 5."""


class Portee(models.TextChoices):
    """What a token opens. It never opens more than its owner may read."""

    RESULTATS = "resultats", "collectes, tableaux et publications"
    INDICATEURS = "indicateurs", "indicateurs des programmes et des territoires"


DROITS_DES_PORTEES: Final = {
    Portee.RESULTATS: Droit.LIRE_RESULTATS,
    Portee.INDICATEURS: Droit.LIRE_REGISTRES,
}
"""The right that the owner must hold for a scope to say anything."""


class JetonPersonnel(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "compte": Nature.IDENTIFIANT,
        "nom": Nature.IDENTIFIANT,
        "portees": Nature.TECHNIQUE,
        "empreinte": Nature.IDENTIFIANT,
        "debut": Nature.IDENTIFIANT,
        "cree_le": Nature.TECHNIQUE,
        "expire_le": Nature.TECHNIQUE,
        "utilise_le": Nature.TECHNIQUE,
        "revoque_le": Nature.TECHNIQUE,
    }

    id = models.UUIDField("identifiant", primary_key=True, default=uuid4)
    """Drawn with the form: the same form sent twice makes one token."""
    compte = models.ForeignKey(
        Compte, models.CASCADE, related_name="jetons", verbose_name="compte"
    )
    nom = models.CharField("à quoi il sert", max_length=80)
    portees = models.JSONField("ce qu’il ouvre", default=list)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    debut = models.CharField("premiers signes", max_length=DEBUT)
    cree_le = models.DateField("créé le")
    expire_le = models.DateField("expire le")
    """The last day on which it opens anything."""
    utilise_le = models.DateField("utilisé le", null=True, blank=True)
    revoque_le = models.DateField("révoqué le", null=True, blank=True)

    class Meta:
        verbose_name = "jeton personnel"
        verbose_name_plural = "jetons personnels"
        ordering = ["-cree_le", "nom", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expire_le__gt=models.F("cree_le")), name="jeton_expire_apres"
            ),
            models.CheckConstraint(
                condition=~models.Q(portees=[]), name="jeton_ouvre_quelque_chose"
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @classmethod
    def de(cls, compte: Compte) -> "models.QuerySet[JetonPersonnel]":
        """Return the tokens of ``compte``, and of nobody else."""
        return cls.objects.filter(compte=compte)

    @classmethod
    def d_empreinte(cls, empreinte: str) -> "JetonPersonnel | None":
        """Return the token of that hash, with its owner."""
        return cls.objects.select_related("compte").filter(empreinte=empreinte).first()

    def ouvre(self, portee: Portee) -> bool:
        """Return whether this scope was given to it."""
        return portee.value in self.portees

    def est_actif(self, jour: date) -> bool:
        """Return whether it opens anything on that day."""
        return self.revoque_le is None and jour <= self.expire_le

    @property
    def ouvre_quoi(self) -> str:
        """Return its scopes as people read them."""
        return "\u00a0; ".join(str(p.label) for p in Portee if self.ouvre(p))
