"""The pages of listening: messages, office hours and notes, signals."""
