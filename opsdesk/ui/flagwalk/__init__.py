"""The walk over the open flags in the Room: one flag at a time, big, with its own clock."""
