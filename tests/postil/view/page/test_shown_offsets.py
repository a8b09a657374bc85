"""What a recogniser finds in any text stands on the page where it was found: stored, read back, laid out."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.view.page import pages

from postil.view.acts import load_names
from postil_db.library import Library
from postil_db.records import EntityKind, FoundMention, Origin
from postil_db.store import documents, entities

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12),
    st.sampled_from(
        ["Kaja Kallas", "NEW DELHI", "القاهرة", "תל אביב", "北京", "👩‍👩‍👧🇮🇳", "e\u0301te\u0301", "𝒜𝒷𝒸", "İstanbul"]
    ),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_mentions_stand_where_they_were_found(
    library: Library, qtbot: QtBot, lines: list[list[str]], data: st.DataObject
) -> None:
    new = factories.make_document("Odd", *(" ".join(line) for line in lines))
    number = library.add(new, new.content.text.encode()).result.info.id
    document = library.read(lambda session: documents.get(session, number))
    text = document.text
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        if data.draw(st.booleans()):
            found.append(FoundMention(at, at + len(word), EntityKind.PERSON, word, Origin.MODEL))
        at += len(word)
    library.write("", lambda session: entities.replace(session, number, "v", found), undoable=False)
    names = load_names(document_id=number).run(library)
    page = pages.shown(qtbot, document.content)
    page.set_mentions(names.mentions)
    assert [(one.start, one.end) for one in names.mentions] == [(one.start, one.end) for one in found]
    for one in names.mentions:
        assert one.text == text[one.start : one.end]
        assert page.text.overlay.names_at(one.start)[0] is one
        assert page.text.overlay.names_at(one.end - 1)[0] is one
        page.select(one.start, one.end)
        assert page.text.textCursor().selectedText() == one.text
    page.close()
