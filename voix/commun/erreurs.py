"""Base of every refusal of the domain: a French sentence that says what to do."""


class ErreurVoix(Exception):
    """A refusal that a person can read and act on.

    ``message`` is French, complete, and says what to do next.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class AccesRefuse(ErreurVoix):
    """The account has no right to do this here."""


class EtatIncompatible(ErreurVoix):
    """The thing exists but is not in a state where this may be done."""


class SaisieInvalide(ErreurVoix):
    """What was given cannot be stored as it is."""
