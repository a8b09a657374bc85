"""The lines between `---` and `---` at the head of a Markdown file, as far as they say what it is."""

import re

_LINE = re.compile(r"([A-Za-z_][\w -]*):(?:\s+(.*))?$")
_LONGEST = 200


def split_front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """Return the fields (lower-case names, each a list of values) and the text behind them.

    A text that merely begins with a rule has no fields and is returned whole. Only what occurs in the heads of articles
    is understood: plain and quoted values, and lists of them; anything else in YAML is passed over.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() in ("---", "...")), 0)
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines[1:end]:
        match = _LINE.match(line)
        if match:
            name = match[1].strip().lower()
            fields[name] = _values(match[2] or "")
        elif name and re.match(r"\s*-\s", line):
            fields[name] += _values(line.strip()[1:])
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            return {}, text
    return (fields, "\n".join(lines[end + 1 :])) if fields else ({}, text)


def _values(text: str) -> list[str]:
    text = text.strip()
    parts = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else [text]
    stripped = (part.strip() for part in parts)
    unquoted = (part[1:-1] if len(part) > 1 and part[0] == part[-1] and part[0] in "'\"" else part for part in stripped)
    return [part for part in unquoted if part]
