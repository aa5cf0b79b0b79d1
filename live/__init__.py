"""Live, meeting: question hours."""
