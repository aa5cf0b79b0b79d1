# The portal's commands. `make` lists them.
.DEFAULT_GOAL := help
VENV ?= .venv
PYTHON := $(VENV)/bin/python

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

lock: ## Renew the lock files from pyproject.toml
	$(VENV)/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q --no-header -o requirements.txt
	$(VENV)/bin/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q --no-header -o requirements-dev.txt -c requirements.txt
.PHONY: help lock
