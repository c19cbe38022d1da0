# Two commands do everything: `make run` and `make test`.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock

.PHONY: run test lint bench translations clean

run: .venv/runtime
	@$(BIN)/whitepoint demo

test: .venv/development
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: .venv/development
	$(BIN)/python -m benchmarks $(ARGS)

# After a sentence of the window has changed: then translate what is marked unfinished in the .ts, and run it again.
WORDS := resources/translations/whitepoint
LUPDATE = $(BIN)/pyside6-lupdate $(shell find reviewer -name '*.py' | sort) pipeline/sentences.py -tr-function-alias tr+=counted,QT_TRANSLATE_NOOP+=marked -no-obsolete -locations none

translations: .venv/development
	$(LUPDATE) -ts $(WORDS)_de.ts -source-language en -target-language de
	$(LUPDATE) -ts $(WORDS)_en.ts -source-language en -target-language en -pluralonly
	$(BIN)/pyside6-lrelease $(WORDS)_de.ts $(WORDS)_en.ts

.venv/runtime: pyproject.toml requirements.lock
	@sh .ci/system-libraries
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Whitepoint into .venv (once; about a minute)"
	@$(PIP) --editable .
	@touch $@

.venv/development: .venv/runtime
	@$(PIP) --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
