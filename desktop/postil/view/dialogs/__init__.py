"""What asks and tells."""
