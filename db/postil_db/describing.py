"""From a place in a text to the selector that will find it again: W3C TextPositionSelector and TextQuoteSelector."""

from hashlib import sha256

from postil_db.records import Content, Selector

CONTEXT = 32
"""How many code points before and after a passage its selector keeps."""


def describe(content: Content, start: int, end: int, text_hash: str = "") -> Selector:
    """Describe the passage from `start` to `end`, without the blanks at its ends.

    `text_hash`: of the text, where it is known already: to make it anew for each of many passages takes long.

    Raises ValueError for a passage that is empty or outside the text.
    """
    text = content.text
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"The passage {start} to {end} is not inside the text of {len(text)} characters.")
    passage = text[start:end]
    quote = passage.strip()
    if not quote:
        raise ValueError("The passage is empty: select some words first.")
    start += len(passage) - len(passage.lstrip())
    end = start + len(quote)
    section = content.section_at(start)
    return Selector(
        start=start,
        end=end,
        quote=quote,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        section=section.title if section else "",
        text_hash=text_hash or sha256(text.encode()).hexdigest(),
    )
