"""Settings that work as they are changed: there is nothing to apply."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.place import FolderChoice
from postil.view.dialogs.settings_rows import Amount, Choice, Place, Row, Several, Switch
from postil.view.dialogs.stepper import Stepper
from postil.view.look.theme import Theme
from postil_db.records import EntityKind


class SettingsDialog(FittingDialog):
    """One line for each declared row. Emits the name of an option and its new value at once."""

    changed = Signal(str, object)
    keys_asked = Signal()

    def __init__(
        self, theme: Theme, rows: Sequence[Row], values: Mapping[str, object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._theme = theme
        self.editors: dict[str, QWidget] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for row in rows:
            editor = self._editor(row, values.get(row.name))
            editor.setAccessibleName(row.label)
            label = QLabel("" if isinstance(row, Switch) else row.label)
            label.setBuddy(editor)
            self.editors[row.name] = editor
            form.addRow(label, editor)
            if isinstance(row, Switch | Place) and row.note:
                form.addRow("", self._note(row, editor))
        steppers = [editor for editor in self.editors.values() if isinstance(editor, Stepper)]
        for stepper in steppers:  # their buttons stand one under another
            stepper.words.setMinimumWidth(max(one.words.minimumWidth() for one in steppers))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.keys_button = QPushButton("Keyboard shortcuts…")
        self.keys_button.setAutoDefault(False)
        self.keys_button.clicked.connect(self.keys_asked)
        buttons.addButton(self.keys_button, QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.set_theme(theme)
        self.resize(540, self.sizeHint().height())

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        self._theme = theme
        for editor in self.editors.values():
            if isinstance(editor, Stepper):
                editor.set_theme(theme)

    def _editor(self, row: Row, value: object) -> QWidget:
        match row:
            case Choice():
                return self._choice(row, value)
            case Amount():
                return self._amount(row, value)
            case Switch():
                return self._switch(row, value)
            case Several():
                return self._several(row, value)
            case Place():
                place = FolderChoice(row.label, str(value or ""))
                place.changed.connect(partial(self.changed.emit, row.name))
                return place

    def _choice(self, row: Choice, value: object) -> QComboBox:
        box = QComboBox()
        for key, words in row.options:
            box.addItem(words, key)
        if value is not None and box.findData(str(value)) < 0:
            box.addItem(str(value), str(value))
        box.setCurrentIndex(max(0, box.findData(str(value or ""))))
        box.currentIndexChanged.connect(lambda index: self.changed.emit(row.name, box.itemData(index)))
        return box

    def _amount(self, row: Amount, value: object) -> Stepper:
        stepper = Stepper(self._theme, row, value if isinstance(value, int | float) else row.low / row.unit)
        stepper.changed.connect(partial(self.changed.emit, row.name))
        return stepper

    def _switch(self, row: Switch, value: object) -> QCheckBox:
        box = QCheckBox(row.label)
        box.setChecked(value is True)
        box.toggled.connect(partial(self.changed.emit, row.name))
        return box

    @staticmethod
    def _note(row: Switch | Place, box: QWidget) -> QLabel:
        note = QLabel(row.note)
        note.setProperty("role", "faint")
        note.setWordWrap(True)
        if isinstance(row, Switch):
            note.setContentsMargins(box.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 13, 0, 0, 0)
        box.setAccessibleDescription(row.note)
        return note

    def _several(self, row: Several, value: object) -> QWidget:
        chosen = set(value) if isinstance(value, frozenset | set) else set()
        group = QWidget()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        boxes: dict[str, QCheckBox] = {}
        for number, (key, words) in enumerate(row.options):
            box = boxes[key] = QCheckBox(words)
            box.setChecked(key in chosen)
            box.toggled.connect(partial(self._tell_several, row.name, boxes))
            grid.addWidget(box, number // 3, number % 3)
        return group

    def _tell_several(self, name: str, boxes: Mapping[str, QCheckBox], _on: bool) -> None:
        self.changed.emit(name, frozenset(EntityKind(key) for key, box in boxes.items() if box.isChecked()))
