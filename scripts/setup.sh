#!/usr/bin/env bash
# Make or refresh .venv with this package, editable. usage: scripts/setup.sh STAMP [EXTRA,...]
# Uses uv where it is installed, else the standard venv and pip. Touches STAMP when done; `make` calls it only if something changed.
set -euo pipefail

stamp=$1
extras=${2:-}
target=".${extras:+[$extras]}"

suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null && suitable "$name"; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed, and none was found. Name one: make setup PYTHON=/path/to/python3" >&2
    return 1
}

with_uv() {
    [ -x .venv/bin/python ] || uv venv --quiet --python "${PYTHON:->=3.11}" .venv
    uv pip install --quiet --python .venv/bin/python --editable "$target"
}

with_pip() {
    local python
    python=$(find_python)
    suitable .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
    PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --editable "$target"
}

if command -v uv >/dev/null; then with_uv; else with_pip; fi
touch "$stamp"
