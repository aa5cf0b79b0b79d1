"""A round of statements: what is voted, in which order it is asked, and what is found in the votes.

docs/statements.md has the design: why nobody's votes can be told, the mathematics and its sources.
"""
