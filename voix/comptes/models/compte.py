"""Who signs in: staff only. Respondents have no account."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction

from voix.commun.modeles import Nature


class CompteManager(BaseUserManager["Compte"]):
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **autres: Any) -> "Compte":
        """Create an account, which holds its address from then on: nobody else may claim it."""
        compte = self.model(email=self.normalize_email(email).lower(), **autres)
        compte.set_password(password)
        compte.save(using=self._db)
        EmailAddress.objects.create(user=compte, email=compte.email, primary=True)
        return compte


class Compte(AbstractBaseUser):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "password": Nature.IDENTIFIANT,
        "last_login": Nature.IDENTIFIANT,
        "email": Nature.IDENTIFIANT,
        "nom": Nature.IDENTIFIANT,
        "is_active": Nature.TECHNIQUE,
    }

    email = models.EmailField("adresse e-mail", unique=True)
    nom = models.CharField("nom", max_length=150, blank=True)
    is_active = models.BooleanField("actif", default=True)

    objects = CompteManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["email"]

    def __str__(self) -> str:
        return self.nom or self.email
