"""The colours of a query."""

import pytest

from postil.view.look.contrast import AA, contrast
from postil.view.look.theme import themes
from postil.view.search.coloring import INKS, ink_of, look_of, runs
from postil_db.index.language import tokens

QUERY = 'word "a phrase" tag:sea -not wro*d f~ OR (x) created:2026 is:nothing 😀 color:blue'


@pytest.mark.parametrize("name", sorted(themes()))
def test_every_role_can_be_read_in_every_theme(name: str) -> None:
    theme = themes()[name]
    assert [role for role in INKS if contrast(ink_of(role, theme), theme["raised"]) < AA] == []


def test_no_role_is_told_by_its_colour_alone() -> None:
    theme = themes()["light"]
    for role in INKS:
        look = look_of(role, theme)
        assert look is not None
        assert look.fontWeight() > 400 or look.fontItalic() or look.fontUnderline() or look.underlineStyle(), role
    assert look_of("text", theme) is None


def test_every_role_of_the_language_has_a_look() -> None:
    roles = {token.role for token in tokens(QUERY)}
    assert roles - {"text"} == set(INKS)


def test_places_count_utf_16_units() -> None:
    found = runs(QUERY, tokens(QUERY), themes()["light"])
    raw = QUERY.encode("utf-16-le")
    said = [raw[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length, _look in found]
    assert said[-2:] == ["color:", "blue"]
