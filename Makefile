# Everything that is done to this repository. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

.PHONY: help setup run test check format bench evaluation wheel lock docs clean

help: ## List what make can do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 16

setup: ## Make or update .venv
	@scripts/bootstrap

run: setup ## Start Pacework with its demo service
	@$(BIN)/pacework run

test: setup ## Run every test (SQLite, PostgreSQL, browser) and hold the branch coverage to its gate
	@$(BIN)/python scripts/test.py

check: setup ## Style, types, imports, templates, migrations, deployment settings
	@scripts/check

format: setup ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: setup ## Measure against 10,000 clients (takes a while)
	@$(BIN)/python scripts/with_postgres.py $(BIN)/python -m benchmarks

evaluation: setup ## Score the forecast of symptoms (DIARIES=file.csv) into docs/science/capacity.md
	@$(BIN)/python scripts/evaluate_capacity.py "$(DIARIES)" $(if $(HEADACHES),--headaches "$(HEADACHES)")

wheel: setup ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build --target wheel

lock: setup ## Renew the locked requirements (UPGRADE=1 for newer versions)
	@scripts/lock

docs: setup ## Renew the pages of docs/ that are made from the code
	@$(BIN)/pacework settings --markdown > docs/settings.md
	@$(BIN)/pacework matrix > docs/access-matrix.md
	@$(BIN)/python scripts/data_model.py > docs/data-model.md

clean: ## Remove what was made, the database in var/ too
	rm -rf .venv var dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*
