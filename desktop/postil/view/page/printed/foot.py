"""The bar below printed pages: which page it is, and how large and in what order pages are shown."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.page.printed.zooming import Fit, PrintedZoom


class PagesBar(QFrame):
    """Mirrors a view of printed pages, and moves it."""

    two_asked = Signal(bool)
    fit_asked = Signal(object)  # Fit
    left = Signal()

    def __init__(self, view: PrintedZoom, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages_bar")
        self._view = view
        self._mirrored: object = None
        self.field = _Field(self)
        self._before, self._behind = QLabel("Page", self), QLabel(self)
        self._zoom = QLabel(self)
        self._zoom.setMinimumWidth(48)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = {
            "previous": self._button("Previous page", lambda: view.turn(-1)),
            "next": self._button("Next page", lambda: view.turn(1)),
            "two_pages": self._button("Two pages side by side", None),
            "fit_width": self._button("As wide as the window", lambda: self.fit_asked.emit(Fit.WIDTH)),
            "fit_page": self._button("Whole pages", lambda: self.fit_asked.emit(Fit.PAGE)),
            "minus": self._button("Smaller", lambda: view.step_zoom(-1)),
            "add": self._button("Larger", lambda: view.step_zoom(1)),
        }
        for name in ("two_pages", "fit_width", "fit_page"):
            self.buttons[name].setCheckable(True)
        self.buttons["two_pages"].toggled.connect(self.two_asked)
        self._lay_out()
        self.field.returnPressed.connect(self._go)
        self.field.left.connect(self._leave)
        view.moved.connect(self.mirror)
        view.zoomed.connect(self.mirror)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(3)
        b = self.buttons
        for part in (b["previous"], self._before, self.field, self._behind, b["next"]):
            row.addWidget(part)
        row.addStretch(1)
        for part in (b["two_pages"], b["fit_width"], b["fit_page"]):
            row.addWidget(part)
        row.addSpacing(8)
        for part in (b["minus"], self._zoom, b["add"]):
            row.addWidget(part)

    def mirror(self) -> None:
        """Take over how the view stands."""
        view = self._view
        page, last = view.page() + 1, len(view.pages)
        state = (page, last, view.zoom, view.fit, view.two, self.field.hasFocus(), last - 1 in view.in_view())
        if state == self._mirrored:
            return
        self._mirrored = state
        if not self.field.hasFocus() and self.field.text() != str(page):
            self.field.setText(str(page))
        self.field.check.setTop(max(1, last))
        self._behind.setText(f"of {last:,}")
        self.field.setAccessibleName(f"Page {page} of {last}")
        zoom = f"{round(view.zoom * 100)} %"
        if self._zoom.text() != zoom:
            self._zoom.setText(zoom)
        self.buttons["previous"].setEnabled(view.sheets.row_of(page - 1) > 0 if last else False)
        self.buttons["next"].setEnabled(last - 1 not in view.in_view())
        for name, on in (
            ("two_pages", view.two),
            ("fit_width", view.fit is Fit.WIDTH),
            ("fit_page", view.fit is Fit.PAGE),
        ):
            with QSignalBlocker(self.buttons[name]):
                self.buttons[name].setChecked(on)

    def ask_page(self) -> None:
        """Put the keyboard where a page can be typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        for name, button in self.buttons.items():
            button.setIcon(icon(name, theme))

    def _go(self) -> None:
        if self.field.hasAcceptableInput():
            self._view.go_to_page(int(self.field.text()) - 1)
        self._leave()

    def _leave(self) -> None:
        self.left.emit()
        self.field.clearFocus()
        self.mirror()

    def _button(self, tip: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if act is not None:
            button.clicked.connect(act)
        return button


class _Field(QLineEdit):
    """Takes the number of a page; Escape leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.check = QIntValidator(1, 1, self)
        self.setValidator(self.check)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(52)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
