"""What Markdown may cost: texts that no one would write take a parser minutes, or grow a thousandfold in its hands.

Everything is counted and nothing timed, so that a text is always read alike.
"""

from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_STEPS, _STEPS_EACH = 100_000, 2
"""Of looking ahead for the end of a link; dense texts take a quarter of one per character, hostile ones hundreds."""

_EXPANDED = 1_000_000
"""Characters that references to the addresses of links may add to a text, beside its own length."""

_BARS = 200_000
"""Between the cells of tables; more cells would take more memory than there is."""


class TooDense(Exception):
    """To find the links in this text would take too long."""


@dataclass(frozen=True, slots=True)
class Without:
    """What is read as plain characters, since the text holds too much of it."""

    links: bool = False
    tables: bool = False

    def notes(self) -> list[str]:
        """Say so to the reader."""
        told = (
            (self.links, "Links and pictures in it are shown as they are written: it holds too many open brackets."),
            (self.tables, "Tables in it are shown as they are written: it holds too many cells."),
        )
        return [sentence for is_so, sentence in told if is_so]


def has_too_many_cells(body: str) -> bool:
    """Whether the tables of a text are larger than any that is shown."""
    return body.count("|") > _BARS


def bound(markdown: MarkdownIt, body: str) -> None:
    """Have a parser raise `TooDense` where it looks ahead in `body` for far longer than any written text asks for."""
    left, skip = _STEPS + _STEPS_EACH * len(body), markdown.inline.skipToken

    def counted(state: StateInline) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise TooDense
        skip(state)

    markdown.inline.skipToken = counted  # type: ignore[method-assign]


class References(dict[str, Any]):
    """The addresses that links may refer to by name; once they would make the text too long they lead nowhere."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self._left = _EXPANDED + len(body)

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dict's own
        """The address under a name, as long as there is room for it."""
        found = super().get(name, default)
        if found is not None:
            self._left -= len(found["href"]) + len(found.get("title") or "")
        return found if self._left >= 0 else default
