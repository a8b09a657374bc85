"""What the faces of a page say, passed on by the page: whoever listens need not know which of them is in view."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil.view.page.face import Face
    from postil.view.page.page import Page


def pass_on(page: "Page", face: "Face") -> None:
    """Connect what a face says with what the page says."""
    for said, told in (
        (face.selected, page.selection_changed),
        (face.mark_asked, page.mark_requested),
        (face.tag_asked, page.tag_requested),
        (face.note_asked, page.note_requested),
        (face.annotation_clicked, page.annotation_clicked),
        (face.mention_clicked, page.mention_clicked),
        (face.menu_filled, page.menu_filled),
        (face.place_asked, page.place_requested),
        (face.step_asked, page.step_requested),
        (face.entity_step_asked, page.entity_step_requested),
        (face.remove_asked, page.remove_requested),
        (face.let_go_asked, page.let_go_requested),
        (face.command_asked, page.command_requested),
        (face.moved, page.scrolled),
    ):
        said.connect(told)
