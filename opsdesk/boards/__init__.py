"""What an agenda section puts on the table: records to lines, each with its reason."""
