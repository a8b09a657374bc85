"""File to Document: one module per kind of file."""
