#!/bin/sh
# Print a Python that can run Postil (3.12 or newer, able to make environments), or say what to do.
# A name on the PATH is not enough: version managers put names there that do not run, so each one is tried.
fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

for name in ${POSTIL_PYTHON:-} python3 python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
    fits "$name" || continue
    "$name" -c 'import sys; print(sys.executable)'
    exit 0
done

cat >&2 <<'MESSAGE'
Postil needs Python 3.12 or newer, and none was found.
  Debian, Ubuntu   sudo apt install python3 python3-venv
  Fedora           sudo dnf install python3
  macOS            brew install python
  elsewhere        https://www.python.org/downloads/
If you have one under another name, name it: POSTIL_PYTHON=/path/to/python3 make run
MESSAGE
exit 1
