"""Off the UI thread: reads, acts, child processes."""
