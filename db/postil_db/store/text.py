"""What a reader types, made fit to be stored."""

import re
import unicodedata

from postil_db.errors import Refused

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls: what a name looks like must not depend on them, nor the text after it run backwards."""

LONGEST_NAME = 200


def clean(text: str) -> str:
    """Text that every program can read back: no NUL, no half of a surrogate pair."""
    return UNSTORABLE.sub("�", text)


def clean_name(text: str, what: str) -> str:
    """A name on one line, in normal form C. `what` names it in the message if it is empty or too long."""
    seen = UNSEEN.sub("", " ".join(clean(text).split()))
    name = " ".join(unicodedata.normalize("NFC", seen).split())
    if all(unicodedata.category(character) == "Cf" for character in name):
        raise Refused(f"{what} needs a name. Type at least one letter.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"{what} can have at most {LONGEST_NAME} characters; this name has {len(name)}. Shorten it.")
    return name
