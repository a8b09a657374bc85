"""Find the names in the sample article and keep them beside it: for whenever the recogniser or the article changes."""

import json
from pathlib import Path

import postil_resources
from postil.documents.sample import sample
from postil.entities.client import Finished, Recogniser
from postil.entities.sample_names import FILE

TARGET = Path(postil_resources.__file__).parent / "samples" / FILE


def main() -> None:
    """Write the file anew."""
    document = sample().document
    recogniser = Recogniser()
    (finished,) = (
        answer
        for answer in recogniser.recognise(document.content, language=document.language, published=document.published)
        if isinstance(answer, Finished)
    )
    recogniser.stop()
    rows = [[one.start, one.end, one.kind, one.name, one.origin, one.value] for one in finished.mentions]
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    TARGET.write_text(f'{{"version": "{finished.version}", "mentions": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(rows)} mentions in {TARGET.name}")


if __name__ == "__main__":
    main()
