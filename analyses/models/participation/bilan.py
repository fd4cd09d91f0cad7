"""What people write around the figures of a bilan; figures themselves are never stored there."""

from typing import ClassVar, Final

from django.db import models

from voix.commun.modeles import Nature, auteur
from voix.comptes.models import Territoire

from .programme import Programme
from .socle import parmi

BLOCS: Final = (
    ("introduction", "En quelques mots"),
    ("faits", "Ce qui a marché, ce qui a été difficile"),
    ("suites", "Et maintenant"),
)
"""In the order of the bilan."""
LONGUEUR_DE_BLOC: Final = 1500


class TexteDeBilan(models.Model):
    """One block of text of the bilan of a programme or of a territoire."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "programme": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "bloc": Nature.CONSERVE,
        "texte": Nature.CONSERVE,
        "ecrit_le": Nature.TECHNIQUE,
        "ecrit_par": Nature.IDENTIFIANT,
    }

    programme = models.ForeignKey(
        Programme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="textes_de_bilan",
        verbose_name="programme",
    )
    territoire = models.ForeignKey(
        Territoire,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="textes_de_bilan",
        verbose_name="territoire",
    )
    bloc = models.CharField("bloc", max_length=16, choices=BLOCS)
    texte = models.TextField("texte", max_length=LONGUEUR_DE_BLOC)
    ecrit_le = models.DateTimeField("écrit le", auto_now=True)
    ecrit_par = auteur("écrit par", "textes_de_bilan")

    class Meta:
        verbose_name = "texte de bilan"
        verbose_name_plural = "textes de bilan"
        ordering = ["programme", "territoire", "bloc"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(programme__isnull=True, territoire__isnull=False)
                | models.Q(programme__isnull=False, territoire__isnull=True),
                name="texte_de_bilan_de_quoi",
            ),
            models.UniqueConstraint(
                fields=["programme", "bloc"], name="texte_de_bilan_du_programme"
            ),
            models.UniqueConstraint(
                fields=["territoire", "bloc"], name="texte_de_bilan_du_territoire"
            ),
            models.CheckConstraint(condition=parmi("bloc", BLOCS), name="texte_de_bilan_bloc"),
            models.CheckConstraint(condition=~models.Q(texte=""), name="texte_de_bilan_ecrit"),
        ]

    def __str__(self) -> str:
        return self.get_bloc_display()

    @classmethod
    def de(cls, lieu: Programme | Territoire) -> dict[str, str]:
        """Return the blocks that are written, in the order of the bilan."""
        quoi = "programme" if isinstance(lieu, Programme) else "territoire"
        ecrits = {t.bloc: t.texte for t in cls.objects.filter(**{quoi: lieu})}
        return {bloc: ecrits[bloc] for bloc, _ in BLOCS if bloc in ecrits}
