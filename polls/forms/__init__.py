"""Clean input, and the answering page as values for its templates."""
