#!/bin/sh
# Resolve pyproject.toml for every system and write the locks: names, versions, hashes, and no registry's address.
set -eu
cd "$(dirname "$0")/.."
python=$(sh packaging/find_python.sh)
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
"$python" -m venv "$tool"
"$tool/bin/pip" install -q uv
lock() {
    "$tool/bin/uv" pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q "$@"
}
lock --group build -o packaging/requirements.txt
lock --group build --group dev -c packaging/requirements.txt -o packaging/requirements-dev.txt
