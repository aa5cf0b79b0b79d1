"""Dossiers, the file that all work is filed under: deadlines, secrecy."""
