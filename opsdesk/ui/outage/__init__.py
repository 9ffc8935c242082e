"""An outage on the screen: the banner of every screen, how it stands, and what can be typed of it."""
