"""How the API names a territoire: its level and its official code, as the registers' files do."""

from django.db.models import QuerySet

from voix.comptes.models import Territoire


def nommer(territoire: Territoire) -> dict[str, str]:
    """Return the code and the name of a territoire."""
    return {"code": f"{territoire.niveau}-{territoire.code}", "nom": territoire.nom}


def territoire_nomme(lus: QuerySet[Territoire], code: str) -> Territoire | None:
    """Return the territoire of that code, among those that may be read."""
    niveau, _, court = code.partition("-")
    return lus.filter(niveau=niveau, code=court).first()
