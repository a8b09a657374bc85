"""The exact ends of a passage, once it is known which words it begins and ends with."""

from postil.anchors.normalise import Words, same_sign, seen


def fit_start(old: Words, new: Words, start: int, first: int, low: int) -> int:
    """Where a passage begins in the new text: at its first word, or inside it, or at the signs before it."""
    word = old.starts[first]
    if start > word:  # it began inside the word
        inside = len(seen(old.text[word:start])) if old.folded[first] == new.folded[low] else 0
        return _after(new.text, new.starts[low], new.ends[low], inside)
    signs = old.text[start:word]
    at, floor = new.starts[low], new.ends[low - 1] if low else 0
    return at - _matched(signs[::-1], new.text[floor:at][::-1])


def fit_end(old: Words, new: Words, end: int, last: int, high: int) -> int:
    """Where a passage ends in the new text: after its last word, or inside it, or after the signs behind it."""
    word = old.ends[last - 1]
    if end < word:
        inside = len(seen(old.text[old.starts[last - 1] : end]))
        other = old.folded[last - 1] != new.folded[high - 1]
        return new.ends[high - 1] if other else _after(new.text, new.starts[high - 1], new.ends[high - 1], inside)
    signs = old.text[word:end]
    at, roof = new.ends[high - 1], new.starts[high] if high < len(new.starts) else len(new.text)
    return at + _matched(signs, new.text[at:roof])


def _after(text: str, start: int, end: int, count: int) -> int:
    """Where a number of visible characters of a word end."""
    at = start
    while at < end and (count > 0 or not seen(text[at])):
        count -= bool(seen(text[at]))
        at += 1
    return at


def _matched(wanted: str, there: str) -> int:
    """How far into `there` the signs of `wanted` go on, blanks aside; it ends with a sign, not with a blank."""
    reach = at = 0
    for sign in wanted:
        if sign.isspace():
            continue
        while at < len(there) and there[at].isspace():
            at += 1
        if at == len(there) or not same_sign(sign, there[at]):
            break
        at += 1
        reach = at
    return reach
