"""What can be typed into the capture bar: modes, what they answer, what they offer."""
