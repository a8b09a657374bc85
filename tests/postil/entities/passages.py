"""Short ways to write spans in tests: `passage("Kaja Kallas spoke. Kallas left.", ("Kaja Kallas", "PERSON"))`."""

from postil.entities.passage import Passage
from postil.entities.span import Span


def spans(text: str, *marked: tuple[str, str]) -> list[Span]:
    """Spans at the first places of the given strings that no earlier one has taken."""
    taken: dict[str, int] = {}
    found = []
    for part, label in marked:
        start = text.index(part, taken.get(part, 0))
        taken[part] = start + len(part)
        found.append(Span(start, start + len(part), label))
    return found


def passage(text: str, *marked: tuple[str, str], language: str = "en") -> Passage:
    """A text with some spans, as the model would have found them."""
    return Passage(text, spans(text, *marked), language)


def shown(worked: Passage) -> list[tuple[str, str]]:
    """What is marked, as text and label, in text order."""
    return [(worked.text[span.start : span.end], span.label) for span in worked.spans]
