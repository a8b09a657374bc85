"""What a deed is about: a name in the text or in the list, or words that are selected; and what each deed decides."""

from dataclasses import dataclass

from postil_db.records import Entity, EntityKind, Mention, NewDecision, Ruling


@dataclass(frozen=True, slots=True)
class Target:
    """An entity, with the one mention that was meant if one was; or a text.

    `document_id`: the open document. `text`: what is selected, or how the mention is written; else the name.
    """

    entity: Entity | None = None
    mention: Mention | None = None
    document_id: int | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """What to call it."""
        return self.entity.name if self.entity is not None else self.text

    def not_here(self) -> NewDecision:
        """That this mention is no name; without one, that nothing in the document is that name."""
        if self.mention is None:
            return self._about(Ruling.NOT_ENTITY, document_id=self.document_id)
        at = self.mention
        return self._about(Ruling.NOT_ENTITY, document_id=at.document_id, start=at.start, end=at.end)

    def nowhere(self) -> NewDecision:
        """That the entity is no name."""
        return self._about(Ruling.NOT_ENTITY)

    def of_kind(self, kind: EntityKind) -> NewDecision:
        """That it is of another kind."""
        return self._about(Ruling.KIND, to_kind=kind)

    def renamed(self, name: str) -> NewDecision:
        """That it is called something else."""
        return self._about(Ruling.RENAME, to_name=name)

    def merged(self, kind: EntityKind, name: str) -> NewDecision:
        """That it is the same as another entity."""
        return self._about(Ruling.MERGE, to_kind=kind, to_name=name)

    def split(self, text: str) -> NewDecision:
        """That what is written so is another entity."""
        return self._about(Ruling.SPLIT, text=text, to_name=text)

    def always(self, kind: EntityKind) -> NewDecision:
        """That the text is a name wherever it stands."""
        return NewDecision(Ruling.ALWAYS, text=self.text, to_kind=kind)

    def ignored(self) -> NewDecision:
        """That the text is never marked."""
        return NewDecision(Ruling.IGNORE, text=self.text)

    @property
    def alias(self) -> str:
        """How this mention is written, if that is not the name itself."""
        if self.mention is None or self.entity is None or self.mention.text == self.entity.name:
            return ""
        return self.mention.text

    def _about(self, ruling: Ruling, **more: object) -> NewDecision:
        entity = self.entity
        if entity is None:
            raise AssertionError("a decision about no name")
        return NewDecision(ruling, entity.kind, entity.name, **more)  # type: ignore[arg-type]


def tidy(text: str) -> str:
    """Selected words as they can be looked for: one paragraph's, without blanks around them."""
    return text.strip() if "\n" not in text.strip() else ""
