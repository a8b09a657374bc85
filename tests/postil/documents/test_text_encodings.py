import codecs
from pathlib import Path

import pytest

from postil.documents.encodings import declared, decode

GERMAN = "Größe und Übermut: die Straße führt nach Süden, sagte Frau Müller."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Größe 🦉", "utf-8"),
        ("Größe 🦉", "utf-8-sig"),
        ("Größe 🦉", "utf-16"),
        ("Größe 🦉", "utf-32"),
        ("Plain words without a mark", "utf-16-le"),
        ("Plain words without a mark", "utf-16-be"),
        ("日本語のテキストです。", "iso2022_jp"),
        ("한국어 텍스트", "iso2022_kr"),
        (GERMAN, "cp1252"),
        ("Zażółć gęślą jaźń, powiedział minister. Są też inne słowa.", "cp1250"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy; už týdny.", "iso8859_2"),
        ("Заявление министра иностранных дел было опубликовано сегодня утром в Москве.", "cp1251"),
        ("Заявление министра иностранных дел было опубликовано сегодня утром в Москве.", "koi8_r"),
        ("これは日本語で書かれた新聞の記事です。政府は今日、新しい計画を発表しました。", "cp932"),
        ("“Curly” – and a dash…", "cp1252"),
    ],
)
def test_text_comes_back_without_being_told_how(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.unread == 0


def test_utf16_marks_either_way() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert decode(mark + "Größe".encode(encoding)).text == "Größe"


def test_what_a_page_declares_is_believed_after_utf8() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Příliš žluťoučký'
    assert decode(page.encode("iso8859_2")).text == page
    assert decode(page.encode()).text == page
    assert declared(b'<meta charset="utf-16">') == ""
    assert declared(b'<meta charset="no-such-thing">') == ""
    assert declared(b"<?xml version='1.0' encoding='ISO-8859-1'?>") == "cp1252"


def test_a_few_spoilt_bytes_are_told_and_cost_nothing_else() -> None:
    data = ("Größe und Übermut. " * 20).encode() + b"\xff\xfe" + GERMAN.encode()
    decoded = decode(data)
    assert decoded.text.endswith("\ufffd\ufffd" + GERMAN)
    assert (decoded.encoding, decoded.unread) == ("utf-8", 2)


def test_encodings_of_real_texts(corpora: Path) -> None:
    meant = {"iso-8859-1": "cp1252", "GB2312": "gb18030", "EUC-KR": "cp949", "SHIFT_JIS": "cp932", "TIS-620": "cp874"}
    right = total = 0
    for file in sorted((corpora / "text-encodings").glob("*/*")):
        folder = file.parent.name
        name = meant.get(folder, folder)
        while not _known(name) and "-" in name:
            name = name.rsplit("-", 1)[0]
        name = "cp1254" if name == "iso-8859-9" else "big5hkscs" if name == "Big5" else name
        if _known(name):
            try:
                expected = file.read_bytes().decode(name)
            except UnicodeDecodeError:
                continue
            total += 1
            right += decode(file.read_bytes()).text.lstrip("\ufeff") == expected.lstrip("\ufeff")
    print(f"encodings: {right} of {total} right ({right / total:.3f}; research: .970)")
    assert right / total >= 0.97


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
