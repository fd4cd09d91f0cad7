"""Numbers as people write them: one rule of rounding for the whole house."""


def arrondi(k: int, n: int) -> int:
    """Return the whole percent as shown: halves go up, as people round (1 of 8 is 13 %).

    Errors: ``ZeroDivisionError`` on an empty base.
    """
    return (200 * k + n) // (2 * n)
