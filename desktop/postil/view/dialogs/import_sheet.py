"""The import sheet: what a file of annotations would bring, before it does; then how far the saving is."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, override

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.exchange.importing import telling
from postil.exchange.importing.formats import FORMATS
from postil.exchange.importing.matching import Fate
from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.import_rows import annotations, documents
from postil.view.dialogs.long_combo import LongCombo
from postil.view.dialogs.two_lines import LineList
from postil.view.look import motion
from postil.view.look.theme import Theme
from postil.view.panels.furniture import ElidedLabel
from postil_db.records import DocumentInfo

if TYPE_CHECKING:
    from postil.exchange.importing.incoming import Source
    from postil.exchange.importing.plan import Group, Plan

BY_ITSELF = "Not in this library"
ADVICE = "Say below which document is meant, or add it to the library and import the file once more."


class ImportSheet(FittingDialog):
    """Shows a plan. What is asked for is told by signals; the answers come back through `show_…`."""

    named = Signal(object)  # dict of Source to the id of the document that the reader named
    import_asked = Signal(object, bool)  # Plan, whether what differs becomes as the file says
    left_out_asked = Signal(object, object)  # Plan, Path

    def __init__(self, theme: Theme, path: Path, titles: Iterable[DocumentInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import annotations")
        self._path = path
        self._plan: Plan | None = None
        self._chosen: dict[Source, int] = {}
        self.heading = ElidedLabel(path.name, role="heading")
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(textVisible=False)
        self.documents = LineList(theme, "Documents that the file is about")
        self.annotations = LineList(theme, "Annotations in the file")
        self.home = LongCombo()
        self.home.setAccessibleName("Document of the library")
        self.home.addItem(BY_ITSELF, 0)
        for info in sorted(titles, key=lambda one: one.title.casefold()):
            self.home.addItem(info.title, info.id)
        self.update_box = QCheckBox()
        self.import_button = QPushButton("Import")
        self.left_out_button = QPushButton("Save what is left out…")
        self._lay_out()
        self._connect()
        self.show_progress("Reading", 0, 0)
        self.resize(QSize(760, 560))

    def _lay_out(self) -> None:
        self._lists, self._naming = QWidget(), QWidget()
        for part in (self._lists, self._naming):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # the sheet fits the screen before it knows what to show
            part.setSizePolicy(policy)
        halves = QHBoxLayout(self._lists)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(12)
        for part, share in ((self.documents, 2), (self.annotations, 3)):
            part.setMinimumSize(216, 140)
            part.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            halves.addWidget(part, share)
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(8)
        label = QLabel("The chosen document is")
        label.setBuddy(self.home)
        naming.addWidget(label)
        naming.addWidget(self.home, 1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.left_out_button, QDialogButtonBox.ButtonRole.ResetRole)
        self.left_out_button.setAutoDefault(False)
        self.import_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addWidget(self._lists, 1)
        layout.addWidget(self._naming)
        layout.addWidget(self.update_box)
        layout.addSpacing(8)
        layout.addStretch()
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.documents.selectionModel().selectionChanged.connect(self._show_document)
        self.home.activated.connect(self._name)
        self.update_box.toggled.connect(self._count)
        self.import_button.clicked.connect(self._import)
        self.left_out_button.clicked.connect(self._save_left_out)
        self.buttons.rejected.connect(self.reject)

    # --- what it is told

    def show_progress(self, doing: str, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total if total or motion.allowed() else 1)  # one without an end does nothing but move
        self.bar.setValue(done)
        self.bar.setAccessibleName(doing)
        self.words.setText(f"{doing}…")
        self._show_parts(going=True)

    def show_plan(self, plan: "Plan") -> None:
        """Show what the import would do."""
        before = next(iter(self.documents.chosen()), None)
        self._plan = plan
        title = FORMATS[plan.contents.format].title
        advice = (ADVICE,) if plan.left else ()
        self.words.setText("\n".join((f"{title}.", *telling.planned(plan), *advice)))
        changed = plan.count(Fate.CHANGED)
        which = "one that differs" if changed == 1 else f"the {changed:,} that differ"
        self.update_box.setText(f"Of {which}, take note, tags and colour from the file")
        self._show_parts(changed=changed > 0, left=bool(plan.left))
        self.documents.lines.show(documents(plan.groups))
        row = max(0, self.documents.lines.row_of(before))
        self.documents.setCurrentIndex(self.documents.lines.index(row))
        self._show_document()
        self._count()
        self.import_button.setFocus()

    def show_fault(self, sentence: str) -> None:
        """Say why there is nothing to import."""
        self._plan = None
        self.words.setText(sentence)
        self._show_parts()
        self._name_way_out(nothing=True)

    def show_saving(self) -> None:
        """Show that the saving has begun."""
        self.show_progress("Saving", 0, 0)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        for part in (self.documents, self.annotations):
            part.set_theme(theme)

    @override
    def sizeHint(self) -> QSize:
        """Wide enough for two lists."""
        return super().sizeHint().expandedTo(QSize(760, 0))

    # --- inside

    def _group(self) -> "Group | None":
        number = next(iter(self.documents.chosen()), None)
        return self._plan.groups[number] if self._plan is not None and isinstance(number, int) else None

    def _show_document(self, *_: object) -> None:
        if (group := self._group()) is not None:
            self.annotations.lines.show(annotations(group))
            self.annotations.scrollToTop()
            self.home.setCurrentIndex(max(0, self.home.findData(group.info.id if group.info else 0)))

    def _name(self, _index: int) -> None:
        if (group := self._group()) is not None:
            self._chosen[group.source] = int(self.home.currentData())
            self.named.emit(dict(self._chosen))

    def _count(self, *_: object) -> None:
        if self._plan is not None:
            taken = self._plan.count(Fate.CHANGED) if self.update_box.isChecked() else 0
            count = self._plan.count(Fate.NEW) + taken
            self.import_button.setText(f"Import {count:,}" if count else "Import")
            self.import_button.setEnabled(count > 0)
            self._name_way_out(nothing=not (count or self._plan.left or self._plan.count(Fate.CHANGED)))

    def _name_way_out(self, *, nothing: bool) -> None:
        """Where there is nothing to import, there is nothing to cancel."""
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Close" if nothing else "Cancel")

    def _import(self) -> None:
        if self._plan is not None:
            self.import_asked.emit(self._plan, self.update_box.isChecked())

    def _save_left_out(self) -> None:
        start = str(self._path.with_name(f"{self._path.stem}, left out.csv"))
        name, _ = QFileDialog.getSaveFileName(self, "Save what is left out", start, "CSV table (*.csv)")
        if name and self._plan is not None:
            self.left_out_asked.emit(self._plan, Path(name))

    def _show_parts(self, *, going: bool = False, changed: bool = False, left: bool = False) -> None:
        planned = self._plan is not None and not going
        self.bar.setVisible(going)
        self._lists.setVisible(planned)
        self._naming.setVisible(planned)
        self.update_box.setVisible(planned and changed)
        self.left_out_button.setVisible(planned and left)
        self.import_button.setEnabled(planned)
        self.import_button.setVisible(planned or going)
