"""The same string is the same kind of thing throughout a document, as most of its mentions say."""

from postil.entities.passage import Passage

CLEAR = 0.6
"""Share of the votes that a label needs before the others follow it."""


def agree(passage: Passage) -> None:
    """Give the mentions of one string the label that clearly most of them have."""
    votes = passage.votes()
    for span in passage.names():
        given = votes[passage.name(span)]
        label, count = given.most_common(1)[0]
        if count > given[span.label] and count / given.total() >= CLEAR:
            passage.relabel(span, label)
