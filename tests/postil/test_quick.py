"""What a quick start puts off is there when it is wanted."""

import subprocess
import sys

PREPARED = (
    "from postil.quick import load_qt, settle; load_qt(); import sys, gc; from PySide6.QtWidgets import QWidget\n"
)


def run(program: str, prepared: str = PREPARED) -> str:
    done = subprocess.run(
        [sys.executable, "-c", prepared + program], text=True, capture_output=True, timeout=60, check=True
    )
    return done.stdout


def test_nothing_of_the_signatures_is_loaded_for_a_window() -> None:
    asked = (
        "import sys; print('argparse' in sys.modules, hasattr(sys.modules['shibokensupport.signature'], '__path__'))"
    )
    assert run(asked).strip() == "False True"
    assert run("import sys, PySide6.QtCore\n" + asked, prepared="").strip() == "True True"


def test_a_wrong_call_is_explained_as_ever() -> None:
    program = (
        "from PySide6.QtCore import QPoint, QDate\n"
        "from PySide6.support.signature import get_signature\n"
        "for call in (lambda: QPoint('a', 'b'), lambda: QWidget().resize('x'), lambda: QDate(1, 2, 'c')):\n"
        "    try:\n        call()\n    except TypeError as error:\n        print(error)\n"
        "print(get_signature(QPoint.setX))\n"
    )
    usual = "import sys\nfrom PySide6.QtWidgets import QApplication, QWidget; app = QApplication([])\n"
    told = run("from PySide6.QtWidgets import QApplication; app = QApplication([])\n" + program)
    assert told == run(usual + program, prepared="")
    assert "Supported signatures" in told


def test_modules_are_imported_without_their_source_being_read() -> None:
    told = run(
        "import linecache, json, decimal, os.path; from postil_db import records\n"
        "print([name for name in linecache.cache if 'postil_db' in name])\n"
        "settle(); print(gc.isenabled(), gc.get_freeze_count() > 0)"
    )
    assert told.splitlines() == ["[]", "True True"]
