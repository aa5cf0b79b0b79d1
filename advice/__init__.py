"""Advice, concluding: dashboard, evidence, letter, the director's decision, feedback."""
