"""Opening a PDF, with every reason why it does not open told as a sentence. Runs in a child process."""

import pypdfium2
import pypdfium2.raw as pdfium

from postil.documents.faults import Broken, DocumentError, NotText

_WHY: dict[int, tuple[type[DocumentError], str]] = {
    pdfium.FPDF_ERR_PASSWORD: (
        NotText,
        "It is locked with a password. Open it where you know the password, save it without one, and open that.",
    ),
    pdfium.FPDF_ERR_SECURITY: (
        NotText,
        "It is locked in a way that this version does not know. Print it to a new PDF and open that.",
    ),
}
_DAMAGED = "This PDF is damaged or not complete, so it could not be opened. Get it once more and open that."


def opened(source: str | bytes, *, forms: bool = False) -> pypdfium2.PdfDocument:
    """Open a file by its path or its bytes; with `forms`, what was filled in is drawn. Raises a DocumentError."""
    try:
        document = pypdfium2.PdfDocument(source)
        if forms and document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
    except pypdfium2.PdfiumError as fault:
        kind, sentence = _WHY.get(getattr(fault, "err_code", 0) or 0, (Broken, _DAMAGED))
        raise kind(sentence) from None
    except FileNotFoundError:
        raise Broken("The file is not there any more.") from None
    if len(document) == 0:
        raise Broken("There are no pages in this PDF: it is damaged, or empty.")
    return document
