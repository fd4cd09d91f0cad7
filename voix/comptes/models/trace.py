"""What was done, by whom, on what: append-only, without foreign keys so that it outlives both."""

from typing import Any, ClassVar

from django.db import models

from voix.commun.modeles import Nature


class Trace(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "faite_le": Nature.TECHNIQUE,
        "acteur": Nature.IDENTIFIANT,
        "verbe": Nature.TECHNIQUE,
        "objet": Nature.TECHNIQUE,
        "objet_id": Nature.TECHNIQUE,
        "details": Nature.TECHNIQUE,
    }

    faite_le = models.DateTimeField("faite le", auto_now_add=True)
    acteur = models.CharField("acteur", max_length=64)
    verbe = models.CharField("verbe", max_length=64)
    objet = models.CharField("objet", max_length=64)
    objet_id = models.CharField("identifiant de l’objet", max_length=64)
    details = models.JSONField("détails", default=dict, blank=True)

    class Meta:
        verbose_name = "trace"
        verbose_name_plural = "traces"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verbe} {self.objet} {self.objet_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A trace is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A trace is never deleted.")
