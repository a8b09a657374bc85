# Two commands are enough: `make run` starts Postil, `make test` proves it. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test coverage check format demo bench fuzz torture soak screenshots sample-names lock clean

PYTHON := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## start Postil (FILES="a.html b.md" opens files)
	@$(PYTHON) -m postil $(FILES)

setup: ## make .venv and install what running needs
	@sh packaging/setup.sh

setup-dev: ## the same, with what developing needs
	@sh packaging/setup.sh --dev

SUITE = -m pytest -n 2 --dist worksteal $(ARGS)

test: setup-dev ## run the whole suite, headless, and print the branches it took (ARGS="-k name" for a part, unmeasured)
	@QT_QPA_PLATFORM=offscreen $(PYTHON) $(if $(ARGS),,packaging/measured.py) $(SUITE)

coverage: setup-dev ## the same, and every line and branch that never ran (ARGS="-k name" of a part)
	@QT_QPA_PLATFORM=offscreen $(PYTHON) packaging/measured.py --all $(SUITE)

check: setup-dev ## format, lint, types, import contracts
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo

format: setup-dev ## put every file into the house format
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

demo: setup ## the main job without a screen (ARTICLE=path adds a file of yours); writes demo.png
	@$(PYTHON) packaging/demo.py $(if $(ARTICLE),"$(ARTICLE)")

bench: setup-dev ## every benchmark; `make bench-view`, `make bench-search` ... for one
	@for each in tests/benchmarks/bench_*.py; do echo "== $$each"; $(PYTHON) "$$each" || exit 1; done

bench-%: setup-dev
	@$(PYTHON) tests/benchmarks/bench_$*.py $(ARGS) $(if $(GOLD),--gold "$(GOLD)")

fuzz: setup-dev ## spoilt documents through the real reader for SECONDS=60 (SEED=1)
	@$(PYTHON) tests/fuzz/fuzz_documents.py

torture: setup-dev ## kills, power cuts and failing disks for N=1000: nothing saved is lost
	@$(PYTHON) tests/torture/torture.py

soak: setup-dev ## random acts through the real window for SECONDS=3600: memory and handles stay flat
	@QT_QPA_PLATFORM=offscreen $(PYTHON) tests/torture/soak.py

screenshots: setup ## the README's pictures, into resources/screenshots (ALL=1: of every theme and kind of text)
	@$(PYTHON) packaging/screenshots.py $(if $(ALL),--all)

sample-names: setup ## find the names in the sample article anew and keep them beside it
	@$(PYTHON) packaging/sample_names.py

lock: ## resolve the dependencies anew and write the locks in packaging/
	@sh packaging/lock.sh

clean: ## remove what the commands above made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist demo.png
