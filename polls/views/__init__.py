"""The pages of polls: one module per subject."""
