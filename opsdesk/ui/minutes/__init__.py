"""Minutes on the screen: the printed page in colours, and the list of the meetings that have some."""
