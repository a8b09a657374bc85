"""What results have in common, with the clause that narrows a query to it."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from postil_db.index import facets as counting
from postil_db.index.catalogue import Catalogue
from postil_db.index.context import Segment
from postil_db.index.flat import Array
from postil_db.index.fold import label
from postil_db.index.language import clause_text
from postil_db.index.schema import name_label
from postil_db.records import Facet, Group
from postil_db.store import entities
from postil_db.store.annotations import names_of_tags

MOST = 12  # of each field
GROUPS = {Group.HIGHLIGHT: "Highlights", Group.NOTE: "Notes", Group.ENTITY: "Entities", Group.TEXT: "Text"}

type Fitting = Sequence[tuple[Segment, Array]]


def facets(
    session: Session,
    fitting: Fitting,
    texts: Fitting,
    totals: Mapping[Group, int],
    catalogue: Catalogue,
    labels: counting.Labels,
) -> list[Facet]:
    """All of them, field by field, the most frequent values first; months the latest first.

    `fitting`: the annotations that were found; `texts`: the paragraphs, which have only documents in common.
    """
    return [
        *(
            Facet("group", group.value, GROUPS[group], count, f"in:{group.value}")
            for group, count in totals.items()
            if count
        ),
        *_tags(session, fitting, labels.most(fitting, "tag", MOST)),
        *_entities(session, fitting, labels.most(fitting, "entity", MOST)),
        *(Facet("kind", kind, kind, count, f"{kind}:*") for kind, count in labels.most(fitting, "kind", MOST)),
        *(Facet("color", one, one, count, f"color:{one}") for one, count in labels.most(fitting, "color", MOST)),
        *_documents((*fitting, *texts), catalogue),
        *(Facet("month", one, one, count, f"created:{one}") for one, count in counting.months(fitting, MOST)),
    ]


def _tags(session: Session, fitting: Fitting, counted: Sequence[tuple[str, int]]) -> list[Facet]:
    examples = _examples(fitting, "tag", counted)
    names = names_of_tags(session, examples.values())
    found = []
    for folded, count in counted:
        written = (_upto(name, folded) for name in names[examples.get(folded, 0)])
        name = next((shown for shown in written if shown), folded)
        found.append(Facet("tag", folded, name, count, clause_text("tag", name)))
    return found


def _examples(fitting: Fitting, field: str, counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    """By label, an annotation that carries it: the index knows labels, the annotation how they are written."""
    found = ((name, counting.example(fitting, field, name)) for name, _ in counted)
    return {name: one for name, one in found if one is not None}


def _upto(name: str, folded: str) -> str:
    """The part of a tag's path that is the tag of this label, as it is written; "" where it is another one."""
    parts = [part.strip() for part in name.split("/") if part.strip()]
    shown = "/".join(parts[: folded.count("/") + 1])
    return shown if label(shown) == folded else ""


def _entities(session: Session, fitting: Fitting, counted: Sequence[tuple[str, int]]) -> list[Facet]:
    examples = _examples(fitting, "entity", counted)
    written = entities.by_annotation(session, examples.values())
    found = []
    for key, count in counted:
        named = written.get(examples.get(key, 0), ())
        kind, _, folded = key.partition("/")
        name = next((each.name for each in named if name_label(each.kind.value, each.name) == key), folded)
        quoted = name.replace('"', " ")
        found.append(Facet("entity", key, name, count, f'{kind}:"{quoted}"'))
    return found


def _documents(fitting: Fitting, catalogue: Catalogue) -> list[Facet]:
    found = []
    for number, count in counting.documents(fitting, MOST):
        facts = catalogue.by_id.get(number)
        if facts is None:
            continue
        title = facts.title.replace('"', " ")
        clause = f'title:"{title}"' if catalogue.is_only_title(title) else f"doc:{number}"
        found.append(Facet("document", str(number), facts.title, count, clause))
    return found
