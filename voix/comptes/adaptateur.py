"""What allauth must know of Voix: nobody signs up, and no address is kept."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from voix.commun.reseau import reseau


class Adaptateur(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what the limits of sign-in count by: the network's fingerprint, never an address."""
        return reseau(request)
