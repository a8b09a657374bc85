"""What a reader can do to names and look at of them: one function for each, as in acts.py."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postil.work.reading import Query, reading
from postil.work.writing import Act, writing
from postil_db.records import Color, Decision, Effect, Entity, EntityKind, EntityNote, NewDecision

if TYPE_CHECKING:
    from postil.exchange.decision_file import Plan, Read
    from postil_db.library import Library, Session
    from postil_db.records.entity_page import EntityPage, Met, Shown


@dataclass(frozen=True, slots=True)
class Ruled:
    """All decisions that stand, and the titles of the documents that some are about alone."""

    decisions: Sequence[Decision]
    titles: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place to be marked."""

    document_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """What tagging many places came to: marks that are new, and marks that stood there and carry the tag now."""

    made: int
    known: int


# what there is to look at


def preview(*, what: Sequence[NewDecision], without: Iterable[int] = ()) -> Query[Effect]:
    """Ask what decisions would change, or taking back those `without`."""
    gone = tuple(without)

    def op(session: "Session") -> Effect:
        from postil_db.store import decisions

        return decisions.effect(session, *what, without=gone)

    return reading(op)


def weigh(*, decision_id: int) -> Query[tuple[int, Effect]]:
    """Ask what a decision that stands changes."""

    def op(session: "Session") -> tuple[int, Effect]:
        from postil_db.store import decisions

        return decision_id, decisions.effect(session, without=[decision_id])

    return reading(op)


def load_decisions() -> Query[Ruled]:
    """Ask for all decisions."""

    def op(session: "Session") -> Ruled:
        from postil_db.store import decisions, documents

        return Ruled(decisions.every(session), {info.id: info.title for info in documents.every(session)})

    return reading(op, "decisions")


def load_page(*, entity_id: int, first: int | None) -> "Query[EntityPage]":
    """Ask for all that is known of an entity; the document `first` comes before the others."""

    def op(session: "Session") -> "EntityPage":
        from postil_db.store import entity_pages

        return entity_pages.page(session, entity_id, first=first)

    return reading(op, "entity page")


def load_written() -> Query[Mapping[tuple[EntityKind, str], EntityNote]]:
    """Ask for notes and tags on entities, by their kinds and names."""

    def op(session: "Session") -> Mapping[tuple[EntityKind, str], EntityNote]:
        from postil_db.store import entity_notes

        return entity_notes.every(session)

    return reading(op, "notes on names")


def load_more(*, entity_id: int, document_id: int, after: int = -1) -> "Query[Sequence[Shown]]":
    """Ask for the next passages of a document that name an entity, behind a place."""

    def op(session: "Session") -> "Sequence[Shown]":
        from postil_db.store import entity_pages

        return entity_pages.more(session, entity_id, document_id, after)

    return reading(op)


def find_named(*, name: str, kind: EntityKind | None = None) -> Query[Entity | None]:
    """Ask which entity a link in a note leads to, or which is of that kind and name."""

    def op(session: "Session") -> Entity | None:
        from postil_db.store import entity_pages

        return entity_pages.named(session, name, kind)

    return reading(op)


def load_entity_names() -> Query[Sequence[tuple[str, EntityKind, int]]]:
    """Ask for the names of all entities, with their kinds and how often each is named; the most often named first."""

    def op(session: "Session") -> Sequence[tuple[str, EntityKind, int]]:
        from postil_db.store import entity_pages

        return entity_pages.names(session)

    return reading(op, "entity names")


def load_names_like(*, like: tuple[str, EntityKind, int]) -> Query[Sequence[tuple[str, EntityKind, int]]]:
    """Ask for the names of all entities as `load_entity_names` gives them, those first that are most like one."""
    every = load_entity_names()

    def run(library: "Library") -> Sequence[tuple[str, EntityKind, int]]:
        from postil.view.entities.ranking import ranked

        return ranked(every.run(library), like)

    return Query(run, "names alike")


def load_places(*, entity_id: int | None = None, phrase: str = "") -> "Query[Sequence[Met]]":
    """Ask for every place that names an entity, or where a phrase stands."""

    def op(session: "Session") -> "Sequence[Met]":
        from postil_db.store import entity_pages

        if entity_id is not None:
            return entity_pages.places_of(session, entity_id)
        return entity_pages.places_of_text(session, phrase)

    return reading(op)


