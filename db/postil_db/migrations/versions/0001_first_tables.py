"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _documents()
    _blocks()
    _annotations()
    _tags()
    _entities()
    _log()


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.Integer(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("sha256", name="uq_document_sha256"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _blocks() -> None:
    op.create_table(
        "block",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("styles", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_block_document_id_document"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name="pk_block"),
        sqlite_strict=True,
    )
    op.create_table(
        "section",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_section_document_id_document"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name="pk_section"),
        sqlite_strict=True,
    )


def _annotations() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("anchor_state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("modified_at", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
        sa.Column("index_rev", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_annotation_document_id_document"),
        sa.PrimaryKeyConstraint("id", name="pk_annotation"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_annotation_document_id_start", "annotation", ["document_id", "start"], unique=False)


def _tags() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("folded", name="uq_tag_folded"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "annotation_tag",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"], ["annotation.id"], name="fk_annotation_tag_annotation_id_annotation"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_annotation_tag_tag_id_tag"),
        sa.PrimaryKeyConstraint("annotation_id", "tag_id", name="pk_annotation_tag"),
        sqlite_strict=True,
    )
    op.create_index("ix_annotation_tag_tag_id", "annotation_tag", ["tag_id"], unique=False)


def _entities() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sa.UniqueConstraint("kind", "name", name="uq_entity_kind_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_mention_document_id_document"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_mention_entity_id_entity"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
        sqlite_strict=True,
    )
    op.create_index("ix_mention_document_id_start", "mention", ["document_id", "start"], unique=False)
    op.create_index("ix_mention_entity_id", "mention", ["entity_id"], unique=False)
    op.create_table(
        "recognition",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("recogniser", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_recognition_document_id_document"),
        sa.PrimaryKeyConstraint("document_id", name="pk_recognition"),
        sqlite_strict=True,
    )


def _log() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("joins", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_act"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_act_state", "act", ["state"], unique=False)
    op.create_table(
        "change",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name="fk_change_act_id_act", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("act_id", "ordinal", name="pk_change"),
        sqlite_strict=True,
    )
    op.create_table(
        "fact",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_fact"),
        sqlite_strict=True,
    )
