"""Names known without a model: states, large cities, peoples, bodies, and the months of many languages."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Gazetteer:
    """What the lists of one language say.

    `names`: name -> label, surely; the longest first. `usual`: name -> label if it is a name at all ("Rams", "Apple",
    small towns).
    `ambiguous`: place names that are as often a person's. `aliases`: other names of the well known -> the usual one.
    """

    names: dict[str, str]
    ambiguous: frozenset[str]
    months: tuple[str, ...]
    usual: dict[str, str]
    first_names: frozenset[str]
    aliases: dict[str, str]

    def knows(self, name: str) -> bool:
        """Whether a name is listed, and so no surname."""
        return name in self.names or name in self.ambiguous


ENGLISH = {
    "products": "PRODUCT",
    "organisations": "ORG",
    "groups": "NORP",
    "cities": "GPE",
    "regions": "LOC",
    "states": "GPE",
}
"""The English lists and what they say; where two hold a name, the later one counts."""


@cache
def _lists() -> "dict[str, list[str]] | dict[str, dict[str, list[str]]]":
    path = resources.files("postil_resources") / "gazetteer" / "names.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def gazetteer(language: str) -> Gazetteer:
    """The lists for a language ("en", "de"); names of states that are English are known in none but English."""
    lists = _lists()
    labels: dict[str, str] = {}
    ambiguous = frozenset(lists["ambiguous"])
    if language in ("", "en"):
        for key, label in ENGLISH.items():
            labels |= dict.fromkeys(lists[key], label)
        language = "en"
    else:
        labels |= dict.fromkeys(lists["states_by_language"].get(language, ()), "GPE")  # type: ignore[union-attr]
        labels |= dict.fromkeys(lists["cities"], "GPE")
    english = language == "en"
    return Gazetteer(
        names={
            name: labels[name] for name in sorted(labels, key=lambda each: (-len(each), each)) if name not in ambiguous
        },
        ambiguous=ambiguous,
        months=tuple(lists["months_by_language"].get(language, ())),  # type: ignore[union-attr]
        usual=dict.fromkeys(lists["towns"], "GPE")
        | dict.fromkeys(lists["usual_organisations"] if english else (), "ORG"),
        first_names=frozenset(lists["first_names"]),
        aliases=dict(lists["aliases"]) if english else {},  # type: ignore[arg-type]
    )
