"""Closing the window: nothing that was typed or given is lost, and what could not be saved is said first."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from postil.settings import Settings
from postil.view.halves import Halves
from postil.view.window import Window
from postil.work.run import Work

SAVE_PAUSE_MS = 700


class Closing(QObject):
    """Decides when the window may close."""

    def __init__(
        self, window: Window, work: Work, halves: Halves, chosen: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._work, self._halves, self._chosen = window, work, halves, chosen
        self._leaving = False
        self._soon = QTimer(self, singleShot=True, interval=SAVE_PAUSE_MS)
        self._soon.timeout.connect(self.save_settings)

    def leave(self) -> None:
        """Hand over what is still being typed; let the window close, or close it when all is written."""
        self._window.notes_panel.save()
        self._halves.keep_positions()
        if self._work.writing:
            self._leaving = True
        elif not self._window.messages.failed or ask_to_give_up(self._window, len(self._window.messages.failed)):
            self._window.keep_shape()
            self.save_settings()
            self._window.may_close = True
        else:
            self._window.messages.remind()

    def go_on(self) -> None:
        """Close the window after all, now that everything is written; stay if something was not."""
        if self._leaving:
            self._leaving = False
            if not self._window.messages.failed:
                self._window.close()

    def save_soon(self) -> None:
        """Write the settings when the reader has done changing them."""
        self._soon.start()

    def save_settings(self) -> None:
        """Write the settings file; that it cannot be written is no reason to stop anybody."""
        self._soon.stop()
        try:
            self._chosen.save()
        except OSError as error:
            self._window.messages.show_fault(f"The settings could not be saved ({error.strerror}).")


def ask_to_give_up(parent: QWidget, count: int) -> bool:
    """Ask whether to close although something could not be saved."""
    what = "One change" if count == 1 else f"{count} changes"
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Not saved")
    box.setText(f"{what} could not be saved.")
    box.setInformativeText("Go back to try again, or close and lose it.")
    back = box.addButton("Go back", QMessageBox.ButtonRole.RejectRole)
    give_up = box.addButton("Close and lose it", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(back)
    box.exec()
    return box.clickedButton() is give_up