def plan_import(*, wanted: "Sequence[Read]") -> "Query[Plan]":
    """Ask what importing decisions would do."""

    def op(session: "Session") -> "Plan":
        from postil.exchange.decision_file import plan

        return plan(session, wanted)

    return reading(op)


def dump_decisions() -> Query[str]:
    """Ask for all decisions as JSON."""

    def op(session: "Session") -> str:
        from postil.exchange.decision_file import dump
        from postil_db.store import decisions, documents

        return dump(decisions.every(session), documents.every(session))

    return reading(op)


# what the reader rules


def rule(*, label: str, what: NewDecision) -> Act[Decision]:
    """Decide; names follow everywhere."""

    def op(session: "Session") -> Decision:
        from postil_db.store import decisions

        return decisions.decide(session, what)

    return writing(label, op)


def rule_all(*, label: str, what: Sequence[NewDecision]) -> Act[None]:
    """Decide several things at once."""

    def op(session: "Session") -> None:
        from postil_db.store import decisions

        for one in what:
            decisions.decide(session, one)

    return writing(label, op)


def withdraw(*, decision_ids: Sequence[int]) -> Act[None]:
    """Take decisions back."""

    def op(session: "Session") -> None:
        from postil_db.store import decisions

        decisions.withdraw(session, decision_ids)

    return writing("Withdraw decision" if len(decision_ids) == 1 else "Withdraw decisions", op)


def import_decisions(*, plan: "Plan") -> Act[None]:
    """Decide all that a file of decisions holds and that is new, after a backup if that changes much."""
    label = "Import decisions"

    def op(session: "Session") -> None:
        from postil.exchange.decision_file import carry_out

        carry_out(session, plan)

    def run(library: "Library") -> None:
        library.back_up_before("before an import", max(len(plan.new), plan.effect.mentions))
        library.write(label, op)

    return Act(label, run)


# notes and tags on names


def write_entity_note(*, entity_id: int, note: str) -> Act[None]:
    """Replace the note on an entity."""

    def op(session: "Session") -> None:
        from postil_db.store import entity_notes

        entity_notes.set_note(session, entity_id, note)

    return writing("Edit note" if note else "Remove note", op, joins=f"note of entity {entity_id}")


def tag_entity(*, entity_id: int, name: str) -> Act[None]:
    """Attach a tag to an entity; it comes into being if it is new."""

    def op(session: "Session") -> None:
        from postil_db.store import entity_notes

        entity_notes.attach(session, [entity_id], name)

    return writing("Add tag", op)


def untag_entity(*, entity_id: int, name: str) -> Act[None]:
    """Take a tag off an entity."""

    def op(session: "Session") -> None:
        from postil_db.store import entity_notes

        entity_notes.detach(session, [entity_id], name)

    return writing("Remove tag", op)


def tag_places(*, places: Sequence[Wanted], name: str, color: Color) -> Act[Tagged]:
    """Mark places with a tag; where just that passage is marked already, that mark gets the tag."""

    def op(session: "Session") -> Tagged:
        from postil_db.describing import describe
        from postil_db.store import annotations, documents, tags

        by_document: dict[int, list[Wanted]] = {}
        for one in places:
            by_document.setdefault(one.document_id, []).append(one)
        made, known = 0, list[int]()
        for document_id, here in by_document.items():
            content = documents.content(session, document_id)
            text_hash = documents.info(session, document_id).text_hash
            marked = {
                (one.selector.start, one.selector.end): one.id for one in annotations.of_document(session, document_id)
            }
            known += [marked[one.start, one.end] for one in here if (one.start, one.end) in marked]
            new = [
                annotations.NewAnnotation(describe(content, one.start, one.end, text_hash), color, tags=(name,))
                for one in here
                if (one.start, one.end) not in marked
            ]
            annotations.add_all(session, document_id, new)
            made += len(new)
        if known:
            tags.attach(session, known, name)
        return Tagged(made, len(known))

    return writing("Tag every mention", op)
