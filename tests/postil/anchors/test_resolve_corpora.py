"""Quotes that another program stored of a real page are found in what we read of that page."""

import json
from pathlib import Path

from lxml import html

from postil.anchors.normalise import letters
from postil.anchors.resolve import resolve
from postil_db.records import AnchorState, Selector


def test_quotes_that_hypothesis_stored_are_found(corpora: Path) -> None:
    folder = corpora / "anchoring/hypothesis-client/src/annotator/anchoring/test/html-baselines"
    stored = json.loads((folder / "wikipedia-regression-testing.json").read_text(encoding="utf-8"))
    rows = stored if isinstance(stored, list) else stored["rows"] if "rows" in stored else stored["annotations"]
    wanted = []
    for row in rows:
        said = {one["type"]: one for target in row["target"] for one in target["selector"]}
        quote, place = said["TextQuoteSelector"], said["TextPositionSelector"]
        wanted.append(Selector(place["start"], place["end"], quote["exact"], quote["prefix"], quote["suffix"], "", ""))
    text = html.parse(str(folder / "wikipedia-regression-testing.html")).getroot().text_content()
    found = resolve("", text, wanted)
    told = {each.quote: one for each, one in zip(wanted, found, strict=True)}
    assert {one.state for one in told.values()} == {AnchorState.MOVED}
    assert all(letters(text[one.start : one.end]) == letters(quote) for quote, one in told.items())
