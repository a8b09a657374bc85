"""Pictures, captions, footnotes, links inside a document, and what the pointer hears from a mark."""

from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import (
    DARK,
    LIGHT,
    annotation,
    document,
    edge,
    mention,
    paragraphs,
    picture,
    settle,
    shown,
)

from postil.view.page.links import reference_to, target_of, text_at
from postil.view.page.page import Page
from postil.view.page.pictures import measured
from postil_db.records import Block, BlockKind, Content, Style, StyleKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


def a_picture(folder: Path, width: int, height: int, color: str = "#c03030") -> tuple[str, Path]:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    path = folder / f"{width}x{height}.png"
    assert image.save(str(path))
    path = path.rename(path.with_suffix(".bin"))  # a picture is known by what is in it, not by its name
    return sha256(path.read_bytes()).hexdigest(), path


def with_pictures(qtbot: QtBot, content: Content, files: dict[str, Path]) -> Page:
    page = shown(qtbot, paragraphs("Before."))
    page.set_pictures(measured(files.__getitem__ if files else lambda _: Path("/nowhere"), content))
    page.show_document(document(content))
    settle(qtbot, page)
    return page


def test_a_picture_is_as_wide_as_the_text_at_most_and_never_larger_than_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    files = dict((a_picture(tmp_path, 1600, 800), a_picture(tmp_path, 120, 60, "#3030c0")))
    large, small = files
    content = Content(
        (
            Block(BlockKind.PARAGRAPH, "Text."),
            Block(BlockKind.IMAGE, "A large one", image=large),
            Block(BlockKind.CAPTION, "Its caption"),
            Block(BlockKind.IMAGE, "", image=small),
            Block(BlockKind.PARAGRAPH, "After."),
        )
    )
    page = with_pictures(qtbot, content, files)
    width = page.text.column_width
    assert page.text.window_.picture(1) == pytest.approx((width, width / 2), abs=1.5)
    assert page.text.window_.picture(3) == (120, 60)
    before = page.text.line_y(content.starts[4])
    qtbot.waitUntil(lambda: "#c03030" in {picture(page).pixelColor(450, y).name() for y in range(80, 400, 20)})
    qtbot.waitUntil(
        lambda: (
            "#3030c0"
            in {picture(page).pixelColor(round(page.text.column_left) + 20, y).name() for y in range(300, 690, 5)}
        )
    )
    assert page.text.line_y(content.starts[4]) == before  # nothing jumped when they came
    assert page.text.line_y(content.starts[1]) > page.text.line_y(0) + width / 2
    page.select(0, len(content.text))
    assert page.selected_text() == content.text


def test_what_is_no_picture_shows_its_description_in_a_frame(qtbot: QtBot, tmp_path: Path) -> None:
    drawing = tmp_path / "drawing"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="9" height="9"/></svg>'
    )
    digest = sha256(drawing.read_bytes()).hexdigest()
    content = Content((Block(BlockKind.PARAGRAPH, "Text."), Block(BlockKind.IMAGE, "A drawing", image=digest)))
    assert measured({digest: drawing}.__getitem__, content) == {}
    page = with_pictures(qtbot, content, {digest: drawing})
    panel = LIGHT.color("panel").name()
    area = page.text.bounds(content.starts[1], len(content.text))
    assert picture(page).pixelColor(area.right() + 40, area.center().y()).name() == panel


def test_a_damaged_picture_says_so_and_keeps_its_room(qtbot: QtBot, tmp_path: Path) -> None:
    digest, path = a_picture(tmp_path, 300, 200)
    content = Content((Block(BlockKind.IMAGE, "A view", image=digest),))
    known = measured({digest: path}.__getitem__, content)
    path.write_bytes(path.read_bytes()[:60])
    page = shown(qtbot, paragraphs("Before."))
    page.set_pictures(known)
    page.show_document(document(content))
    qtbot.waitUntil(lambda: page.text.pictures.broken(digest))
    assert page.text.window_.picture(0) == (300, 200)


def test_a_picture_too_large_to_read_is_left_out(tmp_path: Path) -> None:
    digest, path = a_picture(tmp_path, 20, 20)
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4) * 2  # the width and height that its head claims
    path.write_bytes(data)
    content = Content((Block(BlockKind.IMAGE, "", image=digest),))
    assert measured({digest: path}.__getitem__, content) == {}


def test_the_dark_theme_dims_pictures(qtbot: QtBot, tmp_path: Path) -> None:
    digest, path = a_picture(tmp_path, 600, 400, "#ffffff")
    page = with_pictures(qtbot, Content((Block(BlockKind.IMAGE, "", image=digest),)), {digest: path})
    page.set_theme(DARK)
    qtbot.waitUntil(lambda: 180 < max(picture(page).pixelColor(300, y).lightness() for y in range(60, 400, 30)) < 240)


