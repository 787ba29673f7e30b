"""Reading a person's own wording: pure, offline, from patterns that are handed in."""
