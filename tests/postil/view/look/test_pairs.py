"""Every pair of colours that is really painted, in every theme: words 4.5 to 1, signs that carry meaning 3 to 1.

Mixes are taken from where they are made, so that a change there is measured here. Disabled controls are excepted, as
WCAG excepts them.
"""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from postil.view.look import sheet
from postil.view.look import theme as look
from postil.view.look.contrast import AA, contrast, mix
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.page.decoration import Manner
from postil.view.page.marks import Highlight
from postil.view.panels import card_style
from postil.view.panels.row_delegate import count_ink
from postil_db.records import Color, EntityKind

THEMES = look.themes()
GRAPHICS = 3.0


@pytest.fixture(params=sorted(THEMES))
def theme(request: pytest.FixtureRequest) -> Theme:
    return THEMES[request.param]


def short(pairs: dict[str, tuple[QColor, QColor]], least: float) -> list[str]:
    return [f"{what}: {contrast(*pair):.2f}" for what, pair in pairs.items() if contrast(*pair) < least]


def test_words_on_the_page(theme: Theme) -> None:
    manner = Manner(theme, 18.0, current=1)
    pairs = {"a hit": (theme["text"], mix(theme["page"], theme["hit"], 0.2))}
    for color in Color:
        fill, line = theme.highlight(color)
        pairs[f"the current {color} highlight"] = (theme["text"], manner.ground(Highlight(0, 1, color, 1, "")))
        hatch = mix(fill, line, 0.34)
        pairs[f"words under a hatch of {color}"] = (theme["text"], mix(fill, hatch, 0.5))
        pairs[f"a link in {color}"] = (theme["link"], fill)
    for kind in EntityKind:
        pairs[f"the chosen {kind}"] = (theme["text"], theme.entity(kind, Strength.STRONG)[0])
        pairs[f"a link in a {kind}"] = (theme["link"], theme.entity(kind)[0])
    assert short(pairs, AA) == []


def test_hints_in_empty_boxes_are_read_as_they_are_painted(theme: Theme, qtbot: QtBot) -> None:
    for box in (QLineEdit(), QPlainTextEdit()):
        qtbot.addWidget(box)
        box.setPlaceholderText("MMMM")
        look.dress(box, theme)
        box.resize(160, 60)
        picture = box.grab().toImage()
        inside = [(x, y) for x in range(8, 120) for y in range(6, 54)]
        assert max(contrast(picture.pixelColor(*place), theme["raised"]) for place in inside) >= AA


def test_words_on_cards_and_in_lists(theme: Theme) -> None:
    raised, panel, accent, text = theme["raised"], theme["panel"], theme["accent"], theme["text"]
    card, row = mix(raised, accent, 0.07), mix(panel, accent, 0.14)
    pairs = {
        "a note": (card_style.note_ink(theme), raised),
        "a note on the current card": (card_style.note_ink(theme), card),
        "code in a note": (card_style.note_ink(theme), card_style.code_ground(theme)),
        "a date on the current card": (theme["faint"], card),
        "a link on the current card": (theme["link"], card),
        "a chosen row": (text, row),
        "a count in a chosen row": (count_ink(theme, chosen=True), row),
        "a row under the mouse": (text, mix(panel, text, 0.05)),
        "a count under the mouse": (theme["faint"], mix(panel, text, 0.05)),
        "a chosen menu entry": (text, mix(panel, accent, 0.16)),
        "a button held down": (text, mix(panel, text, 0.13)),
        "a flat button under the mouse": (theme["link"], mix(panel, text, 0.07)),
        "the default button under the mouse": (theme["accent_text"], mix(accent, text, 0.16)),
    }
    for color in (None, *Color):
        ground, _edge, ink = card_style.chip_colors(color, theme)
        pairs[f"a chip, {color}"] = (ink, ground)
    assert short(pairs, AA) == []


def test_signs_that_carry_meaning(theme: Theme) -> None:
    accent, panel, raised, page = (theme[role] for role in ("accent", "panel", "raised", "page"))
    rows = {"a chosen row": mix(panel, accent, 0.14), "a panel": panel, "a card": raised, "the page": page}
    rows["a chosen button"] = mix(panel, accent, 0.16)
    pairs = {f"the ring around the keys' place on {where}": (accent, ground) for where, ground in rows.items()}
    pairs["the ring on the default button"] = (theme["accent_text"], accent)
    pairs["a tick box's edge"] = (mix(theme["line"], theme["text"], 0.45), raised)
    for color in Color:
        line = theme.highlight(color)[1]
        pairs[f"the bar of a {color} card"] = (line, raised)
        pairs[f"the line under {color}"] = (line, page)
    for kind in EntityKind:
        tint, line = theme.entity(kind)
        pairs[f"the line under a {kind}"] = (line, tint)
        pairs[f"the sign of a {kind} in its panel"] = (line, panel)
        pairs[f"the frame of the chosen {kind}"] = (line, theme.entity(kind, Strength.STRONG)[0])
    for role in ("hit", "current"):
        pairs[role] = (theme[role], page)
    assert short(pairs, GRAPHICS) == []


def test_what_qt_paints_by_the_palette(theme: Theme) -> None:
    roles, made = QPalette.ColorRole, sheet.palette(theme.color)
    pairs = {
        f"{ink} on {ground}": (made.color(ink), made.color(ground))
        for ink, ground in (
            (roles.WindowText, roles.Window), (roles.Text, roles.Base), (roles.Text, roles.AlternateBase),
            (roles.PlaceholderText, roles.Base), (roles.ButtonText, roles.Button), (roles.Link, roles.Base),
            (roles.HighlightedText, roles.Highlight), (roles.ToolTipText, roles.ToolTipBase),
        )
    }  # fmt: skip
    assert short(pairs, AA) == []
