"""The full screen. Draws values, sends intents."""
