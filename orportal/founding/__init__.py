"""Setting up an empty portal on one machine: its names, and the first of the council.

``make run DEMO=no`` prints a one-time code in the terminal; the page that asks for it exists only
as long as the portal knows nobody.
"""
