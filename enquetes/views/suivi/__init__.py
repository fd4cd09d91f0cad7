"""Pages of the follow-up of families, by card number."""
