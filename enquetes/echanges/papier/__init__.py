"""Paper: the sheet drawn from the definition, and what its boxes are called at the keyboard."""
