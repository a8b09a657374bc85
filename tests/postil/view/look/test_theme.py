from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from postil.view.look import theme as look
from postil.view.look.contrast import AA, contrast
from postil.view.look.strength import Strength
from postil_db.records import Color, EntityKind

THEMES = look.themes()


@pytest.fixture(params=sorted(THEMES))
def theme(request: pytest.FixtureRequest) -> look.Theme:
    return THEMES[request.param]


def enough(text: QColor, ground: QColor) -> bool:
    return contrast(text, ground) >= AA


def test_the_bundled_themes_come_in_order() -> None:
    assert list(THEMES) == ["light", "sepia", "dark", "contrast"]
    assert [theme.dark for theme in THEMES.values()] == [False, False, True, False]


def test_high_contrast_is_wcags_strictest_level() -> None:
    theme = THEMES["contrast"]
    grounds = [theme["page"], theme["panel"], theme["raised"], theme["selection"]]
    grounds += [theme.highlight(color)[0] for color in Color] + [theme.entity(kind)[0] for kind in EntityKind]
    for ground in grounds:
        assert contrast(theme["text"], ground) >= 7
    for color in Color:
        assert contrast(theme.highlight(color)[1], theme["page"]) >= 7
    for kind in EntityKind:
        assert contrast(theme.entity(kind)[1], theme["page"]) >= 7
    for role in ("faint", "link", "hit", "current", "accent"):
        assert contrast(theme[role], theme["page"]) >= 7


def test_contrast_is_wcags() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_words_are_readable_on_every_ground(theme: look.Theme) -> None:
    for ground in ("page", "panel", "raised"):
        for ink in ("text", "faint", "link"):
            assert enough(theme[ink], theme[ground]), (ink, ground)
    assert enough(theme["text"], theme["selection"])
    assert enough(theme["accent_text"], theme["accent"])


def test_words_are_readable_on_every_highlight(theme: look.Theme) -> None:
    for color in Color:
        assert enough(theme["text"], theme.highlight(color)[0]), color
        assert enough(theme["link"], theme.highlight(color)[0]) or contrast(theme["link"], theme["page"]) > AA


def test_words_are_readable_on_every_name(theme: look.Theme) -> None:
    for kind in EntityKind:
        for strength in Strength:
            assert enough(theme["text"], theme.entity(kind, strength)[0]), (kind, strength)


def test_lines_stand_out_from_the_page_and_the_fill(theme: look.Theme) -> None:
    """WCAG asks 3:1 of graphics that carry meaning."""
    for color in Color:
        fill, line = theme.highlight(color)
        assert contrast(line, theme["page"]) >= 3, color
        assert contrast(line, fill) >= 2.5, color
    for kind in EntityKind:
        assert contrast(theme.entity(kind)[1], theme["page"]) >= 3, kind
    for role in ("hit", "current", "accent"):
        assert contrast(theme[role], theme["page"]) >= 3, role


def test_a_readers_own_theme_joins_and_a_broken_one_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (bundled,) = Path(look.__file__).parents[4].glob("resources/postil_resources/themes/sepia.toml")
    text = bundled.read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace('title = "Sepia"', 'title = "Mine"'), encoding="utf-8")
    (tmp_path / "torn.toml").write_text("title = ", encoding="utf-8")
    found = look.themes(tmp_path)
    assert found["mine"].title == "Mine"
    assert found["mine"].color("page") == THEMES["sepia"].color("page")
    assert "torn" not in found
    assert "torn.toml cannot be read as a theme" in caplog.text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('page = "paper"', 'page = "papyrus"'), "roles.page should be a base colour"),
        (("[highlights]", "[markers]"), "the table [highlights] is missing"),
        (('tint = "#', 'hue = "#'), "entities.person.tint should be"),
    ],
)
def test_a_faulty_theme_says_what_is_wrong(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    (bundled,) = Path(look.__file__).parents[4].glob("resources/postil_resources/themes/light.toml")
    path = tmp_path / "faulty.toml"
    path.write_text(bundled.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(look.ThemeError) as fault:
        look.load(path)
    assert says in str(fault.value)


def test_applying_a_theme_colours_the_application_and_dresses_a_window(
    qtbot: QtBot, qapp: QApplication, theme: look.Theme
) -> None:
    button = QPushButton("Mark")
    qtbot.addWidget(button)
    look.apply(qapp, theme)
    look.dress(button, theme)
    try:
        assert qapp.palette().color(QPalette.ColorRole.Window) == theme["panel"]
        assert qapp.palette().color(QPalette.ColorRole.Highlight) == theme["selection"]
        button.resize(120, 40)
        assert button.grab().toImage().pixelColor(60, 6) == theme["raised"]
    finally:
        qapp.setPalette(QPalette())
