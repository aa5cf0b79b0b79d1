"""Listening, hearing: messages, office hours, walk-round notes; what comes of it: signals."""
