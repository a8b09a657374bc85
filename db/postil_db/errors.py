"""The world's faults, told so that a reader knows what happened and what to do. Bugs are left bare."""


class LibraryError(Exception):
    """A fault of the world around a library. `str(error)` is a sentence for the reader: what happened, what to do."""


class InUse(LibraryError):
    """Another process owns the library."""


class TooNew(LibraryError):
    """A newer Postil wrote the library; nothing was changed."""


class NotALibrary(LibraryError):
    """The file there is no library of Postil's."""


class Damaged(LibraryError):
    """The library's file is not whole."""


class NoSpace(LibraryError):
    """The disk is full; nothing was written."""


class ReadOnly(LibraryError):
    """The library cannot be written to."""


class Unreachable(LibraryError):
    """The folder or file is missing, or may not be opened."""


class NotFound(LibraryError):
    """No such document, annotation or tag."""


class Refused(LibraryError):
    """What was asked for makes no sense here (an empty passage, a tag without a name)."""
