"""From sections and findings to a letter: one tree, and writers that make pages and files of it."""
