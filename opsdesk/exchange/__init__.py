"""What comes in and goes out: tables, files, exports."""
