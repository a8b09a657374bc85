"""What the reader ruled about entities, and their notes and tags; what was found is kept beside what was made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _mentions()
    _decisions()
    _notes()


def _mentions() -> None:
    for name in ("ix_mention_document_id_start", "ix_mention_entity_id"):
        op.drop_index(name, table_name="mention")
    op.rename_table("mention", "mention_before")
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("found_id", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_mention_document_id_document"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_mention_entity_id_entity"),
        sa.ForeignKeyConstraint(["found_id"], ["entity.id"], name="fk_mention_found_id_entity"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
        sqlite_strict=True,
    )
    op.create_index("ix_mention_document_id_start", "mention", ["document_id", "start"], unique=False)
    op.create_index("ix_mention_entity_id", "mention", ["entity_id"], unique=False)
    op.create_index("ix_mention_found_id", "mention", ["found_id"], unique=False)
    op.execute(
        "INSERT INTO mention SELECT id, document_id, entity_id, start, \"end\", text, origin, '', entity_id, 0 "
        "FROM mention_before"
    )
    op.drop_table("mention_before")


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("to_kind", sa.Text(), nullable=True),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_decision_document_id_document"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _notes() -> None:
    op.create_table(
        "entity_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("modified_at", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity_note"),
        sa.UniqueConstraint("kind", "name", name="uq_entity_note_kind_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "entity_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_entity_tag_tag_id_tag"),
        sa.PrimaryKeyConstraint("id", name="pk_entity_tag"),
        sa.UniqueConstraint("kind", "name", "tag_id", name="uq_entity_tag_kind_name_tag_id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_entity_tag_tag_id", "entity_tag", ["tag_id"], unique=False)
