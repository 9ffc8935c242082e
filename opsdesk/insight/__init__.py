"""What the records mean: pure functions from records to figures."""
