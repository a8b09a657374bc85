"""The language model: the only import of spaCy. Lives in the child process; loading it takes a second or two."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.lang.en import English

from postil.entities.span import Span

KEPT = ("tok2vec", "ner")
"""The parts of the pipeline that find names."""

Raw = list[Span]


class Model:
    """A loaded model: texts in, labelled spans out."""

    def __init__(self, folder: Path) -> None:
        config = spacy.util.load_config(folder / "config.cfg")
        self._nlp = spacy.load(folder, exclude=[pipe for pipe in config["components"] if pipe not in KEPT])
        self._nlp.max_length = 10**9  # texts come in pieces of bounded length

    def spans(self, texts: Sequence[str]) -> Iterator[Raw]:
        """The spans of each text, with offsets into that text."""
        for document in self._nlp.pipe(texts, batch_size=LATER):
            yield [Span(found.start_char, found.end_char, found.label_) for found in document.ents]


LATER = 64


def slim_config(folder: Path, dropped: Iterable[str]) -> None:
    """Rewrite a model folder's config.cfg without the dropped parts of the pipeline."""
    config = spacy.util.load_config(folder / "config.cfg")
    for name in dropped:
        config["components"].pop(name, None)
    config["nlp"]["pipeline"] = [name for name in config["nlp"]["pipeline"] if name not in set(dropped)]
    config["nlp"]["disabled"] = []
    config.to_disk(folder / "config.cfg")


def base_strings() -> set[str]:
    """The strings that any English pipeline knows before it has read a word."""
    return set(English().vocab.strings)
