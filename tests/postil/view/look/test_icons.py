import re
from importlib.resources import files

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from pytestqt.qtbot import QtBot

from postil.view.look import icons
from postil.view.look.theme import themes
from postil_db.records import Color, EntityKind

LIGHT, DARK = themes()["light"], themes()["dark"]


def inks(image: QImage) -> set[str]:
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in places if image.pixelColor(x, y).alpha() == 255}


def test_every_kind_of_name_has_an_icon() -> None:
    assert {str(kind) for kind in EntityKind} <= set(icons.names())


@pytest.mark.parametrize("name", [name for name in icons.names() if name != "postil"])
def test_icons_are_line_drawings_in_the_ink_given(name: str, qtbot: QtBot) -> None:
    drawing = (files("postil_resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in drawing
    assert "currentColor" in drawing
    assert not re.search(r"#[0-9a-fA-F]{3}|http(?!://www.w3.org/2000/svg)", drawing)
    image = icons.icon(name, LIGHT).pixmap(QSize(96, 96)).toImage()
    assert LIGHT.color("text").name() in inks(image)


def test_icons_follow_theme_mode_and_state(qtbot: QtBot) -> None:
    size = QSize(48, 48)
    assert DARK.color("text").name() in inks(icons.icon("tag", DARK).pixmap(size).toImage())
    assert "#ff0000" in inks(icons.icon("tag", DARK, QColor("#ff0000")).pixmap(size).toImage())
    disabled = icons.icon("tag", LIGHT).pixmap(size, QIcon.Mode.Disabled).toImage()
    assert LIGHT.color("text").name() not in inks(disabled)
    checked = icons.icon("tag", LIGHT).pixmap(size, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert LIGHT.color("accent").name() in inks(checked)


def test_icons_are_crisp_at_twice_the_size(qtbot: QtBot) -> None:
    made = icons.icon("close", LIGHT)
    assert made.pixmap(QSize(24, 24), 2.0).toImage().size() == QSize(48, 48)


def test_a_copied_icon_still_draws(qtbot: QtBot) -> None:
    copied = QIcon(icons.icon("note", LIGHT))
    copied.setIsMask(True)
    assert not copied.pixmap(QSize(24, 24)).isNull()


def test_swatches_show_their_colour(qtbot: QtBot) -> None:
    for color in Color:
        centre = icons.dot(color, LIGHT).pixmap(QSize(20, 20)).toImage().pixelColor(10, 10)
        fill, line = LIGHT.highlight(color)
        assert abs(centre.hslHueF() - line.hslHueF()) < 0.12 or abs(centre.hslHueF() - fill.hslHueF()) < 0.12


def test_an_unknown_icon_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("unicorn", LIGHT)
