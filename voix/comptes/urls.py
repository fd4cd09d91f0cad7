"""Addresses of the staff's home, team and tokens."""

from django.urls import path

from .views import adresses, confirmer, equipe, habilitations, jetons
from .views.espace import espace

app_name = "comptes"
urlpatterns = [
    path("compte/email/", adresses.adresses, name="adresses"),
    path("compte/confirmer/", confirmer.confirmer, name="confirmer"),
    path("compte/password/set/", confirmer.choisir_mot_de_passe, name="choisir_mot_de_passe"),
    path("espace/", espace, name="espace"),
    path("espace/equipe/", equipe.equipe, name="equipe"),
    path("espace/equipe/inviter/", equipe.inviter, name="inviter"),
    path("espace/equipe/structures/", equipe.structure, name="structure"),
    path("espace/equipe/<int:pk>/role/", habilitations.role, name="role"),
    path("espace/equipe/<int:pk>/lieu/", habilitations.lieu, name="lieu"),
    path(
        "espace/equipe/<int:pk>/double-verification/",
        equipe.double_verification,
        name="double_verification",
    ),
    path("espace/equipe/<int:pk>/retirer/", habilitations.retirer, name="retirer"),
    path("espace/jetons/", jetons.jetons, name="jetons"),
    path("espace/jetons/creer/", jetons.creer, name="creer_jeton"),
    path("espace/jetons/<uuid:cle>/revoquer/", jetons.revoquer, name="revoquer_jeton"),
]
