"""Take the depth out of HTML before a parser sees it: parsers drop, crawl or crash where elements nest for ever."""

import re
from collections import Counter
from itertools import islice

from postil.documents.elements import BOXES, FLAT

DEEPEST = 100
"""How many elements may lie in each other. No page that people read comes near it."""

_TAG = re.compile(
    # Bounded and possessive: of a hundred thousand tags without an end each would be looked for to the end of the page.
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|xmp)\b[^>]{0,2000}+>.*?(?:</\1\s*>|\Z)|"
    r"<(/?)([a-zA-Z][\w:.-]*)[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s+[^\s=\"'<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_LONG_TAG, _MOST_ATTRIBUTES = 2000, 100  # parsers compare each attribute with all before it


def flatten(html: str) -> str:
    """Return the page with all of its text, and without the tags of elements that lie deeper than `DEEPEST`."""
    opened: list[str] = []
    left_out: Counter[str] = Counter()

    def tag(match: re.Match[str]) -> str:
        name = (match[3] or "").lower()
        if not name:
            return match[0]
        whole = match[0] if match[2] or len(match[0]) < _LONG_TAG else _trimmed(match[0], match[3])
        if name in FLAT:
            return whole
        if not match[2]:
            if len(opened) < DEEPEST:
                opened.append(name)
                return whole
            left_out[name] += 1
            return "<br>" if name in BOXES else ""
        if left_out[name]:
            left_out[name] -= 1
            return "<br>" if name in BOXES else ""
        if name in opened:
            while opened.pop() != name:
                pass
        return match[0]

    flat = _TAG.sub(tag, html)
    return re.sub(r"(?:<br>\s*){2,}", "<br>", flat) if flat != html else html


def _trimmed(tag: str, name: str) -> str:
    """A tag with the first of its attributes, if it has more of them than any page needs."""
    attributes = [match[0] for match in islice(_ATTRIBUTE.finditer(tag), _MOST_ATTRIBUTES + 1)]
    return tag if len(attributes) <= _MOST_ATTRIBUTES else f"<{name}{''.join(attributes[:-1])}>"
