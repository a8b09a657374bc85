"""What a saved page says of itself: title, authors and date, out of what is meant for machines and for readers.

Sites disagree with themselves: a title may end with the site's name, a byline with a date. What two places say alike
counts more than what one says.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from html import unescape
from itertools import islice, product
from typing import Any

from lxml.html import HtmlElement

from postil.documents.canonical import one_line

_ARTICLE = re.compile("(?:Article|BlogPosting|Posting|Report|Review)$")
_PARTED = re.compile(r"\s+[|\-–—·•:»«/]+\s+|\s*[|»«]\s*")
_DEEPEST, _MOST, _MOST_HEADINGS = 12, 2000, 20
_WHEN = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    "september|october|november|december|updated|published|posted"
)
# Behind a first and a last name at least: Theresa May and Fredric March are people.
_DATED = re.compile(rf"(?<=\w)(\s+\S+)(?:[\s,|·•]+(?:{_WHEN}|\d[\d:./-]*))+$", re.IGNORECASE)
_NOBODY = re.compile(
    rf"(?:{_WHEN}|user ?name|user|admin(?:istrator)?|root|editor(?:ial|s)?|staff|author(?:ity control)?|anonymous|"
    r"guest|unknown|none|null|webmaster|redaktion|redazione|rédaction|redacción|"
    r"(?:the )?(?:editorial|web) (?:team|staff|board)|(?:article |written |posted |story )?by)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\bwww\b|@|\.(?:com|org|net|co|de|fr|uk|io|info)\b|\s(?:com|org|net)$", re.IGNORECASE)
_LONGEST_NAME, _LONGEST_TITLE = 60, 250
_FULL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$")
_TIMES = (
    ".//meta[@property='article:published_time']/@content",
    ".//meta[@name='article:published_time' or @name='pubdate' or @name='date' or @name='parsely-pub-date']/@content",
    ".//*[@itemprop='datePublished']/@content",
    ".//*[@itemprop='datePublished']/@datetime",
    ".//time/@datetime",
)


class About:
    """A page, asked for what it says of itself. `page`: with its scripts, which hold the data for machines."""

    def __init__(self, page: HtmlElement) -> None:
        self._page = page
        self._data = next(_articles(page), {})
        headings = (one_line(str(heading.text_content())).rstrip("¶# ") for heading in page.iter("h1"))
        fitting = (heading for heading in headings if len(heading) <= _LONGEST_TITLE and _letters(heading))
        self._headings = list(islice(fitting, _MOST_HEADINGS))
        self._site = one_line("".join(page.xpath("string(.//meta[@property='og:site_name']/@content)")))

    def title(self, found: str) -> str:
        """The article's title, without the name of its site; `found`: what the extractor took for it."""
        named = [found, self._page.findtext(".//title") or "", self._data.get("headline")]
        titles = [one_line(unescape(title))[: 2 * _LONGEST_TITLE] for title in named if isinstance(title, str)]
        # The heading that a title repeats is the article's; others are slogans and logos.
        for fits in (_same, _names):
            for title, heading in product(titles, self._headings):
                if heading != self._site and fits(title, heading):
                    return heading
        title = next(filter(None, titles), "")
        parts = _PARTED.split(title)
        if len(parts) > 1 and self._site and _same(parts[-1], self._site):
            return title[: title.rindex(parts[-1])].rstrip(" |-–—·•:»«/\u00a0")
        return title

    def authors(self, found: tuple[str, ...]) -> tuple[str, ...]:
        """Who wrote it; `found`: what the extractor took for names."""
        for names in (_people(self._data.get("author")), (_DATED.sub(r"\1", name) for name in found)):
            credible = dict.fromkeys(filter(None, map(self._name, names)))
            if credible:
                return tuple(credible)
        return ()

    def published(self, found: str) -> str:
        """When, with the time of day if the page tells it to the minute and with its zone; `found`: the day."""
        times = [self._data.get("datePublished"), *(str(time) for path in _TIMES for time in self._page.xpath(path))]
        for time in times:
            if isinstance(time, str) and _FULL_TIME.match(time.strip()):
                with suppress(ValueError):
                    when = datetime.fromisoformat(time.strip())
                    if found in ("", when.date().isoformat()):
                        return when.replace(microsecond=0).isoformat()
        return found

    def _name(self, name: str) -> str:
        """A name without what a byline adds; "" for what names no author."""
        name = re.sub(r"^(?:by|from)\s+|\s*https?\b.*$", "", one_line(unescape(name)), flags=re.IGNORECASE)
        name = name.strip(" ,;|·•-")
        if not name or len(name) > _LONGEST_NAME or _NOBODY.fullmatch(name) or _ADDRESS.search(name):
            return ""
        return "" if self._site and _same(name, self._site) else name


def _articles(page: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles among the page's data for machines (schema.org in JSON-LD)."""
    for script in page.xpath(".//script[@type='application/ld+json']"):
        with suppress(ValueError, RecursionError):
            left: list[tuple[Any, int]] = [(json.loads(script.text or "", strict=False), 0)]
            for _ in range(_MOST):
                if not left:
                    break
                value, depth = left.pop(0)
                inner = value if isinstance(value, list) else []
                if isinstance(value, dict):
                    kinds = value.get("@type")
                    if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                        yield value
                    inner = [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
                if depth < _DEEPEST:
                    left += [(each, depth + 1) for each in inner]


def _people(author: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the page holds
    """The names in an author field: a name, a thing with a name, or a list of those."""
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        names = name if isinstance(name, list) else [name]
        yield from (each for each in names if isinstance(each, str) and "<" not in each)


def _same(title: str, heading: str) -> bool:
    return _letters(title) == _letters(heading)


def _names(title: str, heading: str) -> bool:
    """Whether a title is the heading with not more than as much behind or before it."""
    breaks = list(_PARTED.finditer(title))
    parts = [*(title[: each.start()] for each in breaks), *(title[each.end() :] for each in breaks)]
    return len(title) <= 2 * len(heading) + 3 and any(_same(part, heading) for part in parts)


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))
