"""What to say where a search found nothing, or where nothing is searched for."""

from postil_db.index.language import clauses, tokens
from postil_db.records import Answer


def advice(answer: Answer, also: str = "") -> tuple[str, str]:
    """A title and a hint; `also`: what else can be done."""
    query = answer.query
    if not query.strip():
        return "Search everything", "Highlights, notes, names and the texts of all documents are searched."
    if answer.ready < 1.0:
        return "Nothing found yet", "The library is still being indexed. More may be found in a moment."
    tips = []
    roles = {token.role for token in tokens(query)}
    found = clauses(query)
    if "error" in roles:
        tips.append("What is underlined with a wave is no value of its field.")
    if any(one.field for one in found):
        tips.append("Take away a condition, with × on it.")
    if "phrase" in roles:
        tips.append("Without quotation marks the words may stand apart.")
    if sum(not one.field for one in found) > 1:
        tips.append("Fewer words find more, or OR between them.")
    elif "phrase" not in roles and not any(one.field for one in found):
        tips.append("A word’s beginning with * after it, or the word with ~, finds what is alike.")
    return "Nothing found", " ".join([*tips[:2], also]).strip()
