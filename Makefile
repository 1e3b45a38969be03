# Everything a person or a build does here, one word each. Needs Python 3.11 or later, git and make;
# the rest is installed into .venv, at the versions that uv.lock names.

PYTHON ?= python3
BIN := .venv/bin
PYTEST_FLAGS ?= -n auto

.DEFAULT_GOAL := help
.PHONY: help demo test proofs check bench docs clean

help:  ## what each word does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 16

demo: .venv/.installed  ## make the synthetic county, load it and build its January 2017 edition
	@$(BIN)/compendium demo

test: .venv/.installed-dev  ## run every test; ends by naming what was not run (REQUIRE_ALL=1: that fails)
	@$(BIN)/pytest $(PYTEST_FLAGS)

proofs: .venv/.installed-dev  ## run the properties with their full counts and write docs/proofs.md
	@$(BIN)/python tools/prove.py

check: .venv/.installed-dev  ## style, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/.installed-dev  ## how fast it is, against a floor measured in the same run
	@set -e; for bench in $$(grep -l __main__ benchmarks/*.py); do $(BIN)/python $$bench; done

docs: .venv/.installed-dev  ## write docs/reference anew from the code
	@$(BIN)/python docs/generate.py

clean:  ## remove what was installed and the demonstration county
	rm -rf .venv demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/uv:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or later, or name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "$(PYTHON) is $$($(PYTHON) --version 2>&1), but Compendium needs Python 3.11 or later."; \
	    echo "Install a later one and name it: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv .venv || { \
	    echo "Python could not make a virtual environment; on Debian and Ubuntu install the package python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

# --inexact leaves pip and uv themselves in place, which are not of the project.
.venv/.installed: .venv/bin/uv pyproject.toml uv.lock
	@$(BIN)/uv sync --quiet --locked --inexact --no-dev
	@touch $@

.venv/.installed-dev: .venv/bin/uv pyproject.toml uv.lock
	@$(BIN)/uv sync --quiet --locked --inexact
	@touch $@ .venv/.installed
