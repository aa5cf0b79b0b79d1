"""The framework's connection to PostgreSQL, checked without asking the server."""
