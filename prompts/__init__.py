"""Words: every sentence a partner reads, and the decks."""
