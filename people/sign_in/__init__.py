"""Signing in: what the portal settles for itself beside the sign-in package (docs/sign-in.md)."""
