PYTHON ?= python3
IN := .venv/bin/python -m
LONG := tests/faults tests/terminal tests/demo/test_seeds.py $(wildcard tests/ui/test_audience*.py)

.PHONY: help demo run test check bench soak screens tidy clean setup setup-dev
.NOTPARALLEL:

help:  ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 18

demo: setup  ## open a desk full of a demo company's work (made in demo-desk/ the first time)
	@$(IN) opsdesk demo --desk demo-desk

run: setup  ## open your own desk
	@$(IN) opsdesk

test: check  ## everything that must hold: style, types, import contracts, tests with coverage
	$(IN) pytest -n 2 --cov --cov-report=term $(LONG:%=--ignore=%)
	$(IN) pytest -n 2 $(LONG)

check: setup-dev  ## the quick half of it: style, types and import contracts
	$(IN) ruff check .
	$(IN) ruff format --check .
	$(IN) mypy
	.venv/bin/lint-imports --no-cache

bench: setup-dev  ## how fast it is, as ratios measured side by side
	@$(IN) tests.bench

soak: setup-dev  ## the property tests with 50 times as many examples, the faults with 20 times as many
	$(IN) pytest -n 2 -m hypothesis --soak 50
	$(IN) pytest -n 2 tests/faults -m "not hypothesis" --soak 20

screens: setup-dev  ## draw the README's pictures again from the demo desk, and write its tables
	$(IN) tests.pictures

tidy: setup-dev  ## put the code into its one style
	$(IN) ruff format .
	$(IN) ruff check --fix .

clean:  ## remove the environment and everything that was made (never a desk)
	rm -rf .venv build dist *.egg-info .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache .pytest_cache

setup:
	@$(PYTHON) .ci/setup.py

setup-dev:
	@$(PYTHON) .ci/setup.py dev
