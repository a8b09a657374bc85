"""The rows of an entity's page: documents with their passages, notes, names beside it; and how each looks."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from postil.anchors.offsets import Utf16
from postil.view.look.contrast import mix
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.panels.record_model import RECORD, Index, RecordModel
from postil.view.panels.row_delegate import CENTRE, PAD, paint_count, paint_ground
from postil.view.panels.text_block import TextBlock, scaled
from postil.view.panels.words import plural
from postil_db.records import Entity, EntityKind
from postil_db.records.entity_page import Beside, EntityPage, Met, Quoting, Shown

_INSET = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """What follows."""

    title: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that names the entity."""

    id: int
    title: str
    date: str
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class MoreRow:
    """That a document has more passages than are shown."""

    document_id: int
    left: int


type Row = Heading | DocumentRow | Shown | MoreRow | Quoting | Beside | Entity


def rows_of(page: EntityPage) -> list[Row]:
    """The rows of a page, in order."""
    rows: list[Row] = []
    if page.linking or page.linking_names:
        rows.append(Heading("Notes that link here"))
        rows += [*page.linking, *page.linking_names]
    if page.quoting:
        rows.append(Heading("Notes on passages with this name"))
        rows += page.quoting
    if page.beside:
        rows.append(Heading("In the same paragraphs"))
        rows += page.beside
    rows.append(Heading("Mentions" if page.met else "No text names it now"))
    for met in page.met:
        rows += rows_of_document(met)
    return rows


def rows_of_document(met: Met) -> list[Row]:
    """A document, its passages, and how many more there are."""
    start = met.passages[0].start if met.passages else 0
    rows: list[Row] = [DocumentRow(met.document_id, met.title, met.date, met.count, start), *met.passages]
    if left := met.count - len(met.passages):
        rows.append(MoreRow(met.document_id, left))
    return rows


