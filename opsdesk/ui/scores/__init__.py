"""The score sheet's screen, piece by piece: the sheet as it was read, its rows and widths, what is typed."""
