"""What a respondent sees: from the welcome page to the thanks. No account, no JavaScript needed."""
