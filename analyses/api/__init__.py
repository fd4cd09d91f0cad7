"""What programs read: the same protected tables and indicators as the pages, never a row (ADR 0093)."""
