from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postil.view.look import fonts
from postil.view.look.patterns import draw_lines
from postil_db.records import EntityKind


def test_the_reading_font_has_its_four_faces(qtbot: QtBot) -> None:
    family = fonts.load_reading()
    for weight in (QFont.Weight.Normal, QFont.Weight.Bold):
        for italic in (False, True):
            info = QFontInfo(QFont(family, 14, weight, italic))
            assert (info.family(), info.weight(), info.italic()) == (family, weight, italic)


def test_a_plain_system_font_is_replaced(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.font()
    qapp.setFont(QFont("DejaVu Sans", 10))
    try:
        fonts.dress(qapp)
        assert qapp.font().family() == fonts.INTERFACE
    finally:
        qapp.setFont(before)


def test_a_systems_own_good_font_is_kept(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.font()
    qapp.setFont(QFont("Segoe UI", 10))
    try:
        fonts.dress(qapp)
        assert qapp.font().family() == "Segoe UI"
    finally:
        qapp.setFont(before)


def test_kinds_are_told_apart_without_colour(qtbot: QtBot) -> None:
    drawn = {}
    for kind in EntityKind:
        image = QImage(160, 12, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        draw_lines(painter, kind, QColor("black"), [QLineF(2, 6, 150, 6)])
        painter.end()
        drawn[kind] = bytes(image.constBits())
    assert len(set(drawn.values())) == len(EntityKind)
