"""Lets the reader choose how the sidebar sorts the library: a menu on the panel, the same in View and palette."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QToolButton

from postil.settings import LIBRARY_ORDER, LIBRARY_ORDERS
from postil.view.parts import Parts


def order_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """What the commands do."""
    choose = parts.appearance.set_option
    return {f"order_{name}": partial(choose, LIBRARY_ORDER, name) for name in LIBRARY_ORDERS}


def connect_order(parts: Parts) -> None:
    """Let the reader choose an order, show which one it is, and keep it."""
    panel, commands, look = parts.window.library_panel, parts.window.commands, parts.appearance
    menu = QMenu(panel)
    menu.addActions([commands[f"order_{name}"] for name in LIBRARY_ORDERS])
    panel.order_button.setMenu(menu)
    panel.order_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def show(option: object = LIBRARY_ORDER) -> None:
        if option is LIBRARY_ORDER:
            order = look.chosen(LIBRARY_ORDER)
            commands[f"order_{order}"].setChecked(True)
            panel.set_order(order)

    look.option_changed.connect(show)
    show()
