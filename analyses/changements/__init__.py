"""What changed in a followed cohort, and what it can show at all."""
