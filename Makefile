# The portal's commands. `make` lists them.
.DEFAULT_GOAL := help
PYTHON3 ?= python3
VENV ?= .venv
PYTHON := $(VENV)/bin/python
DEMO ?= yes
ifneq ($(filter yes 1 true on,$(DEMO)),)
MODE := DEMO=1
else
MODE := DEMO=0 EMBEDDED=1
endif
export HOST PORT
# Images of Python often forbid it to keep what it compiled. Every process that is started here would
# then compile the portal and rewrite the tests anew: it is several seconds of each.
unexport PYTHONDONTWRITEBYTECODE

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run ## Run the demo (PORT=8080, HOST=0.0.0.0; DEMO=no for an empty portal of your own)
	@exec env $(MODE) $(PYTHON) manage.py serve

test: ## Install what the tests need and run everything (about a quarter of an hour)
	@.ci/packages
	@$(MAKE) --no-print-directory $(VENV)/.dev
	@.ci/suites $(VENV)/bin/pytest

check: $(VENV)/.dev ## Lint, types, arrows and the quick tests on SQLite (about two minutes)
	@$(MAKE) --no-print-directory -j2 quick lint

quick: $(VENV)/.dev
	$(VENV)/bin/pytest -n auto -q -m "not browser and not services and not portal and not long and not quality"

lint: $(VENV)/.dev ## Style, types, arrows between apps, templates
	$(VENV)/bin/ruff check -q .
	$(VENV)/bin/ruff format -q --check .
	@find templates -name '*.html' -not -path '*/email/*' | xargs $(VENV)/bin/djlint --lint --quiet
	$(VENV)/bin/lint-imports > /dev/null || $(VENV)/bin/lint-imports
	$(VENV)/bin/mypy .

bench: $(VENV)/.dev ## Measure (ONLY=ballots for one figure)
	@.ci/packages
	@$(PYTHON) -m benchmarks $(ONLY)

lock: ## Renew the lock files from pyproject.toml
	$(VENV)/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q --no-header -o requirements.txt
	$(VENV)/bin/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q --no-header -o requirements-dev.txt -c requirements.txt

clean: ## Throw away the environment, the caches and the demo's data in var/
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	if [ -L $(VENV) ]; then rm $(VENV); else rm -rf $(VENV); fi
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f locale/*/nl/LC_MESSAGES/django.mo

# The environment, made anew where its Python is gone and filled again where the lock changed.
$(PYTHON):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is needed: apt-get install python3, or make PYTHON3=/path/to/python3"; exit 1; }
	@$(PYTHON3) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@rm -rf $(VENV) && $(PYTHON3) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(PYTHON)
	@echo "Installing the libraries of $< ..."
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(PYTHON)
	@echo "Installing the libraries of $< ..."
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@ $(VENV)/.run

.PHONY: help run test check quick lint bench lock clean
