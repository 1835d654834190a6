# Needs python3.11 or later, pip, make and git. Everything else goes into $(VENV), and nothing outside it is touched.
#
#   make run   [ARGS=…]   set up what is missing, then start the program: make run ARGS="queue --json"
#   make test  [ARGS=…]   set up what is missing, then run the tests:     make test ARGS="tests/rules -x"
#   make check            all that must hold before a change is shared: format, lint, types, layers, tests, coverage
#   make bench [ARGS=…]   measure, against floors measured in the same run
#   make faults           kills, power cuts and what else may come, in full, with counts: docs/faults.md
#   make docs             remake the pages in docs/ that are made from the program
#   make lock  [ARGS=…]   remake requirements*.txt from pyproject.toml (ARGS=--upgrade for newer versions)
#   make clean            remove what make made

PYTHON ?= python3 python3.13 python3.12 python3.11
VENV   ?= .venv
UV     ?= uv==0.13.9
BIN    := $(VENV)/bin
SHELL  := /bin/sh

.PHONY: run test check static format lint types layers measured floors floors-100 floors-85 bench faults docs lock clean
.DELETE_ON_ERROR:

run: $(VENV)/.ready
	@$(BIN)/python -m duty_tui $(ARGS)

test: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest $(ARGS)

bench: $(VENV)/.ready-bench
	@$(BIN)/python -m bench $(ARGS)

faults: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.faults $(ARGS)

# ------------------------------------------------------------------------------------------------------------ checking
# The generated pages in docs/ are compared with the program by the tests.
check: static measured floors

# Everything but the tests.
static: format lint types layers

format: $(VENV)/.ready-dev
	$(BIN)/python -m ruff format --check .

lint: $(VENV)/.ready-dev
	$(BIN)/python -m ruff check .

types: $(VENV)/.ready-dev
	$(BIN)/python -m mypy

layers: $(VENV)/.ready-dev
	$(BIN)/lint-imports --no-logo

measured: $(VENV)/.ready-dev
	$(BIN)/python -m pytest --cov --cov-report= $(ARGS)

# Reads what the last measured run wrote. $(call floor,PERCENT,ROOMS): a room not yet built has no floor.
floors: floors-100 floors-85

floors-100: $(VENV)/.ready-dev
	$(call floor,100,domain rules store desk)

floors-85: $(VENV)/.ready-dev
	$(call floor,85,screens widgets)

floor = @failed=0; for room in $(call built,$(2)); do \
	echo "== coverage of $$room, at least $(1) %"; \
	$(BIN)/python -m coverage report --include="duty_tui/$$room.py,duty_tui/$$room/*" --fail-under=$(1) || failed=1; \
	done; exit $$failed
built = $(foreach room,$(1),$(if $(wildcard duty_tui/$(room).py duty_tui/$(room)/*.py),$(room)))

docs: $(VENV)/.ready
	@$(BIN)/python -m duty_tui.screens.keys_page docs/keys.md

# ------------------------------------------------------------------------------------------------------------- setting up
# Sets $$python: the first of $(PYTHON) that is new enough.
FIND_PYTHON = for python in $(PYTHON); do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; done; \
	test -n "$$python" || { echo "duty-tui needs Python 3.11 or later, and none of these is: $(PYTHON)." \
		"Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }

# Sets $$pip: a pip that can install into another interpreter's folder (22.3 or later); bare systems ship none inside venvs.
FIND_PIP = $(FIND_PYTHON); for pip in "$$python -m pip" "python3 -m pip" "pip3"; do \
		$$pip --python $(1)/bin/python --version >/dev/null 2>&1 && break; pip=; done; \
	test -n "$$pip" || { echo "duty-tui needs pip 22.3 or later (on Debian and Ubuntu: apt install python3-pip)." >&2; exit 1; }; \
	pip="$$pip --python $(1)/bin/python --disable-pip-version-check --no-input install -qq"

$(BIN)/python:
	@$(FIND_PYTHON); echo "duty-tui: setting up in $(VENV), once." >&2; \
	rm -rf $(VENV) && $$python -m venv --without-pip $(VENV)

$(VENV)/.ready: $(BIN)/python requirements.txt pyproject.toml
	@$(call FIND_PIP,$(VENV)); set -e; \
	$$pip --only-binary :all: --require-hashes -r requirements.txt; \
	$$pip --no-deps --no-build-isolation --editable .; \
	$(BIN)/python -m compileall -q duty_tui
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@$(call FIND_PIP,$(VENV)); set -e; \
	$$pip --only-binary :all: --require-hashes -r requirements-dev.txt
	@touch $@

# PyMeeus, which workalendar needs, ships no wheel: it is built with the setuptools that is pinned and already there.
$(VENV)/.ready-bench: $(VENV)/.ready-dev requirements-bench.txt
	@$(call FIND_PIP,$(VENV)); set -e; \
	$$pip --only-binary :all: --no-binary pymeeus --use-pep517 --no-build-isolation \
		--require-hashes -r requirements-bench.txt
	@touch $@

# --------------------------------------------------------------------------------------------------------------- locking
LOCK = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras

lock:
	@$(FIND_PYTHON); rm -rf build/lock && $$python -m venv --without-pip build/lock
	@$(call FIND_PIP,build/lock); $$pip "$(UV)"
	$(LOCK) $(ARGS) pyproject.toml --group build -o requirements.txt
	$(LOCK) $(ARGS) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(LOCK) $(ARGS) pyproject.toml --group bench -c requirements-dev.txt -o requirements-bench.txt
	@rm -rf build/lock

clean:
	rm -rf $(VENV) build dist htmlcov .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
