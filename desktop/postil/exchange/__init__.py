"""Between a library and the outside: one module per format."""
