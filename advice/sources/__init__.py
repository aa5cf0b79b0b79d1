"""The sources of evidence, one module for each app that gathers."""
