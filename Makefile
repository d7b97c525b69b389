# `make site` and `make test` do all their own set-up; see README.md.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
RUN_STAMP := $(VENV)/.requirements
DEV_STAMP := $(VENV)/.requirements-dev

.PHONY: site dist serve check test audit bench clean help

site: $(RUN_STAMP)
	@$(PY) -m scripts build

dist: $(RUN_STAMP)
	@$(PY) -m scripts package

serve: $(RUN_STAMP)
	@$(PY) -m scripts serve

check: $(RUN_STAMP)
	@$(PY) -m scripts check

test: $(DEV_STAMP)
	@CHROMIUM="$$(sh tests/setup/browser.sh)" && NGINX="$$(sh tests/setup/program.sh nginx nginx $(VENV)/programs)" && \
	SEVENZIP="$$(sh tests/setup/program.sh 7zz 7zip $(VENV)/programs)" && \
	MINISIGN="$$(sh tests/setup/program.sh minisign minisign $(VENV)/programs)" && export CHROMIUM NGINX SEVENZIP MINISIGN && \
	$(PY) -m ruff check scripts tests && $(PY) -m pytest -q -n 2

audit: $(DEV_STAMP)
	@CHROME_PATH="$$(sh tests/setup/browser.sh)" && export CHROME_PATH && $(PY) -m tests.audit

bench: $(DEV_STAMP)
	@$(PY) tests/bench.py

clean:
	rm -rf site dist docs/zh-Hans docs/zh-Hant docs/en docs/data docs/mkdocs.*.yml .site.* .dist.*

help:
	@echo "make site | dist | serve | check | test | audit | bench | clean"

# A stamp inside the environment says that its requirements were installed whole. An environment that was left half made, or
# whose Python has gone, is made again whatever its stamps say.
ifneq ($(shell test ! -e $(VENV)/.unfinished && $(PY) -c 'import pip' 2>/dev/null && echo whole),whole)
.PHONY: $(RUN_STAMP)
endif

$(RUN_STAMP): requirements.txt constraints.txt
	@PYTHON="$(PYTHON)" sh tests/setup/venv.sh $(VENV) requirements.txt $@

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.txt
	@PYTHON="$(PYTHON)" sh tests/setup/venv.sh $(VENV) requirements-dev.txt $@
