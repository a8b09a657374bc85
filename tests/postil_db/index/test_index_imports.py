"""The library names entries and snippets at start: that must not load numpy or Whoosh; and Whoosh loads in silence."""

import subprocess
import sys
from pathlib import Path


def test_entries_and_snippets_load_nothing_heavy() -> None:
    code = (
        "import sys, postil_db.index.entry, postil_db.index.snippet\n"
        "print([name for name in ('numpy', 'whoosh', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_whoosh_is_compiled_without_a_warning(tmp_path: Path) -> None:
    code = f"import sys; sys.pycache_prefix = {str(tmp_path)!r}; import postil_db.index.whoosh_parts"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
