"""Who may do what, and where: compte × role × territoire or structure."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature
from voix.comptes.roles import LIBELLES, Droit, Role

from .compte import Compte
from .structure import Structure
from .territoire import Territoire


class HabilitationQuerySet(models.QuerySet["Habilitation"]):
    def actives(self) -> "HabilitationQuerySet":
        return self.filter(retiree_le__isnull=True)

    def avec_leur_lieu(self) -> "HabilitationQuerySet":
        return self.select_related("compte", "territoire", "structure__territoire")


class Habilitation(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "compte": Nature.IDENTIFIANT,
        "role": Nature.TECHNIQUE,
        "territoire": Nature.TECHNIQUE,
        "structure": Nature.TECHNIQUE,
        "accordee_le": Nature.TECHNIQUE,
        "accordee_par": Nature.IDENTIFIANT,
        "retiree_le": Nature.TECHNIQUE,
        "retiree_par": Nature.IDENTIFIANT,
    }

    compte = models.ForeignKey(
        Compte, models.CASCADE, related_name="habilitations", verbose_name="compte"
    )
    role = models.CharField("rôle", max_length=16, choices=[(r.value, LIBELLES[r]) for r in Role])
    territoire = models.ForeignKey(
        Territoire,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="habilitations",
        verbose_name="territoire",
    )
    structure = models.ForeignKey(
        Structure,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="habilitations",
        verbose_name="structure",
    )
    accordee_le = models.DateTimeField("accordée le", auto_now_add=True)
    accordee_par = models.ForeignKey(
        Compte,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="habilitations_accordees",
        verbose_name="accordée par",
    )
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    retiree_par = models.ForeignKey(
        Compte,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="habilitations_retirees",
        verbose_name="retirée par",
    )

    objects = HabilitationQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        verbose_name_plural = "habilitations"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(territoire__isnull=False, structure__isnull=True)
                | models.Q(territoire__isnull=True, structure__isnull=False),
                name="habilitation_un_lieu",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="habilitation_role"
            ),
            # Two constraints: SQLite cannot treat two NULLs as equal.
            models.UniqueConstraint(
                fields=["compte", "role", "territoire"],
                condition=models.Q(retiree_le__isnull=True, structure__isnull=True),
                name="habilitation_territoire_unique",
            ),
            models.UniqueConstraint(
                fields=["compte", "role", "structure"],
                condition=models.Q(retiree_le__isnull=True, territoire__isnull=True),
                name="habilitation_structure_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compte} · {self.get_role_display()} · {self.lieu}"

    @classmethod
    def de(cls, compte: Compte) -> "HabilitationQuerySet":
        """Return what ``compte`` holds now."""
        return cls.objects.actives().filter(compte=compte).avec_leur_lieu()

    @classmethod
    def quittees_par(cls, compte: Compte) -> "HabilitationQuerySet":
        """Return what was withdrawn from ``compte``; of nobody who is not signed in: they have no key."""
        return cls.objects.filter(compte_id=compte.pk, retiree_le__isnull=False).avec_leur_lieu()

    @classmethod
    def gerees_par(cls, compte: Compte, *, retirees: bool = False) -> "HabilitationQuerySet":
        """Return the roles that ``compte`` may change or withdraw, by name; with ``retirees``, those withdrawn too."""
        from voix.comptes.perimetre import perimetre_de

        perimetre = perimetre_de(compte, Droit.GERER_EQUIPE)
        dehors = perimetre.filtre(territoire="territoire", structure="structure")
        dedans = perimetre.filtre(territoire="structure__territoire", structure="structure")
        roles = cls.objects.all() if retirees else cls.objects.actives()
        geres = roles.filter(dehors | dedans).avec_leur_lieu()
        return geres.order_by("compte__nom", "compte__email", "pk")

    @property
    def role_tenu(self) -> Role:
        """The role, as the code knows it."""
        return Role(self.role)

    @property
    def lieu(self) -> str:
        """Where it holds, as people say it."""
        return str(self.structure or self.territoire)
