# Everything a newcomer, a developer or an automatic check needs; `make` lists it.
# Needs: Python 3.11 or newer, make, a package index.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
LOCAL := $(PY) -m coop4canada.local
SERVERS := $(LOCAL) with-servers --
PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
ARGS ?=

# Official files kept beside the checkout serve every checkout; otherwise settings look into data/.
ifndef COOP_DATA_DIR
ifneq ($(wildcard ../shared/data/.),)
export COOP_DATA_DIR := $(abspath ../shared/data)
endif
endif

# Settings as strict as production's, with values that mean nothing, for the checks that want them.
PRODUCTION_LIKE := DJANGO_DEBUG=false COOP_HASH_KEY=check DJANGO_ALLOWED_HOSTS=check.example COOP_SITE_URL=https://check.example \
	COOP_MAIL_PROVIDER=smtp COOP_MAIL_FROM=check@check.example \
	DJANGO_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')

.PHONY: help run test check fix bench browser messages lock demo manage clean reset

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/local.installed ## Start the whole site on this machine (PORT=8000 HOST=127.0.0.1 VERBOSE=1)
	@exec $(LOCAL) run --stop-with-parent --port "$(PORT)" --host "$(HOST)" $(if $(VERBOSE),--verbose)

test: $(VENV)/dev.installed ## Run all tests, those in a real browser included, with coverage (ARGS="-k name")
	@.ci/system
	@exec $(SERVERS) $(PY) -m pytest -n $(WORKERS) --dist loadgroup --max-worker-restart 0 --cov --cov-report=term $(ARGS)

browser: $(VENV)/dev.installed ## Run only the tests in a real browser
	@.ci/system
	@exec $(SERVERS) $(PY) -m pytest -m browser $(ARGS)

bench: $(VENV)/dev.installed ## Measure; one JSON object a line: name, value, unit
	@exec $(SERVERS) $(PY) -m tests.bench $(ARGS)

CHECKS := format lint templates layers dependencies types migrations deployment translations
check: $(VENV)/dev.installed ## Formatting, lint, types, import contracts, templates, migrations, translations
	@$(MAKE) --keep-going $(CHECKS:%=check-%)

TEMPLATES = $$(git ls-files '*/templates/*.html' 'templates/*.html')
# Some tools import the settings but neither ask a database nor sign anything.
UNUSED_SERVERS := DATABASE_URL=postgresql:///none REDIS_URL=redis:///none

.PHONY: $(CHECKS:%=check-%)
check-format:
	$(PY) -m ruff format --check --quiet .
check-lint:
	$(PY) -m ruff check --quiet .
check-templates:
	$(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(VENV)/bin/djlint --lint --quiet templates
check-layers:
	$(VENV)/bin/lint-imports
check-dependencies:
	$(PY) -m deptry .
check-types:
	$(UNUSED_SERVERS) DJANGO_DEBUG=true $(PY) -m mypy .
check-migrations:
	DJANGO_DEBUG=true $(SERVERS) $(PY) manage.py makemigrations --check --dry-run
check-deployment:
	@echo "manage.py check --deploy --fail-level WARNING"
	@$(UNUSED_SERVERS) $(PRODUCTION_LIKE) $(PY) manage.py check --deploy --fail-level WARNING
check-translations:
	$(SERVERS) $(PY) -m pytest -q -p no:cacheprovider tests/architecture/test_translations.py

fix: $(VENV)/dev.installed ## Format and repair what can be repaired automatically
	$(PY) -m ruff check --fix --exit-zero .
	$(PY) -m ruff format .
	$(VENV)/bin/django-upgrade --target-version 5.2 $$(git ls-files '*.py')
	$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)

messages: $(VENV)/dev.installed ## Collect texts to translate and compile the translations
	@DJANGO_DEBUG=true exec $(SERVERS) $(PY) manage.py messages $(ARGS)

demo: $(VENV)/local.installed ## Load the demonstration data again into the local database
	@exec $(LOCAL) exec -- $(PY) manage.py load_demo $(ARGS)

manage: $(VENV)/local.installed ## Run a management command on the local database (ARGS="recompute_map")
	@exec $(LOCAL) exec -- $(PY) manage.py $(ARGS)

# uv does not read pip's configuration, so the index pip uses is handed over, by environment only.
# dev.txt holds everything; the two smaller files take their pins from it.
UV_COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-header \
	--no-annotate $(ARGS) pyproject.toml
lock: $(VENV)/dev.installed ## Pin requirements/*.txt anew from pyproject.toml (ARGS=--upgrade for newest releases)
	@index="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(PY) -m pip config get global.index-url 2>/dev/null)}}"; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	$(UV_COMPILE) --group local --group dev -o requirements/dev.txt && \
	$(UV_COMPILE) --group local --constraint requirements/dev.txt -o requirements/local.txt && \
	$(UV_COMPILE) --constraint requirements/dev.txt -o requirements/runtime.txt

clean: ## Remove caches, logs, collected files and servers of crashed tests; keeps the database
	@if [ -x $(PY) ]; then $(LOCAL) clean; fi
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov test-results
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

reset: clean ## Remove the local database and .venv as well: the next start is a first start
	@if [ -x $(PY) ]; then $(LOCAL) clean --database; fi
	@rm -rf $(VENV) var

# Looked at every time, installed again only when the content of the requirement file changed.
.PHONY: FORCE
FORCE:
$(VENV)/%.installed: FORCE
	@.ci/install $*
