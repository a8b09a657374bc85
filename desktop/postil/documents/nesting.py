"""Take the depth out of HTML before a parser sees it: parsers drop, crawl or crash where elements nest for ever."""

import re
from collections import Counter

from postil.documents.elements import BOXES, FLAT

DEEPEST = 100
"""How many elements may lie in each other. No page that people read comes near it."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|xmp)\b[^>]*>.*?(?:</\1\s*>|\Z)|<(/?)([a-zA-Z][\w:.-]*)[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)


def flatten(html: str) -> str:
    """Return the page with all of its text, and without the tags of elements that lie deeper than `DEEPEST`."""
    opened: list[str] = []
    left_out: Counter[str] = Counter()

    def tag(match: re.Match[str]) -> str:
        name = (match[3] or "").lower()
        if not name or name in FLAT:
            return match[0]
        if not match[2]:
            if len(opened) < DEEPEST:
                opened.append(name)
                return match[0]
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
