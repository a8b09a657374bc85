"""The two faces of the page that shows a document: its text set anew, and its pages as printed.

What is written for both takes a `Face`; both answer by the same names.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil.view.page.printed.reading import PrintedReading
    from postil.view.page.reading import Reading

type Face = "Reading | PrintedReading"
