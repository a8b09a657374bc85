"""The parts of Whoosh that the index is built on: the only import of it, so that changing its release is one line."""

import warnings
from typing import Any

with warnings.catch_warnings():
    # Whoosh 2.7.4 writes regular expressions as plain strings. Compiling it (only where no byte code is cached yet)
    # warns of that, and would fail where warnings are errors.
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import query
    from whoosh.analysis import Analyzer, Token
    from whoosh.codec.base import FieldCursor, FieldWriter, TermsReader
    from whoosh.codec.whoosh3 import TermNotFound, W3Codec, W3Segment, W3TermInfo
    from whoosh.columns import Column, ColumnReader, ColumnWriter
    from whoosh.fields import COLUMN, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Existence, Positions
    from whoosh.index import TOC, FileIndex
    from whoosh.index import IndexError as WhooshError
    from whoosh.lang.porter2 import stem as english_stem
    from whoosh.matching import ListMatcher
    from whoosh.writing import PostingPool, SegmentWriter

type Untyped = Any  # what comes from Whoosh, which has no types

__all__ = [
    "COLUMN",
    "TOC",
    "Analyzer",
    "Column",
    "ColumnReader",
    "ColumnWriter",
    "Existence",
    "FieldCursor",
    "FieldType",
    "FieldWriter",
    "FileIndex",
    "FileStorage",
    "ListMatcher",
    "Positions",
    "PostingPool",
    "Schema",
    "SegmentWriter",
    "TermNotFound",
    "TermsReader",
    "Token",
    "Untyped",
    "W3Codec",
    "W3Segment",
    "W3TermInfo",
    "WhooshError",
    "english_stem",
    "query",
]
