"""What a reader does to names: rules about them, merges and splits them, tags all their mentions."""
