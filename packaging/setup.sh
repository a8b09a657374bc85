#!/bin/sh
# Set Postil up in .venv (with --dev: its tests and checks too). Does nothing when nothing has changed.
set -eu
cd "$(dirname "$0")/.."
python=$(sh packaging/find_python.sh)
exec "$python" packaging/install.py "$@"
