"""Pictures and printed pages of documents, newer copies of them, and smart views."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("block", sa.Column("image", sa.Text(), nullable=False, server_default=""))
    op.add_column("block", sa.Column("anchor", sa.Text(), nullable=False, server_default=""))
    _pages()
    _versions()
    _views()


def _pages() -> None:
    op.create_table(
        "page",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("width", sa.REAL(), nullable=False),
        sa.Column("height", sa.REAL(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("glyphs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_page_document_id_document"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name="pk_page"),
        sqlite_strict=True,
    )


def _versions() -> None:
    op.create_table(
        "version",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("newer_id", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_version_document_id_document"),
        sa.ForeignKeyConstraint(["newer_id"], ["document.id"], name="fk_version_newer_id_document"),
        sa.PrimaryKeyConstraint("document_id", name="pk_version"),
        sqlite_strict=True,
    )
    op.create_index("ix_version_newer_id", "version", ["newer_id"], unique=False)
    op.create_table(
        "former_quote",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["annotation_id"], ["annotation.id"], name="fk_former_quote_annotation_id_annotation"),
        sa.PrimaryKeyConstraint("annotation_id", name="pk_former_quote"),
        sqlite_strict=True,
    )


def _views() -> None:
    op.create_table(
        "smart_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_smart_view"),
        sa.UniqueConstraint("folded", name="uq_smart_view_folded"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
