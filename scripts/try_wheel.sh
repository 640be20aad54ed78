#!/usr/bin/env bash
# Build the distributions from what is committed, install them alone in fresh environments, and use them.
# usage: scripts/try_wheel.sh [COMMIT]      PYTHON=python3.13 scripts/try_wheel.sh      KEEP=folder keeps the built files there
# Needs the network (or a mirror) for the dependencies; leaves nothing behind, in this tree or in yours.
set -euo pipefail

commit=${1:-HEAD}
python=${PYTHON:-python3}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
served=""
finish() {
    [ -z "$served" ] || kill "$served" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 REALPOLITIK_CACHE=$work/cache

say() { printf '%4d s  %s\n' "$SECONDS" "$1"; }
fail() {
    echo "FAILED  $1" >&2
    exit 1
}

build() {
    mkdir "$work/tree"
    git -C "$root" archive "$commit" | tar -x -C "$work/tree"
    "$python" -m venv "$work/builder"
    "$work/builder/bin/pip" install --quiet build
    "$work/builder/bin/python" -m build --outdir "$work/dist" "$work/tree" >"$work/build.log" 2>&1 || {
        tail -20 "$work/build.log"
        fail "build"
    }
    rm -rf "$work/tree"
    (cd "$work/dist" && say "built $(ls | tr '\n' ' ')")
    if [ -n "${KEEP:-}" ]; then mkdir -p "$KEEP" && cp "$work"/dist/* "$KEEP"; fi
}

# install NAME REQUIREMENT [KEY=VALUE...]: a fresh environment and an empty folder of that name
install() {
    local name=$1 requirement=$2
    shift 2
    "$python" -m venv "$work/$name"
    env "$@" "$work/$name/bin/pip" install --quiet "$requirement"
    mkdir "$work/in-$name"
    cd "$work/in-$name"
    say "$name: installed, $(du -sm "$work/$name" | cut -f1) MB"
}

# try NAME WORDS ARGUMENTS...: the command runs in the empty folder and prints WORDS
try() {
    local name=$1 words=$2
    shift 2
    "$work/$name/bin/rpol" "$@" >"$work/said" 2>&1 || {
        tail -20 "$work/said"
        fail "$name: rpol $*"
    }
    grep -q -- "$words" "$work/said" || fail "$name: rpol $* did not say '$words'"
    say "$name: rpol $*"
}

kernel_is() {
    local found
    found=$("$work/$1/bin/python" -c 'from realpolitik.dynamics import native; print(native.available())')
    [ "$found" = "$2" ] || fail "$1: compiled kernel available: $found, expected $2"
    say "$1: compiled kernel available: $found"
}

serves() {
    PYTHONUNBUFFERED=1 "$work/$1/bin/rpol" serve northeast-asia --port 0 >"$work/served" 2>&1 &
    served=$!
    for _ in $(seq 60); do
        grep -q 'token=' "$work/served" && break
        sleep 0.5
    done
    local link
    link=$(grep -o 'http://[^ ]*token=[^ ]*' "$work/served") || { cat "$work/served"; fail "$1: rpol serve"; }
    "$work/$1/bin/python" - "$link" <<'PY' || fail "$1: the workbench's first page"
import http.cookiejar
import sys
import urllib.request

jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
page = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar).open(sys.argv[1], timeout=30).read()
sys.exit(b"<html" not in page)
PY
    kill "$served" && wait "$served" 2>/dev/null || true
    served=""
    say "$1: rpol serve answers with its first page"
}

asks_for_the_extra() {
    ! "$work/$1/bin/rpol" serve northeast-asia >"$work/said" 2>&1 || fail "$1: rpol serve ran without its extra"
    grep -q "pip install 'realpolitik\[web\]'" "$work/said" || { cat "$work/said"; fail "$1: no word of the extra"; }
    say "$1: rpol serve says which extra it needs"
}

build
wheel=$(ls "$work"/dist/*.whl)

install wheel "$wheel[web]"
kernel_is wheel True
try wheel "0 errors" check northeast-asia
try wheel "WHO GAINS" run northeast-asia --draws 64
try wheel "report.html" report northeast-asia --draws 16 --out report.html
[ -s report.html ] || fail "no report"
serves wheel

install plain "$(ls "$work"/dist/*.tar.gz)" CC=/bin/false
kernel_is plain False
try plain "WHO GAINS" run rare-metals --draws 16
asks_for_the_extra plain
say "all of it works"
