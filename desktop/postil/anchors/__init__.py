"""Between a place in the text and its stored selector."""