NOTED = Content(
    (
        Block(
            BlockKind.PARAGRAPH,
            "The bridge1 and more, see below.",
            styles=(
                Style(10, 11, StyleKind.SUPER),
                Style(10, 11, StyleKind.LINK, "#n1"),
                Style(26, 31, StyleKind.LINK, "#end"),
            ),
        ),
        *(Block(BlockKind.PARAGRAPH, "A paragraph in between. " * 12) for _ in range(20)),
        Block(BlockKind.HEADING, "The end", 2, anchor="other end"),
        Block(BlockKind.FOOTNOTE, "Built by Palladio.", marker="1", anchor="n1"),
    )
)


def test_links_inside_a_document_lead_to_a_block_and_notes_lead_back() -> None:
    assert target_of(NOTED, "#n1") == (NOTED.starts[22], len(NOTED.text))
    assert target_of(NOTED, "#end") == (NOTED.starts[21], NOTED.starts[21] + 7)
    assert target_of(NOTED, "#nowhere") is None
    assert target_of(NOTED, "https://example.org/#end") is None
    assert text_at(NOTED, "#n1") == "1 Built by Palladio."
    assert text_at(NOTED, "#end") == "The end"
    assert reference_to(NOTED, 22) == (10, 11)
    assert reference_to(NOTED, 21) == (26, 31)
    assert reference_to(NOTED, 3) is None


def click(page: Page, point: QPoint) -> None:
    QTest.mouseClick(page.text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


def test_a_click_on_a_footnotes_mark_goes_to_the_note_and_its_marker_back(qtbot: QtBot) -> None:
    page = shown(qtbot, NOTED)
    with qtbot.waitSignal(page.place_requested) as went:
        click(page, edge(page, 10) + QPoint(3, -6))
    assert went.args == [NOTED.starts[22], len(NOTED.text)]
    with qtbot.assertNotEmitted(page.link_clicked):
        page.go_to(*went.args)
    settle(qtbot, page)
    with qtbot.waitSignal(page.place_requested) as back:
        click(page, edge(page, NOTED.starts[22]) - QPoint(14, 0))
    assert back.args == [10, 11]
    tip = page.text.tip_at(edge(page, NOTED.starts[22] + 2))
    assert tip == ""
    page.go_to(0)
    settle(qtbot, page)
    assert "Built by Palladio." in page.text.tip_at(edge(page, 10) + QPoint(3, -6))


def test_links_out_of_the_document_are_told_as_before(qtbot: QtBot) -> None:
    text = "See the page there."
    content = Content(
        (Block(BlockKind.PARAGRAPH, text, styles=(Style(8, 12, StyleKind.LINK, "https://example.org/"),)),)
    )
    page = shown(qtbot, content)
    with qtbot.waitSignal(page.link_clicked) as told, qtbot.assertNotEmitted(page.place_requested):
        click(page, edge(page, 10))
    assert told.args == ["https://example.org/"]


def test_a_mark_answers_to_the_pointer_with_a_frame(qtbot: QtBot) -> None:
    content = paragraphs("Somebody met nobody in the quiet garden of the house.")
    page = shown(qtbot, content)
    page.set_mentions([mention(0, 8)])
    page.set_annotations([annotation(1, 27, 39)])
    plain = picture(page)
    for offset in (3, 30):
        QTest.mouseMove(page.text.viewport(), edge(page, offset))
        qtbot.waitUntil(lambda: picture(page) != plain)
        QTest.mouseMove(page.text.viewport(), edge(page, 22) + QPoint(0, 0))
        qtbot.waitUntil(lambda: picture(page) == plain)


def test_a_pictures_description_is_its_tip(qtbot: QtBot, tmp_path: Path) -> None:
    digest, path = a_picture(tmp_path, 300, 200)
    content = Content((Block(BlockKind.IMAGE, "A view & more", image=digest),))
    page = with_pictures(qtbot, content, {digest: path})
    block = page.text.window_.block(0)
    origin = block.layout().position() - QPointF(0, page.text.verticalScrollBar().value())
    box = page.text.grounds.picture_box(0, origin)
    assert "A view &amp; more" in page.text.tip_at(box.center().toPoint())
    assert page.text.tip_at(QPoint(2, 2)) == ""


def test_known_pictures_are_named_once() -> None:
    content = Content((Block(BlockKind.IMAGE, ""), Block(BlockKind.IMAGE, "", image="0" * 64)))
    asked: list[str] = []

    def find(digest: str) -> Path:
        asked.append(digest)
        raise FileNotFoundError

    assert measured(find, content) == {}
    assert asked == ["0" * 64]
