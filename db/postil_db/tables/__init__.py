"""SQLAlchemy rows."""
