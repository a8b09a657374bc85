"""The exact ends of a passage, once it is known which words it begins and ends with."""

from postil.anchors.normalise import Words, same_sign


def fit_start(old: Words, new: Words, start: int, first: int, low: int) -> int:
    """Where a passage begins in the new text: at its first word, or inside it, or at the signs before it."""
    word = old.starts[first]
    if start > word:  # it began inside the word
        inside = start - word
        whole = old.folded[first] == new.folded[low] and old.ends[first] - word == new.ends[low] - new.starts[low]
        return new.starts[low] + (inside if whole else 0)
    signs = old.text[start:word]
    at, floor = new.starts[low], new.ends[low - 1] if low else 0
    return at - _matched(signs[::-1], new.text[floor:at][::-1])


def fit_end(old: Words, new: Words, end: int, last: int, high: int) -> int:
    """Where a passage ends in the new text: after its last word, or inside it, or after the signs behind it."""
    word = old.ends[last - 1]
    if end < word:
        inside = word - end
        size = new.ends[high - 1] - new.starts[high - 1]
        whole = old.folded[last - 1] == new.folded[high - 1] and word - old.starts[last - 1] == size
        return new.ends[high - 1] - (inside if whole else 0)
    signs = old.text[word:end]
    at, roof = new.ends[high - 1], new.starts[high] if high < len(new.starts) else len(new.text)
    return at + _matched(signs, new.text[at:roof])


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
