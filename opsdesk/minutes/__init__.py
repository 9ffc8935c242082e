"""Minutes as a value, rendered to every format."""
