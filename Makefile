# A bare `make` lists the targets. Everything is installed into .venv; nothing outside this folder is touched,
# but for `make chromium`, which asks the system's package manager for a browser when none is there.

PYTHON ?= python3
CORPUS ?= seeds
OUTPUT ?= build/html
BIN    := .venv/bin
UV     := $(BIN)/uv
SYNC   := $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help book test check serve pdf bench lock chromium clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

.venv/bin/uv: requirements/uv.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.book: .venv/bin/uv requirements/book.txt requirements/build.txt pyproject.toml
	@echo "installing the locked dependencies into .venv"
	@$(SYNC) --require-hashes -r requirements/book.txt -r requirements/build.txt
	@$(SYNC) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.book requirements/dev.txt
	@echo "installing what tests and checks need into .venv"
	@$(SYNC) --require-hashes -r requirements/dev.txt
	@touch $@

book: .venv/.book ## build the book from CORPUS (seeds) into OUTPUT (build/html)
	@$(BIN)/tellings build $(CORPUS) --output $(OUTPUT)

test: .venv/.dev chromium check ## check and test everything, the book in a real browser included
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

check: .venv/.dev ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

serve: book ## show the book on http://127.0.0.1:8000
	@$(BIN)/tellings serve $(OUTPUT)

pdf: book chromium ## print the whole book into one PDF
	@$(BIN)/tellings pdf $(OUTPUT)

bench: .venv/.dev ## measure everything, GOLD=folder for accuracy on labelled sets; benchmarks/README.md says how they look
	@$(BIN)/python benchmarks/bench.py $(if $(GOLD),--gold $(GOLD))

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	       && echo "installing chromium for the browser tests" \
	       && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	  || echo "no chromium found: install it with your package manager; the browser tests will fail without it"

LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: ## renew the locked versions from pyproject.toml
	@test -x $(UV) || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet uv; }
	@echo uv | $(LOCK) --no-annotate -o requirements/uv.txt -
	@echo hatchling | $(LOCK) --no-annotate -o requirements/build.txt -
	@$(LOCK) -o requirements/book.txt pyproject.toml
	@$(LOCK) -o requirements/dev.txt -c requirements/book.txt --extra formats --extra cluster --group dev pyproject.toml

clean: ## remove what was built, not what was installed
	rm -rf build dist .tellings .pytest_cache .mypy_cache .ruff_cache .hypothesis
