# Everything here needs make and Python 3.11 or later, and sets up .venv by itself.

BIN := .venv/bin
READY := .venv/.ready

# The first Python that is new enough and can make virtual environments; PYTHON=… chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$python; break; fi; done)

.PHONY: help demo test test-browser check lint docs-current fix docs bench clean

help: ## print this help
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-19s %s\n", $$1, $$2}'

demo: $(READY) ## audit the tickets in fixtures/tickets and write their batch report
	@echo '$$ ticketaudit check --output-format concise fixtures/tickets'
	@$(BIN)/ticketaudit check --output-format concise fixtures/tickets || [ $$? -eq 1 ]
	@mkdir -p build
	@echo; echo '$$ ticketaudit report -o build/report.md fixtures/tickets'
	@$(BIN)/ticketaudit report -o build/report.md fixtures/tickets
	@echo 'The batch report is in build/report.md. To see one ticket whole: $(BIN)/ticketaudit show B2-NAV-01'

test: $(READY) ## run the tests
	$(BIN)/pytest -n auto

test-browser: $(READY) ## look at the HTML report in Chromium (on Debian: apt install chromium-driver)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group browser
	$(BIN)/pytest -m browser tests/test_browser.py

check: $(READY) lint check-action docs-current ## everything that CI runs
	$(BIN)/pytest -n auto --cov
	$(MAKE) --no-print-directory demo >/dev/null

.PHONY: check-sarif
check-sarif: $(READY) ## hold SARIF against Microsoft's validator with the rules of GitHub (needs npm)
	@npm install --silent --no-fund --no-audit --prefix build/npm @microsoft/sarif-multitool@5
	$(BIN)/python scripts/check_sarif.py

lint: $(READY) ## ruff, mypy and the floors of docs/design.md
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: check-action
check-action: $(READY) ## the shell, the schemas and the safety of what CI platforms run
	$(BIN)/shellcheck scripts/*.sh .ci/run
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows docs/examples/github-workflow.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci docs/examples/gitlab-ci.yml
	$(BIN)/zizmor --offline --quiet --pedantic action.yml docs/examples/github-workflow.yml

docs-current: $(READY) ## fail where a generated file is not what make docs would write
	$(BIN)/python scripts/vocabulary.py --check
	$(BIN)/python scripts/docs.py --check

.PHONY: docs-site
docs-site: $(READY) ## build the docs site in build/site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs-site
	$(BIN)/python scripts/pages.py
	$(BIN)/zensical build --strict

.PHONY: package
package: $(READY) ## build the packages in dist/, and try them where nothing else is installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group package
	rm -rf dist build/empty
	$(BIN)/python -m build --quiet
	$(BIN)/twine check --strict dist/*
	$(BIN)/python -m venv build/empty
	build/empty/bin/python -m pip install --quiet --disable-pip-version-check dist/ticketaudit-*.whl
	build/empty/bin/ticketaudit --version
	build/empty/bin/ticketaudit check --exit-zero --output-format sarif -o build/empty/out.sarif fixtures/tickets
	$(BIN)/pipx run --spec dist/ticketaudit-*.whl ticketaudit --version

fix: $(READY) ## format, and mend what ruff can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: $(READY) ## write what is generated from the vocabulary, the rules and the fixtures
	$(BIN)/python scripts/vocabulary.py
	$(BIN)/python scripts/docs.py

.PHONY: check-security
check-security: $(READY) ## bandit, 200 kills, the versions known to be vulnerable (needs a service that knows them)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group security
	$(BIN)/bandit --quiet --recursive src
	TICKETAUDIT_KILLS=200 $(BIN)/pytest tests/test_kills.py tests/test_hostile_files.py tests/test_nasty_output.py
	@$(BIN)/pip-audit --strict --progress-spinner off . || { \
		echo "Either a dependency is vulnerable, or no service could be asked: the lines above say which." >&2; exit 1; }

.PHONY: fuzz
fuzz: build/fuzz/.ready ## look for tickets that break the reader, for MINUTES=n (with Python 3.11 to 3.13)
	nice build/fuzz/bin/python scripts/fuzz.py config --minutes $$(( $(MINUTES) / 10 + 1 ))
	nice build/fuzz/bin/python scripts/fuzz.py tickets --minutes $(MINUTES)

MINUTES ?= 10

# atheris is built for few versions of Python, so it has an environment of its own.
build/fuzz/.ready: pyproject.toml $(READY)
	$(BIN)/python -m venv build/fuzz
	build/fuzz/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	build/fuzz/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[ftfy,languages]' --group fuzz
	@touch $@

bench: $(READY) ## measure a check beside linters of Markdown (BENCH=small, BENCH=large)
	$(BIN)/python scripts/bench.py

.PHONY: bench-code
bench-code: $(READY) ## measure what asking the source tree costs a check
	$(BIN)/python scripts/bench_code.py

.PHONY: profile
profile: $(READY) ## show where the time of a check goes
	$(BIN)/python scripts/profile_check.py

clean: ## remove .venv and everything that was built
	rm -rf .venv build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml
	@python="$(PYTHON)"; [ -n "$$python" ] || { \
		echo "ticketaudit needs Python 3.11 or later with its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; \
		echo "Where it is installed under another name: make PYTHON=/path/to/python" >&2; exit 1; }; \
	echo "Setting up .venv with $$python, once: this takes a minute." >&2; \
	$$python -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[ftfy,languages,watch]' --group dev
	@touch $@
