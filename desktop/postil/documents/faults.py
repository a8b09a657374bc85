"""Why a file did not become a document: each with a sentence that says what happened and what to do."""


class DocumentError(Exception):
    """A file or text that cannot be read as a document. `str(error)` is a sentence for the reader."""


class Missing(DocumentError):
    """There is no file of that name."""


class Unreadable(DocumentError):
    """It is there but is no file that may be opened: a folder, a device, or somebody else's."""


class Empty(DocumentError):
    """It holds nothing to read."""


class NotText(DocumentError):
    """It is of a kind that this version does not read."""


class TooLarge(DocumentError):
    """It is bigger than any text that is read in one piece."""


class TooMuch(DocumentError):
    """Reading it would take more time or memory than a document may."""


class Broken(DocumentError):
    """Reading it failed, or it changed meanwhile."""


class Unreachable(DocumentError):
    """The web did not give it."""


class Stopped(DocumentError):
    """The reader called it off."""


KINDS: dict[str, type[DocumentError]] = {
    kind.__name__: kind
    for kind in (Missing, Unreadable, Empty, NotText, TooLarge, TooMuch, Broken, Unreachable, Stopped)
}
"""The faults by name, as they cross from the child process."""
