"""One polite client under all sources, and the journal of what was fetched."""
