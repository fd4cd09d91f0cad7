"""What cannot be computed is said, never replaced by a number."""


class CalculImpossible(Exception):  # noqa: N818  (a French name)
    """A figure that does not exist for these data.

    ``raison`` is a complete French sentence that can be shown to the person who asked.
    """

    def __init__(self, raison: str) -> None:
        super().__init__(raison)
        self.raison = raison