class PageModel(RecordModel[Row]):
    """The rows of one page."""

    kind = EntityKind.PERSON

    @override
    def key(self, record: Row) -> Hashable:  # noqa: PLR0911 - one for each kind of row
        match record:
            case Heading(title):
                return title
            case Shown(document_id, start):
                return "passage", document_id, start
            case Quoting(annotation):
                return "note", annotation.id, annotation.note
            case DocumentRow(number):
                return "document", number
            case MoreRow(number):
                return "more", number
            case Beside(entity):
                return "beside", entity.id
            case Entity():
                return "link", record.id

    @override
    def text(self, record: Row) -> str:  # noqa: PLR0911 - one for each kind of row
        match record:
            case Heading(title):
                return title
            case Shown(text=text):
                return text
            case Quoting(annotation, title):
                return f"{annotation.note or annotation.selector.quote}, {title}"
            case DocumentRow(title=title, count=count):
                return f"{title}, {plural(count, 'mention')}"
            case MoreRow(left=left):
                return f"{left:,} more in this document"
            case Beside(entity, count):
                return f"{entity.name}, {plural(count, 'paragraph')}"
            case Entity():
                return record.name

    @override
    def tip(self, record: Row) -> str:
        match record:
            case Shown() | Heading():
                return ""
            case DocumentRow(title=title, date=date):
                return f"{title}\n{date}"
            case _:
                return self.text(record)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over."""
        if isinstance(self.record(index), Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class PageDelegate(QStyledItemDelegate):
    """Paints the rows; every kind of row has one height, so that thousands are laid out at once."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """By its kind."""
        line = round(QFontMetricsF(option.font).height())
        match index.data(RECORD):
            case Heading():
                return QSize(120, line + 22)
            case Shown() | Quoting():
                return QSize(120, 2 * line + 14)
            case _:
                return QSize(120, line + 14)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect)
        record: Row = index.data(RECORD)
        if not isinstance(record, Heading):
            paint_ground(painter, option, self.theme)
        match record:
            case Heading(title, count):
                self._heading(painter, option, row, title, count)
            case Shown():
                self._passage(painter, option, row, record)
            case Quoting():
                self._note(painter, option, row, record)
            case DocumentRow():
                right = (
                    row.right() - PAD - paint_count(painter, option, f"{record.count:,}", row.right() - PAD, self.theme)
                )
                self._line(painter, option, row, right - 10, "document", record.title, bold=True)
            case MoreRow(left=left):
                self._words(painter, option, row, f"Show {left:,} more")
            case Beside(entity, count):
                right = row.right() - PAD - paint_count(painter, option, f"{count:,}", row.right() - PAD, self.theme)
                self._line(painter, option, row, right - 10, entity.kind, entity.name)
            case Entity():
                self._line(painter, option, row, row.right() - PAD, record.kind, record.name)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, title: str, count: str) -> None:
        font = scaled(option.font, 0.9, bold=True)
        painter.setFont(font)
        painter.setPen(self.theme.color("faint"))
        box = row.adjusted(PAD, 8, -PAD, 0)
        room = box.width()
        if count:
            small = meta_font(option.font)
            wide = QFontMetricsF(small).horizontalAdvance(count)
            if wide + QFontMetricsF(font).horizontalAdvance(title) + 12 < room:
                painter.setFont(small)
                painter.drawText(box, CENTRE | Qt.AlignmentFlag.AlignRight, count)
                painter.setFont(font)
                room -= wide + 12
        shown = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, CENTRE, shown)
        painter.setPen(self.theme.color("line"))
        painter.drawLine(QPointF(row.left() + PAD, row.top() + 4.5), QPointF(row.right() - PAD, row.top() + 4.5))

    def _passage(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, shown: Shown) -> None:
        left = row.left() + PAD + _INSET
        room = row.right() - PAD - left
        text, at = cut_before(shown, QFontMetricsF(option.font), room * 1.1)
        units = Utf16(text)
        bold = QTextCharFormat()
        bold.setFontWeight(600)
        bold.setForeground(self.theme.color("text"))
        bold.setBackground(self.theme.entity(self._kind(option))[0])
        marks = [(units.to_utf16(at), units.to_utf16(at + shown.length), bold)]
        block = TextBlock(text, option.font, room, max_lines=2, marks=marks)
        ink = mix(self.theme.color("faint"), self.theme.color("text"), 0.55)
        block.draw(painter, left, row.center().y() - block.height / 2, ink)

    def _note(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, one: Quoting) -> None:
        annotation = one.annotation
        bar = QRectF(row.left() + PAD, row.top() + 7, 3, row.height() - 14)
        painter.fillRect(bar, self.theme.highlight(annotation.color)[1])
        left = row.left() + PAD + _INSET
        words = " ".join((annotation.note or f"“{annotation.selector.quote}”").split())
        block = TextBlock(words, option.font, row.right() - PAD - left, max_lines=2)
        block.draw(painter, left, row.center().y() - block.height / 2, self.theme.color("text"))

    def _line(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, right: float, sign: str, words: str,
        *, bold: bool = False,
    ) -> None:  # fmt: skip
        ink = (
            self.theme.entity(EntityKind(sign))[1]
            if sign in list(EntityKind) and not bold
            else self.theme.color("faint")
        )
        box = QRect(round(row.left()) + PAD, round(row.center().y()) - 8, 16, 16)
        icon(sign, self.theme, ink).paint(painter, box)
        font = scaled(option.font, 1.0, bold=bold)
        painter.setFont(font)
        painter.setPen(self.theme.color("text"))
        left = row.left() + PAD + 24
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, max(right - left, 24))
        painter.drawText(QRectF(left, row.top(), max(right - left, 24) + 2, row.height()), CENTRE, shown)

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF, words: str) -> None:
        painter.setFont(option.font)
        painter.setPen(self.theme.color("link"))
        painter.drawText(row.adjusted(PAD + _INSET, 0, -PAD, 0), CENTRE, words)

    def _kind(self, option: QStyleOptionViewItem) -> EntityKind:
        view = option.widget
        model = view.model() if isinstance(view, QListView) else None
        return model.kind if isinstance(model, PageModel) else EntityKind.PERSON


def cut_before(shown: Shown, measure: QFontMetricsF, room: float) -> tuple[str, int]:
    """A passage whose words before the place itself take `room` pixels at most, and where the place is in it."""
    before = shown.text[: shown.at]
    if measure.horizontalAdvance(before) <= room:
        return shown.text, shown.at
    words = before.removeprefix("… ").split(" ")
    while len(words) > 2 and measure.horizontalAdvance("… " + " ".join(words)) > room:
        del words[0]
    kept = "… " + " ".join(words)
    return kept + shown.text[shown.at :], len(kept)
