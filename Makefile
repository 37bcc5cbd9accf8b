# Each target makes what it needs: the virtual environment, the packages, the browser.
PYTHON ?= python3
AREA ?= Islington
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready
BENCH := $(VENV)/.bench-ready
SPARK := $(VENV)/.spark-ready

# Where this is set, a fresh environment never gets compiled bytecode and imports take five times as long.
unexport PYTHONDONTWRITEBYTECODE
# A tool's PYTHONPATH from outside would shadow the pinned packages.
unexport PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help report reports test prove proof docs test-r test-real test-browser lint lab lock bench data-hashes clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

report: $(RUN) ## Write reports/<area>.html (AREA=Islington unless you say otherwise)
	$(BIN)/youthjustice report "$(AREA)" --output reports

reports: $(RUN) ## Write every English authority's report that is not up to date, and a list (WORKERS=2)
	$(BIN)/youthjustice report --all $(if $(WORKERS),--workers $(WORKERS)) --output build/reports

test: $(DEV) ## Run the tests (under 3 minutes)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not browser and not prove and not spark and not r and not real_files"

prove: $(SPARK) ## Run the same properties at full size, and show that no branch of disclosure control goes untested
	$(BIN)/python -m pytest -q -n 2 --dist load -m "prove and not spark"
	PYTHONPATH=$(CURDIR)/$(VENV)/spark $(BIN)/python -m pytest -q -m spark tests/records
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not prove" --dist loadfile tests/disclosure analysis/youthjustice/disclosure \
		--cov=youthjustice.disclosure --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

proof: $(DEV) ## Compare every published figure that can be reproduced, and write docs/proof.md
	@mkdir -p build
	$(BIN)/python -m pytest -q -n 2 -m "not spark and not r and not real_files" tests/measures tests/published --proof build/proof.json
	$(BIN)/python tools/proof_page.py build/proof.json

docs: $(DEV) ## Build the guides and the reference as a site that opens offline (build/site/index.html)
	@mkdir -p build
	$(BIN)/python -m pytest -q -n 2 -m "not spark and not r and not real_files" tests/measures tests/published --proof build/proof.json
	$(BIN)/python tools/proof_page.py build/proof.json --check
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/site

test-r: $(DEV) ## Compare survival and standardisation with R (Debian: r-base-core, r-cran-survival)
	YJ_R=1 $(BIN)/python -m pytest -q -m r

test-real: $(DEV) ## Read the official files in the folder that YJ_REAL_FILES names
	$(BIN)/python -m pytest -q -m real_files

test-browser: $(DEV) node_modules/.ready browser ## Open the report in headless Chromium
	$(BIN)/python -m pytest -q -m browser

lint: $(DEV) ## Check style, types, the rooms, notebooks and the lock
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify notebooks/*.ipynb

lab: $(RUN) ## Open JupyterLab on the notebooks, which are saved without what they show
	$(BIN)/youthjustice lab notebooks/start_here.ipynb

bench: $(BENCH) $(SPARK) ## Measure, side by side with the alternatives
	PYTHONPATH=$(CURDIR)/$(VENV)/spark $(BIN)/python -m benchmarks

lock: $(DEV) ## Renew the lock files from pyproject.toml
	$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header \
		--extra build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header \
		--extra build --extra test --extra lint --extra browser --extra docs -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header \
		--extra bench -c requirements-dev.lock -o requirements-bench.lock pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"])' \
		| $(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header \
		-c requirements-dev.lock -o requirements-spark.lock -

data-hashes: $(RUN) ## Check every table and renew sizes and hashes in data/datapackage.json after an edit
	$(BIN)/python tools/renew_hashes.py
	$(BIN)/python tools/data_dictionary.py

clean: ## Remove what the other targets made
	rm -rf $(VENV) node_modules build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; $(PYTHON) is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the pinned packages (about a minute the first time) ..."
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "Installing what the checks need ..."
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(BENCH): requirements-bench.lock $(DEV)
	@echo "Installing what the measurements are set beside ..."
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

# Beside the other packages and not among them, for pandera imports Spark wherever it finds it. Java 17 or later
# has to be there (Debian: openjdk-17-jre-headless); without it the tests on Spark fail in CI.
$(SPARK): requirements-spark.lock $(DEV)
	@echo "Installing Spark (half a gigabyte, about a minute) ..."
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
		--upgrade --target $(VENV)/spark -r requirements-spark.lock
	@touch $@

node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund --silent
	@touch $@

# Debian's Chromium, and poppler to read what it prints; elsewhere, any Chromium or Chrome on the path
# will do (or CHROMIUM=/path/to/it).
.PHONY: browser
browser:
	@command -v pdftotext >/dev/null || (apt-get update -qq && apt-get install -y -qq poppler-utils) >/dev/null || true
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { echo "Installing Chromium ..."; \
		(apt-get update -qq && apt-get install -y -qq chromium) >/dev/null; }
