"""The unpacked model of languages: the same answers as the packed one, and no harm where it is missing or spoilt."""

import sys
from pathlib import Path

import pytest

from postil.documents import identifier

TEXTS = (
    "Der Hafen ist seit Dienstag wieder offen.",
    "The harbour is open again.",
    "Порт снова открыт.",
    "港口重新开放了",
)


def answers(model: object) -> list[tuple[str, float]]:
    return [model.classify(text) for text in TEXTS]  # type: ignore[attr-defined]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return identifier.unpacked()


def test_the_unpacked_model_answers_as_the_packed_does(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = answers(identifier.load())
    assert [language for language, _ in packed] == ["de", "en", "ru", "zh"]
    identifier.unpack()
    made = elsewhere.stat().st_mtime_ns
    identifier.unpack()
    assert (elsewhere.stat().st_mtime_ns, list(elsewhere.parent.iterdir())) == (made, [elsewhere])
    monkeypatch.setattr("py3langid.langid.LanguageIdentifier.from_model_file", None)  # it would unpack again
    assert answers(identifier.load()) == packed


def test_a_spoilt_one_is_passed_over(elsewhere: Path) -> None:
    identifier.unpack()
    whole = elsewhere.read_bytes()
    spoilt = (b"", whole[: len(whole) // 2], whole[:5000] + b"x" * 5000 + whole[10_000:])
    for bytes_ in spoilt:
        elsewhere.write_bytes(bytes_)
        assert identifier.load().classify(TEXTS[0])[0] == "de"


def test_set_up_has_unpacked_it() -> None:
    assert identifier.unpacked().is_file(), "run `make setup`"
