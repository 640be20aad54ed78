# make demo    set up, then the first answers for the bundled situation
# make check   everything that is checked: style, types, layers, the whole test suite
# Needs Python 3.11 or newer. A C compiler makes it faster; without one it runs on NumPy.

SHELL := /bin/bash
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev
SOURCES_OF_SETUP := pyproject.toml setup.py scripts/setup.sh $(wildcard src/realpolitik/*/native/csrc/*)

# Tests are spread over this many processes, file by file; WORKERS=0 runs them in one.
WORKERS ?= 2
SPREAD := $(if $(filter-out 0,$(WORKERS)),-n $(WORKERS) --dist loadfile)

# Small matrices on few cores: threads inside BLAS only get in each other's way.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
export MKL_NUM_THREADS ?= 1

.PHONY: help setup demo check lint types layers tests test format docs reference-case site fuzz wheel clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*##[[:space:]]*/\1\t/' | expand -t 16

$(READY): $(SOURCES_OF_SETUP)
	@scripts/setup.sh $@

$(READY_DEV): $(SOURCES_OF_SETUP)
	@scripts/setup.sh $@ dev,documents,web,mcp
	@touch $(READY)

setup: $(READY_DEV)  ## make .venv with everything development needs (nothing to do when up to date)

demo:  ## set up, check, compile and run the bundled situation, saying how long each step takes
	@python=$$(command -v $(or $(PYTHON),python3)) && "$$python" scripts/demo.py

check: $(READY_DEV)  ## style, types, layers and the whole test suite; all of them run, then it fails if any failed
	@failed=""; \
	for step in lint types layers tests; do $(MAKE) --no-print-directory $$step || failed="$$failed $$step"; done; \
	if [ -n "$$failed" ]; then echo "make check: failed:$$failed"; exit 1; fi

lint: $(READY_DEV)  ## ruff: rules and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY_DEV)  ## mypy, strict
	@$(BIN)/mypy

layers: $(READY_DEV)  ## import-linter: who may import whom
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo

tests: $(READY_DEV)  ## the whole suite
	@$(BIN)/pytest $(SPREAD)

test: $(READY_DEV)  ## the fast suite
	@$(BIN)/pytest $(SPREAD) -m 'not slow'

format: $(READY_DEV)  ## let ruff mend what it can
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

docs: $(READY_DEV)  ## regenerate the pages and blocks that come from the program
	@$(BIN)/python scripts/cli_reference.py
	@$(BIN)/python scripts/json_schemas.py
	@$(BIN)/python scripts/api_reference.py
	@$(BIN)/python scripts/error_catalogue.py
	@$(BIN)/python scripts/refresh_readme.py
	@$(BIN)/python scripts/picture.py

reference-case: $(READY_DEV)  ## run the commands of docs/reference-case.md and write it, with its picture (minutes)
	@$(BIN)/python scripts/reference_case.py

site: .venv/.ready-docs  ## build the documentation into site/, warnings are errors; it opens without a network
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet && echo "site/index.html"

fuzz: .venv/.ready-fuzz  ## feed one reader mutated input: make fuzz TARGET=situation SECONDS=60
	@nice -n 19 $(BIN)/python fuzz/run.py $(or $(TARGET),--list) $(or $(SECONDS),60)

wheel:  ## build wheel and sdist from what is committed, install each alone, and use them
	@scripts/try_wheel.sh

.venv/.ready-docs .venv/.ready-fuzz: $(READY_DEV) $(SOURCES_OF_SETUP)
	@scripts/setup.sh $@ dev,documents,web,$(@:.venv/.ready-%=%)

clean:  ## remove what was built or cached, and the environment
	rm -rf .venv build dist out site .rpol .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests -name __pycache__ -type d -exec rm -rf {} +
	rm -f src/realpolitik/*/native/*.so
