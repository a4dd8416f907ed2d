"""Darwin Core archives, read as a stream."""
