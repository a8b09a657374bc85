"""The second reading: what the whole document says about the names that the model met one paragraph at a time.

The passes run in this order, each a function over the document's spans. On WikiGold the surnames gain most; to take a
first word for an organisation wherever it stands ("Halden" of Halden Semiconductor) lost more than it gained, so that
it is done only where the model says so itself.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from postil.entities.acronyms import define_acronyms, pair_initials
from postil.entities.context import heed_context
from postil.entities.date_marks import join_times, mark_dates, mark_years
from postil.entities.date_spans import date_values
from postil.entities.dates import day_of
from postil.entities.doubts import doubt_spans
from postil.entities.first_names import mark_addressed, trust_first_names
from postil.entities.headings import doubt_headings
from postil.entities.heads import heed_heads
from postil.entities.known import mark_known
from postil.entities.labels import kind_of
from postil.entities.languages import ENGLISH, model_for
from postil.entities.majority import agree
from postil.entities.naming import entity_names
from postil.entities.passage import Passage
from postil.entities.people import adopt_surnames, join_names
from postil.entities.phrases import mark_phrases
from postil.entities.repeats import mark_repeats
from postil.entities.span import Span
from postil_db.records import Origin

type Pass = Callable[[Passage], None]

PASSES: tuple[Pass, ...] = (
    doubt_headings,
    heed_heads,
    doubt_spans,
    heed_context,
    trust_first_names,
    mark_phrases,
    define_acronyms,
    agree,
    join_names,
    adopt_surnames,
    mark_repeats,
    pair_initials,
    mark_known,
    mark_addressed,
    mark_years,
    join_times,
)
ABROAD: tuple[Pass, ...] = (define_acronyms, agree, adopt_surnames, mark_repeats, mark_dates, mark_known)
"""What holds in any language that begins names with capitals, titles and other words of English left out."""

WITHOUT_MODEL: tuple[Pass, ...] = (define_acronyms, mark_dates, mark_known)


class Named(NamedTuple):
    """A refined mention, as it travels to the parent process."""

    start: int
    end: int
    kind: str
    name: str
    origin: str
    value: str


def passes_for(language: str, *, with_model: bool) -> tuple[Pass, ...]:
    """The passes for a text of this language, where a model has read it or not."""
    model = model_for(language)
    if not with_model or not (model and model.spelt):
        return WITHOUT_MODEL
    return PASSES if model is ENGLISH else ABROAD


def refine(passage: Passage, passes: tuple[Pass, ...] = PASSES) -> Iterator[str]:
    """Run the passes one after the other; yields the name of each that is done."""
    for run in passes:
        run(passage)
        yield run.__name__


def mentions(passage: Passage, published: str = "") -> list[Named]:
    """The mentions in text order, each with the fullest name of its entity, dates with what they mean.

    `published`: when the text was, in ISO 8601, or "": what "Tuesday" and "last week" count from.
    """
    values = date_values(passage, day_of(published))
    return [_named(span, name, values.get(span.start, "")) for span, name in entity_names(passage)]


def _named(span: Span, name: str, value: str) -> Named:
    origin = Origin.RULE if span.ruled else Origin.MODEL
    return Named(span.start, span.end, kind_of(span.label), name, origin, value)
