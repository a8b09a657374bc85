"""Postil: read closely, mark what matters, and find it again."""

__version__ = "0.1.0"
