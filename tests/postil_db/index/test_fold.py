"""What is typed meets what is written, in whatever script and form."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry
from postil_db.index.fold import beginnings, fold, label, placed, placed_beginning, steps, words

CASES = [
    ("café", "cafe"),
    ("CAFÉ", "café"),
    ("cafe\u0301", "café"),
    ("naïve", "naive"),
    ("straße", "strasse"),
    ("STRASSE", "straße"),
    ("İstanbul", "istanbul"),
    ("Ångström", "angstrom"),
    ("søster", "soster"),
    ("Łódź", "lodz"),
    ("ﬁnding", "finding"),
    ("self-report", "report"),
    ("self-report", "self-report"),
    ("don’t", "don't"),
    ("l'eau", "eau"),
    ("研究方法論", "方法"),
    ("研究方法論", "研究方法論"),
    ("記憶", "憶"),
    ("пожалуйста", "Пожалуйста"),
    ("ἀρχή", "αρχη"),
    ("ΛΌΓΟΣ", "λόγος"),
    ("مُحَمَّد", "محمد"),
    ("हिन्दी", "हिन्दी"),
    ("ภาษาไทย", "ไทย"),
    ("대한민국", "대한민국"),
    ("がっこう", "がっこう"),
    ("naïve\u00adté", "naïveté"),
    ("C++", "C++"),
    ("p<0.05", "0.05"),
    ("10.1000/xyz123", "10.1000/xyz123"),
    ("Ｆｕｌｌ", "full"),
    ("٢٠٢٦", "2026"),
    ("_emphasis_", "emphasis"),
    ("good 👍🏽", "👍"),
]


def entry(key: int, quote: str) -> Entry:
    return Entry(key, 1, 1, "", quote, "", (), (), "yellow", key)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> AnnotationIndex:
    index = AnnotationIndex.open(tmp_path_factory.mktemp("fold") / "index")
    index.put(entry(key, f"aaa {text} bbb") for key, (text, _) in enumerate(CASES))
    index.flush()
    return index


@pytest.mark.parametrize("key", range(len(CASES)), ids=[typed for _, typed in CASES])
@pytest.mark.parametrize("form", ["{} ", "{}", '"{}"'])
def test_a_form_finds_what_is_written(index: AnnotationIndex, key: int, form: str) -> None:
    assert key in index.search(form.format(CASES[key][1]), limit=99).ids


@pytest.mark.parametrize(
    ("one", "other"), [("हिन्दी", "हिन्दू"), ("か", "が"), ("가", "각"), ("sea", "see"), ("ไทย", "ไท้")]
)
def test_different_words_stay_different(tmp_path: Path, one: str, other: str) -> None:
    index = AnnotationIndex.open(tmp_path / "index")
    index.put([entry(1, one)])
    assert index.search(f'"{other}"', limit=9).total == 0
    assert index.search(f'"{one}"', limit=9).total == 1
    index.close()


@given(st.text())
def test_words_and_their_places_agree(text: str) -> None:
    assert [word.text for word in placed(text)] == words(text)
    for word in placed(text):
        assert 0 <= word.start < word.first_end <= word.end <= len(text)


@given(st.text())
def test_every_word_looked_for_is_one_that_is_held(text: str) -> None:
    held = words(text)
    for step in steps(text):
        assert held[step.offset] == step.text


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


@given(st.text())
def test_folding_again_changes_nothing_in_words(text: str) -> None:
    assert [fold(word) for word in words(text)] == words(text)


def test_tags_are_compared_without_regard_to_blanks_and_case() -> None:
    assert label("  Policy /  Défence  Affairs ") == "policy/defence affairs"
    assert label("//") == ""


@given(st.text(), st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=3))
def test_the_words_that_begin_so_are_found_without_taking_the_text_apart(text: str, begun: list[str]) -> None:
    wanted = [word[: len(begin)] for begin, word in zip(begun, words(text), strict=False)] or ["a"]
    every = [word for word in placed(text) if word.text.startswith(tuple(wanted))]
    assert list(placed_beginning(text, beginnings(wanted))) == every
