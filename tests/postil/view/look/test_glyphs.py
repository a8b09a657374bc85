from pathlib import Path

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from postil.view.look import glyphs
from postil.view.look.theme import dress, themes


def test_signs_are_written_once_in_their_colour(tmp_path: Path) -> None:
    folder = tmp_path / "signs"
    rules = glyphs.rules(folder, QColor("#112233"), QColor("#445566"))
    written = {path: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert len(written) == 3
    assert all("#112233" in text or "#445566" in text for text in written.values())
    assert all(path.as_posix() in rules for path in written)
    assert glyphs.rules(folder, QColor("#112233"), QColor("#445566")) == rules
    assert set(folder.iterdir()) == set(written)


def test_without_a_folder_to_write_to_the_rest_still_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert glyphs.rules(tmp_path / "file" / "signs", QColor("black"), QColor("white")) == ""


def test_a_tick_shows_on_the_accent(qtbot: QtBot) -> None:
    theme = themes()["dark"]
    box = QCheckBox("Persons")
    qtbot.addWidget(box)
    box.setChecked(True)
    dress(box, theme)
    box.resize(box.sizeHint())
    image = box.grab().toImage()
    inks = {image.pixelColor(x, y).name() for x in range(24) for y in range(image.height())}
    assert {theme.color("accent").name(), theme.color("accent_text").name()} <= inks
