"""The library on disk: no Qt, knows nothing of the desktop."""
