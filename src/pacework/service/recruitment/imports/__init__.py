"""List import: reading a file, its columns, checking its rows, and looking for people already known."""
