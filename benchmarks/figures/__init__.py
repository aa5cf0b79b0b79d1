"""One module a figure; see ``benchmarks/__main__.py``."""
