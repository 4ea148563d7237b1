# Everything a newcomer needs: `make demo`, then `make test`.  `make check` is what a change must pass.
PYTHON ?= python3.11
BIN := .venv/bin
INSTALLED := .venv/installed
MODEL := models/current
SEEDS := $(wildcard seeds/statements/*.jsonl seeds/phrases/*.tsv) seeds/out_of_domain.jsonl
COMPILED := setup.py classifier/kernel.py classifier/kernel.pxd $(wildcard classifier/quotes/*.py)
SOURCES := $(wildcard classifier/*.py classifier/data/*.tsv training/*.py) training/calibration.json

.PHONY: demo test check lint types audit bench plain clean

demo: $(MODEL)  ## set up, train once, score the statements of an article
	$(BIN)/detente show examples/strait-talks.txt

test: $(MODEL)  ## set up and pass every test
	$(BIN)/pytest -n 2

check: lint types test audit  ## all that a change must pass

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

audit: $(INSTALLED)  ## ask PyPI for known vulnerabilities of what is pinned; what cannot be asked about fails too
	$(BIN)/pip-audit --strict --requirement requirements.lock --no-deps --disable-pip --progress-spinner off

bench: $(MODEL)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]' -c requirements.lock
	$(BIN)/python -m benchmarks

plain:  ## run kernel and rules as plain Python, to work on them; `make -B .venv/installed` compiles them again
	rm -f *.so classifier/*.so classifier/quotes/*.so

$(INSTALLED): pyproject.toml requirements.lock $(COMPILED)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]' -c requirements.lock
	touch $@

$(MODEL): requirements.lock $(SEEDS) $(SOURCES) | $(INSTALLED)
	$(BIN)/detente train --quick

clean:
	rm -rf .venv models build *.so classifier/*.so classifier/quotes/*.so *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
