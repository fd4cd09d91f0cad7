"""Scripts of the house: they are run by hand or by make, and ship with nothing."""
