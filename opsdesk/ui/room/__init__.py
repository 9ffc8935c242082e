"""What the Room draws: values in, rows and lines of text out. No keys here."""
