# One short name for each thing that CI does. GNU make 3.81 (macOS) and later. Without make: see CONTRIBUTING.md.
PYTHON ?= python3

# The stamp's name holds Python's version and the folder: another interpreter, a moved folder and a newer lock each rebuild .venv.
VERSION := $(shell $(PYTHON) -c 'import sys; sys.stdout.write("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)
STAMP := .venv/built-for-$(VERSION)-$(shell pwd | cksum | cut -d ' ' -f 1)
IN_VENV := .venv/bin/python -m

# The tests start hundreds of processes, each of which would compile the engine for itself.
unexport PYTHONDONTWRITEBYTECODE

PYTEST := $(IN_VENV) pytest -q -n 2 --dist loadfile --nbval --nbval-current-env --nbval-cell-timeout=60

.PHONY: run test test-drills test-site test-install check fix bench lab site serve lock font
.DELETE_ON_ERROR:

run: $(STAMP)
	@$(IN_VENV) asprinted build
	@$(IN_VENV) asprinted run

test: $(STAMP) node_modules/.package-lock.json
	@echo "Checking code: ruff, import-linter, mypy"
	@$(IN_VENV) ruff check --quiet
	@$(IN_VENV) ruff format --check --quiet
	@.venv/bin/lint-imports --no-logo > .venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
	@$(IN_VENV) mypy --no-error-summary
	@echo "Rerunning the notebooks and comparing outputs and figures with the stored ones"
	@$(IN_VENV) asprinted check --all
	@echo "Testing, with each notebook once more in a kernel of its own"
	@$(PYTEST) -m "not drill" src tests notebooks

# What `make test` leaves out: signals, kills, full disks, and what kernels of their own run, each edition among it.
test-drills: $(STAMP)
	@$(PYTEST) -m drill tests notebooks/zh

# Every page of the site in a browser, where there is one; a few minutes.
test-site: $(STAMP) node_modules/.package-lock.json
	@$(IN_VENV) pytest -q -n 2 --dist worksteal tests/site --every-page

# Needs a network: an empty environment gets the wheel with its extra `audit` by the pip that Python brings.
test-install: $(STAMP)
	@$(IN_VENV) tools.install

check: $(STAMP)
	@$(IN_VENV) asprinted check

# What the site takes from npm, by the hashes of its lock; whoever has no npm has no workbench, and is told so.
node_modules/.package-lock.json: package-lock.json
	@if [ "$(WORKBENCH)" != no ] && command -v npm >/dev/null; then npm ci --silent && touch $@; fi

# Formats code and notebooks, and mends what can be mended without thinking.
fix: $(STAMP)
	@$(IN_VENV) ruff check --fix --quiet
	@$(IN_VENV) ruff format --quiet

# Some minutes, on a machine that does nothing else; writes docs/performance.md.
bench: $(STAMP)
	@$(IN_VENV) benchmarks.rerun

# `make lab LAB="--no-browser --port 9999"` passes options on.
lab: $(STAMP)
	@$(IN_VENV) asprinted lab $(LAB)

# `make site ADDRESS=https://…` names where it will stand, for what must be named in full; nothing else depends on it.
# Without npm everything but the workbench is built; with WORKBENCH=no that is as it should be.
site: $(STAMP) node_modules/.package-lock.json
	@$(IN_VENV) asprinted site $(if $(ADDRESS),--address "$(ADDRESS)")

serve: site
	@echo "http://127.0.0.1:$(or $(PORT),8000)/"
	@$(IN_VENV) http.server --bind 127.0.0.1 --directory site $(or $(PORT),8000)

# `make lock LOCK=--upgrade` takes newer versions; without it only what pyproject.toml requires changes.
lock: $(STAMP)
	.venv/bin/uv pip compile --quiet $(LOCK) --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	    --no-annotate --all-extras --group pyproject.toml:test --group pyproject.toml:setup pyproject.toml -o requirements.lock

font: $(STAMP)
	@$(IN_VENV) tools.font

# The questions come before the lock, and what builds after it: a second make waits, and finds .venv built.
# The lock is the folder's own, and ends with the process that holds it.
ALONE := $(PYTHON) -c 'import fcntl, os, sys; folder = os.open(".", os.O_RDONLY); fcntl.flock(folder, fcntl.LOCK_EX); \
    os.set_inheritable(folder, True); os.execvp(sys.argv[1], sys.argv[1:])'

ifndef BUILDING
$(STAMP): requirements.lock
	@test -n "$(VERSION)" || { echo "This project needs Python 3.11 or newer; '$(PYTHON)' does not start. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "This project needs Python 3.11 or newer; '$(PYTHON)' is $(VERSION). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "'$(PYTHON)' has no venv or no ensurepip. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(ALONE) "$(MAKE)" --silent BUILDING=1 $@
else
# Whoever answers for a network of its own has its certificate among the system's; uv looks there only where it is told.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/cert.pem /etc/ssl/certs/*.pem /etc/ssl/certs/*.crt /etc/pki/tls/certs/*),true,false)

# In a container a home may be there that nobody can write to.
UV_CACHE := $(or $(UV_CACHE_DIR),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/uv)
ifneq ($(shell mkdir -p "$(UV_CACHE)" 2>/dev/null && test -w "$(UV_CACHE)" && echo yes),yes)
export UV_NO_CACHE := 1
endif

# Inside an activated .venv, PYTHON is the interpreter that is about to be deleted: its base builds the new one.
# uv comes first, by pip and by the hashes that the lock holds for it, and installs the rest in seconds.
$(STAMP): requirements.lock
	@echo "Building .venv for Python $(VERSION) from requirements.lock"
	@base=$$($(PYTHON) -c 'import sys; print(sys._base_executable)') && rm -rf .venv && "$$base" -m venv .venv
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/uv.lock
	@$(IN_VENV) pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	@.venv/bin/uv pip install --quiet --python .venv --require-hashes --compile-bytecode -r requirements.lock
	@.venv/bin/uv pip install --quiet --python .venv --no-build-isolation --no-deps -e .
	@touch $@
endif
